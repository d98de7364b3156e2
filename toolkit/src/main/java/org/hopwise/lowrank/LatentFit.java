package org.hopwise.lowrank;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hopwise.ProgressListener;
import org.hopwise.ProgressListener.Progress;
import org.hopwise.Provenance;
import org.hopwise.Seed;
import org.hopwise.StoppedException;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Cores;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;
import org.hopwise.internal.machine.Parallel;
import org.hopwise.train.TrainingDivergedException;

/**
 * Fits a stochastic network to trials by variational sequential Monte Carlo: RAdam on the bound of the particle filter, through
 * the sampled particles and with their ancestors held fixed. The bound is at most log p(y) a step and rises to it with the
 * particles.
 *
 * <p>Immutable: a setting returns a copy. Unless set: 2,000 updates of 10 trials with 64 particles, a constant rate, gradients
 * clipped to norm 5 (the publication does not clip, and then diverges from many starts), full covariances, seed 0; the optimal
 * proposal where it exists, otherwise the bootstrap. Gains are never fitted, and biases of Gaussian currents and rates are
 * kept. The same settings, seed and start give the same network to the last bit on any number of
 * threads. Cost of an update: about 6 N R operations a trial, particle and step; memory: (2 R + 2) K T numbers a thread. Source:
 * arXiv 2406.16749; the gradient by hand is our own.
 */
public final class LatentFit implements Serializable {

    private static final double CLIP = 5;
    private static final int PROGRESS_REPORTS = 200;
    private static final long KEEP_EVERY = 20_000_000_000L;

    private record Settings(
            double rate,
            double lastRate,
            int updates,
            int batch,
            int particles,
            double clip,
            Covariance covariance,
            Resampling resampling,
            Proposal proposal,
            Encoder encoder,
            Set<Part> frozen,
            boolean missing,
            Seed seed)
            implements Serializable {}

    private final Settings s;
    /** Elsewhere nobody listens, and nothing is kept. */
    private final transient ProgressListener listener;

    private final transient Path file;

    private LatentFit(Settings settings, ProgressListener listener, Path file) {
        this.s = settings;
        this.listener = listener;
        this.file = file;
    }

    private Object readResolve() {
        return new LatentFit(s, progress -> {}, null);
    }

    private LatentFit with(String name, Object value) {
        return new LatentFit(org.hopwise.internal.Settings.with(s, name, value), listener, file);
    }

    /**
     * A fit with RAdam.
     *
     * @param rate the learning rate, such as 1e-3
     * @return with the settings that stand above
     */
    public static LatentFit radam(double rate) {
        Check.positive("rate", rate);
        return new LatentFit(
                new Settings(
                        rate,
                        rate,
                        2_000,
                        10,
                        64,
                        CLIP,
                        Covariance.FULL,
                        Resampling.SYSTEMATIC,
                        null,
                        null,
                        EnumSet.noneOf(Part.class),
                        false,
                        Seed.of(0)),
                progress -> {},
                null);
    }

    /**
     * Lets the rate fall to this one, by the same factor at every update.
     *
     * @param rate at the end, above 0
     * @return a copy with the setting
     */
    public LatentFit to(double rate) {
        Check.positive("last rate", rate);
        return with("lastRate", rate);
    }

    /**
     * How many updates; 2,000 unless set.
     *
     * @param updates at least 1
     * @return a copy with the setting
     */
    public LatentFit updates(int updates) {
        Check.positive("updates", updates);
        return with("updates", updates);
    }

    /**
     * Trials an update; 10 unless set. Trials come in an order that is shuffled anew once all have been taken.
     *
     * @param trials at least 1; all are taken if there are fewer
     * @return a copy with the setting
     */
    public LatentFit batch(int trials) {
        Check.positive("batch", trials);
        return with("batch", trials);
    }

    /**
     * How many particles; 64 unless set. With few the noise is overestimated.
     *
     * @param particles K, at least 1
     * @return a copy with the setting
     */
    public LatentFit particles(int particles) {
        Check.positive("particles", particles);
        return with("particles", particles);
    }

    /**
     * Shortens gradients that are longer than this; 5 unless set. The first five updates of RAdam are unscaled, so that one long
     * gradient can end a fit at once.
     *
     * @param norm above 0; {@code Double.MAX_VALUE} switches clipping off
     * @return a copy with the setting
     */
    public LatentFit clip(double norm) {
        Check.positive("clip", norm);
        return with("clip", norm);
    }

    /**
     * The form of the noise; full unless set, diagonal with an encoder.
     *
     * @param form full, diagonal or scalar
     * @return a copy with the setting
     */
    public LatentFit covariance(Covariance form) {
        Objects.requireNonNull(form, "form");
        return with("covariance", form);
    }

    /**
     * Draws particles from the network alone, whatever the observations.
     *
     * @return a copy with the setting
     */
    public LatentFit bootstrap() {
        return with("proposal", Proposal.BOOTSTRAP).with("encoder", null);
    }

    /**
     * Fits an encoder of the observations beside the network and draws particles with it: what counts need.
     *
     * @param start the encoder to begin with
     * @return a copy with the setting; noise becomes diagonal
     */
    public LatentFit encoder(Encoder start) {
        Objects.requireNonNull(start, "start");
        Covariance form = s.covariance == Covariance.FULL ? Covariance.DIAGONAL : s.covariance;
        return with("covariance", form).with("proposal", Proposal.ENCODER).with("encoder", start);
    }

    /**
     * What stays as it is in the start.
     *
     * @param parts any; none for fitting all
     * @return a copy with the setting
     */
    public LatentFit freeze(Part... parts) {
        Set<Part> frozen = EnumSet.noneOf(Part.class);
        frozen.addAll(Arrays.asList(parts));
        return with("frozen", frozen);
    }

    /**
     * Takes NaN among the observations for values that were not measured.
     *
     * @return a copy with the setting
     */
    public LatentFit skipMissing() {
        return with("missing", true);
    }

    /**
     * The randomness; seed 0 unless set. Trial i of update n draws from child i of child n of the stream {@code "particles"}, the
     * order of trials comes from the stream {@code "batches"}.
     *
     * @param seed the seed
     * @return a copy with the setting
     */
    public LatentFit seed(Seed seed) {
        Objects.requireNonNull(seed, "seed");
        return with("seed", seed);
    }

    /**
     * Who hears about progress, some 200 times in a fit; nobody unless set.
     *
     * @param listener called from the fitting thread
     * @return a copy with the setting
     */
    public LatentFit listen(ProgressListener listener) {
        return new LatentFit(s, Objects.requireNonNull(listener, "listener"), file);
    }

    /**
     * Keeps the state of the fit in a file, every 20 seconds and when it is stopped; a later fit with the same settings, start
     * and trials goes on from there, to the same bits as one that was never stopped.
     *
     * @param file written atomically; its folder is made
     * @return a copy with the setting
     */
    public LatentFit keep(Path file) {
        return new LatentFit(s, listener, Objects.requireNonNull(file, "file"));
    }

    private Proposal proposal(Model m) {
        boolean isOptimal = !m.isPoisson() && m.readout() != Readout.RATES;
        return s.proposal != null ? s.proposal : isOptimal ? Proposal.OPTIMAL : Proposal.BOOTSTRAP;
    }

    /**
     * Fits.
     *
     * @param start the network to begin with; not changed
     * @param y the trials
     * @return the network after the last update, with its history
     * @throws IllegalArgumentException if trials and network do not fit
     * @throws TrainingDivergedException if the bound or a parameter stops being finite
     * @throws StoppedException if the calling thread is interrupted, within one update
     */
    public FittedNetwork fit(StochasticNetwork start, Trials y) {
        Model m = start.model();
        m.requireFit(y, s.missing, true);
        if (s.encoder != null) {
            s.encoder.requireFit(m);
        }
        Memory.requireArray("Histories of %d updates".formatted(s.updates), s.updates, "Use fewer updates");
        TrialData data = new TrialData(y, m);
        Parameters parameters = new Parameters(m, s.covariance, s.encoder);
        boolean[] isFrozen = frozen(parameters, m);
        int batch = Math.min(s.batch, data.trials);
        FitState state = new FitState(parameters.pack(m, s.encoder), s.updates);
        String identity = identity(data, state.parameters);
        if (file != null) {
            state.resume(file, identity);
        }
        Work work = new Work(m, data, parameters, proposal(m), batch);
        int reportEvery = Math.max(1, s.updates / PROGRESS_REPORTS);
        long kept = System.nanoTime();
        for (int n = state.adam.updates; n < s.updates; n++) {
            double rate = rateAt(n);
            double last = n == 0 ? Double.NaN : state.bounds[n - 1];
            double[] slopes;
            try {
                Interruption.check();
                slopes = work.slopes(state.parameters, n);
            } catch (StoppedException stop) {
                throw new StoppedException(stopped(state, n, identity));
            } catch (IllegalStateException collapse) {
                if (n == 0) {
                    throw collapse;
                }
                throw new TrainingDivergedException("bound", n + 1, last, rate);
            }
            state.bounds[n] = work.bound();
            double norm = descend(slopes, isFrozen);
            if (!Double.isFinite(state.bounds[n]) || !Double.isFinite(norm)) {
                throw new TrainingDivergedException("bound", n + 1, last, rate);
            }
            if (norm > s.clip) {
                scale(slopes, s.clip / norm);
            }
            state.adam.update(state.parameters, slopes, rate);
            parameters.clip(state.parameters);
            if (file != null && System.nanoTime() - kept > KEEP_EVERY) {
                state.keep(file, identity);
                kept = System.nanoTime();
            }
            if ((n + 1) % reportEvery == 0 || n + 1 == s.updates) {
                String detail = String.format(Locale.ROOT, "bound %.4g", state.bounds[n]);
                listener.progressed(
                        new Progress("fitting a rank-%d network".formatted(m.rank()), n + 1, s.updates, detail));
            }
        }
        if (file != null) {
            state.keep(file, identity);
        }
        for (double value : state.parameters) {
            if (!Double.isFinite(value)) {
                throw new TrainingDivergedException("parameters", s.updates, state.bounds[s.updates - 1], s.lastRate);
            }
        }
        StochasticNetwork network = StochasticNetwork.of(parameters.model(state.parameters, m));
        Optional<Encoder> encoder =
                s.encoder == null ? Optional.empty() : Optional.of(parameters.encoder(state.parameters, s.encoder));
        return new FittedNetwork(network, encoder, new FitHistory(state.bounds), provenance(start, y));
    }

    /**
     * Turns slopes of the bound downhill, those of frozen parameters to 0, and gives their norm. No loop over numbers stands
     * in the loop over updates: the JIT would compile that anew for each, and with it all that an update calls.
     */
    private static double descend(double[] slopes, boolean[] isFrozen) {
        double squares = 0;
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = isFrozen[i] ? 0 : -slopes[i];
            squares += slopes[i] * slopes[i];
        }
        return Math.sqrt(squares);
    }

    private static void scale(double[] slopes, double factor) {
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] *= factor;
        }
    }

    /**
     * The bound and its slopes for all trials at once.
     *
     * @param n the network
     * @param y the trials
     * @param seed the randomness of the particles
     * @return both
     * @throws IllegalArgumentException if trials and network do not fit, or an encoder is set, whose slopes have no place here
     */
    public BoundGradient gradient(StochasticNetwork n, Trials y, Seed seed) {
        Model m = n.model();
        m.requireFit(y, s.missing, true);
        if (s.encoder != null) {
            throw new IllegalArgumentException("an encoder is set, whose slopes have no place here; ask without one.");
        }
        TrialData data = new TrialData(y, m);
        Work work = new Work(m, data, new Parameters(m, s.covariance, null), proposal(m), data.trials);
        return BoundGradient.of(m, work.gradient(m, null, trial -> trial, seed.named("particles")));
    }

    private boolean[] frozen(Parameters parameters, Model m) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        parts.addAll(s.frozen);
        if (m.readout() != Readout.LATENTS) {
            parts.add(Part.READOUT);
            if (!m.isPoisson()) {
                parts.add(Part.READOUT_BIAS);
            }
        }
        boolean[] frozen = new boolean[parameters.count()];
        for (Part part : parts) {
            Arrays.fill(frozen, parameters.from(part), parameters.to(part), true);
        }
        return frozen;
    }

    private double rateAt(int n) {
        return s.rate * Math.pow(s.lastRate / s.rate, (double) n / s.updates);
    }

    private String identity(TrialData data, double[] start) {
        return "%s #%08x #%08x #%08x"
                .formatted(this, Arrays.hashCode(data.values), Arrays.hashCode(data.drives), Arrays.hashCode(start));
    }

    private String stopped(FitState state, int done, String identity) {
        if (file == null) {
            return "Fitting ended after %d of %d updates; nothing is kept. Fit again, with keep(file) to go on from where it was."
                    .formatted(done, s.updates);
        }
        state.keep(file, identity);
        return "Fitting ended after %d of %d updates; they are kept in %s. Fit again with the same settings to go on."
                .formatted(done, s.updates, file.getFileName());
    }

    private Provenance provenance(StochasticNetwork start, Trials y) {
        return Provenance.current().with("start", start).with("trials", y).with("fit", this);
    }

    /** Everything that is computed anew at every update. */
    private final class Work {
        private final Model shape;
        private final TrialData data;
        private final Parameters parameters;
        private final Proposal proposal;
        private final int batch;
        private final Passes passes;
        private final Gradient[] gradients;
        private final double[][] encoderSlopes;
        private final Gradient sum;
        private final Seed particles = s.seed.named("particles");
        private final Seed batches = s.seed.named("batches");
        private int epoch = -1;
        private int[] order;

        Work(Model shape, TrialData data, Parameters parameters, Proposal proposal, int batch) {
            this.shape = shape;
            this.data = data;
            this.parameters = parameters;
            this.proposal = proposal;
            this.batch = batch;
            passes = new Passes(shape, s.particles, data.steps);
            gradients = new Gradient[batch];
            Arrays.setAll(gradients, i -> new Gradient(shape));
            encoderSlopes = new double[batch][];
            sum = new Gradient(shape);
        }

        double bound() {
            return sum.bound;
        }

        double[] slopes(double[] p, int update) {
            Model m = parameters.model(p, shape);
            Encoder encoder = s.encoder == null ? null : parameters.encoder(p, s.encoder);
            long first = (long) update * batch;
            int[] chosen = new int[batch];
            for (int i = 0; i < batch; i++) {
                chosen[i] = trial(first + i);
            }
            gradient(m, encoder, i -> chosen[i], particles.child(update));
            double[] encoderSlope = encoder == null ? null : new double[encoderSlopes[0].length];
            for (int i = 0; encoder != null && i < batch; i++) {
                for (int j = 0; j < encoderSlope.length; j++) {
                    encoderSlope[j] += encoderSlopes[i][j] / batch;
                }
            }
            return parameters.slopes(m, sum, encoderSlope);
        }

        /** The trial at a place of the shuffled sequence. */
        private int trial(long place) {
            int wanted = (int) (place / data.trials);
            if (wanted != epoch) {
                epoch = wanted;
                order = new int[data.trials];
                Arrays.setAll(order, i -> i);
                Draws draws = new Draws(batches.child(epoch));
                for (int i = order.length - 1; i > 0; i--) {
                    int j = draws.below(i + 1);
                    int swap = order[i];
                    order[i] = order[j];
                    order[j] = swap;
                }
            }
            return order[(int) (place % data.trials)];
        }

        Gradient gradient(Model m, Encoder encoder, java.util.function.IntUnaryOperator chosen, Seed seed) {
            Prepared prepared = new Prepared(m, proposal);
            Parallel.run(
                    Cores.count(),
                    batch,
                    i -> passes.with(pass -> {
                        int trial = chosen.applyAsInt(i);
                        pass.draw(new Draws(seed.child(i)), s.resampling);
                        Encoder.Run run = encoder == null ? null : encoder.new Run(data, trial);
                        pass.trial(prepared, data, trial, run == null ? null : run.moments());
                        Gradient g = gradients[i];
                        g.clear();
                        g.bound = pass.forward(s.resampling);
                        pass.backward(g);
                        if (run != null) {
                            encoderSlopes[i] = new double[encoder.size()];
                            run.backward(pass.proposedMeanSlope, pass.proposedLogVarianceSlope, encoderSlopes[i]);
                        }
                    }));
            sum.clear();
            for (Gradient g : gradients) {
                sum.add(1.0 / batch, g);
            }
            return sum;
        }
    }

    /** Every setting but the listener and the file, so that fits of the same text do the same. */
    @Override
    public String toString() {
        return "RAdam (rate %s to %s, updates %d, batch %d, particles %d, clip %s, noise %s, proposal %s, frozen %s%s, seed %d)"
                .formatted(
                        s.rate,
                        s.lastRate,
                        s.updates,
                        s.batch,
                        s.particles,
                        s.clip == Double.MAX_VALUE ? "none" : s.clip,
                        s.covariance,
                        s.proposal == null ? "best" : s.proposal,
                        s.frozen,
                        s.missing ? ", missing values skipped" : "",
                        s.seed.value());
    }
}
