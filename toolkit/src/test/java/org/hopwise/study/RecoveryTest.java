package org.hopwise.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class RecoveryTest {

    /** Averaging over the last step alone: W_out W_in = the optimal map, and no recurrence. */
    private static final HierarchicalTask TASK =
            Tasks.averaging().size(4, 2).steps(3).signalSteps(3).noise(0);

    private static RecurrentNetwork solution(int hidden) {
        double[][] in = new double[hidden][4];
        double[][] recurrent = new double[hidden][hidden];
        double[][] out = new double[4][hidden];
        for (int i = 0; i < 4; i++) {
            in[i / 2][i] = 1;
            out[i][i / 2] = 1;
        }
        // A loop that no input drives, so that the spectral radius is not 0.
        recurrent[hidden - 1][hidden - 1] = 0.5;
        return RecurrentNetwork.of(Weights.of(in, recurrent, out), Activation.LINEAR);
    }

    private static double value(Table recovery, String measure) {
        return recovery.where(recovery.stringColumn("measure").isEqualTo(measure))
                .doubleColumn("correlation")
                .getDouble(0);
    }

    @Test
    void aPerfectNetworkCorrelatesOneInEveryPictureButItsRecurrentWeights() {
        Table recovery = Recovery.of(solution(4), TASK, 0.8, Seed.of(1));
        assertEquals(7, recovery.rowCount());
        for (String measure : recovery.stringColumn("measure")) {
            double expected = measure.equals("recurrent weights") ? 1 / Math.sqrt(15) : 1;
            assertEquals(expected, value(recovery, measure), 1e-9, measure);
        }
    }

    @Test
    void recurrentWeightsAreComparedOnlyWhereShapesAgree() {
        assertTrue(Double.isNaN(value(Recovery.of(solution(5), TASK, 0.8, Seed.of(1)), "recurrent weights")));
    }

    @Test
    void whatStandsAtTheWrongHopIsSeenHopByHopOnly() {
        HierarchicalTask earlier =
                Tasks.averaging().size(4, 2).steps(3).signalSteps(2).noise(0);
        Table recovery = Recovery.of(solution(4), earlier, 0.8, Seed.of(1));
        assertEquals(1, value(recovery, "influence map"), 1e-9);
        assertTrue(value(recovery, "every hop") < 0.5);
    }
}
