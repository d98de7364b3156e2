package org.hopwise.graph;

import static org.hopwise.Golden.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.stats.Correlation;
import org.hopwise.stats.Sparsity;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class HopMeasuresTest {

    private static final WalkMeasure MEASURE = WalkMeasure.resolvent(0.8);
    private static final HierarchicalTask TASK = Tasks.sparse().size(4, 2).steps(5);

    private static RecurrentNetwork network(Activation activation) {
        return RecurrentNetwork.random(TASK, 7, activation, Seed.of(4));
    }

    private static HopDecomposition maps(double... values) {
        return HopDecomposition.ofMaps(java.util.Arrays.stream(values)
                .mapToObj(value -> Nd.array(new double[] {value}, 1, 1))
                .toList());
    }

    @Test
    void communicationAndCancellationAreTheTwoSidesOfTheResolventPenalties() {
        Weights w = network(Activation.LINEAR).weights();
        HopDecomposition hops = HopDecomposition.of(w, 5);
        double hopwise = Penalty.hopwise(1, 0.8, 5).cost(w);
        double summed = Penalty.resolvent(1, 0.8, 5).cost(w);
        assertClose(hopwise, hops.communication(MEASURE), "communication");
        assertClose(summed / hopwise, hops.cancellation(MEASURE), "cancellation");
    }

    @Test
    void hopsOfOneSignDoNotCancelAndOppositeOnesDo() {
        assertEquals(1, maps(0.5, 2, 1).cancellation(MEASURE), 1e-15);
        assertEquals(0, maps(0.8, -1).cancellation(MEASURE), 1e-15);
        assertTrue(Double.isNaN(maps(0, 0).cancellation(MEASURE)));
    }

    @Test
    void theOptimalMapsOfATaskAreADecompositionToo() {
        HopDecomposition optimum = HopDecomposition.of(TASK);
        assertEquals(2, optimum.firstHop());
        assertEquals(6, optimum.lastHop());
        assertEquals(1, optimum.share(TASK.signalHops()));
        assertClose(TASK.optimalMap(4), optimum.hop(4), "hop 4");
        assertEquals(
                1, Correlation.of(optimum.kernel(), HopDecomposition.of(TASK).kernel()), 1e-12);
    }

    @Test
    void projectionsAreSignedSharesOfTheMapThatIsNeeded() {
        INDArray needed = Nd.array(new double[] {1, 2, 0, -2}, 2, 2);
        INDArray other = Nd.array(new double[] {0, 2, 7, 2}, 2, 2);
        var hops = HopDecomposition.ofMaps(List.of(needed, needed.mul(-3), other));
        assertEquals(
                List.of(1.0, -3.0, 0.0),
                hops.projections(needed).doubleColumn("projection").asList());
        assertEquals(4, hops.projections(needed).intColumn("hop").get(2));
        var error = assertThrows(IllegalArgumentException.class, () -> hops.projections(Nd.array(new double[3], 3, 1)));
        assertTrue(error.getMessage().contains("map is 3 x 1 and hops are 2 x 2"), error.getMessage());
        var zero = assertThrows(IllegalArgumentException.class, () -> hops.projections(needed.mul(0)));
        assertTrue(zero.getMessage().contains("0 everywhere"), zero.getMessage());
    }

    @Test
    void theDistanceIsTheNormOfTheDifferenceInNormsOfTheTruth() {
        HopDecomposition truth = maps(3, 4);
        assertEquals(0, truth.distance(maps(3, 4)));
        assertEquals(1, maps(0, 0).distance(truth));
        assertEquals(0.5, maps(4.5, 2).distance(truth), 1e-15, "1.5 and 2 apart are 2.5, of 5");
        assertEquals(0.4, maps(4.5, 2).distances(truth).doubleColumn("distance").get(1), 1e-15);
        assertEquals(3, maps(4.5, 2).distances(truth).intColumn("hop").get(1));
    }

    @Test
    void hopsOfAnotherLengthOrShapeHaveNoDistance() {
        var length =
                assertThrows(IllegalArgumentException.class, () -> maps(1, 2).distance(maps(1)));
        assertEquals("hops 2 to 3 cannot be compared with hops 2 to 2; use the same length.", length.getMessage());
        HopDecomposition two = HopDecomposition.ofMaps(List.of(Nd.array(new double[] {1, 2}, 2, 1)));
        var shape = assertThrows(IllegalArgumentException.class, () -> two.distance(maps(1)));
        assertEquals("maps are 2 x 1 and the others' 1 x 1; they must have the same shape.", shape.getMessage());
    }

    /** Of few units, and of so many that the recurrent matrix goes into panels. */
    @ParameterizedTest
    @ValueSource(ints = {7, 260})
    void walksOfALinearNetworkAreItsJacobian(int units) {
        RecurrentNetwork linear = RecurrentNetwork.random(TASK, units, Activation.LINEAR, Seed.of(4));
        HopDecomposition jacobian =
                HopDecomposition.ofJacobian(linear, TASK.batch(3, Seed.of(2)).inputs());
        assertEquals(0, HopDecomposition.of(linear.weights(), 5).distance(jacobian), 1e-14);
    }

    @Test
    void theKernelHoldsHopsThenSourcesThenTargets() {
        HopDecomposition hops = HopDecomposition.of(network(Activation.LINEAR).weights(), 5);
        INDArray kernel = hops.kernel();
        assertEquals(5, kernel.size(0));
        assertEquals(hops.hop(4).getDouble(3, 1), kernel.getDouble(2, 3, 1));
    }

    @Test
    void theHoyerIndexOfASingleHopIsOne() {
        double[] profile = maps(0, 3, 0, 0).profile().doubleColumn("absolute").asDoubleArray();
        assertEquals(1, Sparsity.hoyer(profile), 1e-15);
    }

    @Test
    void unitGainsLeaveWalksAsTheyAre() {
        Weights w = network(Activation.LINEAR).weights();
        INDArray inputs = TASK.batch(3, Seed.of(1)).inputs();
        INDArray slopes = network(Activation.LINEAR).meanSlopes(inputs);
        assertEquals(35, slopes.sumNumber().doubleValue());
        assertClose(
                HopDecomposition.of(w, 5).kernel(),
                HopDecomposition.of(w, slopes).kernel(),
                "kernel");
    }

    @Test
    void gainsThatDoNotChangeWithTheStepAreAGainOfTheWeights() {
        Weights w = network(Activation.TANH).weights();
        double[] gain = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
        double[] everyStep = new double[35];
        for (int i = 0; i < 35; i++) {
            everyStep[i] = gain[i % 7];
        }
        assertClose(
                HopDecomposition.of(w.withGain(Nd.array(gain, 7)), 5).kernel(),
                HopDecomposition.of(w, Nd.array(everyStep, 5, 7)).kernel(),
                "kernel");
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void forOneTrialGainsByStepGiveItsJacobian(Activation activation) {
        RecurrentNetwork network = network(activation);
        INDArray inputs = TASK.batch(1, Seed.of(1)).inputs();
        assertClose(
                HopDecomposition.ofJacobian(network, inputs).kernel(),
                HopDecomposition.of(network.weights(), network.meanSlopes(inputs))
                        .kernel(),
                "kernel");
    }

    @Test
    void gainsBringWalksNearerToTheMeanJacobianThanBareWeights() {
        RecurrentNetwork network = RecurrentNetwork.of(
                Weights.of(
                        network(Activation.TANH).weights().input().mul(3),
                        network(Activation.TANH).weights().recurrent().mul(2),
                        network(Activation.TANH).weights().output()),
                Activation.TANH);
        INDArray inputs = TASK.batch(500, Seed.of(1)).inputs();
        INDArray slopes = network.meanSlopes(inputs);
        INDArray jacobian = HopDecomposition.ofJacobian(network, inputs).kernel();
        double raw =
                jacobian.distance2(HopDecomposition.of(network.weights(), 5).kernel());
        double byUnit = jacobian.distance2(HopDecomposition.of(network.weights().withGain(slopes.mean(0)), 5)
                .kernel());
        double byStep = jacobian.distance2(
                HopDecomposition.of(network.weights(), slopes).kernel());
        assertTrue(byUnit < 0.2 * raw, byUnit + " of " + raw);
        assertTrue(byStep < 0.2 * raw, byStep + " of " + raw);
    }

    @Test
    void gainsAndMapsOfOtherShapesAreRefused() {
        Weights w = network(Activation.TANH).weights();
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> HopDecomposition.of(w, Nd.array(new double[6], 2, 3)));
        assertEquals("gains are 2 x 3; they must be steps x 7, one column a hidden unit.", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> w.withGain(Nd.array(new double[3], 3)));
        assertThrows(IllegalArgumentException.class, () -> HopDecomposition.ofMaps(List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> HopDecomposition.ofMaps(List.of(Nd.array(new double[2], 1, 2), Nd.array(new double[2], 2, 1))));
        assertThrows(IllegalArgumentException.class, () -> maps(1).communication(MEASURE.normalised()));
    }
}
