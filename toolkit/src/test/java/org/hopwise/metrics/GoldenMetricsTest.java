package org.hopwise.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hopwise.Golden;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

/** Values computed twice elsewhere, by matrix formulas and on an explicit graph. */
class GoldenMetricsTest {

    /** Of the largest value compared, and at least of 1: some values are exactly 0. */
    private static final double TOLERANCE = 1e-12;

    /** A recurrent case: its parameters and inputs, and the metrics of one activation. */
    private record Case(JsonObject file, JsonObject metrics) {

        Weights weights() {
            JsonObject p = file.getAsJsonObject("parameters");
            return Weights.of(
                    Golden.array(p.get("Win")),
                    Golden.array(p.get("Whh")),
                    Golden.array(p.get("Wout")),
                    Golden.array(p.get("b")),
                    Golden.array(p.get("c")));
        }

        RecurrentNetwork network() {
            return RecurrentNetwork.of(weights(), activation(metrics.get("activation")));
        }

        int steps() {
            return file.getAsJsonArray("inputs").size();
        }

        NetworkMetrics withData(Reading reading) {
            return NetworkMetrics.of(network(), Golden.array(file.get("inputs")))
                    .reading(reading);
        }

        JsonObject read(Reading reading) {
            return metrics.getAsJsonObject(reading == Reading.LAST ? "last" : "every");
        }

        @Override
        public String toString() {
            return metrics.get("activation").getAsString() + " of " + steps() + " steps";
        }
    }

    private static Activation activation(JsonElement name) {
        return Activation.valueOf(name.getAsString().toUpperCase(Locale.ROOT));
    }

    static Stream<Case> recurrent() {
        JsonObject tiny = Golden.read("network-metrics-tiny").getAsJsonObject("rnn");
        JsonObject random = Golden.read("network-metrics-rnn");
        List<Case> cases = new ArrayList<>(List.of(new Case(tiny, tiny.getAsJsonObject("metrics"))));
        random.getAsJsonArray("networks").forEach(network -> cases.add(new Case(random, network.getAsJsonObject())));
        return cases.stream();
    }

    private static void assertClose(JsonElement expected, double[] actual, String what) {
        double[] e = expected.isJsonArray()
                ? new Gson().fromJson(expected, double[].class)
                : new double[] {expected.getAsDouble()};
        double scale = 1;
        for (double value : e) {
            scale = Math.max(scale, Math.abs(value));
        }
        assertArrayEquals(e, actual, TOLERANCE * scale, what);
    }

    private static void assertClose(JsonElement expected, double actual, String what) {
        assertClose(expected, new double[] {actual}, what);
    }

    private static double[] column(Table table, String column, String layer) {
        return of(table, layer).doubleColumn(column).asDoubleArray();
    }

    private static Table of(Table table, String layer) {
        return table.where(table.stringColumn("layer").isEqualTo(layer));
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void linkWeightsOfARecurrentNetwork(Case c) {
        Table links = NetworkMetrics.of(c.weights()).links();
        for (String layer : List.of("input", "recurrent", "output", "hidden")) {
            assertPool(c.metrics.getAsJsonObject("link").getAsJsonObject(layer), of(links, layer));
        }
    }

    private static void assertPool(JsonObject expected, Table pool) {
        assertEquals(expected.get("count").getAsInt(), pool.intColumn("count").get(0));
        assertClose(expected.get("mean"), pool.doubleColumn("mean").get(0), "mean");
        assertClose(expected.get("variance"), pool.doubleColumn("variance").get(0), "variance");
        assertClose(expected.get("sumAbs"), pool.doubleColumn("absolute").get(0), "sum of moduli");
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void strengthsOfAFoldedNetwork(Case c) {
        NetworkMetrics folded = NetworkMetrics.of(c.weights());
        Table strengths = folded.strengths();
        for (String layer : List.of("input", "hidden", "output")) {
            JsonElement expected = c.metrics.getAsJsonObject("folded").get(layer);
            assertClose(expected, column(strengths, "strength", layer), layer);
            assertClose(expected, folded.strengths(layer), layer);
            JsonElement fluctuation =
                    c.metrics.getAsJsonObject("foldedFluctuation").get(layer);
            assertClose(fluctuation, column(folded.fluctuations(), "fluctuation", layer), layer);
            assertClose(fluctuation, folded.fluctuations(layer), layer);
        }
        assertClose(
                c.metrics.get("foldedSum"),
                folded.sum().doubleColumn("strengths").get(0),
                "sum");
        assertClose(
                c.metrics.get("foldedSum"), folded.sum().doubleColumn("links").get(0), "sum");
        assertClose(c.metrics.get("inStrength"), column(strengths, "in", "hidden"), "in");
        assertClose(c.metrics.get("outStrength"), column(strengths, "out", "hidden"), "out");
        assertClose(c.metrics.get("absoluteStrength"), column(strengths, "absolute", "hidden"), "absolute");
        assertClose(c.metrics.get("inDisparity"), column(strengths, "inDisparity", "hidden"), "in");
        assertClose(c.metrics.get("outDisparity"), column(strengths, "outDisparity", "hidden"), "out");
    }

    static Stream<Object[]> readings() {
        return recurrent().flatMap(c -> Stream.of(Reading.values()).map(reading -> new Object[] {c, reading}));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void strengthsOfAnUnfoldedNetwork(Case c, Reading reading) {
        NetworkMetrics unfolded =
                NetworkMetrics.of(c.weights()).unfolded(c.steps()).reading(reading);
        JsonObject expected = c.read(reading);
        Table hidden = of(unfolded.strengths(), "hidden");
        for (int t = 1; t <= c.steps(); t++) {
            Table step = hidden.where(hidden.intColumn("step").isEqualTo(t));
            JsonElement values = expected.getAsJsonArray("unfolded").get(t - 1);
            assertClose(values, step.doubleColumn("strength").asDoubleArray(), "step " + t);
        }
        assertClose(expected.get("unfoldedMean"), unfolded.strengths("hidden"), "mean over steps");
        assertClose(expected.get("unfoldedFluctuation"), unfolded.fluctuations("hidden"), "fluctuations");
        assertClose(
                expected.get("unfoldedSum"),
                unfolded.sum().doubleColumn("strengths").get(0),
                "sum");
        assertClose(
                expected.get("unfoldedSum"),
                unfolded.sum().doubleColumn("links").get(0),
                "sum");
    }

    @ParameterizedTest
    @MethodSource("readings")
    void neuronsStrengthAndActivationOfARecurrentNetwork(Case c, Reading reading) {
        NetworkMetrics data = c.withData(reading);
        for (String layer : List.of("input", "hidden", "output")) {
            JsonObject strength = c.read(reading).getAsJsonObject("neuronsStrength");
            assertNeurons(strength.getAsJsonObject(layer), data, "neurons strength", layer);
        }
        assertClose(
                c.read(reading).get("dataSum"),
                data.sum().doubleColumn("strengths").get(1),
                "sum");
        assertClose(
                c.read(reading).get("dataSum"), data.sum().doubleColumn("links").get(1), "sum");
        assertSteps(c.read(reading).get("hiddenMeanByStep"), data, "strength");
        assertSteps(c.metrics.get("activationMeanByStep"), data, "activation");
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void neuronsActivationAsReadLast(Case c) {
        for (String layer : List.of("input", "hidden", "output")) {
            JsonObject activation = c.metrics.getAsJsonObject("neuronsActivation");
            assertNeurons(activation.getAsJsonObject(layer), c.withData(Reading.LAST), "neurons activation", layer);
        }
    }

    private static void assertNeurons(JsonObject expected, NetworkMetrics data, String metric, String layer) {
        Table neurons = metric.equals("neurons strength") ? data.neuronsStrength() : data.neuronsActivation();
        assertClose(expected.get("mean"), column(neurons, "mean", layer), layer + " mean");
        assertClose(expected.get("sd"), column(neurons, "sd", layer), layer + " sd");
        Table summary =
                data.summary().where(data.summary().stringColumn("metric").isEqualTo(metric));
        assertClose(expected.get("fluctuation"), column(summary, "fluctuation", layer), layer + " fluctuation");
        assertClose(expected.get("meanFluctuation"), column(summary, "meanFluctuation", layer), layer);
        assertClose(expected.get("layerMean"), column(summary, "mean", layer), layer + " layer mean");
    }

    private static void assertSteps(JsonElement expected, NetworkMetrics data, String column) {
        Table hidden = of(data.neuronsByStep(), "hidden");
        for (int t = 1; t <= expected.getAsJsonArray().size(); t++) {
            Table step = hidden.where(hidden.intColumn("step").isEqualTo(t));
            JsonElement values = expected.getAsJsonArray().get(t - 1);
            assertClose(values, step.doubleColumn(column).asDoubleArray(), column + " at step " + t);
        }
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void walkTraffic(Case c) {
        JsonObject expected = c.metrics.getAsJsonObject("traffic");
        WalkTraffic traffic = WalkTraffic.of(
                c.weights(),
                expected.get("length").getAsInt(),
                expected.get("alpha").getAsDouble());
        assertClose(expected.get("signed"), traffic.signed(), "signed");
        assertClose(expected.get("absolute"), traffic.absolute(), "absolute");
    }

    @Test
    void strengthsInAnotherGauge() {
        JsonObject file = Golden.read("network-metrics-rnn");
        JsonObject gauge = file.getAsJsonObject("gauge");
        Weights weights = new Case(file, null).weights();
        double[] factors = new Gson().fromJson(gauge.get("d"), double[].class);
        NetworkMetrics other = NetworkMetrics.of(Gauge.of(weights, factors));
        assertClose(gauge.get("folded"), other.strengths("hidden"), "strengths");
        assertClose(gauge.get("foldedFluctuation"), other.fluctuations("hidden"), "fluctuation");
    }

    @Test
    void divergenceOfTwoNetworks() {
        JsonObject file = Golden.read("network-metrics-rnn");
        double[] mine = NetworkMetrics.of(new Case(file, null).weights()).strengths("hidden");
        double[] others = new Gson().fromJson(file.getAsJsonObject("other").get("foldedHidden"), double[].class);
        assertEquals(file.get("divergence").getAsDouble(), Distributions.divergence(mine, others), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "fc"})
    void allMetricsOfAFullyConnectedNetwork(String name) {
        JsonObject c = Golden.read("network-metrics-" + name);
        c = name.equals("tiny") ? c.getAsJsonObject("fc") : c;
        List<Layer> layers = new ArrayList<>();
        int last = c.getAsJsonArray("weights").size();
        for (int l = 0; l < last; l++) {
            layers.add(Layer.of(
                    Golden.array(c.getAsJsonArray("weights").get(l)),
                    Golden.array(c.getAsJsonArray("biases").get(l)),
                    activation(c.get(l == last - 1 ? "outputActivation" : "activation"))));
        }
        NetworkMetrics m = NetworkMetrics.of(layers, Golden.array(c.get("samples")));
        JsonObject expected = c.getAsJsonObject("metrics");
        for (int l = 0; l <= last; l++) {
            String layer = l == 0 ? "input" : l == last ? "output" : "hidden " + l;
            assertClose(expected.getAsJsonArray("strength").get(l), m.strengths(layer), layer);
            assertClose(expected.getAsJsonArray("fluctuation").get(l), m.fluctuations(layer), layer);
            for (String metric : List.of("neurons strength", "neurons activation")) {
                String key = metric.equals("neurons strength") ? "neuronsStrength" : "neuronsActivation";
                assertNeurons(expected.getAsJsonArray(key).get(l).getAsJsonObject(), m, metric, layer);
            }
            if (l > 0) {
                assertPool(expected.getAsJsonArray("link").get(l - 1).getAsJsonObject(), of(m.links(), layer));
            }
        }
        assertClose(
                expected.get("sumOfStrengths"),
                m.sum().doubleColumn("strengths").get(0),
                "sum");
        assertClose(
                expected.get("twiceWeightPlusBiasPlusOnes"),
                m.sum().doubleColumn("links").get(0),
                "sum");
    }

    @Test
    void theNullModelMeetsItsMonteCarlo() {
        for (JsonElement row : Golden.read("network-metrics-null").getAsJsonArray("rows")) {
            JsonObject r = row.getAsJsonObject();
            double s = r.get("s").getAsDouble();
            double sb = r.get("sb").getAsDouble();
            StrengthNull expected = StrengthNull.recurrent(
                    r.get("in").getAsInt(), r.get("n").getAsInt(), r.get("out").getAsInt(), s * s, sb * sb);
            assertClose(r.get("nodeVariance"), expected.nodeVariance(), "node variance");
            assertClose(r.get("expectedFluctuation2"), expected.squaredFluctuation(), "squared fluctuation");
            assertEquals(
                    r.get("simulated").getAsDouble(),
                    expected.squaredFluctuation(),
                    3 * r.get("standardError").getAsDouble());
        }
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void dataOfTheTinyCaseAreThoseComputedByHand(Reading reading) {
        // One linear unit, z = 3 then 6.5: the input gives 9, the unit 4.5 + 26 (or 13.5 + 26), the output 37 (or 53).
        Case tiny = recurrent().findFirst().orElseThrow();
        double sum = tiny.withData(reading).sum().doubleColumn("strengths").get(1);
        assertEquals(reading == Reading.LAST ? 9 + 4.5 + 26 + 37 : 9 + 13.5 + 26 + 53, sum, 1e-13);
        assertTrue(tiny.toString().startsWith("linear"));
    }
}
