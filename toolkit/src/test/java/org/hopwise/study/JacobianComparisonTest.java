package org.hopwise.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.Table;

class JacobianComparisonTest {

    private static final HierarchicalTask TASK = Tasks.sparse().size(8, 2).steps(5);
    private static final double ROUNDING = 1e-12;

    private static JacobianComparison comparison(Activation activation, int trials) {
        RecurrentNetwork network = RecurrentNetwork.random(TASK, 10, activation, Seed.of(3));
        return JacobianComparison.of(network, TASK.batch(trials, Seed.of(4)).inputs());
    }

    @Test
    void inALinearNetworkAllPicturesAreTheJacobian() {
        Table table = comparison(Activation.LINEAR, 3).table();
        assertEquals(
                List.of("raw walks", "one gain a unit", "a gain a unit and step"),
                table.stringColumn("walks").asList());
        assertArrayEquals(new double[3], table.doubleColumn("distance").asDoubleArray(), ROUNDING);
        assertArrayEquals(
                new double[] {1, 1, 1}, table.doubleColumn("correlation").asDoubleArray(), ROUNDING);
        assertArrayEquals(new double[] {1, 1, 1}, table.doubleColumn("map").asDoubleArray(), ROUNDING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"TANH", "RELU"})
    void onASingleTrialGainsOfEveryStepGiveTheJacobianAndOthersDoNot(Activation activation) {
        double[] distances =
                comparison(activation, 1).table().doubleColumn("distance").asDoubleArray();
        assertTrue(distances[0] > 0.01 && distances[1] > 0.001, "raw and one gain");
        assertEquals(0, distances[2], ROUNDING);
    }

    /** The only hop is W_out diag(mean f') W_in, and the mean over trials and steps is the one over trials. */
    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"TANH", "RELU"})
    void ofASingleStepOneGainAUnitGivesTheJacobianAndRawWalksDoNot(Activation activation) {
        HierarchicalTask task = Tasks.averaging().size(8, 2).steps(1);
        RecurrentNetwork network = RecurrentNetwork.random(task, 10, activation, Seed.of(3));
        double[] distances = JacobianComparison.of(
                        network, task.batch(7, Seed.of(4)).inputs())
                .table()
                .doubleColumn("distance")
                .asDoubleArray();
        assertTrue(distances[0] > 0.01, "raw walks");
        assertEquals(0, distances[1], ROUNDING);
    }

    @Test
    void theSquaresOfAllHopsAddUpToTheSquareOfTheDistance() {
        JacobianComparison comparison = comparison(Activation.TANH, 20);
        Table raw = comparison.byHop().first(5);
        assertEquals(List.of(2, 3, 4, 5, 6), raw.intColumn("hop").asList());
        double distance = comparison.table().doubleColumn("distance").get(0);
        assertEquals(distance * distance, raw.doubleColumn("distance").power(2).sum(), ROUNDING);
        assertEquals("a gain a unit and step", comparison.byHop().getString(14, "walks"));
    }
}
