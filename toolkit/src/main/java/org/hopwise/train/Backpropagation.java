package org.hopwise.train;

import java.util.Arrays;
import org.hopwise.internal.Products;
import org.hopwise.rnn.Activation;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;

/**
 * Loss and gradient of one batch by back-propagation through time, on arrays that are allocated once.
 *
 * <p>The loss is the mean over trials and outputs of the squared error at the last step. The input product of all steps
 * is one product, and so are the weight gradients: with P_t the gradient by the summed input of step t,
 * dI = sum over t of x_t' P_t and dH = sum over t of h_(t-1)' P_t.
 */
final class Backpropagation {

    private final Activation activation;
    private final int steps;
    private final int trials;
    private final double[] x;
    private final double[] targets;
    private final double[] states;
    private final double[] slopes;
    private final double[] error;
    private final double[] back;
    private final double[] recurrentTransposed;
    private final double[] outputTransposed;

    Backpropagation(TaskShape shape, int hidden, int trials, Activation activation) {
        this.activation = activation;
        this.steps = shape.steps();
        this.trials = trials;
        this.x = new double[steps * trials * shape.inputs()];
        this.targets = new double[trials * shape.outputs()];
        this.states = new double[steps * trials * hidden];
        this.slopes = new double[steps * trials * hidden];
        this.error = new double[trials * shape.outputs()];
        this.back = new double[trials * hidden];
        this.recurrentTransposed = new double[hidden * hidden];
        this.outputTransposed = new double[shape.outputs() * hidden];
    }

    /** The loss of a batch; its gradient is added to {@code gradient}. */
    double loss(TaskBatch batch, Parameters p, Parameters gradient) {
        batch.copyInputs(x);
        batch.copyTargets(targets);
        forward(p);
        double loss = readOut(p);
        backward(p, gradient);
        return loss;
    }

    private void forward(Parameters p) {
        int slab = trials * p.hidden;
        fillRows(states, p.hiddenBias);
        Products.addProduct(x, 0, p.input, states, 0, steps * trials, p.inputs, p.hidden);
        for (int t = 0; t < steps; t++) {
            if (t > 0) {
                Products.addProduct(states, (t - 1) * slab, p.recurrent, states, t * slab, trials, p.hidden, p.hidden);
            }
            activate(t * slab, (t + 1) * slab);
        }
    }

    private void activate(int begin, int end) {
        switch (activation) {
            case LINEAR -> {}
            case TANH -> {
                for (int i = begin; i < end; i++) {
                    states[i] = Activation.TANH.apply(states[i]);
                }
            }
            case RELU -> {
                for (int i = begin; i < end; i++) {
                    states[i] = Math.max(0, states[i]);
                }
            }
        }
    }

    /** Outputs minus targets times 2 / count into {@code error}; returns the loss. */
    private double readOut(Parameters p) {
        fillRows(error, p.outputBias);
        Products.addProduct(states, (steps - 1) * trials * p.hidden, p.output, error, 0, trials, p.hidden, p.outputs);
        double squares = 0;
        for (int i = 0; i < error.length; i++) {
            double difference = error[i] - targets[i];
            squares += difference * difference;
            error[i] = 2 * difference / error.length;
        }
        return squares / error.length;
    }

    private void backward(Parameters p, Parameters gradient) {
        int slab = trials * p.hidden;
        Products.addTransposedProduct(
                states, (steps - 1) * slab, error, 0, gradient.output, trials, p.hidden, p.outputs);
        addColumns(error, gradient.outputBias);
        Products.transpose(p.recurrent, p.hidden, p.hidden, recurrentTransposed);
        Products.transpose(p.output, p.hidden, p.outputs, outputTransposed);
        Arrays.fill(back, 0);
        Products.addProduct(error, 0, outputTransposed, back, 0, trials, p.outputs, p.hidden);
        for (int t = steps - 1; t >= 0; t--) {
            int offset = t * slab;
            for (int i = 0; i < slab; i++) {
                slopes[offset + i] = back[i] * activation.slopeAtState(states[offset + i]);
            }
            if (t > 0) {
                Arrays.fill(back, 0);
                Products.addProduct(slopes, offset, recurrentTransposed, back, 0, trials, p.hidden, p.hidden);
            }
        }
        Products.addTransposedProduct(x, 0, slopes, 0, gradient.input, steps * trials, p.inputs, p.hidden);
        Products.addTransposedProduct(
                states, 0, slopes, slab, gradient.recurrent, (steps - 1) * trials, p.hidden, p.hidden);
        addColumns(slopes, gradient.hiddenBias);
    }

    private static void fillRows(double[] rows, double[] row) {
        for (int at = 0; at < rows.length; at += row.length) {
            System.arraycopy(row, 0, rows, at, row.length);
        }
    }

    private static void addColumns(double[] rows, double[] sums) {
        for (int at = 0; at < rows.length; at += sums.length) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += rows[at + i];
            }
        }
    }
}
