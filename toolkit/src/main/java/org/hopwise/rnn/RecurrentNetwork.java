package org.hopwise.rnn;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.Products;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;
import org.hopwise.task.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent network: h_t = f(W_in x_t + W_hh h_(t-1) + b) with h_0 = 0, read out as y = W_out h_L + c after the last
 * step.
 *
 * @param weights the weights
 * @param activation the function f
 */
public record RecurrentNetwork(Weights weights, Activation activation) {

    /**
     * A network with these weights.
     *
     * @param weights the weights
     * @param activation the function f
     * @return the network
     */
    public static RecurrentNetwork of(Weights weights, Activation activation) {
        return new RecurrentNetwork(weights, activation);
    }

    /**
     * A network that fits a task, with all weights and biases uniform in +-1 / sqrt(hidden).
     *
     * @param task gives the numbers of inputs and outputs
     * @param hidden how many hidden units
     * @param activation the function f
     * @param seed the randomness; the stream {@code "weights"} of it is used
     * @return the network
     */
    public static RecurrentNetwork random(Task task, int hidden, Activation activation, Seed seed) {
        Check.positive("hidden", hidden);
        Memory.square("Weights of %d hidden units".formatted(hidden), hidden, 2, "Use fewer units");
        double bound = 1 / Math.sqrt(hidden);
        Draws draws = new Draws(seed.named("weights"));
        int inputs = task.shape().inputs();
        int outputs = task.shape().outputs();
        Matrices m = new Matrices(
                new DMatrixRMaj(hidden, inputs),
                new DMatrixRMaj(hidden, hidden),
                new DMatrixRMaj(outputs, hidden),
                new DMatrixRMaj(hidden, 1),
                new DMatrixRMaj(outputs, 1));
        draws.fillUniform(m.input().data, bound);
        draws.fillUniform(m.recurrent().data, bound);
        draws.fillUniform(m.output().data, bound);
        draws.fillUniform(m.hiddenBias().data, bound);
        draws.fillUniform(m.outputBias().data, bound);
        return new RecurrentNetwork(Weights.of(m), activation);
    }

    /**
     * Runs the network over input sequences. Cost per trial and step: hidden x (inputs + hidden) multiplications.
     *
     * @param inputs steps x trials x inputs
     * @return states of every step and the outputs
     * @throws IllegalArgumentException if the last dimension is not the number of inputs
     */
    public Trajectory run(INDArray inputs) {
        double[] x = Nd.values("inputs", inputs, 3);
        int steps = (int) inputs.size(0);
        int trials = (int) inputs.size(1);
        if (inputs.size(2) != weights.inputs()) {
            throw new IllegalArgumentException(
                    "inputs are %d x %d x %d; the last size must be the %d inputs of the network."
                            .formatted(steps, trials, inputs.size(2), weights.inputs()));
        }
        Matrices m = weights.matrices();
        int hidden = weights.hidden();
        double[] in = transposed(m.input());
        double[] recurrent = transposed(m.recurrent());
        String what = "States of %d trials, %d steps and %d hidden units".formatted(trials, steps, hidden);
        int length = Memory.requireArray(what, (double) steps * trials * hidden, "Run fewer trials at a time");
        Memory.require(what, 16.0 * length, "Run fewer trials at a time");
        int slab = trials * hidden;
        double[] states = new double[length];
        fillRows(states, m.hiddenBias().data);
        Products.addProduct(x, 0, in, states, 0, steps * trials, weights.inputs(), hidden);
        for (int t = 0; t < steps; t++) {
            Interruption.check();
            if (t > 0) {
                Products.addProduct(states, (t - 1) * slab, recurrent, states, t * slab, trials, hidden, hidden);
            }
            for (int i = t * slab; i < (t + 1) * slab; i++) {
                states[i] = activation.apply(states[i]);
            }
        }
        double[] outputs = new double[trials * weights.outputs()];
        fillRows(outputs, m.outputBias().data);
        Products.addProduct(
                states, (steps - 1) * slab, transposed(m.output()), outputs, 0, trials, hidden, weights.outputs());
        return new Trajectory(Nd.array(states, steps, trials, hidden), Nd.array(outputs, trials, weights.outputs()));
    }

    /**
     * The slope f' of each hidden unit at each step, averaged over trials. Its mean over steps, {@code
     * meanSlopes(inputs).mean(0)}, is the one gain a unit that {@link Weights#withGain} takes. 1 for linear units.
     *
     * @param inputs steps x trials x inputs
     * @return steps x hidden; row t - 1 holds step t
     * @throws IllegalArgumentException if the last dimension is not the number of inputs
     */
    public INDArray meanSlopes(INDArray inputs) {
        INDArray states = run(inputs).states();
        double[] h = Nd.values("states", states, 3);
        int steps = (int) states.size(0);
        int trials = (int) states.size(1);
        int hidden = weights.hidden();
        double[] means = new double[steps * hidden];
        for (int at = 0; at < h.length; at++) {
            int step = at / (trials * hidden);
            means[step * hidden + at % hidden] += activation.slopeAtState(h[at]) / trials;
        }
        return Nd.array(means, steps, hidden);
    }

    private static double[] transposed(DMatrixRMaj matrix) {
        double[] result = new double[matrix.data.length];
        Products.transpose(matrix.data, matrix.numRows, matrix.numCols, result);
        return result;
    }

    private static void fillRows(double[] rows, double[] row) {
        for (int at = 0; at < rows.length; at += row.length) {
            System.arraycopy(row, 0, rows, at, row.length);
        }
    }

    @Override
    public String toString() {
        return activation + " network with " + weights;
    }
}
