package org.hopwise.rnn;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a run of a network leaves behind: the states of every step, and the outputs after the last. */
public final class Trajectory {

    private final INDArray states;
    private final INDArray outputs;

    Trajectory(INDArray states, INDArray outputs) {
        this.states = states;
        this.outputs = outputs;
    }

    /**
     * The states h_1 to h_L, a copy.
     *
     * @return steps x trials x hidden
     */
    public INDArray states() {
        return states.dup();
    }

    /**
     * The outputs y, a copy.
     *
     * @return trials x outputs
     */
    public INDArray outputs() {
        return outputs.dup();
    }

    @Override
    public String toString() {
        return "trajectory: states %s, outputs %s"
                .formatted(Arrays.toString(states.shape()), Arrays.toString(outputs.shape()));
    }
}
