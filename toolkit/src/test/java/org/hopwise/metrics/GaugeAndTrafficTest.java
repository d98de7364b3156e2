package org.hopwise.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

class GaugeAndTrafficTest {

    private final Draws draws = new Draws(Seed.of(3));
    private final Weights weights = NetworkMetricsTest.drawn(4, 9, 3, draws);

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"LINEAR", "RELU"})
    void aGaugeChangesStrengthsAndNoOutput(Activation activation) {
        RecurrentNetwork network = RecurrentNetwork.of(weights, activation);
        RecurrentNetwork other = Gauge.of(network, Gauge.random(9, 2, Seed.of(5)));
        INDArray x = NetworkMetricsTest.trials(5, 20, 4, draws);
        INDArray outputs = network.run(x).outputs();
        double largest = outputs.amaxNumber().doubleValue();
        assertEquals(0, outputs.sub(other.run(x).outputs()).amaxNumber().doubleValue(), 1e-12 * largest);
        double before = NetworkMetrics.of(weights).fluctuations("hidden")[0];
        double after = NetworkMetrics.of(other.weights()).fluctuations("hidden")[0];
        assertTrue(Math.abs(after / before - 1) > 0.05, before + " and " + after);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aGaugeOfALeakyNetworkChangesNoOutputEither(Form form) {
        RecurrentNetwork network = RecurrentNetwork.of(weights, Activation.RELU)
                .with(new Dynamics(form, 0.3, 0, 0.1))
                .startingAt(0.2, -0.4, 0, 0.3, 0.1, -0.2, 0.5, 1, -1);
        double[] factors = Gauge.random(9, 2, Seed.of(5));
        INDArray x = NetworkMetricsTest.trials(5, 20, 4, draws);
        INDArray outputs = network.run(x, Seed.of(1)).outputsOverTime();
        INDArray others = Gauge.of(network, factors).run(x, Seed.of(1)).outputsOverTime();
        double largest = outputs.amaxNumber().doubleValue();
        assertEquals(0, outputs.sub(others).amaxNumber().doubleValue(), 1e-12 * largest);
        RecurrentNetwork noisy = network.with(network.dynamics().recurrentNoise(0.05));
        assertEquals(
                0, Gauge.effect(noisy, factors, x).doubleColumn("output change").get(0), 1e-12);
        String refusal = assertThrows(IllegalArgumentException.class, () -> Gauge.of(noisy, factors))
                .getMessage();
        assertEquals(
                "recurrentNoise is 0.05, the same for all units, so that another gauge is another network; use noiseless().",
                refusal);
    }

    @Test
    void aGaugeChangesNoWalkTraffic() {
        WalkTraffic one = WalkTraffic.of(weights, 6, 0.8);
        WalkTraffic other = WalkTraffic.of(Gauge.of(weights, Gauge.random(9, 3, Seed.of(5))), 6, 0.8);
        double largest = Arrays.stream(one.absolute()).max().orElseThrow();
        assertArrayEquals(one.signed(), other.signed(), 1e-12 * largest);
        assertArrayEquals(one.absolute(), other.absolute(), 1e-12 * largest);
    }

    @Test
    void theEffectOfAGaugeIsNoneOnReluAndSomeOnTanhOutputs() {
        INDArray x = NetworkMetricsTest.trials(5, 20, 4, draws);
        double[] factors = Gauge.random(9, 2, Seed.of(5));
        Table relu = Gauge.effect(RecurrentNetwork.of(weights, Activation.RELU), factors, x);
        Table tanh = Gauge.effect(RecurrentNetwork.of(weights, Activation.TANH), factors, x);
        assertEquals(0, relu.doubleColumn("output change").get(0), 1e-12);
        assertTrue(tanh.doubleColumn("output change").get(0) > 0.1);
        double expected = NetworkMetrics.of(Gauge.of(weights, factors)).fluctuations("hidden")[0]
                / NetworkMetrics.of(weights).fluctuations("hidden")[0];
        assertEquals(expected - 1, tanh.doubleColumn("fluctuation change").get(0), 1e-12);
        assertEquals(expected - 1, relu.doubleColumn("fluctuation change").get(0), 1e-12);
    }

    @Test
    void factorsAtRandomLieWithinTheSpread() {
        double[] factors = Gauge.random(1000, 2, Seed.of(1));
        assertTrue(Arrays.stream(factors).allMatch(d -> d >= 0.5 && d <= 2));
        // u is uniform, so that ln d / ln 2 has mean 0 and variance 1/3; the bounds are 4 standard errors.
        double[] u = Arrays.stream(factors).map(d -> Math.log(d) / Math.log(2)).toArray();
        assertEquals(0, Spread.mean(u), 4 * Math.sqrt(1 / 3.0 / 1000));
        assertEquals(1 / 3.0, Spread.variance(u), 4 * Math.sqrt(4 / 45.0 / 1000));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,0.7", "6,0.8", "12,0.3"})
    void trafficOverAllUnitsCountsEveryWalkOncePerVisit(int length, double alpha) {
        HopDecomposition hops = HopDecomposition.of(weights, length);
        double sum = 0;
        for (int k = 2; k <= length + 1; k++) {
            sum += Math.pow(alpha, k) * (k - 1) * hops.hop(k).sumNumber().doubleValue();
        }
        double[] traffic = WalkTraffic.of(weights, length, alpha).signed();
        double scale = Arrays.stream(traffic).map(Math::abs).sum();
        assertEquals(sum, Arrays.stream(traffic).sum(), 1e-13 * scale);
    }

    @Test
    void trafficOfTwoEdgesIsInTimesOut() {
        double[] in = Ends.in(WeightsDoor.copy(weights).input()).sums();
        double[] out = Ends.out(WeightsDoor.copy(weights).output()).sums();
        double[] expected = new double[9];
        Arrays.setAll(expected, u -> 0.25 * in[u] * out[u]);
        assertArrayEquals(expected, WalkTraffic.of(weights, 1, 0.5).signed(), 1e-14);
    }

    @Test
    void everyVisitOfAWalkThroughALoopCounts() {
        // Unit 1 has a loop of 3 and leads to unit 2: walks of 4 edges visit 1, 1, 2; of 3 edges 1, 2 only.
        Weights chain = Weights.of(new double[][] {{2}, {0}}, new double[][] {{3, 0}, {5, 0}}, new double[][] {{0, 7}});
        double three = 2 * 5 * 7;
        double four = 2 * 3 * 5 * 7;
        assertArrayEquals(
                new double[] {three + 2 * four, three + four},
                WalkTraffic.of(chain, 3, 1).absolute(),
                1e-12);
    }
}
