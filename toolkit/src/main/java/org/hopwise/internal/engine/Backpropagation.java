package org.hopwise.internal.engine;

import org.hopwise.Seed;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.Activation;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;

/**
 * Loss and gradient of one batch by back-propagation through time, on arrays that are allocated once.
 *
 * <p>The loss is the mean over trials and outputs of the squared error at the last step. The input product of all steps
 * is one product, and so are the weight gradients: with P_t the gradient by the summed input of step t,
 * dI = sum over t of x_t' P_t and dH = sum over t of h_(t-1)' P_t.
 */
public final class Backpropagation {

    private static final String REMEDY = "Use a smaller batch";

    private final Activation activation;
    private final int steps;
    private final int trials;
    private final Reals x;
    private final Reals targets;
    private final Reals states;
    private final Reals slopes;
    private final Reals error;
    private final Workspace work;

    public Backpropagation(TaskShape shape, int hidden, int trials, Activation activation, Reals precision) {
        requireRoom(shape, hidden, trials, precision);
        this.activation = activation;
        this.steps = shape.steps();
        this.trials = trials;
        this.x = precision.zeros(steps * trials * shape.inputs());
        this.targets = precision.zeros(trials * shape.outputs());
        this.states = precision.zeros(steps * trials * hidden);
        this.slopes = precision.zeros(steps * trials * hidden);
        this.error = precision.zeros(trials * shape.outputs());
        this.work = new Workspace(precision);
    }

    private static void requireRoom(TaskShape shape, int hidden, int trials, Reals precision) {
        String what = "Updates of %d trials, %d steps and %d hidden units".formatted(trials, shape.steps(), hidden);
        double moments = (double) shape.steps() * trials;
        double numbers = moments * (shape.inputs() + 2.0 * hidden) + 2.0 * trials * shape.outputs();
        Memory.require(what, precision.bytes() * numbers, REMEDY);
        double longest = Math.max(moments * Math.max(shape.inputs(), hidden), (double) trials * shape.outputs());
        Memory.requireArray(what, longest, precision.bytes(), REMEDY);
    }

    /**
     * Refuses a task whose trials are not of its shape, before any update. A task that draws into arrays by itself must
     * fill them: zeros that nobody drew would be trained on.
     */
    public void check(Task task, Seed seed) {
        x.fillRows(missing(x));
        targets.fillRows(missing(targets));
        try {
            draw(task, seed);
        } catch (IndexOutOfBoundsException longer) {
            throw new IllegalArgumentException(
                    "task '%s' draws more than its shape says (%s); mend its shape or its draw."
                            .formatted(task.name(), task.shape()),
                    longer);
        }
        requireDrawn(task, "inputs", x);
        requireDrawn(task, "targets", targets);
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

    /** Draws the trials that losses are computed on from now on. */
    public void draw(Task task, Seed seed) {
        if (x instanceof SingleReals into && targets instanceof SingleReals intoTargets) {
            task.draw(trials, seed, into.values(), intoTargets.values());
        } else {
            TaskBatch batch = task.batch(trials, seed);
            batch.requireFit(task, trials);
            batch.copyInputs(((DoubleReals) x).values());
            batch.copyTargets(((DoubleReals) targets).values());
        }
    }

    /** The loss of the trials; its gradient is added to {@code gradient}. */
    public double loss(Parameters p, Parameters gradient) {
        work.reuse();
        forward(p);
        double loss = readOut(p);
        backward(p, gradient);
        return loss;
    }

    private void forward(Parameters p) {
        int slab = trials * p.hidden;
        states.fillRows(p.hiddenBias);
        Reals recurrent = work.factor(p.recurrent, p.hidden, p.hidden);
        Reals input = work.factor(p.input, p.inputs, p.hidden);
        states.product(0, x, 0, input, steps * trials, p.inputs, p.hidden, true);
        for (int t = 0; t < steps; t++) {
            Interruption.check();
            if (t > 0) {
                states.product(t * slab, states, (t - 1) * slab, recurrent, trials, p.hidden, p.hidden, true);
            }
            switch (activation) {
                case LINEAR -> {}
                case TANH -> states.tanh(t * slab, (t + 1) * slab);
                case RELU -> states.rectify(t * slab, (t + 1) * slab);
                case ERF -> states.erf(t * slab, (t + 1) * slab);
            }
        }
    }

    /** Outputs minus targets times 2 / count into {@code error}; returns the loss. */
    private double readOut(Parameters p) {
        error.fillRows(p.outputBias);
        Reals output = work.factor(p.output, p.hidden, p.outputs);
        error.product(0, states, (steps - 1) * trials * p.hidden, output, trials, p.hidden, p.outputs, true);
        return error.residual(0, targets, 1.0 / error.length());
    }

    private void backward(Parameters p, Parameters gradient) {
        int h = p.hidden;
        int slab = trials * h;
        int last = (steps - 1) * slab;
        gradient.output.addTransposedProduct(states, last, error, 0, trials, h, p.outputs);
        gradient.outputBias.addRows(error);
        Reals outputTransposed = work.transposedFactor(p.output, h, p.outputs);
        Reals recurrentTransposed = work.transposedFactor(p.recurrent, h, h);
        slopes.product(last, error, 0, outputTransposed, trials, p.outputs, h, false);
        timesSlope(last, last + slab);
        for (int t = steps - 1; t > 0; t--) {
            Interruption.check();
            int before = (t - 1) * slab;
            slopes.product(before, slopes, t * slab, recurrentTransposed, trials, h, h, false);
            timesSlope(before, before + slab);
        }
        gradient.input.addTransposedProduct(x, 0, slopes, 0, steps * trials, p.inputs, h);
        gradient.recurrent.addTransposedProduct(states, 0, slopes, slab, (steps - 1) * trials, h, h);
        gradient.hiddenBias.addRows(slopes);
    }

    private void timesSlope(int begin, int end) {
        switch (activation) {
            case LINEAR -> {}
            case TANH -> slopes.timesTanhSlope(states, begin, end);
            case RELU -> slopes.timesStep(states, begin, end);
            case ERF -> slopes.timesErfSlope(states, begin, end);
        }
    }
}
