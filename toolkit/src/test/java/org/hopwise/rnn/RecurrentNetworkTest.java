package org.hopwise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.internal.Nd;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class RecurrentNetworkTest {

    private static RecurrentNetwork network(int hidden) {
        double[][] input = new double[hidden][1];
        input[0][0] = 1;
        double[][] recurrent = new double[hidden][hidden];
        recurrent[0][0] = 0.5;
        return RecurrentNetwork.of(Weights.of(input, recurrent, new double[1][hidden]), Activation.LINEAR);
    }

    @Test
    void aLinearUnitKeepsHalfOfWhatItWasAtEveryStep() {
        Trajectory run = network(2).run(Nd.array(new double[] {8, 0, 0, 1}, 4, 1, 1));
        assertArrayEquals(
                new double[] {8, 0, 4, 0, 2, 0, 2, 0}, run.states().dup().data().asDouble());
    }

    @Test
    void statesThatCannotFitAreRefusedWithTheirBytes() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> network(2_200).run(Nd.array(new double[1_000_000], 1, 1_000_000, 1)));
        assertTrue(
                refusal.getMessage()
                        .startsWith(
                                "States of 1000000 trials, 1 steps and 2200 hidden units are 2200000000 numbers, 16.4 GB;"),
                refusal.getMessage());
    }

    @Test
    void inputsOfAnotherWidthAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> network(2).run(Nd.array(new double[6], 1, 3, 2)));
    }

    @Test
    void oneStateOfATrajectoryIsThatOfItsArray() {
        Trajectory run = network(2).run(Nd.array(new double[] {8, 0, 0, 1, 2, 3}, 3, 2, 1));
        INDArray states = run.states();
        INDArray values = run.activations();
        for (int step = 0; step < 3; step++) {
            for (int trial = 0; trial < 2; trial++) {
                for (int unit = 0; unit < 2; unit++) {
                    assertEquals(states.getDouble(step, trial, unit), run.state(step, trial, unit));
                    assertEquals(values.getDouble(step, trial, unit), run.activation(step, trial, unit));
                }
            }
        }
        assertTrue(states.maxNumber().doubleValue() > 0);
        assertThrows(IndexOutOfBoundsException.class, () -> run.state(0, 2, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> run.activation(3, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> run.state(0, 0, 2));
    }
}
