package org.hopwise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hopwise.Seed;
import org.hopwise.StoppedException;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.io.WiringFile;
import org.hopwise.rnn.Weights;
import org.hopwise.stats.NullTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Hop profiles of real wiring against null models, and their tables. */
class HopProfileTest {

    private static Path data(String file) {
        return Path.of(System.getProperty("hopwise.root"), "data").resolve(file);
    }

    private static List<String> units(Table units, String column, String value) {
        return units.where(units.stringColumn(column).isEqualTo(value))
                .stringColumn(0)
                .asList();
    }

    private static HopProfile cat(int hops) throws IOException {
        Wiring cat = WiringFile.load(data("cat-cortex53/Cat53_cortex.txt")).wiring();
        List<String> partition = Files.readAllLines(data("cat-cortex53/Cat53_Partition.txt"));
        return HopProfile.of(cat, areas(cat, partition.get(0)), areas(cat, partition.get(3)), hops);
    }

    private static List<String> areas(Wiring cat, String line) {
        return Arrays.stream(line.trim().split("\\s+"))
                .map(number -> cat.names().get(Integer.parseInt(number)))
                .toList();
    }

    private static HopProfile worm(int hops) {
        Wiring worm = WiringFile.load(data("celegans/edges.csv")).wiring();
        Table units = WiringFile.units(data("celegans/nodes.csv"));
        List<String> known = worm.names();
        return HopProfile.of(
                worm,
                units(units, "super_class", "sensory").stream()
                        .filter(known::contains)
                        .toList(),
                units(units, "super_class", "motor").stream()
                        .filter(known::contains)
                        .toList(),
                hops);
    }

    @Test
    void theCatHasItsKnownAnswers() throws IOException {
        double[] known = {1.570933947, 1.610282225, 1.421262202, 1.180164612, 0.9558084344, 0.7664243478};
        HopProfile profile = cat(6);
        for (int hop = 1; hop <= 6; hop++) {
            assertEquals(known[hop - 1], profile.value(Quantity.INFLUENCE, hop), 1e-9 * known[hop - 1]);
            // No sign, so moduli are the same.
            assertEquals(
                    profile.value(Quantity.INFLUENCE, hop), profile.value(Quantity.ABSOLUTE, hop), 0, "hop " + hop);
        }
        double total = 0;
        for (int hop = 1; hop <= 6; hop++) {
            total += profile.value(Quantity.SHARE, hop);
        }
        assertEquals(1, total, 1e-12);
    }

    @Test
    void theCatsDegreesWouldGiveMoreWalksAtEveryHop() throws IOException {
        double[] mean = {3.08463, 2.35323, 1.89077};
        double[] deviation = {0.2444, 0.0854, 0.0607};
        int draws = 400;
        NullComparison comparison = cat(6).against(Nulls.degree(), draws, Seed.of(1));
        NullTest radius = comparison.radius();
        assertNear(29.1286, 0.178, 4000, radius.mean(), draws);
        for (int hop = 1; hop <= 3; hop++) {
            assertNear(
                    mean[hop - 1],
                    deviation[hop - 1],
                    4000,
                    comparison.test(Quantity.INFLUENCE, hop).mean(),
                    draws);
        }
        assertNear(0.96776, 0.0308, 4000, comparison.test(Quantity.INFLUENCE, 6).mean(), draws);
        Table table = comparison.table();
        assertEquals(6, table.rowCount());
        for (int row = 0; row < 6; row++) {
            assertEquals(2.0 / 401, table.doubleColumn("p").get(row), 1e-12);
            assertEquals(12.0 / 401, table.doubleColumn("p_holm").get(row), 1e-12);
            assertEquals(-1, table.doubleColumn("effect").get(row));
        }
    }

    /** Within 4 standard errors of both sides. */
    private static void assertNear(double expected, double deviation, int known, double found, int draws) {
        assertEquals(expected, found, 4 * deviation * Math.sqrt(1.0 / known + 1.0 / draws));
    }

    @Test
    void theWormHasFewerDirectEdgesThanItsDegreesOrClassesGive() {
        HopProfile profile = worm(6);
        assertEquals(10.88200111, profile.value(Quantity.INFLUENCE, 1), 1e-7);
        assertEquals(15.28908514, profile.value(Quantity.INFLUENCE, 6), 1e-7);
        NullComparison degree = profile.against(Nulls.degree(), 100, Seed.of(1));
        double[] means = {23.2629, 19.2615, 15.4175};
        double[] deviations = {1.569, 1.785, 1.449};
        NullComparison classes = profile.against(Nulls.classes(), 100, Seed.of(1));
        double[] kept = {20.1047, 18.6479, 14.9571};
        double[] keptDeviations = {1.013, 2.085, 1.892};
        for (int hop = 1; hop <= 3; hop++) {
            assertNear(
                    means[hop - 1],
                    deviations[hop - 1],
                    2000,
                    degree.test(Quantity.INFLUENCE, hop).mean(),
                    100);
            assertNear(
                    kept[hop - 1],
                    keptDeviations[hop - 1],
                    500,
                    classes.test(Quantity.INFLUENCE, hop).mean(),
                    100);
        }
        assertNear(90.740, 2.56, 2000, degree.radius().mean(), 100);
        assertNear(104.258, 3.50, 500, classes.radius().mean(), 100);
        assertTrue(degree.test(Quantity.INFLUENCE, 1).z() < -6);
    }

    @Test
    void drawsAtTheObservedScaleAreTheSameDraws() throws IOException {
        NullComparison own = cat(3).against(Nulls.degree(), 20, Seed.of(1));
        double[] radii = own.radius().draws() == 20 ? own.values(Quantity.INFLUENCE, 2) : null;
        double[] fixed = own.observedScale().values(Quantity.INFLUENCE, 2);
        double[] first = own.values(Quantity.INFLUENCE, 1);
        double[] firstFixed = own.observedScale().values(Quantity.INFLUENCE, 1);
        for (int draw = 0; draw < 20; draw++) {
            double ratio = first[draw] / firstFixed[draw];
            assertEquals(fixed[draw] * ratio * ratio, radii[draw], 1e-12 * radii[draw]);
        }
        assertFalse(Arrays.equals(first, firstFixed));
    }

    @Test
    void aNetworkIsNotScaledAndHasItsHops() {
        Weights weights = Weights.of(
                new double[][] {{1, -2}, {0.5, 0}}, new double[][] {{0.2, -0.4}, {0.3, 0.1}}, new double[][] {{1, -1}});
        HopProfile profile = HopProfile.of(weights, 5);
        Table hops = HopDecomposition.of(weights, 5).profile();
        assertEquals(2, profile.firstHop());
        assertEquals(6, profile.lastHop());
        for (int row = 0; row < 5; row++) {
            assertEquals(hops.doubleColumn("sum").get(row), profile.value(Quantity.INFLUENCE, row + 2), 1e-14);
            assertEquals(hops.doubleColumn("absolute").get(row), profile.value(Quantity.ABSOLUTE, row + 2), 1e-14);
            assertEquals(hops.doubleColumn("share").get(row), profile.value(Quantity.SHARE, row + 2), 1e-14);
        }
        NullComparison comparison = profile.against(Nulls.weights(), 10, Seed.of(1));
        assertThrows(IllegalStateException.class, comparison::radius);
        assertArrayEquals(
                comparison.values(Quantity.ABSOLUTE, 3),
                comparison.observedScale().values(Quantity.ABSOLUTE, 3));
    }

    @Test
    void signedWiringSumsModuliPairByPair() {
        Wiring signed = Wiring.of(
                List.of("a", "b", "c", "d"), new int[] {0, 0, 1, 2, 3}, new int[] {1, 2, 3, 3, 0}, new double[] {
                    1, 2, 3, -1, 1
                });
        HopProfile profile = HopProfile.unscaled(signed, List.of("a", "b"), List.of("c", "d"), 2);
        // Hop 2: a to d is 1 * 3 - 2 * 1 = 1, b to anything 0.
        assertEquals(1, profile.value(Quantity.INFLUENCE, 2), 1e-15);
        // Hop 1: a to c 2, b to d 3.
        assertEquals(5, profile.value(Quantity.ABSOLUTE, 1), 1e-15);
    }

    @Test
    void tooFewDrawsAreSaidAndGiveNoPValues() throws IOException {
        NullComparison comparison = cat(3).against(Nulls.degree(), 20, Seed.of(1));
        assertTrue(Double.isNaN(comparison.table().doubleColumn("p_holm").getDouble(0)));
        assertTrue(comparison.notes().stream().anyMatch(note -> note.contains("120 or more")));
        assertTrue(comparison.figure().description().contains("Too few draws"));
    }

    @Test
    void aWiringWithoutCyclesHasNoScale() {
        Wiring chain = Wiring.of(List.of("a", "b", "c"), new int[] {0, 1}, new int[] {1, 2}, new double[] {1, 1});
        assertThrows(IllegalArgumentException.class, () -> HopProfile.of(chain, List.of("a"), List.of("c"), 2));
        assertEquals(
                1, HopProfile.unscaled(chain, List.of("a"), List.of("c"), 2).value(Quantity.INFLUENCE, 2));
    }

    @Test
    void aStoppedCallKeepsItsDrawsAndGoesOn(@TempDir Path folder) throws IOException {
        HopProfile profile = cat(4);
        double[] whole = profile.against(Nulls.degree(), 60, Seed.of(3)).values(Quantity.INFLUENCE, 4);
        AtomicInteger heard = new AtomicInteger();
        Thread caller = Thread.currentThread();
        NullSettings settings = NullSettings.defaults().threads(1).in(folder);
        assertThrows(
                StoppedException.class,
                () -> profile.against(Nulls.degree(), 60, Seed.of(3), settings.listen(progress -> {
                    if (heard.incrementAndGet() == 25) {
                        caller.interrupt();
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                    }
                })));
        assertTrue(Thread.interrupted());
        long kept = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                kept += Files.readAllLines(file).size() - 1;
            }
        }
        assertTrue(kept >= 20 && kept < 60, kept + " draws are kept");
        NullComparison resumed = profile.against(Nulls.degree(), 60, Seed.of(3), settings);
        assertArrayEquals(whole, resumed.values(Quantity.INFLUENCE, 4));
        // Another seed takes nothing of it.
        double[] other = profile.against(Nulls.degree(), 60, Seed.of(4)).values(Quantity.INFLUENCE, 4);
        assertArrayEquals(
                other, profile.against(Nulls.degree(), 60, Seed.of(4), settings).values(Quantity.INFLUENCE, 4));
    }

    @Test
    void strengthSaysAtTheStartHowLongItTakes() {
        List<String> said = new ArrayList<>();
        NullSettings stopping = NullSettings.defaults().listen(progress -> {
            said.add(progress.detail());
            Thread.currentThread().interrupt();
        });
        HopProfile profile = worm(2);
        assertThrows(StoppedException.class, () -> profile.against(Nulls.strength(), 100_000, Seed.of(1), stopping));
        assertTrue(Thread.interrupted());
        assertTrue(said.get(0).matches("takes about [0-9]+ (seconds|minutes)"), said.get(0));
    }
}
