package org.hopwise.rnn;

import java.util.Arrays;
import java.util.Objects;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Products;
import org.hopwise.internal.machine.Interruption;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a run of a network leaves behind: the states of every step, and the outputs that they give. */
public final class Trajectory {

    private final Matrices weights;
    private final int steps;
    private final int trials;
    private final double[] states;
    private final double[] values;

    Trajectory(Matrices weights, int steps, int trials, double[] states, double[] values) {
        this.weights = weights;
        this.steps = steps;
        this.trials = trials;
        this.states = states;
        this.values = values;
    }

    /**
     * One number of the states, without a copy of them: for loops.
     *
     * @param step the time step, counted from 0
     * @param trial the trial
     * @param unit the hidden unit
     * @return the state
     * @throws IndexOutOfBoundsException if there is no such step, trial or unit
     */
    public double state(int step, int trial, int unit) {
        return states[place(step, trial, unit)];
    }

    /**
     * One of the values of f, without a copy of them: for loops.
     *
     * @param step the time step, counted from 0
     * @param trial the trial
     * @param unit the hidden unit
     * @return the value, as in {@link #activations}
     * @throws IndexOutOfBoundsException if there is no such step, trial or unit
     */
    public double activation(int step, int trial, int unit) {
        return values[place(step, trial, unit)];
    }

    private int place(int step, int trial, int unit) {
        int hidden = weights.recurrent().numRows;
        Objects.checkIndex(trial, trials);
        return (Objects.checkIndex(step, steps) * trials + trial) * hidden + Objects.checkIndex(unit, hidden);
    }

    /**
     * The states h_1 to h_L, which are the rates r_t that units send; a copy of all of them each time. In a loop ask once,
     * or for {@link #state}.
     *
     * @return steps x trials x hidden
     */
    public INDArray states() {
        return Nd.array(states.clone(), steps, trials, weights.recurrent().numRows);
    }

    /**
     * The values of f: f(x_t) in current form, which are the states, and f(d_t) in rate form; a copy of all of them
     * each time. In a loop ask once, or for {@link #activation}. Slopes of f follow from them by {@link Activation#slopeAtState}.
     *
     * @return steps x trials x hidden
     */
    public INDArray activations() {
        return Nd.array(values.clone(), steps, trials, weights.recurrent().numRows);
    }

    /** The values of f, not a copy. */
    double[] values() {
        return values;
    }

    /**
     * The outputs y after the last step, a copy.
     *
     * @return trials x outputs
     */
    public INDArray outputs() {
        return Nd.array(outputs(steps - 1, 1), trials, weights.output().numRows);
    }

    /**
     * The outputs y_1 to y_L after every step, computed each time.
     *
     * @return steps x trials x outputs
     */
    public INDArray outputsOverTime() {
        return Nd.array(outputs(0, steps), steps, trials, weights.output().numRows);
    }

    private double[] outputs(int from, int count) {
        int hidden = weights.recurrent().numRows;
        int outputs = weights.output().numRows;
        double[] turned = new double[weights.output().data.length];
        Products.transpose(weights.output().data, outputs, hidden, turned);
        double[] y = new double[count * trials * outputs];
        for (int at = 0; at < y.length; at += outputs) {
            Interruption.check();
            System.arraycopy(weights.outputBias().data, 0, y, at, outputs);
        }
        Products.addProduct(states, from * trials * hidden, turned, y, 0, count * trials, hidden, outputs);
        return y;
    }

    @Override
    public String toString() {
        return "trajectory: states %s, outputs %s"
                .formatted(
                        Arrays.toString(new int[] {steps, trials, weights.recurrent().numRows}),
                        Arrays.toString(new int[] {trials, weights.output().numRows}));
    }
}
