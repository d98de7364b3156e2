package org.hopwise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.Weights;
import org.hopwise.stats.NullTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Null models: what each keeps, bit for bit; ensembles that were enumerated; means in closed form. */
class NullsTest {

    private static final JsonObject GOLDEN = Golden.read("byo-nulls");

    private static List<String> names(int units) {
        return IntStream.range(0, units).mapToObj(i -> "u" + i).toList();
    }

    private static Wiring wiring(JsonElement adjacency) {
        INDArray array = Golden.array(adjacency);
        return Wiring.of(names((int) array.size(0)), array);
    }

    private static List<String> units(JsonElement numbers) {
        List<String> units = new ArrayList<>();
        numbers.getAsJsonArray().forEach(number -> units.add("u" + number.getAsInt()));
        return units;
    }

    /** A graph with loops, signs and few values, so that every null model has something to keep. */
    private static Wiring mixed(boolean signed) {
        Seed seed = Seed.of(7);
        int n = 24;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                long draw = Math.floorMod(seed.child((long) i * n + j).value(), 100L);
                a[i][j] = draw >= 30 ? 0 : (signed && i % 3 == 0 ? -1 : 1) * (1 + draw % 3);
            }
        }
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (a[i][j] != 0) {
                    edges.add(new int[] {i, j});
                }
            }
        }
        return Wiring.of(
                names(n),
                edges.stream().mapToInt(e -> e[0]).toArray(),
                edges.stream().mapToInt(e -> e[1]).toArray(),
                edges.stream().mapToDouble(e -> a[e[0]][e[1]]).toArray());
    }

    /** Sorted weights by source, by target, of all edges, and the loops. */
    private record Kept(
            Map<Integer, List<Double>> out,
            Map<Integer, List<Double>> in,
            List<Double> all,
            List<Long> edges,
            List<Long> loops) {

        static Kept of(Wiring wiring) {
            EdgeList edges = EdgeList.of(wiring);
            Kept kept =
                    new Kept(new TreeMap<>(), new TreeMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int e = 0; e < edges.edges(); e++) {
                kept.out
                        .computeIfAbsent(edges.from[e], unit -> new ArrayList<>())
                        .add(edges.weight[e]);
                kept.in.computeIfAbsent(edges.to[e], unit -> new ArrayList<>()).add(edges.weight[e]);
                kept.all.add(edges.weight[e]);
                kept.edges.add((long) edges.from[e] * edges.units + edges.to[e]);
                if (edges.from[e] == edges.to[e]) {
                    kept.loops.add(Double.doubleToLongBits(edges.weight[e]) + edges.from[e]);
                }
            }
            kept.out.values().forEach(list -> list.sort(null));
            kept.in.values().forEach(list -> list.sort(null));
            kept.all.sort(null);
            kept.edges.sort(null);
            return kept;
        }

        private static Map<Integer, Integer> sizes(Map<Integer, List<Double>> lists, double sign) {
            Map<Integer, Integer> sizes = new TreeMap<>();
            lists.forEach((unit, list) -> sizes.put(
                    unit, (int) list.stream().filter(w -> w * sign >= 0).count()));
            return sizes;
        }

        Map<Integer, Integer> inDegrees(double sign) {
            return sizes(in, sign);
        }

        private static Map<Integer, Double> sums(Map<Integer, List<Double>> lists) {
            Map<Integer, Double> sums = new TreeMap<>();
            lists.forEach((unit, list) ->
                    sums.put(unit, list.stream().mapToDouble(w -> w).sum()));
            return sums;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights", "rows", "columns", "degree", "degree-signed", "classes", "strength"})
    void everyDrawKeepsWhatItsNullModelSays(String name) {
        for (boolean signed : new boolean[] {false, true}) {
            Wiring observed = mixed(signed);
            Kept before = Kept.of(observed);
            boolean anyMoved = false;
            for (Wiring draw : Nulls.named(name).draws(observed, 5, Seed.of(3))) {
                Kept after = Kept.of(draw);
                assertEquals(before.all, after.all, name + " multiset");
                assertEquals(before.loops, after.loops, name + " loops");
                switch (name) {
                    case "weights" -> assertEquals(before.edges, after.edges);
                    case "rows" -> assertEquals(before.in, after.in);
                    case "columns" -> assertEquals(before.out, after.out);
                    case "classes" -> {
                        assertEquals(before.in, after.in);
                        assertEquals(before.out, after.out);
                    }
                    default -> {
                        assertEquals(before.out, after.out);
                        assertEquals(before.inDegrees(0), after.inDegrees(0));
                        if (name.equals("degree-signed")) {
                            assertEquals(before.inDegrees(1), after.inDegrees(1));
                        }
                    }
                }
                anyMoved |= name.equals("weights") || !before.edges.equals(after.edges);
            }
            assertTrue(anyMoved, name + " moved nothing");
        }
    }

    @Test
    void synapsesKeepStrengthsAndLetDegreesGo() {
        Wiring observed = mixed(false);
        Kept before = Kept.of(observed);
        Kept after = Kept.of(Nulls.synapses().draws(observed, 1, Seed.of(1)).get(0));
        assertEquals(Kept.sums(before.out), Kept.sums(after.out));
        assertEquals(Kept.sums(before.in), Kept.sums(after.in));
        assertFalse(before.inDegrees(0).equals(after.inDegrees(0)));
    }

    @Test
    void loopsMoveWhereTheyAreShuffled() {
        Wiring observed = mixed(false);
        Kept before = Kept.of(observed);
        for (NullModel model : List.of(Nulls.degree(), Nulls.classes(), Nulls.rows(), Nulls.columns())) {
            Kept after = Kept.of(
                    model.shufflingLoops().draws(observed, 1, Seed.of(2)).get(0));
            assertFalse(before.loops.equals(after.loops), model + " kept all loops");
            assertEquals(before.all, after.all);
        }
    }

    @Test
    void spectraKeepEigenvaluesAndSingularValues() {
        Weights weights = Weights.of(
                Golden.array(GOLDEN.getAsJsonObject("spectrum").get("Win")),
                Golden.array(GOLDEN.getAsJsonObject("spectrum").get("W")),
                Golden.array(GOLDEN.getAsJsonObject("spectrum").get("Wout")));
        INDArray w = weights.recurrent();
        for (Weights draw : Nulls.spectrum().draws(weights, 3, Seed.of(1))) {
            INDArray q = draw.recurrent();
            INDArray power = w;
            INDArray drawn = q;
            for (int k = 1; k <= 5; k++) {
                assertEquals(trace(power), trace(drawn), 1e-9 * Math.max(1, Math.abs(trace(power))), "trace " + k);
                power = power.mmul(w);
                drawn = drawn.mmul(q);
            }
            INDArray gram = w.transpose().mmul(w);
            INDArray drawnGram = q.transpose().mmul(q);
            assertEquals(trace(gram), trace(drawnGram), 1e-9 * trace(gram));
            assertEquals(trace(gram.mmul(gram)), trace(drawnGram.mmul(drawnGram)), 1e-9 * trace(gram.mmul(gram)));
        }
    }

    private static double trace(INDArray square) {
        double sum = 0;
        for (int i = 0; i < square.size(0); i++) {
            sum += square.getDouble(i, i);
        }
        return sum;
    }

    private static Map<String, Integer> visits(NullModel model, Wiring wiring, int draws, Seed seed) {
        Map<String, Integer> visits = new HashMap<>();
        NullChain chain = model.chain(new NullChain.Draw(EdgeList.of(wiring), new int[0], new int[0]), seed);
        for (int draw = 0; draw < draws; draw++) {
            EdgeList edges = chain.next().edges();
            List<String> state = new ArrayList<>();
            for (int e = 0; e < edges.edges(); e++) {
                state.add(edges.from[e] + ">" + edges.to[e] + ":" + edges.weight[e]);
            }
            state.sort(null);
            visits.merge(String.join(" ", state), 1, Integer::sum);
        }
        return visits;
    }

    @ParameterizedTest
    @CsvSource({
        "triangle, degree, 2",
        "degree, degree, 63",
        "classes, classes, 81",
        "signed, degree-signed, 20",
        "signed, classes, 20"
    })
    void enumeratedEnsemblesAreReachedUniformly(String golden, String null_, int members) {
        int draws = 200 * members;
        Map<String, Integer> visits =
                visits(Nulls.named(null_), wiring(GOLDEN.getAsJsonObject(golden).get("A")), draws, Seed.of(11));
        assertEquals(members, visits.size());
        double chi = 0;
        for (int count : visits.values()) {
            chi += (count - 200.0) * (count - 200.0) / 200;
        }
        int freedom = members - 1;
        assertTrue(chi < freedom + 4 * Math.sqrt(2.0 * freedom) + 4, "chi-square " + chi);
    }

    @Test
    void theGraphOfIgraphsIssueHasTwoMembers() {
        JsonObject golden = GOLDEN.getAsJsonObject("igraph1456");
        int[] from = new int[6];
        int[] to = new int[6];
        for (int e = 0; e < 6; e++) {
            from[e] = golden.getAsJsonArray("edges")
                    .get(e)
                    .getAsJsonArray()
                    .get(0)
                    .getAsInt();
            to[e] = golden.getAsJsonArray("edges")
                    .get(e)
                    .getAsJsonArray()
                    .get(1)
                    .getAsInt();
        }
        double[] ones = new double[6];
        Arrays.fill(ones, 1);
        assertEquals(
                2,
                visits(Nulls.degree(), Wiring.of(names(4), from, to, ones), 200, Seed.of(1))
                        .size());
    }

    @ParameterizedTest
    @CsvSource({"degree, degree", "classes, classes", "signed, degree-signed"})
    void hopSumsHaveTheMeansOfTheEnumeratedEnsemble(String name, String null_) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        double[] mean = Golden.array(golden.get("meanHops")).toDoubleVector();
        double[] deviation = Golden.array(golden.get("sdHops")).toDoubleVector();
        HopProfile profile = HopProfile.unscaled(
                wiring(golden.get("A")), units(golden.get("sources")), units(golden.get("targets")), mean.length);
        int draws = 4000;
        NullComparison comparison = profile.against(Nulls.named(null_), draws, Seed.of(5));
        for (int hop = 1; hop <= mean.length; hop++) {
            double found = comparison.test(Quantity.INFLUENCE, hop).mean();
            assertEquals(mean[hop - 1], found, 4 * deviation[hop - 1] / Math.sqrt(draws), "hop " + hop);
        }
    }

    @Test
    void shuffledWeightsAndRolesHaveTheirMeansAndPValues() {
        for (String name : List.of("weights", "roles")) {
            JsonObject golden = GOLDEN.getAsJsonObject(name);
            HopProfile profile = HopProfile.unscaled(
                    wiring(golden.get("A")), units(golden.get("sources")), units(golden.get("targets")), 2);
            double[] observed = Golden.array(golden.get("observed")).toDoubleVector();
            double[] mean = Golden.array(golden.get("mean")).toDoubleVector();
            double[] greater = Golden.array(golden.get("exactGreater")).toDoubleVector();
            int draws = 4000;
            NullComparison comparison = profile.against(Nulls.named(name), draws, Seed.of(9));
            for (int hop = 1; hop <= 2; hop++) {
                NullTest test = comparison.test(Quantity.INFLUENCE, hop);
                assertEquals(observed[hop - 1], profile.value(Quantity.INFLUENCE, hop), 1e-12);
                assertEquals(mean[hop - 1], test.mean(), 4 * test.deviation() / Math.sqrt(draws), name + hop);
                double p = greater[hop - 1];
                assertEquals(p, test.greater(), 4 * Math.sqrt(p * (1 - p) / draws) + 1.0 / draws, name + hop);
            }
        }
    }

    @Test
    void rowsAndColumnsHaveTheMeansInClosedForm() {
        JsonObject golden = GOLDEN.getAsJsonObject("rowsAndColumns");
        Weights weights = Weights.of(
                Golden.array(golden.get("Win")), Golden.array(golden.get("W")), Golden.array(golden.get("Wout")));
        assertMean(golden.get("meanHop3Incoming"), weights, Nulls.rows().shufflingLoops());
        assertMean(golden.get("meanHop3Outgoing"), weights, Nulls.columns().shufflingLoops());
        JsonObject spectrum = GOLDEN.getAsJsonObject("spectrum");
        Weights turned = Weights.of(
                Golden.array(spectrum.get("Win")), Golden.array(spectrum.get("W")), Golden.array(spectrum.get("Wout")));
        assertMean(spectrum.getAsJsonArray("mean").get(0), turned, Nulls.spectrum());
    }

    /** Means and variances of the entries of drawn matrices. */
    private static final class Moments {

        private final double[] sums;
        private final double[] squares;
        private int draws;

        Moments(INDArray like) {
            sums = new double[(int) like.length()];
            squares = new double[sums.length];
        }

        void add(double[] entries) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += entries[i];
                squares[i] += entries[i] * entries[i];
            }
            draws++;
        }

        double mean(int i) {
            return sums[i] / draws;
        }

        double variance(int i) {
            return squares[i] / draws - mean(i) * mean(i);
        }
    }

    private static void assertMean(JsonElement expected, Weights weights, NullModel model) {
        int draws = 4000;
        INDArray mean = Golden.array(expected);
        Moments moments = new Moments(mean);
        for (Weights draw : model.draws(weights, draws, Seed.of(4))) {
            var w = WeightsDoor.matrices(draw);
            DMatrixRMaj map = new DMatrixRMaj(1, 1);
            CommonOps_DDRM.mult(w.output(), CommonOps_DDRM.mult(w.recurrent(), w.input(), null), map);
            moments.add(map.data);
        }
        for (int i = 0; i < mean.length(); i++) {
            double error = Math.sqrt(moments.variance(i) / draws);
            assertEquals(mean.getDouble(i), moments.mean(i), 4 * error, model + " entry " + i);
        }
    }

    @Test
    void shuffledSynapsesHaveHypergeometricMeansAndVariances() {
        JsonObject golden = GOLDEN.getAsJsonObject("synapses");
        INDArray mean = Golden.array(golden.get("mean"));
        INDArray variance = Golden.array(golden.get("variance"));
        int draws = 4000;
        Moments moments = new Moments(mean);
        for (Wiring draw : Nulls.synapses().draws(wiring(golden.get("counts")), draws, Seed.of(6))) {
            EdgeList edges = EdgeList.of(draw);
            double[] counts = new double[edges.units * edges.units];
            for (int e = 0; e < edges.edges(); e++) {
                counts[edges.from[e] * edges.units + edges.to[e]] += edges.weight[e];
            }
            moments.add(counts);
        }
        for (int i = 0; i < mean.length(); i++) {
            double v = variance.getDouble(i);
            assertEquals(mean.getDouble(i), moments.mean(i), 4 * Math.sqrt(v / draws));
            // The standard error of a variance, somewhat wide since these are not normal.
            assertEquals(v, moments.variance(i), 6 * v * Math.sqrt(2.0 / draws));
        }
    }

    @Test
    void countsThatAreNoneAreRefusedAsSynapses() {
        Wiring half = mixed(false).scaled(0.5);
        var refused = assertThrows(
                IllegalArgumentException.class, () -> Nulls.synapses().draws(half, 1, Seed.of(1)));
        assertTrue(refused.getMessage().contains("whole counts"), refused.getMessage());
    }

    @Test
    void strengthIsMetNearlyAndTheErrorIsTold() {
        Wiring observed = mixed(false);
        Kept before = Kept.of(observed);
        HopProfile profile = HopProfile.of(observed, names(3), names(3), 3);
        NullComparison comparison = profile.against(Nulls.strength(), 16, Seed.of(1));
        assertTrue(comparison.notes().stream().anyMatch(note -> note.contains("in-strengths are met within")));
        Map<Integer, Double> wanted = Kept.sums(before.in);
        Map<Integer, Double> found = Kept.sums(
                Kept.of(Nulls.strength().draws(observed, 1, Seed.of(1)).get(0)).in);
        wanted.forEach((unit, in) -> assertEquals(in, found.get(unit), 1.01, "in-strength of " + unit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"degree", "classes", "rows", "synapses", "strength", "roles"})
    void drawsAreTheSameOnAnyNumberOfThreads(String name) {
        HopProfile profile = HopProfile.of(mixed(false), names(3), names(6).subList(3, 6), 4);
        NullSettings one = NullSettings.defaults().threads(1);
        NullComparison alone = profile.against(Nulls.named(name), 40, Seed.of(2), one);
        NullComparison together = profile.against(Nulls.named(name), 40, Seed.of(2), one.threads(8));
        for (int hop = 1; hop <= 4; hop++) {
            assertArrayEquals(alone.values(Quantity.INFLUENCE, hop), together.values(Quantity.INFLUENCE, hop));
        }
        // More draws begin with the same ones.
        double[] more = profile.against(Nulls.named(name), 50, Seed.of(2), one).values(Quantity.INFLUENCE, 3);
        assertArrayEquals(alone.values(Quantity.INFLUENCE, 3), Arrays.copyOf(more, 40));
        double[] other = profile.against(Nulls.named(name), 40, Seed.of(3), one).values(Quantity.INFLUENCE, 3);
        assertFalse(Arrays.equals(other, alone.values(Quantity.INFLUENCE, 3)));
    }

    @Test
    void aTableOfEdgesDoesWhatBitsDo() {
        EdgeList edges = EdgeList.of(mixed(false));
        EdgeSet bits = EdgeSet.of(edges, true);
        EdgeSet table = EdgeSet.of(edges, false);
        Seed seed = Seed.of(1);
        for (int step = 0; step < 20_000; step++) {
            int a = (int) Math.floorMod(seed.child(2L * step).value(), 24L);
            int b = (int) Math.floorMod(seed.child(2L * step + 1).value(), 24L);
            assertEquals(bits.has(a, b), table.has(a, b));
            if (bits.has(a, b)) {
                bits.remove(a, b);
                table.remove(a, b);
            } else {
                bits.add(a, b);
                table.add(a, b);
            }
        }
    }

    @Test
    void aDrawTakenAsTheObservedHasUniformPValues() {
        List<String> from = names(4);
        List<String> to = names(8).subList(4, 8);
        List<Wiring> drawn = Nulls.degree().draws(mixed(false), 60, Seed.of(21));
        int[] quarters = new int[4];
        for (int i = 0; i < drawn.size(); i++) {
            NullTest test = HopProfile.unscaled(drawn.get(i), from, to, 3)
                    .against(Nulls.degree(), 99, Seed.of(100 + i))
                    .test(Quantity.INFLUENCE, 3);
            quarters[Math.min(3, (int) (4 * (test.greater() - 0.005)))]++;
        }
        double chi = 0;
        for (int count : quarters) {
            chi += (count - 15.0) * (count - 15.0) / 15;
        }
        // 3 degrees of freedom, far beyond the 99.9th percentile.
        assertTrue(chi < 18, Arrays.toString(quarters));
    }

    @Test
    void aCompleteGraphSaysThatNothingMoved() {
        double[][] full = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                full[i][j] = i == j ? 0 : 1 + i + 4 * j;
            }
        }
        Weights weights = Weights.of(new double[][] {{1}, {0}, {0}, {0}}, full, new double[][] {{0, 0, 0, 1}});
        NullComparison comparison = HopProfile.of(weights, 4).against(Nulls.degree(), 3, Seed.of(1));
        assertTrue(
                comparison.notes().contains("100.0 % of the edges never moved"),
                comparison.notes().toString());
    }

    @Test
    void rolesAreRefusedForNetworksAndForTooFewUnits() {
        Weights weights = Weights.of(new double[][] {{1}}, new double[][] {{0.5}}, new double[][] {{1}});
        assertThrows(
                IllegalArgumentException.class, () -> HopProfile.of(weights, 2).against(Nulls.roles(), 3, Seed.of(1)));
        Wiring few = wiring(GOLDEN.getAsJsonObject("roles").get("A"));
        assertThrows(
                IllegalArgumentException.class,
                () -> HopProfile.unscaled(few, names(3), names(3), 2).against(Nulls.roles(), 3, Seed.of(1)));
    }

    @Test
    void unknownNamesAreRefusedWithThoseThatThereAre() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Nulls.named("degrees"));
        assertTrue(refused.getMessage().contains("degree-signed"), refused.getMessage());
    }
}
