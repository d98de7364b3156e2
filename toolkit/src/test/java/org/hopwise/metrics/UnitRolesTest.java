package org.hopwise.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

class UnitRolesTest {

    /** Two linear units that pass an input on, one strongly; one that nobody hears; the output is 3 x + 0.5 x. */
    private static final Weights RELAYS =
            Weights.of(new double[][] {{1}, {1}, {1}}, new double[3][3], new double[][] {{3, 0.5, 0}});

    @Test
    void theLesionEffectIsTheLossOfWhatAUnitSays() {
        INDArray x = Nd.array(new double[] {1, -2, 3}, 1, 3, 1);
        INDArray wanted = Nd.array(new double[] {3.5, -7, 10.5}, 3, 1);
        Table units = UnitRoles.of(RecurrentNetwork.of(RELAYS, Activation.LINEAR), x, wanted, 0.5)
                .toTable();
        // The mean square of what is missing: that of the inputs is 14 / 3.
        double[] expected = {9 * 14 / 3.0, 0.25 * 14 / 3.0, 0};
        assertArrayEquals(expected, units.doubleColumn("lesion effect").asDoubleArray(), 1e-12);
        assertArrayEquals(
                new double[] {1, 1 / 36.0, 0},
                units.doubleColumn("relative lesion").asDoubleArray(),
                1e-15);
        assertArrayEquals(
                new double[] {4, 1.5, 1}, units.doubleColumn("signed strength").asDoubleArray(), 1e-15);
        assertArrayEquals(
                new double[] {0.75, 0.125, 0}, units.doubleColumn("|traffic|").asDoubleArray(), 1e-15);
    }

    @Test
    void ofALeakyNetworkTheLesionIsThatWithoutItsNoise() {
        INDArray x = Nd.array(new double[] {1, -2, 3}, 1, 3, 1);
        INDArray wanted = Nd.array(new double[] {1.75, -3.5, 5.25}, 3, 1);
        RecurrentNetwork network =
                RecurrentNetwork.of(RELAYS, Activation.LINEAR).with(Dynamics.current(0.5));
        double[] expected = {9 / 4.0 * 14 / 3, 1 / 16.0 * 14 / 3, 0};
        assertArrayEquals(
                expected,
                UnitRoles.of(network, x, wanted, 0.5)
                        .toTable()
                        .doubleColumn("lesion effect")
                        .asDoubleArray(),
                1e-12);
    }

    @Test
    void measuresThatOrderUnitsAsLesionsDoCorrelatePerfectly() {
        INDArray x = Nd.array(new double[] {1, -2, 3}, 1, 3, 1);
        INDArray wanted = Nd.array(new double[] {3.5, -7, 10.5}, 3, 1);
        Table correlations = UnitRoles.of(RecurrentNetwork.of(RELAYS, Activation.LINEAR), x, wanted, 0.5)
                .correlations();
        assertEquals(5, correlations.columnCount());
        for (String measure : correlations.columnNames()) {
            assertEquals(1, correlations.doubleColumn(measure).get(0), 1e-15, measure);
        }
    }

    @Test
    void aSilencedUnitIsHeardByNoOtherUnitEither() {
        // The input reaches the output through unit 1 and then unit 2 only, over two steps.
        Weights chain = Weights.of(new double[][] {{1}, {0}}, new double[][] {{0, 0}, {1, 0}}, new double[][] {{0, 1}});
        INDArray x = Nd.array(new double[] {2, 0}, 2, 1, 1);
        Table units = UnitRoles.of(RecurrentNetwork.of(chain, Activation.RELU), x, Nd.array(new double[] {2}, 1, 1), 1)
                .toTable();
        assertArrayEquals(
                new double[] {4, 4}, units.doubleColumn("lesion effect").asDoubleArray(), 1e-15);
    }

    @Test
    void targetsThatDoNotFitAreRefused() {
        INDArray x = NetworkMetricsTest.trials(1, 3, 1, new Draws(Seed.of(1)));
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> UnitRoles.of(
                        RecurrentNetwork.of(RELAYS, Activation.LINEAR), x, Nd.array(new double[2], 2, 1), 0.5));
        assertTrue(refusal.getMessage().startsWith("targets are 2 x 1; they must be trials x outputs"));
    }
}
