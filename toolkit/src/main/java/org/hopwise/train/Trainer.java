package org.hopwise.train;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.hopwise.Described;
import org.hopwise.ProgressListener;
import org.hopwise.ProgressListener.Progress;
import org.hopwise.Provenance;
import org.hopwise.Seed;
import org.hopwise.StoppedException;
import org.hopwise.internal.Check;
import org.hopwise.internal.Settings;
import org.hopwise.internal.engine.Adam;
import org.hopwise.internal.engine.Backpropagation;
import org.hopwise.internal.engine.FlatLoss;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Workspace;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dale;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Task;
import org.hopwise.task.TaskShape;

/**
 * Trains a network on a task: Adam on the task's loss (mean squared error at the last step unless the task says
 * otherwise) plus a penalty, by back-propagation through time, each update on freshly drawn trials and noise.
 *
 * <p>Immutable: every setting returns a changed copy. Unless set: 3,000 updates of 64 trials, learning rate falling to a
 * thousandth along a half cosine, gradients clipped to norm 1, no penalty, seed 0. These are our choice; the paper's
 * values are not known. The same settings, seed and start give the same weights, to the last bit.
 */
public final class Trainer implements Described, Serializable {

    private static final double FINAL_FRACTION = 1e-3;
    private static final int PROGRESS_REPORTS = 200;
    private static final int BYTES_A_ROW = 32;

    private final Choices settings;
    private final Extras extras;
    /** Does not travel to another virtual machine: it shows progress in this one. */
    private final transient ProgressListener listener;

    private final Watching watching;

    /** All that determines a result, in the words of texts and provenance. */
    private record Choices(
            double rate,
            Decay decay,
            int updates,
            int batch,
            double clip,
            Precision precision,
            Penalty penalty,
            Mask mask,
            Seed seed)
            implements Serializable {}

    /** How the learning rate goes. */
    private enum Decay {
        COSINE,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is measured in the course of training. */
    private record Watching(int every, SortedMap<String, ToDoubleFunction<Weights>> measures) implements Serializable {}

    private Trainer(Choices settings, Extras extras, ProgressListener listener, Watching watching) {
        this.settings = settings;
        this.extras = extras;
        this.listener = listener;
        this.watching = watching;
    }

    private Object readResolve() {
        return new Trainer(settings, extras, progress -> {}, watching);
    }

    private Trainer with(String name, Object value) {
        return new Trainer(Settings.with(settings, name, value), extras, listener, watching);
    }

    /**
     * Training with Adam.
     *
     * @param rate the learning rate at the start, such as 3e-3
     * @return a trainer with standard settings
     */
    public static Trainer adam(double rate) {
        Choices standard = new Choices(
                Check.positive("rate", rate),
                Decay.COSINE,
                3000,
                64,
                1,
                Precision.SINGLE,
                Penalty.none(),
                Mask.none(),
                Seed.of(0));
        return new Trainer(standard, Extras.NONE, progress -> {}, new Watching(Integer.MAX_VALUE, new TreeMap<>()));
    }

    /**
     * How many updates; 3,000 unless set.
     *
     * @param updates at least 1
     * @return a copy with the setting
     */
    public Trainer updates(int updates) {
        return with("updates", Check.positive("updates", updates));
    }

    /**
     * Trials an update; 64 unless set.
     *
     * @param trials at least 1
     * @return a copy with the setting
     */
    public Trainer batch(int trials) {
        return with("batch", Check.positive("batch", trials));
    }

    /**
     * Keeps the learning rate as it is instead of letting it fall along a half cosine.
     *
     * @return a copy with the setting
     */
    public Trainer constantRate() {
        return with("decay", Decay.NONE);
    }

    /**
     * Gradients longer than this, over all weights and biases together, are shortened to it; 1 unless set.
     *
     * @param norm above 0; {@code Double.MAX_VALUE} switches clipping off
     * @return a copy with the setting
     */
    public Trainer clip(double norm) {
        return with("clip", Check.positive("clip", norm));
    }

    /**
     * How many digits training computes with; single precision unless set. Trials are rounded to it, weights come back
     * in double precision. Losses and weights of both agree to about 1e-6 (relative) after an update and drift apart as
     * rounding adds up.
     *
     * @param precision single or double
     * @return a copy with the setting
     */
    public Trainer precision(Precision precision) {
        return with("precision", Objects.requireNonNull(precision, "precision"));
    }

    /**
     * The penalty; none unless set. A scheduled one is applied update by update, and the history records what was in
     * force.
     *
     * @param penalty added to the loss
     * @return a copy with the setting
     */
    public Trainer penalty(Penalty penalty) {
        return with("penalty", Objects.requireNonNull(penalty, "penalty"));
    }

    /**
     * Which weights there are; all unless set. A weight of the three matrices that is 0 in the mask is 0 from the start
     * and stays so exactly; others are free. Biases are not masked. Any weights will do as a mask: pruned ones keep what
     * was pruned away at 0.
     *
     * @param mask weights of the network's shape
     * @return a copy with the setting
     */
    public Trainer mask(Weights mask) {
        return with("mask", Mask.of(mask));
    }

    private Trainer with(Extras other) {
        return new Trainer(settings, other, listener, watching);
    }

    /**
     * Dale's law; none unless set. It holds from the start: weights of the wrong sign are projected or reflected before
     * the first update. {@link Dale#start} makes a better start.
     *
     * @param dale signs of units, and how they are kept
     * @return a copy with the setting
     */
    public Trainer dale(Dale dale) {
        return with(new Extras(Objects.requireNonNull(dale, "dale"), extras.trainsStart(), extras.activity()));
    }

    /**
     * Trains the state before the first step with the weights, in the optimiser and in the norm that is clipped; it stays
     * as it is unless set.
     *
     * @return a copy with the setting
     */
    public Trainer trainStart() {
        return with(new Extras(extras.dale(), true, extras.activity()));
    }

    /**
     * A cost of activity, lambda times the mean of r^2 over steps, trials and hidden units; 0 unless set. It is of states,
     * not of weights, and stands with the penalty in the history.
     *
     * @param lambda 0 or more
     * @return a copy with the setting
     */
    public Trainer activity(double lambda) {
        return with(new Extras(extras.dale(), extras.trainsStart(), Check.notNegative("activity", lambda)));
    }

    /**
     * The randomness of the trials; seed 0 unless set. Update n draws from child n of the stream {@code "trials"}, and the
     * noise of a network from child n of {@code "input noise"} and {@code "recurrent noise"}.
     *
     * @param seed the seed
     * @return a copy with the setting
     */
    public Trainer seed(Seed seed) {
        return with("seed", Objects.requireNonNull(seed, "seed"));
    }

    /**
     * Who hears about progress, some {@value #PROGRESS_REPORTS} times in a run; nobody unless set.
     *
     * @param listener called from the training thread
     * @return a copy with the setting
     */
    public Trainer listen(ProgressListener listener) {
        return new Trainer(settings, extras, Objects.requireNonNull(listener, "listener"), watching);
    }

    /**
     * What to measure on the weights in the course of training, for {@link TrainingHistory#watched}; nothing unless set.
     * Measured before the first update, after every so many, and after the last. It does not change the training.
     *
     * @param every updates between two measurements, at least 1
     * @param measures a name and a function each, in any order; at least one
     * @return a copy with the setting
     */
    public Trainer watch(int every, Map<String, ToDoubleFunction<Weights>> measures) {
        Check.positive("the number of measures", measures.size());
        return new Trainer(
                settings, extras, listener, new Watching(Check.positive("every", every), new TreeMap<>(measures)));
    }

    /**
     * Trains.
     *
     * @param start the network to begin with; not changed
     * @param task gives the trials; its numbers of inputs and outputs must be the network's
     * @return the trained network with its history
     * @throws IllegalArgumentException if network and task do not fit, the task's trials are not of its shape, or batch,
     *     history or penalty do not fit into memory
     * @throws TrainingDivergedException if the loss, or a weight at the end, stops being finite
     * @throws StoppedException if the calling thread is interrupted, within one step of an update
     */
    public TrainedNetwork train(RecurrentNetwork start, Task task) {
        TaskShape shape = task.shape();
        shape.requireFit(task.name(), start.weights().inputs(), start.weights().outputs());
        Backpropagation engine = new Backpropagation(
                shape,
                task.loss(),
                start.weights().hidden(),
                settings.batch(),
                start.activation(),
                start.dynamics(),
                extras.activity(),
                settings.precision().reals());
        Seed trials = settings.seed().named("trials");
        Seed inputNoise = settings.seed().named("input noise");
        Seed recurrentNoise = settings.seed().named("recurrent noise");
        Provenance provenance = provenance(start, task.name(), settings);
        if (extras.dale() != null) {
            settings.mask().requireFit(start.weights()).requireAgreement(extras.dale(), start.weights());
        }
        engine.check(task, trials.child(0));
        Objective objective = (n, p, gradient) -> {
            engine.draw(task, trials.child(n));
            if (start.dynamics().isNoisy()) {
                engine.noise(inputNoise.child(n), recurrentNoise.child(n));
            }
            return engine.loss(p, gradient);
        };
        return train(start, task.name(), objective, engine::activityCost, settings.precision(), provenance);
    }

    /**
     * Trains a linear network on the exact loss over all trials, in double precision, so that nothing is
     * random: batch, seed and precision have no effect.
     *
     * @param start the network to begin with, of linear activation; not changed
     * @param loss the loss of a linear task; its numbers of inputs and outputs must be the network's
     * @return the trained network with its history
     * @throws IllegalArgumentException if the network is not linear or does not fit the task
     * @throws TrainingDivergedException if the loss, or a weight at the end, stops being finite
     * @throws StoppedException if the calling thread is interrupted, within one step of an update
     */
    public TrainedNetwork train(RecurrentNetwork start, ExactLoss loss) {
        loss.shape()
                .requireFit(
                        loss.name(), start.weights().inputs(), start.weights().outputs());
        if (start.activation() != Activation.LINEAR) {
            throw new IllegalArgumentException(
                    "activation is %s; the population loss is exact for linear networks only, so "
                                    .formatted(start.activation())
                            + "use Activation.LINEAR, or train on the task itself.");
        }
        start.requireDiscrete("The population loss");
        if (!extras.equals(Extras.NONE)) {
            throw new IllegalArgumentException(
                    "the population loss knows no start, signs or activity, and the trainer has%s; train on the task itself."
                            .formatted(extras.toString().substring(1)));
        }
        Precision exact = Precision.DOUBLE;
        FlatLoss own = FlatLoss.Door.of(loss);
        FlatLoss flat = own != null ? own : (p, gradient, unused) -> onWeights(loss, p, gradient);
        Provenance provenance = provenance(start, loss.name(), Settings.with(settings, "precision", exact))
                .with("batch", "population")
                .with("seed", "none");
        Workspace work = new Workspace(exact.reals());
        return train(
                start, loss.name(), (n, p, gradient) -> flat.accumulate(p, gradient, work), () -> 0, exact, provenance);
    }

    /** A loss that somebody else wrote works on whole weights. */
    private static double onWeights(ExactLoss loss, Parameters p, Parameters gradient) {
        Weights weights = p.toWeights();
        gradient.add(1, Parameters.of(loss.gradient(weights), p.precision));
        return loss.error(weights);
    }

    /** The loss of one update; its gradient is added. */
    private interface Objective {
        double loss(int update, Parameters p, Parameters gradient);
    }

    private TrainedNetwork train(
            RecurrentNetwork start,
            String task,
            Objective objective,
            DoubleSupplier activityCost,
            Precision digits,
            Provenance provenance) {
        requireRoom();
        Workspace work = new Workspace(digits.reals());
        StoredWeights weights = new StoredWeights(
                Parameters.of(start, extras.trainsStart(), digits.reals()),
                extras.dale(),
                settings.mask().requireFit(start.weights()));
        int updates = settings.updates();
        Parameters p = weights.inUse;
        Parameters gradient = p.zeros();
        Adam adam = new Adam(weights.stored);
        double[] losses = new double[updates];
        double[] penalties = new double[updates];
        Watch watch = new Watch(watching.measures());
        watch.measure(0, p);
        int reportEvery = Math.max(1, updates / PROGRESS_REPORTS);
        for (int n = 0; n < updates; n++) {
            try {
                Interruption.check();
                gradient.clear();
                losses[n] = objective.loss(n, p, gradient);
                work.reuse();
                penalties[n] = PenaltySum.accumulate(settings.penalty().at((double) n / updates), p, gradient, work)
                        + activityCost.getAsDouble();
            } catch (StoppedException stop) {
                throw new StoppedException(stopped(n));
            }
            weights.chain(gradient);
            double rateNow = rateAt(n);
            double norm = gradient.norm();
            if (!Double.isFinite(losses[n] + penalties[n] + norm)) {
                double last = n == 0 ? Double.NaN : losses[n - 1] + penalties[n - 1];
                throw new TrainingDivergedException("loss", n + 1, last, rateNow);
            }
            if (norm > settings.clip()) {
                gradient.scale(settings.clip() / norm);
            }
            adam.update(gradient, rateNow);
            weights.moved();
            boolean isShown = n + 1 == updates || (n + 1) % watching.every() == 0;
            if (isShown && !p.isFinite()) {
                throw new TrainingDivergedException("weights", n + 1, losses[n] + penalties[n], rateNow);
            }
            if (isShown) {
                watch.measure(n + 1, p);
            }
            if ((n + 1) % reportEvery == 0 || n + 1 == updates) {
                String detail = String.format(Locale.ROOT, "loss %.4g", losses[n]);
                listener.progressed(new Progress("training " + task, n + 1, updates, detail));
            }
        }
        RecurrentNetwork trained = p.toNetwork(start);
        return new TrainedNetwork(trained, new TrainingHistory(losses, penalties, watch.table()), provenance);
    }

    /** Two numbers an update, and a row of a table for everything that is watched. */
    private void requireRoom() {
        int updates = settings.updates();
        String what = "Histories of %d updates".formatted(updates);
        Memory.requireArray(what, updates, "Use fewer updates");
        double rows = (double) watching.measures().size() * (updates / watching.every() + 2);
        Memory.require(
                what, 2.0 * Double.BYTES * updates + BYTES_A_ROW * rows, "Use fewer updates, or watch less often");
    }

    /** Trainers of equal settings do the same, whoever listens and whatever is watched. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Trainer trainer && settings.equals(trainer.settings) && extras.equals(trainer.extras);
    }

    @Override
    public int hashCode() {
        return 31 * settings.hashCode() + extras.hashCode();
    }

    /** Every setting but the listener and what is watched, so that trainers of the same text do the same. */
    @Override
    public String toString() {
        return "Adam (%s%s)".formatted(Settings.text(settings), extras);
    }

    private String stopped(int done) {
        return "Training ended after %d of %d updates; nothing is kept. Train again, with fewer updates if it takes too long."
                .formatted(done, settings.updates());
    }

    /** The rate of update n, counted from 0: a half cosine from the rate at the start to a thousandth of it. */
    private double rateAt(int n) {
        double rate = settings.rate();
        if (settings.decay() == Decay.NONE) {
            return rate;
        }
        double low = rate * FINAL_FRACTION;
        return low + (rate - low) * 0.5 * (1 + Math.cos(Math.PI * n / settings.updates()));
    }

    private Provenance provenance(RecurrentNetwork start, String task, Choices settings) {
        Provenance usual = Settings.add(
                settings,
                Provenance.current()
                        .with("task", task)
                        .with("hidden", start.weights().hidden())
                        .with("activation", start.activation()));
        boolean isPlain = start.dynamics().equals(Dynamics.discrete()) && extras.equals(Extras.NONE);
        return isPlain ? usual : usual.with("dynamics", start.dynamics() + extras.toString());
    }
}
