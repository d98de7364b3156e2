package org.hopwise.lowrank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/** All fixed points, against golden cases, all patterns, winding numbers and closed forms. */
class FixedPointsTest {

    static List<JsonObject> golden() {
        return Cases.list("low-rank-fixed-points");
    }

    @ParameterizedTest
    @MethodSource("golden")
    void theGoldenPointsAreFoundAndNoOthers(JsonObject c) {
        FixedPoints found = FixedPoints.of(Cases.network(c.getAsJsonObject("parameters")))
                .under(Cases.flat(c.get("constantInput")));
        JsonObject expected = c.getAsJsonObject("expected");
        JsonArray points = expected.getAsJsonArray("fixedPoints");
        assertEquals(points.size(), found.points().size(), c.get("name").getAsString());
        boolean general = expected.get("generalPosition").getAsBoolean();
        for (int i = 0; i < points.size(); i++) {
            JsonObject point = points.get(i).getAsJsonObject();
            FixedPoint p = found.points().get(i);
            assertArrayEquals(Cases.flat(point.get("z")), p.latent(), 1e-9);
            assertEquals(point.has("boundary") && point.get("boundary").getAsBoolean(), p.boundary());
            if (!p.boundary() && point.has("pattern")) {
                double[] pattern = Arrays.stream(p.pattern()).asDoubleStream().toArray();
                assertArrayEquals(Cases.flat(point.get("pattern")), pattern);
                double[] values = Arrays.stream(p.eigenvalues())
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
                assertArrayEquals(Cases.flat(point.get("eigenvalues")), values, 1e-9);
                assertEquals(
                        point.get("stability").getAsString(),
                        p.stability().name().toLowerCase(Locale.ROOT));
            }
        }
        if (expected.has("indexSum")) {
            assertEquals(expected.get("indexSum").getAsInt(), found.indexSum());
        }
        if (general) {
            assertEquals(expected.get("vertexSolves").getAsLong(), found.vertexSolves());
            assertEquals(expected.get("regions").getAsLong(), found.regions());
        }
        assertTrue(found.singular().isEmpty());
    }

    static List<JsonObject> teachers() {
        List<JsonObject> teachers = new ArrayList<>();
        Golden.read("low-rank-teachers").getAsJsonArray("teachers").forEach(t -> {
            if (t.getAsJsonObject().get("raw").isJsonObject()) {
                teachers.add(t.getAsJsonObject());
            }
        });
        return teachers;
    }

    static LowRank teacher(JsonObject t) {
        JsonObject raw = t.getAsJsonObject("raw");
        return LowRank.ofArrays(
                        java.util.Map.of(
                                "m", Cases.matrix(raw.get("m")),
                                "n", Cases.matrix(raw.get("n")),
                                "b_rec", Cases.vector(raw.get("b_rec")),
                                "w_inp", Cases.matrix(raw.get("w_inp"))),
                        0.9)
                .canonical();
    }

    @ParameterizedTest
    @MethodSource("teachers")
    void thePublishedTeachersHaveTheirPoints(JsonObject t) {
        LowRank network = teacher(t);
        JsonObject expected = t.getAsJsonObject("expected");
        FixedPoints found = FixedPoints.of(network);
        assertEquals(expected.get("count").getAsInt(), found.points().size());
        assertEquals(expected.get("regions").getAsLong(), found.regions());
        assertEquals(expected.get("vertexSolves").getAsLong(), found.vertexSolves());
        for (int i = 0; i < found.points().size(); i++) {
            JsonObject point = expected.getAsJsonArray("fixedPoints").get(i).getAsJsonObject();
            FixedPoint p = found.points().get(i);
            assertArrayEquals(Cases.flat(point.get("z")), p.latent(), 1e-8);
            assertEquals(
                    point.get("stability").getAsString(), p.stability().name().toLowerCase(Locale.ROOT));
            double[] moduli = Arrays.stream(p.eigenvalues())
                    .mapToDouble(v -> Math.hypot(v[0], v[1]))
                    .toArray();
            assertArrayEquals(Cases.flat(point.get("moduli")), moduli, 1e-8);
        }
        double[] later = ModelTest.flat(network.run(new double[] {1, 0}, 200).getRow(200));
        assertArrayEquals(Cases.flat(expected.get("latentAfter200StepsFrom(1,0)")), later, 1e-8);
    }

    @ParameterizedTest
    @CsvSource({
        "RELU, 1, 9",
        "RELU, 2, 10",
        "RELU, 3, 9",
        "RELU, 4, 8",
        "CLIPPED, 1, 7",
        "CLIPPED, 2, 7",
        "CLIPPED, 3, 6",
        "CLIPPED, 4, 5"
    })
    void allPatternsOfUnitsGiveTheSamePoints(Ramp ramp, int rank, int units) {
        for (int seed = 0; seed < 6; seed++) {
            // Seeds with and without inputs, so that clipped units also meet at the origin.
            LowRank n = strong(units, rank, ramp, Seed.of(seed));
            double[] input = seed % 2 == 0 ? new double[] {0.7} : new double[] {0};
            List<double[]> brute = brute(n, input);
            FixedPoints found = FixedPoints.of(n).under(input);
            assertEquals(brute.size(), found.points().size(), ramp + " rank " + rank + " seed " + seed);
            for (FixedPoint p : found.points()) {
                assertTrue(brute.stream().anyMatch(z -> RegionSearch.isSame(z, p.latent())));
                double[] next = n.step(p.latent(), input);
                assertArrayEquals(p.latent(), next, 1e-9 * (1 + Math.abs(p.latent()[0])));
            }
        }
    }

    private static LowRank strong(int units, int rank, Ramp ramp, Seed seed) {
        Draws draws = new Draws(seed.named("strong"));
        double[][] a = new double[4][];
        int[] sizes = {units * rank, rank * units, units, units};
        for (int i = 0; i < 4; i++) {
            a[i] = new double[sizes[i]];
            for (int j = 0; j < sizes[i]; j++) {
                a[i][j] = draws.gaussian() * (i == 1 ? 0.6 / Math.sqrt(units) : 1);
            }
        }
        return new LowRank(
                0.8,
                Nd.array(a[0], units, rank),
                Nd.array(a[1], rank, units),
                Nd.array(a[2], units),
                Nd.array(a[3], units, 1),
                ramp);
    }

    /** Every pattern of 2^N or 3^N. */
    private static List<double[]> brute(LowRank n, double[] input) {
        Pieces pieces = Pieces.of(n, input);
        int base = n.ramp() == Ramp.CLIPPED ? 3 : 2;
        double[] h = n.biases();
        List<double[]> found = new ArrayList<>();
        for (long code = 0; code < Math.pow(base, n.units()); code++) {
            boolean[] on = new boolean[pieces.count()];
            long rest = code;
            for (int i = 0; i < n.units(); i++, rest /= base) {
                int piece = (int) (rest % base);
                if (base == 2) {
                    on[i] = piece == 1;
                } else {
                    on[h[i] > 0 ? i : i + n.units()] = piece > 0;
                    on[h[i] > 0 ? i + n.units() : i] = piece > 1;
                }
            }
            double[] z = pieces.solve(on);
            if (z != null && pieces.isConsistent(on, z) && found.stream().noneMatch(o -> RegionSearch.isSame(o, z))) {
                found.add(z);
            }
        }
        return found;
    }

    @Test
    void theIndexSumIsTheWindingNumberOfRandomNetworks() {
        for (int seed = 0; seed < 20; seed++) {
            FixedPoints found = FixedPoints.of(strong(24, 2, Ramp.RELU, Seed.of(100 + seed)))
                    .under(1);
            assertEquals(found.windingNumber(1e5), found.indexSum(), "seed " + seed);
        }
    }

    @Test
    void aLinearNetworkHasOnePointInClosedForm() {
        // z = (1 - a - n m)^-1 n (-h), n m = 0.3.
        LowRank n = LowRank.of(
                0.5, array(2, 1, 1.0, 2.0), array(1, 2, 0.1, 0.1), Nd.array(new double[] {1, 2}, 2), Ramp.IDENTITY);
        FixedPoints found = FixedPoints.of(n);
        assertEquals(1, found.points().size());
        assertEquals(-0.3 / 0.2, found.points().get(0).latent()[0], 1e-14);
        assertEquals(Stability.STABLE, found.points().get(0).stability());
    }

    @Test
    void coincidingHyperplanesAndDeafUnitsAreNoTrouble() {
        LowRank one = LowRank.of(0.5, array(1, 1, 1.0), array(1, 1, 0.25), Nd.array(new double[] {-1}, 1), Ramp.RELU);
        LowRank twins = LowRank.of(
                0.5,
                array(3, 1, 1.0, 1.0, 0.0),
                array(1, 3, 0.125, 0.125, 0.7),
                Nd.array(new double[] {-1, -1, 2}, 3),
                Ramp.RELU);
        assertEquals(1, FixedPoints.of(one).points().get(0).latent()[0], 1e-14);
        assertEquals(1, FixedPoints.of(twins).points().size());
        assertEquals(1, FixedPoints.of(twins).points().get(0).latent()[0], 1e-14);
    }

    @Test
    void aLineOfFixedPointsIsASingularRegion() {
        LowRank line = LowRank.of(0.5, array(1, 1, 1.0), array(1, 1, 0.5), Nd.array(new double[] {0}, 1), Ramp.RELU);
        FixedPoints found = FixedPoints.of(line);
        assertEquals(List.of(new SingularRegion(new int[] {1})), found.singular());
        assertTrue(found.points().get(0).boundary());
        assertEquals(Stability.UNDECIDED, found.points().get(0).stability());
    }

    @Test
    void theSearchFindsOnlyFixedPointsAndMissesSome() {
        JsonObject reaching = teachers().stream()
                .filter(t -> "reaching".equals(t.get("name").getAsString()))
                .findFirst()
                .orElseThrow();
        FixedPoints all = FixedPoints.of(teacher(reaching));
        Table search = all.search(3_600, Seed.of(1));
        assertTrue(search.rowCount() >= 8 && search.rowCount() <= 17, search.toString());
        assertTrue(search.intColumn("point").min() >= 0);
        assertTrue(search.intColumn("solves").max() <= 3_600);
        assertEquals(search.toString(), all.search(3_600, Seed.of(1)).toString());
    }

    @Test
    void badQuestionsAreRefused() {
        assertTrue(ModelTest.message(() -> FixedPoints.of(LowRank.random(5, 1, Ramp.TANH, Seed.of(1))))
                .contains("TANH"));
        assertTrue(ModelTest.message(() -> FixedPoints.of(LowRank.random(400, 4, Ramp.RELU, Seed.of(1))))
                .contains("vertices; at most 5e+07"));
        assertTrue(ModelTest.message(() -> FixedPoints.of(LowRank.ring(3)).under(1))
                .contains("input has 1 values"));
        assertTrue(ModelTest.message(() -> FixedPoints.of(LowRank.random(5, 1, Ramp.RELU, Seed.of(1)))
                        .windingNumber(9))
                .contains("rank is 1"));
    }

    private static INDArray array(int rows, int columns, double... values) {
        return Nd.array(values, rows, columns);
    }
}
