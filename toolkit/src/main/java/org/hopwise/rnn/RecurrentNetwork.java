package org.hopwise.rnn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.engine.DoubleReals;
import org.hopwise.internal.engine.Forward;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.Workspace;
import org.hopwise.internal.machine.Memory;
import org.hopwise.task.Task;
import org.hopwise.task.TaskShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent network: h_t = f(W_in x_t + W_hh h_(t-1) + b) with h_0 = 0, read out as y = W_out h_L + c after the last
 * step, or after every step; with a leak, noise and another start if {@link Dynamics} say so.
 *
 * @param weights the weights
 * @param activation the function f
 * @param dynamics leak, form and noise
 * @param start the state before the first step, one number a hidden unit: x_0 in current form, r_0 in rate form
 */
public record RecurrentNetwork(Weights weights, Activation activation, Dynamics dynamics, List<Double> start)
        implements Serializable {

    /**
     * Checks that there is one finite number a unit to start from.
     *
     * @param weights the weights
     * @param activation the function f
     * @param dynamics leak, form and noise
     * @param start one number a hidden unit
     */
    public RecurrentNetwork {
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(dynamics, "dynamics");
        start = List.copyOf(start);
        if (start.size() != weights.hidden()) {
            throw new IllegalArgumentException("start has %d numbers and the network %d hidden units; give one each."
                    .formatted(start.size(), weights.hidden()));
        }
        for (int i = 0; i < start.size(); i++) {
            if (!Double.isFinite(start.get(i))) {
                throw new IllegalArgumentException(
                        "start of unit %d is %s; it must be finite.".formatted(i, start.get(i)));
            }
        }
    }

    /**
     * A network without leak and noise that starts at 0.
     *
     * @param weights the weights
     * @param activation the function f
     */
    public RecurrentNetwork(Weights weights, Activation activation) {
        this(weights, activation, Dynamics.discrete(), Collections.nCopies(weights.hidden(), 0.0));
    }

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
        Matrices m = zeros(task.shape(), hidden);
        double bound = 1 / Math.sqrt(hidden);
        Draws draws = new Draws(seed.named("weights"));
        draws.fillUniform(m.input().data, bound);
        draws.fillUniform(m.recurrent().data, bound);
        draws.fillUniform(m.output().data, bound);
        draws.fillUniform(m.hiddenBias().data, bound);
        draws.fillUniform(m.outputBias().data, bound);
        return new RecurrentNetwork(Weights.of(m), activation);
    }

    /**
     * A network that fits a task, with normal weights of standard deviation 1 / sqrt(units that send) in each matrix, so
     * that the recurrent weights have a spectral radius near 1, and biases of 0.
     *
     * @param task gives the numbers of inputs and outputs
     * @param hidden how many hidden units
     * @param activation the function f
     * @param seed the randomness; the stream {@code "weights"} of it is used
     * @return the network
     */
    public static RecurrentNetwork normal(Task task, int hidden, Activation activation, Seed seed) {
        Matrices m = zeros(task.shape(), hidden);
        Draws draws = new Draws(seed.named("weights"));
        for (DMatrixRMaj matrix : List.of(m.input(), m.recurrent(), m.output())) {
            double deviation = 1 / Math.sqrt(matrix.numCols);
            for (int i = 0; i < matrix.data.length; i++) {
                matrix.data[i] = deviation * draws.gaussian();
            }
        }
        return new RecurrentNetwork(Weights.of(m), activation);
    }

    private static Matrices zeros(TaskShape shape, int hidden) {
        Check.positive("hidden", hidden);
        Memory.square("Weights of %d hidden units".formatted(hidden), hidden, 2, "Use fewer units");
        return new Matrices(
                new DMatrixRMaj(hidden, shape.inputs()),
                new DMatrixRMaj(hidden, hidden),
                new DMatrixRMaj(shape.outputs(), hidden),
                new DMatrixRMaj(hidden, 1),
                new DMatrixRMaj(shape.outputs(), 1));
    }

    /**
     * The same weights with another leak, form or noise.
     *
     * @param dynamics leak, form and noise
     * @return a copy with the dynamics
     */
    public RecurrentNetwork with(Dynamics dynamics) {
        return new RecurrentNetwork(weights, activation, dynamics, start);
    }

    /**
     * The same network with other weights, such as damaged ones.
     *
     * @param weights weights of as many hidden units
     * @return a copy with the weights
     */
    public RecurrentNetwork with(Weights weights) {
        return new RecurrentNetwork(weights, activation, dynamics, start);
    }

    /**
     * The same network with another state before the first step; 0 unless set.
     *
     * @param start one number a hidden unit: x_0 in current form, r_0 in rate form
     * @return a copy with the start
     */
    public RecurrentNetwork startingAt(double... start) {
        return new RecurrentNetwork(
                weights, activation, dynamics, Arrays.stream(start).boxed().toList());
    }

    /**
     * The same network without noise.
     *
     * @return a copy with both sigmas 0
     */
    public RecurrentNetwork noiseless() {
        return with(dynamics.noiseless());
    }

    /**
     * Refuses a network with leak or noise where a measure is made for those without.
     *
     * @param measure what was asked for, for the message
     * @throws IllegalArgumentException if there is a leak below 1, noise or a start other than 0
     */
    public void requireDiscrete(String measure) {
        if (!equals(new RecurrentNetwork(weights, activation))) {
            throw new IllegalArgumentException(
                    "%s is for networks without leak, noise and start, and this one has %s; take its weights(), or effective(inputs)."
                            .formatted(measure, dynamics));
        }
    }

    /**
     * Runs a network without noise over input sequences. Cost per trial and step: hidden x (inputs + hidden)
     * multiplications.
     *
     * @param inputs steps x trials x inputs
     * @return states of every step and the outputs
     * @throws IllegalArgumentException if the last dimension is not the number of inputs, or the network has noise
     */
    public Trajectory run(INDArray inputs) {
        if (dynamics.isNoisy()) {
            throw new IllegalArgumentException(
                    "the network has noise (%s) and no seed was given; use run(inputs, seed), or noiseless()."
                            .formatted(dynamics));
        }
        return run(inputs, Seed.of(0));
    }

    /**
     * Runs the network over input sequences. Cost per trial and step: hidden x (inputs + hidden) multiplications, and a
     * Gaussian number for each unit or input that has noise.
     *
     * @param inputs steps x trials x inputs
     * @param seed the noise; the streams {@code "recurrent noise"} and {@code "input noise"} of it are used
     * @return states of every step and the outputs
     * @throws IllegalArgumentException if the last dimension is not the number of inputs
     */
    public Trajectory run(INDArray inputs, Seed seed) {
        double[] x = Nd.values("inputs", inputs, 3);
        int steps = (int) inputs.size(0);
        int trials = (int) inputs.size(1);
        if (inputs.size(2) != weights.inputs()) {
            throw new IllegalArgumentException(
                    "inputs are %d x %d x %d; the last size must be the %d inputs of the network."
                            .formatted(steps, trials, inputs.size(2), weights.inputs()));
        }
        int hidden = weights.hidden();
        String what = "States of %d trials, %d steps and %d hidden units".formatted(trials, steps, hidden);
        int length = Memory.requireArray(what, (double) steps * trials * hidden, "Run fewer trials at a time");
        Memory.require(what, 16.0 * length, "Run fewer trials at a time");
        DoubleReals precision = DoubleReals.wrap(x);
        Forward forward = new Forward(steps, trials, hidden, activation, dynamics, precision);
        forward.noise(seed.named("input noise"), seed.named("recurrent noise"));
        forward.run(Parameters.of(this, false, precision), new Workspace(precision));
        return new Trajectory(weights.matrices(), steps, trials, doubles(forward.states()), doubles(forward.values()));
    }

    private static double[] doubles(Reals values) {
        return ((DoubleReals) values).values();
    }

    /**
     * The slope f' of each hidden unit at each step, averaged over trials: at x_t in current form, at d_t in rate form.
     * Its mean over steps, {@code meanSlopes(inputs).mean(0)}, is the one gain a unit that {@link Weights#withGain} takes.
     * 1 for linear units. Noise is left out.
     *
     * @param inputs steps x trials x inputs
     * @return steps x hidden; row t - 1 holds step t
     * @throws IllegalArgumentException if the last dimension is not the number of inputs
     */
    public INDArray meanSlopes(INDArray inputs) {
        Trajectory run = noiseless().run(inputs);
        int steps = (int) inputs.size(0);
        int trials = (int) inputs.size(1);
        int hidden = weights.hidden();
        double[] values = run.values();
        double[] means = new double[steps * hidden];
        for (int at = 0; at < values.length; at++) {
            int step = at / (trials * hidden);
            means[step * hidden + at % hidden] += activation.slopeAtState(values[at]) / trials;
        }
        return Nd.array(means, steps, hidden);
    }

    /**
     * The weights of one step with one gain g a unit, the mean of f' over steps and trials without noise. Current form:
     * a W_in, (1 - a) I + a W diag g, W_out diag g; rate form: a diag g W_in, (1 - a) I + a diag g W, W_out. Hop k of these
     * approximates what the input of k - 2 steps ago does to the output on average.
     *
     * @param inputs steps x trials x inputs
     * @return weights without biases
     * @throws IllegalArgumentException if the last dimension is not the number of inputs
     */
    public Weights effective(INDArray inputs) {
        return stepWeights(Nd.values("gains", meanSlopes(inputs).mean(0), 1));
    }

    /**
     * The weights of one step of a network of linear units of slope 1: a W_in, (1 - a) I + a W, W_out. Hop k of these is
     * what the input of k - 2 steps ago does to the output of such a network.
     *
     * @return weights without biases
     */
    public Weights leaky() {
        double[] ones = new double[weights.hidden()];
        Arrays.fill(ones, 1);
        return stepWeights(ones);
    }

    private Weights stepWeights(double[] gains) {
        Matrices m = weights.matrices();
        double a = dynamics.leak();
        boolean isCurrent = dynamics.form() == Form.CURRENT;
        int inputs = weights.inputs();
        for (int i = 0; i < gains.length; i++) {
            double received = isCurrent ? a : a * gains[i];
            for (int j = 0; j < inputs; j++) {
                m.input().data[i * inputs + j] *= received;
            }
            for (int j = 0; j < gains.length; j++) {
                int at = i * gains.length + j;
                m.recurrent().data[at] = (i == j ? 1 - a : 0) + a * gains[isCurrent ? j : i] * m.recurrent().data[at];
            }
        }
        for (int at = 0; isCurrent && at < m.output().data.length; at++) {
            m.output().data[at] *= gains[at % gains.length];
        }
        return Weights.of(new Matrices(
                m.input(),
                m.recurrent(),
                m.output(),
                new DMatrixRMaj(gains.length, 1),
                new DMatrixRMaj(weights.outputs(), 1)));
    }

    @Override
    public String toString() {
        String plain = activation + " network with " + weights;
        return dynamics.equals(Dynamics.discrete()) ? plain : plain + ", " + dynamics;
    }
}
