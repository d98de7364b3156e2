package org.hopwise.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.io.ArrayFile;
import org.hopwise.io.NetworkFile;
import org.hopwise.network.Naming;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

class NetworkMetricsTest {

    private static final double EXACT = 1e-12;

    /** Gaussian weights, of another standard deviation in each matrix. */
    static Weights drawn(int inputs, int hidden, int outputs, Draws draws) {
        return WeightsDoor.weights(new Matrices(
                gaussian(hidden, inputs, 0.5, draws),
                gaussian(hidden, hidden, 0.2, draws),
                gaussian(outputs, hidden, 0.8, draws),
                gaussian(hidden, 1, 0.3, draws),
                gaussian(outputs, 1, 0.1, draws)));
    }

    private static DMatrixRMaj gaussian(int rows, int columns, double deviation, Draws draws) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        Arrays.setAll(matrix.data, i -> deviation * draws.gaussian());
        return matrix;
    }

    static INDArray trials(int steps, int trials, int inputs, Draws draws) {
        double[] x = new double[steps * trials * inputs];
        Arrays.setAll(x, i -> draws.gaussian());
        return Nd.array(x, steps, trials, inputs);
    }

    private static double[] hidden(Table table, String column) {
        return table.where(table.stringColumn("layer").isEqualTo("hidden"))
                .doubleColumn(column)
                .asDoubleArray();
    }

    private static void assertSums(NetworkMetrics m) {
        Table sum = m.sum();
        for (int row = 0; row < sum.rowCount(); row++) {
            double links = sum.doubleColumn("links").get(row);
            double strengths = sum.doubleColumn("strengths").get(row);
            assertEquals(links, strengths, EXACT * Math.max(1, Math.abs(links)), m + ", row " + row);
        }
    }

    @ParameterizedTest
    @CsvSource({"4,6,3,5,7", "1,1,1,1,1", "3,9,2,1,4", "2,5,4,8,1"})
    void strengthsAddUpToTheLinksAtBothTheirEnds(int inputs, int hidden, int outputs, int steps, int trials) {
        Draws draws = new Draws(Seed.of(inputs + 10L * hidden));
        Weights weights = drawn(inputs, hidden, outputs, draws);
        for (Activation activation : List.of(Activation.LINEAR, Activation.TANH, Activation.RELU)) {
            NetworkMetrics data =
                    NetworkMetrics.of(RecurrentNetwork.of(weights, activation), trials(steps, trials, inputs, draws));
            for (Reading reading : Reading.values()) {
                assertSums(data.reading(reading));
                assertSums(data.reading(reading).unfolded(steps));
                assertSums(NetworkMetrics.of(weights).unfolded(steps).reading(reading));
            }
        }
    }

    @Test
    void strengthsOfLayersAddUpToo() {
        Draws draws = new Draws(Seed.of(4));
        List<Layer> layers = List.of(
                layer(6, 4, Activation.RELU, draws),
                layer(5, 6, Activation.TANH, draws),
                layer(5, 5, Activation.RELU, draws),
                layer(2, 5, Activation.TANH, draws));
        double[] x = new double[9 * 4];
        Arrays.setAll(x, i -> draws.gaussian());
        NetworkMetrics m = NetworkMetrics.of(layers, Nd.array(x, 9, 4));
        assertSums(m);
        assertEquals(2, m.sum().rowCount());
        assertEquals("metrics of a fully connected network 4-6-5-5-2, with data", m.toString());
    }

    private static Layer layer(int units, int inputs, Activation activation, Draws draws) {
        return Layer.of(
                Nd.array(gaussian(units, inputs, 0.7, draws)),
                Nd.array(gaussian(units, 1, 0.3, draws).data, units),
                activation);
    }

    @Test
    void atOneStepNoRecurrentLinkExists() {
        Draws draws = new Draws(Seed.of(1));
        Weights weights = drawn(3, 5, 2, draws);
        Matrices without = WeightsDoor.copy(weights);
        without.recurrent().zero();
        assertArrayEquals(
                NetworkMetrics.of(WeightsDoor.<Weights>weights(without)).strengths("hidden"),
                NetworkMetrics.of(weights).unfolded(1).strengths("hidden"),
                EXACT);
    }

    @Test
    void outputsAreNodesOnlyWhereTheyAreRead() {
        NetworkMetrics unfolded =
                NetworkMetrics.of(drawn(3, 5, 2, new Draws(Seed.of(1)))).unfolded(4);
        Table last = unfolded.strengths();
        Table outputs = last.where(last.stringColumn("layer").isEqualTo("output"));
        assertEquals(List.of(4, 4), outputs.intColumn("step").asList());
        Table every = unfolded.reading(Reading.EVERY_STEP).strengths();
        assertEquals(4 * (3 + 5 + 2), every.rowCount());
        assertEquals(
                Reading.EVERY_STEP.count(4),
                unfolded.reading(Reading.EVERY_STEP).fluctuations("output").length);
    }

    @Test
    void aFoldedStrengthCountsASelfLoopTwice() {
        double[][] none = {{0}, {0}};
        Weights loops = Weights.of(none, new double[][] {{3, 0}, {0, 0.5}}, new double[][] {{0, 0}});
        assertArrayEquals(new double[] {6, 1}, NetworkMetrics.of(loops).strengths("hidden"), EXACT);
    }

    @Test
    void withAllActivitiesOneTheStrengthOfDataIsTheNodeStrength() {
        Draws draws = new Draws(Seed.of(2));
        DMatrixRMaj first = gaussian(5, 3, 1, draws);
        DMatrixRMaj second = gaussian(2, 5, 1, draws);
        List<Layer> layers = List.of(allOnes(first), allOnes(second));
        NetworkMetrics m = NetworkMetrics.of(layers, Nd.array(new double[] {1, 1, 1}, 1, 3));
        for (String layer : List.of("input", "hidden 1", "output")) {
            Table data = m.neuronsStrength();
            double[] strengths = data.where(data.stringColumn("layer").isEqualTo(layer))
                    .doubleColumn("mean")
                    .asDoubleArray();
            assertArrayEquals(m.strengths(layer), strengths, EXACT, layer);
        }
    }

    /** A linear layer whose biases bring every unit to 1 when all its inputs are 1. */
    private static Layer allOnes(DMatrixRMaj weights) {
        double[] bias =
                Arrays.stream(Ends.in(weights).sums()).map(sum -> 1 - sum).toArray();
        return Layer.of(Nd.array(weights), Nd.array(bias, bias.length), Activation.LINEAR);
    }

    private static final List<Dynamics> ALL_DYNAMICS = List.of(
            Dynamics.discrete(),
            Dynamics.current(0.3).noiseless(),
            Dynamics.rate(0.3).noiseless());

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsAreTheStatesOfTheForwardRun(Activation activation) {
        Draws draws = new Draws(Seed.of(5));
        Weights weights = drawn(3, 7, 2, draws);
        INDArray x = trials(6, 11, 3, draws);
        for (Dynamics dynamics : ALL_DYNAMICS) {
            RecurrentNetwork rested = RecurrentNetwork.of(weights, activation).with(dynamics);
            for (RecurrentNetwork network : List.of(rested, rested.startingAt(0.2, -0.4, 0, 0.3, 0.1, -0.2, 0.5))) {
                INDArray states = network.run(x).states();
                NetworkMetrics metrics = NetworkMetrics.of(network, x);
                assertArrayEquals(
                        states.mean(0, 1).toDoubleVector(), hidden(metrics.neuronsActivation(), "mean"), EXACT);
                assertArrayEquals(
                        states.reshape(66, 7).std(false, 0).toDoubleVector(),
                        hidden(metrics.neuronsActivation(), "sd"),
                        EXACT);
                assertSums(metrics);
                assertSums(metrics.reading(Reading.EVERY_STEP));
            }
        }
    }

    @Test
    void inALeakyNetworkWhatArrivesIsTheDriveAndWhatLeavesTheRate() {
        Draws draws = new Draws(Seed.of(8));
        Weights weights = drawn(2, 4, 3, draws);
        double[] start = {0.5, -1, 0.2, 0.1};
        RecurrentNetwork network = RecurrentNetwork.of(weights, Activation.LINEAR)
                .with(Dynamics.current(0.25).noiseless())
                .startingAt(start);
        INDArray x = trials(5, 1, 2, draws);
        INDArray states = network.run(x).states();
        double[] recurrent = Ends.out(WeightsDoor.matrices(weights).recurrent()).sums();
        double[] output = Ends.out(WeightsDoor.matrices(weights).output()).sums();
        double[] expected = new double[4];
        for (int t = 0; t < 5; t++) {
            for (int k = 0; k < 4; k++) {
                double before = t == 0 ? start[k] : states.getDouble(t - 1, 0, k);
                double rate = states.getDouble(t, 0, k);
                // Units are linear, so that the drive is what takes r from one step to the next.
                double drive = (rate - 0.75 * before) / 0.25;
                expected[k] += (drive + rate * (t < 4 ? recurrent[k] : output[k])) / 5;
            }
        }
        assertArrayEquals(expected, hidden(NetworkMetrics.of(network, x).neuronsStrength(), "mean"), 1e-11);
    }

    @Test
    void aTrainedNetworkOfOthersHasMetricsWithData() {
        Path folder = Path.of(System.getProperty("hopwise.root"), "data", "trained-rnn");
        RecurrentNetwork network = NetworkFile.load(
                        folder.resolve("psychrnn_perceptual_discrimination.npz"),
                        Naming.guessed().timeConstants(10, 100))
                .network();
        INDArray trials =
                ArrayFile.read(folder.resolve("psychrnn_trials.npy")).get("").array();
        NetworkMetrics metrics = NetworkMetrics.of(network, trials);
        assertSums(metrics);
        assertArrayEquals(
                network.run(trials).states().mean(0, 1).toDoubleVector(),
                hidden(metrics.neuronsActivation(), "mean"),
                1e-9);
    }

    @Test
    void permutingHiddenUnitsPermutesStrengthsAndLeavesTheLayer() {
        Draws draws = new Draws(Seed.of(6));
        Weights weights = drawn(3, 5, 2, draws);
        int[] order = {3, 0, 4, 1, 2};
        double[] p = new double[25];
        IntStream.range(0, 5).forEach(k -> p[5 * k + order[k]] = 1);
        Weights permuted = weights.rebased(Nd.array(p, 5, 5));
        double[] before = NetworkMetrics.of(weights).strengths("hidden");
        double[] after = NetworkMetrics.of(permuted).strengths("hidden");
        assertArrayEquals(Arrays.stream(order).mapToDouble(k -> before[k]).toArray(), after, EXACT);
        assertArrayEquals(
                NetworkMetrics.of(weights).fluctuations("hidden"),
                NetworkMetrics.of(permuted).fluctuations("hidden"),
                EXACT);
        INDArray x = trials(4, 6, 3, draws);
        Table one = NetworkMetrics.of(RecurrentNetwork.of(weights, Activation.TANH), x)
                .summary();
        Table other = NetworkMetrics.of(RecurrentNetwork.of(permuted, Activation.TANH), x)
                .summary();
        for (String column : List.of("mean", "fluctuation", "meanFluctuation")) {
            assertArrayEquals(hidden(one, column), hidden(other, column), EXACT, column);
        }
    }

    @Test
    void aUnitWithoutLinksIsOneMoreNodeOfStrengthZero() {
        Weights weights = drawn(2, 4, 3, new Draws(Seed.of(7)));
        Matrices m = WeightsDoor.copy(weights);
        Weights larger = WeightsDoor.weights(new Matrices(
                reshaped(m.input(), 5, 2),
                reshaped(m.recurrent(), 5, 5),
                reshaped(m.output(), 3, 5),
                reshaped(m.hiddenBias(), 5, 1),
                m.outputBias()));
        double[] s = NetworkMetrics.of(weights).strengths("hidden");
        double mean = Arrays.stream(s).sum() / 5;
        double squares = Arrays.stream(s).map(v -> v * v).sum() / 5;
        assertEquals(Math.sqrt(squares - mean * mean), NetworkMetrics.of(larger).fluctuations("hidden")[0], EXACT);
        Table strengths = NetworkMetrics.of(larger).strengths();
        assertEquals(0, hidden(strengths, "inDisparity")[4]);
        assertEquals(0, hidden(strengths, "outDisparity")[4]);
    }

    @ParameterizedTest
    @ValueSource(ints = {-480, 480})
    void anotherUnitOfWeightsChangesNoDisparityAndScalesFluctuations(int exponent) {
        Weights weights = drawn(2, 4, 3, new Draws(Seed.of(7)));
        Matrices m = WeightsDoor.copy(weights);
        Weights scaled = WeightsDoor.weights(new Matrices(
                scaled(m.input(), exponent),
                scaled(m.recurrent(), exponent),
                scaled(m.output(), exponent),
                scaled(m.hiddenBias(), exponent),
                scaled(m.outputBias(), exponent)));
        for (String column : List.of("inDisparity", "outDisparity")) {
            assertArrayEquals(
                    hidden(NetworkMetrics.of(weights).strengths(), column),
                    hidden(NetworkMetrics.of(scaled).strengths(), column),
                    EXACT);
        }
        double fluctuation = NetworkMetrics.of(weights).fluctuations("hidden")[0];
        assertEquals(fluctuation, Math.scalb(NetworkMetrics.of(scaled).fluctuations("hidden")[0], -exponent), EXACT);
    }

    private static DMatrixRMaj scaled(DMatrixRMaj matrix, int exponent) {
        DMatrixRMaj scaled = matrix.copy();
        for (int i = 0; i < scaled.data.length; i++) {
            scaled.data[i] = Math.scalb(scaled.data[i], exponent);
        }
        return scaled;
    }

    private static DMatrixRMaj reshaped(DMatrixRMaj matrix, int rows, int columns) {
        DMatrixRMaj larger = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                larger.set(i, j, matrix.get(i, j));
            }
        }
        return larger;
    }

    @Test
    void strengthsWithDataOfAWideLayerAreThoseOfItsPlainFormula() {
        Draws draws = new Draws(Seed.of(8));
        Weights weights = drawn(3, 37, 2, draws);
        Matrices m = WeightsDoor.copy(weights);
        RecurrentNetwork network = RecurrentNetwork.of(weights, Activation.TANH);
        INDArray x = trials(3, 5, 3, draws);
        INDArray h = network.run(x).states();
        double meanFluctuation = 0;
        double[] means = new double[37];
        for (int t = 0; t < 3; t++) {
            for (int trial = 0; trial < 5; trial++) {
                double[] s = new double[37];
                for (int k = 0; k < 37; k++) {
                    s[k] = m.hiddenBias().data[k];
                    for (int i = 0; i < 3; i++) {
                        s[k] += m.input().get(k, i) * x.getDouble(t, trial, i);
                    }
                    for (int j = 0; j < 37; j++) {
                        s[k] += t == 0 ? 0 : m.recurrent().get(k, j) * h.getDouble(t - 1, trial, j);
                        s[k] += t == 2 ? 0 : m.recurrent().get(j, k) * h.getDouble(t, trial, k);
                    }
                    for (int o = 0; o < 2; o++) {
                        s[k] += t == 2 ? m.output().get(o, k) * h.getDouble(t, trial, k) : 0;
                    }
                    means[k] += s[k] / 15;
                }
                meanFluctuation += Spread.deviation(s) / 15;
            }
        }
        NetworkMetrics metrics = NetworkMetrics.of(network, x);
        assertArrayEquals(means, hidden(metrics.neuronsStrength(), "mean"), EXACT);
        assertEquals(meanFluctuation, hidden(metrics.summary(), "meanFluctuation")[0], EXACT);
    }

    @Test
    void unitsThatNeverChangeAreCounted() {
        double[][] input = {{1}, {-1}, {0.1}};
        double[][] recurrent = new double[3][3];
        Weights weights = Weights.of(
                Nd.array(new DMatrixRMaj(input)),
                Nd.array(new DMatrixRMaj(recurrent)),
                Nd.array(new DMatrixRMaj(new double[][] {{1, 1, 1}})),
                Nd.array(new double[] {0, -0.1, 0.3}, 3),
                Nd.array(new double[] {0}, 1));
        INDArray x = Nd.array(new double[] {0.5, 1, 1.5, 2, 2.5, 3}, 2, 3, 1);
        Table summary = NetworkMetrics.of(RecurrentNetwork.of(weights, Activation.RELU), x)
                .summary();
        Table layer = summary.where(summary.stringColumn("layer").isEqualTo("hidden"));
        assertEquals(List.of(0, 1), layer.intColumn("constant").asList(), "the second unit is never active");
        assertTrue(Arrays.stream(hidden(summary, "mean")).allMatch(Double::isFinite));
    }

    @Test
    void aConstantActivityHasNoSpreadAtAll() {
        Layer layer = Layer.of(new double[][] {{0, 0}}, new double[] {0.1}, Activation.TANH);
        double[] x = new double[2 * 1000];
        Arrays.setAll(x, i -> i * 0.01);
        Table neurons = NetworkMetrics.of(List.of(layer), Nd.array(x, 1000, 2)).neuronsActivation();
        assertEquals(
                0,
                neurons.where(neurons.stringColumn("layer").isEqualTo("output"))
                        .doubleColumn("sd")
                        .get(0));
    }

    @Test
    void manyStepsOfLargeSimilarValuesKeepTheirSpread() {
        Draws draws = new Draws(Seed.of(9));
        double[] values = new double[60];
        Arrays.setAll(values, i -> 1e9 + draws.gaussian());
        Moments moments = new Moments(1);
        for (int step = 0; step < 6; step++) {
            moments.add(
                    TallMatrix.of(new DMatrixRMaj(1, 10, true, Arrays.copyOfRange(values, 10 * step, 10 * step + 10))));
        }
        assertEquals(Spread.deviation(values), moments.deviation(0), 1e-6);
        assertEquals(0, moments.meanFluctuation());
    }

    @Test
    void samplesThatRunInSeveralPiecesGiveTheSame() {
        Draws draws = new Draws(Seed.of(15));
        List<Layer> layers = List.of(layer(5, 3, Activation.RELU, draws), layer(2, 5, Activation.TANH, draws));
        int samples = 2 * 256 + 17;
        double[] x = new double[samples * 3];
        Arrays.setAll(x, i -> draws.gaussian());
        NetworkMetrics m = NetworkMetrics.of(layers, Nd.array(x, samples, 3));
        assertSums(m);
        double[] means = new double[3];
        double[] squares = new double[3];
        for (int i = 0; i < x.length; i++) {
            means[i % 3] += x[i] / samples;
            squares[i % 3] += x[i] * x[i] / samples;
        }
        Table neurons = m.neuronsActivation();
        for (int u = 0; u < 3; u++) {
            assertEquals(means[u], neurons.doubleColumn("mean").get(u), EXACT);
            double deviation = Math.sqrt(squares[u] - means[u] * means[u]);
            assertEquals(deviation, neurons.doubleColumn("sd").get(u), EXACT);
        }
    }

    @Test
    void expectedFluctuationsAreThoseOfNetworksDrawnAnew() {
        Draws draws = new Draws(Seed.of(10));
        int networks = 3000;
        double[] squares = new double[networks];
        double[][] unfolded = new double[3][networks];
        double[] input = new double[networks];
        for (int i = 0; i < networks; i++) {
            NetworkMetrics m = NetworkMetrics.of(drawn(4, 6, 3, draws));
            squares[i] = Math.pow(m.fluctuations("hidden")[0], 2);
            input[i] = Math.pow(m.fluctuations("input")[0], 2);
            double[] steps = m.unfolded(3).fluctuations("hidden");
            for (int t = 0; t < 3; t++) {
                unfolded[t][i] = steps[t] * steps[t];
            }
        }
        // (1 - 1/6) (4 * 0.5^2 + 3 * 0.8^2 + 12 * 0.2^2 + 0.3^2) and its parts, one variance a matrix.
        double inner = 5 / 6.0 * (1 + 0.48 + 0.09);
        assertMean(5 / 6.0 * (1 + 1.92 + 0.48 + 0.09), squares);
        assertMean(3 / 4.0 * 6 * 0.25, input);
        assertMean(5 / 6.0 * (1 + 0.24 + 0.09), unfolded[0]);
        assertMean(inner, unfolded[1]);
        assertMean(5 / 6.0 * (1 + 1.92 + 0.24 + 0.09), unfolded[2]);
    }

    private static void assertMean(double expected, double[] values) {
        double error = Spread.deviation(values) / Math.sqrt(values.length);
        assertEquals(expected, Spread.mean(values), 4 * error);
    }

    @Test
    void theExpectedFluctuationTakesTheVariancesOfTheNetworkItself() {
        Weights weights = drawn(40, 50, 30, new Draws(Seed.of(11)));
        NetworkMetrics m = NetworkMetrics.of(weights);
        double input = Spread.variance(m.links("input"));
        double recurrent = Spread.variance(m.links("recurrent"));
        double output = Spread.variance(WeightsDoor.copy(weights).output().data);
        double bias = Spread.variance(WeightsDoor.copy(weights).hiddenBias().data);
        double squared = 0.98 * (40 * input + 30 * output + 100 * recurrent + bias);
        assertEquals(Math.sqrt(squared), hidden(m.expectedFluctuation(), "fluctuation")[0], EXACT);
        double node = 40 * input + 30 * output + 102 * recurrent + bias;
        assertEquals(node, hidden(m.expectedFluctuation(), "nodeVariance")[0], EXACT);
        double first = 0.98 * (40 * input + 50 * recurrent + bias);
        assertEquals(Math.sqrt(first), hidden(m.unfolded(3).expectedFluctuation(), "fluctuation")[0], EXACT);
    }

    @Test
    void theNullOfAHiddenLayerHasNoRecurrentTerms() {
        StrengthNull expected = StrengthNull.layer(4, 10, 6, 0.25, 0.5);
        assertEquals(3, expected.nodeVariance(), EXACT);
        assertEquals(2.7, expected.squaredFluctuation(), EXACT);
        assertEquals(Math.sqrt(2.7), expected.fluctuation(), EXACT);
    }

    @Test
    void aHistogramCountsEveryLinkOnce() {
        NetworkMetrics m = NetworkMetrics.of(drawn(4, 6, 3, new Draws(Seed.of(12))));
        Table histogram = m.histogram("hidden", 7);
        assertEquals(6 * (4 + 6 + 1), (int) histogram.intColumn("count").sum());
        double[] links = m.links("hidden");
        double low = histogram.doubleColumn("low").get(2);
        double high = histogram.doubleColumn("high").get(2);
        long within = Arrays.stream(links).filter(w -> w >= low && w < high).count();
        assertEquals(within, (long) histogram.intColumn("count").get(2));
    }

    @Test
    void settingsReturnCopies() {
        NetworkMetrics folded = NetworkMetrics.of(drawn(4, 6, 3, new Draws(Seed.of(13))));
        folded.unfolded(3).reading(Reading.EVERY_STEP);
        assertEquals("metrics of a recurrent network 4-6-3, folded", folded.toString());
        assertEquals(
                "metrics of a recurrent network 4-6-3, unfolded over 3 steps, read EVERY_STEP",
                folded.reading(Reading.EVERY_STEP).unfolded(3).toString());
    }

    @Test
    void featuresAreTheLayersOwnNumbersInOneRow() {
        Draws draws = new Draws(Seed.of(14));
        Weights weights = drawn(3, 7, 2, draws);
        NetworkMetrics m = NetworkMetrics.of(RecurrentNetwork.of(weights, Activation.TANH), trials(4, 6, 3, draws));
        Table row = m.features("hidden");
        assertEquals(11, row.columnCount());
        assertEquals(
                m.fluctuations("hidden")[0],
                row.doubleColumn("strength fluctuation").get(0));
        assertEquals(
                hidden(m.summary(), "meanFluctuation")[1],
                row.doubleColumn("neurons activation mean fluctuation").get(0));
        assertEquals(5, NetworkMetrics.of(weights).features("hidden").columnCount());
    }
}
