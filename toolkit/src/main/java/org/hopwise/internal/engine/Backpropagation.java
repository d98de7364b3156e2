package org.hopwise.internal.engine;

import org.hopwise.Seed;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.task.Loss;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;

/**
 * Loss and gradient of one batch by back-propagation through time, on arrays that are allocated once.
 *
 * <p>With E_t the gradient by the outputs of step t (0 where none is read), G_t = E_t W_out + 2 lambda r_t / (T B H) and
 * P_t the gradient by the drive of step t, from the last step down:
 *
 * <ul>
 *   <li>current form: P_t = a (G_t + P_(t+1) W) f'(x_t) + (1 - a) P_(t+1);
 *   <li>rate form: S_t = a (G_t + P_(t+1) W) + (1 - a) S_(t+1), P_t = S_t f'(d_t).
 * </ul>
 *
 * <p>E_t W_out + P_(t+1) W is one product of E_t and P_(t+1) side by side. Weight gradients are products of as many steps
 * at once as stay in the cache, one chain an entry over all of them: dI = sum over t of v_t' P_t and dH = sum over t of
 * r_(t-1)' P_t. Noise is a constant. The start has the gradient of what it sends, sum over trials of P_1 W (times f'(x_0)
 * in current form), and of what stays of it, (1 - a) / a times P_1 or S_1.
 */
public final class Backpropagation {

    private static final String REMEDY = "Use a smaller batch";
    /** Targets, weights, outputs that become gradients, and their distances from the targets. */
    private static final double ANSWERS = 4;

    private final Activation activation;
    private final Dynamics dynamics;
    private final double activity;
    private final Loss kind;
    private final TaskShape shape;
    private final int steps;
    private final int trials;
    private final Forward forward;
    private final Reals targets;
    private final Reals weights;
    private final Reals slopes;
    private final Reals error;
    private final Reals distance;
    /** P or S of the step behind; nothing without a leak. */
    private final Reals kept;

    private final Workspace work;
    private double omega;
    private double activityCost;

    public Backpropagation(
            TaskShape shape,
            Loss kind,
            int hidden,
            int trials,
            Activation activation,
            Dynamics dynamics,
            double activity,
            Reals precision) {
        requireRoom(shape, hidden, trials, dynamics, precision);
        this.activation = activation;
        this.dynamics = dynamics;
        this.activity = activity;
        this.kind = kind;
        this.shape = shape;
        this.steps = shape.steps();
        this.trials = trials;
        this.forward = new Forward(
                steps, trials, hidden, activation, dynamics, precision.zeros(steps * trials * shape.inputs()));
        int answers = shape.reads() * trials * shape.outputs();
        this.targets = precision.zeros(answers);
        this.weights = precision.zeros(answers);
        this.slopes = precision.zeros(steps * trials * hidden);
        this.error = precision.zeros(answers);
        this.distance = precision.zeros(answers);
        this.kept = precision.zeros(dynamics.leak() < 1 ? trials * hidden : 0);
        this.work = new Workspace(precision);
    }

    private static void requireRoom(TaskShape shape, int hidden, int trials, Dynamics dynamics, Reals precision) {
        String what = "Updates of %d trials, %d steps and %d hidden units".formatted(trials, shape.steps(), hidden);
        double moments = (double) shape.steps() * trials;
        double answers = (double) shape.reads() * trials * shape.outputs();
        double numbers = Forward.numbers(moments, trials, shape.inputs(), hidden, dynamics)
                + moments * hidden
                + ANSWERS * answers;
        Memory.require(what, precision.bytes() * numbers, REMEDY);
        double longest = Math.max(moments * Math.max(shape.inputs(), hidden), answers);
        Memory.requireArray(what, longest, precision.bytes(), REMEDY);
    }

    /**
     * Refuses a task whose trials are not of its shape, before any update. A task that draws into arrays by itself must
     * fill them: zeros that nobody drew would be trained on.
     */
    public void check(Task task, Seed seed) {
        for (Reals drawn : new Reals[] {forward.inputs, targets, weights}) {
            drawn.fillRows(missing(drawn));
        }
        try {
            draw(task, seed);
        } catch (IndexOutOfBoundsException longer) {
            throw new IllegalArgumentException(
                    "task '%s' draws more than its shape says (%s); mend its shape or its draw."
                            .formatted(task.name(), task.shape()),
                    longer);
        }
        requireDrawn(task, "inputs", forward.inputs);
        requireDrawn(task, "targets", targets);
        requireDrawn(task, "weights", weights);
        if (shape.reads() > 1 || kind != Loss.SQUARES) {
            TaskBatch.of(
                            shape,
                            trials,
                            Parameters.doubles(forward.inputs),
                            Parameters.doubles(targets),
                            Parameters.doubles(weights))
                    .requireFit(task, trials);
        }
    }

    private static Reals missing(Reals like) {
        Reals missing = like.zeros(1);
        missing.set(0, Double.NaN);
        return missing;
    }

    private static void requireDrawn(Task task, String what, Reals drawn) {
        for (int i = 0; i < drawn.length(); i++) {
            if (Double.isNaN(drawn.get(i))) {
                throw new IllegalArgumentException(
                        "task '%s' leaves %s undrawn, or draws NaN, from number %d of %d on; mend its shape (%s) or its draw."
                                .formatted(task.name(), what, i, drawn.length(), task.shape()));
            }
        }
    }

    /** Draws the trials that losses are computed on from now on, without noise. */
    public void draw(Task task, Seed seed) {
        if (targets instanceof SingleReals singles) {
            task.draw(
                    trials,
                    seed,
                    ((SingleReals) forward.inputs).values(),
                    singles.values(),
                    ((SingleReals) weights).values());
        } else {
            TaskBatch batch = task.batch(trials, seed);
            batch.requireFit(task, trials);
            batch.copyInputs(((DoubleReals) forward.inputs).values());
            batch.copyTargets(((DoubleReals) targets).values());
            batch.copyWeights(((DoubleReals) weights).values());
        }
        omega = weights.sum();
        // Also false for the NaN of numbers that were not drawn, which the check names.
        if (omega <= 0) {
            throw new IllegalArgumentException(
                    "task '%s' drew trials whose weights add up to %s; give some target a weight above 0."
                            .formatted(task.name(), omega));
        }
    }

    /** Draws the noise of these trials. */
    public void noise(Seed ofInputs, Seed ofDrive) {
        forward.noise(ofInputs, ofDrive);
    }

    /** The run behind the last loss. */
    public Forward forward() {
        return forward;
    }

    /** The loss of the trials; its gradient is added to {@code gradient}. */
    public double loss(Parameters p, Parameters gradient) {
        work.reuse();
        forward.run(p, work);
        readOut(p);
        double loss = kind == Loss.SQUARES
                ? error.residual(distance, targets, weights, 1 / omega)
                : CrossEntropy.of(error, targets, weights, shape.outputs(), shape.outputs() / omega);
        backward(p, gradient);
        return loss;
    }

    /** The cost of activity in the last loss, lambda times the mean of r^2 over steps, trials and units. */
    public double activityCost() {
        return activityCost;
    }

    /** Outputs of all reads into {@code error}; runs of steps that do not count are left at the bias. */
    private void readOut(Parameters p) {
        error.fillRows(p.outputBias);
        Reals output = work.factor(p.output, p.hidden, p.outputs);
        for (int read = 0; read < shape.reads(); ) {
            int end = endOfRun(read);
            if (counts(read)) {
                error.product(
                        read * trials * p.outputs,
                        forward.states,
                        state(read) * p.hidden,
                        output,
                        (end - read) * trials,
                        p.hidden,
                        p.outputs,
                        true);
            }
            read = end;
        }
    }

    /** Where the row of states of the first trial at this read begins. */
    private int state(int read) {
        return (steps - shape.reads() + read) * trials;
    }

    private boolean counts(int read) {
        int slab = trials * shape.outputs();
        return weights.anyAbove(read * slab, (read + 1) * slab);
    }

    /** The first read behind this one that counts if this one does not, or the other way round. */
    private int endOfRun(int read) {
        boolean counted = counts(read);
        int end = read + 1;
        while (end < shape.reads() && counts(end) == counted) {
            end++;
        }
        return end;
    }

    private void backward(Parameters p, Parameters gradient) {
        int h = p.hidden;
        int slab = trials * h;
        Reals states = forward.states;
        boolean isActive = activity > 0;
        if (isActive) {
            double perState = activity / states.length();
            slopes.clear();
            slopes.add(2 * perState, states);
            activityCost = perState * states.dot(states);
        }
        gradient.outputBias.addRows(error);
        Reals outputTransposed = work.transposedFactor(p.output, h, p.outputs);
        Reals recurrentTransposed = work.transposedFactor(p.recurrent, h, h);
        // Not of use where the last step alone is read.
        Reals both = shape.reads() == 1
                ? recurrentTransposed
                : work.transposedFactor(p.output, p.outputs, p.recurrent, h, h);
        for (int read = 0; read < shape.reads(); ) {
            int end = endOfRun(read);
            if (counts(read)) {
                int rows = (end - read) * trials;
                int from = read * trials * p.outputs;
                gradient.output.addTransposedProduct(states, state(read) * h, error, from, rows, h, p.outputs);
            }
            read = end;
        }
        kept.clear();
        for (int t = steps - 1; t >= 0; t--) {
            Interruption.check();
            int at = t * slab;
            int read = t - steps + shape.reads();
            boolean isRead = read >= 0 && counts(read);
            int from = read * trials * p.outputs;
            if (t == steps - 1 && isRead) {
                slopes.product(at, error, from, outputTransposed, trials, p.outputs, h, isActive);
            } else if (t == steps - 1 && !isActive) {
                slopes.clear(at, at + slab);
            } else if (isRead) {
                slopes.product(at, error, from, p.outputs, slopes, at + slab, h, both, trials, h, isActive);
            } else if (t < steps - 1) {
                slopes.product(at, slopes, at + slab, recurrentTransposed, trials, h, h, isActive);
            }
            turn(at, slab);
        }
        for (int from = 0; from < steps; from += forward.stretch) {
            int to = Math.min(from + forward.stretch, steps);
            int rows = (to - from) * trials;
            gradient.input.addTransposedProduct(
                    forward.inputs, from * trials * p.inputs, slopes, from * slab, rows, p.inputs, h);
            int first = Math.max(from, 1);
            gradient.recurrent.addTransposedProduct(
                    states, (first - 1) * slab, slopes, first * slab, (to - first) * trials, h, h);
            gradient.hiddenBias.addRows(slopes, from * slab, to * slab);
        }
        if (!forward.rests(p)) {
            gradient.recurrent.addTransposedProduct(forward.startRates, 0, slopes, 0, trials, h, h);
        }
        if (p.trainsStart) {
            start(p, gradient, recurrentTransposed);
        }
    }

    /** From the gradient by the rates of a step, and P or S of the step behind, to P. */
    private void turn(int at, int slab) {
        if (dynamics.leak() == 1) {
            timesSlope(slopes, forward.values, at, at + slab);
        } else if (dynamics.form() == Form.CURRENT) {
            timesSlope(slopes, forward.values, at, at + slab);
            slopes.leak(at, kept, dynamics.leak());
        } else {
            slopes.leak(at, kept, dynamics.leak());
            timesSlope(slopes, forward.values, at, at + slab);
        }
    }

    private void start(Parameters p, Parameters gradient, Reals recurrentTransposed) {
        int h = p.hidden;
        Reals byStart = work.reals((double) trials * h);
        byStart.product(0, slopes, 0, recurrentTransposed, trials, h, h, false);
        if (dynamics.form() == Form.CURRENT) {
            // At rest the run does not set the rates of the start.
            forward.startRates.fillRows(p.start);
            Forward.apply(activation, forward.startRates, 0, trials * h);
            timesSlope(byStart, forward.startRates, 0, trials * h);
        }
        if (kept.length() > 0) {
            byStart.add((1 - dynamics.leak()) / dynamics.leak(), kept);
        }
        gradient.start.addRows(byStart);
    }

    private void timesSlope(Reals gradient, Reals values, int begin, int end) {
        switch (activation) {
            case LINEAR -> {}
            case TANH -> gradient.timesTanhSlope(values, begin, end);
            case RELU -> gradient.timesStep(values, begin, end);
            case ERF -> gradient.timesErfSlope(values, begin, end);
            case SOFTPLUS -> gradient.timesSoftplusSlope(values, begin, end);
        }
    }
}
