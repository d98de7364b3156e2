package org.hopwise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.hopwise.Seed;
import org.hopwise.StoppedException;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wirings in pieces on the executors of a real cluster. */
@ExtendWith(TestCluster.class)
class SparkWiringTest {

    private static final Seed SEED = Seed.of(3);
    private static final int UNITS = 20_000;
    /** Enough a unit for two bands. */
    private static final int EDGES = 16 * UNITS + 7;

    private static final List<String> FROM = List.of("unit 1", "unit 20000", "unit 777");
    private static final List<String> TO = List.of("unit 2", "unit 19999");

    private static final Wiring WHOLE = onOneMachine(UNITS, EDGES);

    private final JavaSparkContext context;

    SparkWiringTest(JavaSparkContext context) {
        this.context = context;
    }

    /** The definition, row by row. */
    private static Wiring onOneMachine(int units, int edges) {
        int[] from = new int[edges];
        int[] to = new int[edges];
        double[] weights = new double[edges];
        int at = 0;
        for (int row = 0; row < units; row++) {
            Draws draws = new Draws(SEED.named("row").child(row));
            int received = edges / units + (row < edges % units ? 1 : 0);
            for (int i = 0; i < received; i++, at++) {
                int other = draws.below(units - 1);
                from[at] = other < row ? other : other + 1;
                to[at] = row;
                weights[at] = Math.sqrt((double) units / edges) * draws.gaussian();
            }
        }
        List<String> names =
                IntStream.rangeClosed(1, units).mapToObj(i -> "unit " + i).toList();
        return Wiring.of(names, from, to, weights);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void hopsHaveTheBitsOfOneMachine(int pieces) {
        try (SparkWiring wiring = SparkWiring.random(context, UNITS, EDGES, SEED, pieces)) {
            HopDecomposition here = HopDecomposition.of(WHOLE, FROM, TO, 6);
            HopDecomposition there = HopDecomposition.of(wiring, FROM, TO, 6);
            assertTrue(here.hop(6).norm2Number().doubleValue() > 0);
            assertEquals(here.kernel(), there.kernel());
            assertEquals(here.toString(), there.toString(), "with a hash of all bits");
            assertEquals(here.profile().print(), there.profile().print());
            WalkMeasure measure = WalkMeasure.resolvent(0.3).truncated(6);
            assertEquals(here.total(measure), there.total(measure));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void hopsByBandHaveTheBitsOfOneMachine(int pieces) {
        try (SparkWiring wiring = SparkWiring.random(context, UNITS, EDGES, SEED, pieces)) {
            assertEquals(10_000, wiring.bandWidth(), "two bands");
            HopDecomposition here = HopDecomposition.of(WHOLE, FROM, TO, 3);
            HopDecomposition there = HopDecomposition.of(wiring.sendingAtMost(0), FROM, TO, 3);
            assertEquals(here.kernel(), there.kernel());
            assertEquals(here.toString(), there.toString(), "with a hash of all bits");
        }
        assertEquals(0, context.sc().getRDDStorageInfo().length, "blocks are given back");
    }

    @Test
    void influenceByGroupHasTheBitsOfOneMachine() {
        Map<String, List<String>> from = Map.of("b", List.of("unit 1", "unit 5"), "a", List.of("unit 20000"));
        Map<String, List<String>> to = Map.of("c", List.of("unit 2", "unit 19999", "unit 4"));
        try (SparkWiring wiring = SparkWiring.random(context, UNITS, EDGES, SEED, 3)) {
            String here = HopDecomposition.of(WHOLE, from, to, 3).toString();
            assertEquals(here, HopDecomposition.of(wiring, from, to, 3).toString());
            assertEquals(
                    here,
                    HopDecomposition.of(wiring.sendingAtMost(0), from, to, 3).toString());
        }
    }

    @Test
    void anotherSeedIsAnotherWiring() {
        try (SparkWiring wiring = SparkWiring.random(context, UNITS, EDGES, SEED.child(1))) {
            assertTrue(!HopDecomposition.of(WHOLE, FROM, TO, 3)
                    .toString()
                    .equals(HopDecomposition.of(wiring, FROM, TO, 3).toString()));
        }
    }

    @Test
    void aWiringThatIsClosedLeavesNothingBehind() {
        SparkWiring.random(context, 100, 1000, SEED).close();
        assertEquals(0, context.sc().getRDDStorageInfo().length);
    }

    @Test
    void whatExecutorsCannotKeepIsRefusedBeforeItIsDrawn() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> SparkWiring.random(context, 10, 1_000_000_000_000L, SEED))
                .getMessage();
        assertTrue(
                message.matches("the wiring needs 12,000,000,000,040 bytes of the executors' memory, half as much again"
                        + " while it is filled, and [\\d,]+ are there, in [12] executors?\\. .*"),
                message);
    }

    @Test
    void aPieceThatFindsNoRoomIsRefusedAndNotDrawnAgain() {
        // 300 MB, more than half of what an executor of 1 GiB keeps.
        String message = assertThrows(
                        IllegalArgumentException.class, () -> SparkWiring.random(context, 1000, 25_000_000, SEED, 1))
                .getMessage();
        assertTrue(message.startsWith("the wiring needs "), message);
        assertEquals(0, context.sc().getRDDStorageInfo().length);
    }

    @Test
    void piecesAreOfAHundredMegabytesOrAQuarterOfAnExecutor() {
        ExecutorMemory large = new ExecutorMemory(4, 4_000_000_000L, 16_000_000_000L);
        assertEquals(4, SparkWiring.pieces(1e6, 1000, large), "one for each executor");
        assertEquals(24, SparkWiring.pieces(2.4e9, 1000, large));
        assertEquals(48, SparkWiring.pieces(2.4e9, 1000, new ExecutorMemory(4, 200_000_000L, 800_000_000L)));
        assertEquals(10, SparkWiring.pieces(2.4e9, 10, large), "a row is not cut");
    }

    @Test
    void aBandAboveAFifthOfAHeapIsRefused() {
        // A heap of 1 GB: 0.6 of what is above 300 MB is kept.
        ExecutorMemory two = new ExecutorMemory(2, 420_000_000L, 840_000_000L);
        SparkWiring.requireBand(1_000_000, 20, 250_000, two);
        assertEquals(
                "of the block of 1000000 units x 21 sources each of 2 executors must hold 210,000,000 bytes at once, by"
                        + " bands of 250000 columns, and has room for 200,000,000, a fifth of its heap. Use fewer sources at"
                        + " once, or groups of them, or more executors.",
                assertThrows(IllegalArgumentException.class, () -> SparkWiring.requireBand(1_000_000, 21, 250_000, two))
                        .getMessage());
    }

    @Test
    void aBlockThatIsTooLargeIsRefusedBeforeItIsMade() {
        try (SparkWiring wiring = SparkWiring.random(context, UNITS, EDGES, SEED)) {
            int[][] all =
                    IntStream.range(0, UNITS).mapToObj(unit -> new int[] {unit}).toArray(int[][]::new);
            String message = assertThrows(IllegalArgumentException.class, () -> wiring.block(all))
                    .getMessage();
            assertTrue(message.startsWith("of the block of 20000 units x 20000 sources each of "), message);
        }
    }

    @Test
    void executorsThatWouldGiveOtherBitsAreRefused() {
        Fingerprint here = Fingerprint.here();
        Fingerprint other = new Fingerprint(here.toolkit(), "99", here.system(), here.profile());
        String message = assertThrows(IllegalStateException.class, () -> SparkWiring.ready(context, other, 0))
                .getMessage();
        assertTrue(message.contains("Java 99"), message);
    }

    @Test
    void badNumbersAndNamesAreRefused() {
        for (int[] bad : new int[][] {{1, 10}, {10, 0}}) {
            assertThrows(IllegalArgumentException.class, () -> SparkWiring.random(context, bad[0], bad[1], SEED));
        }
        try (SparkWiring wiring = SparkWiring.random(context, 10, 20, SEED, 1)) {
            for (String name : List.of("unit 11", "unit 0", "unit 01", "unit", "neuron 1", "unit 99999999999")) {
                assertEquals(
                        "unit '" + name + "' is not among the 10 units, 'unit 1' to 'unit 10'.",
                        assertThrows(IllegalArgumentException.class, () -> wiring.unit(name))
                                .getMessage());
            }
            assertEquals(9, wiring.unit("unit 10"));
            assertEquals("wiring of 10 units and 20 edges in 1 piece on Spark", wiring.toString());
        }
    }

    @Test
    void anInterruptEndsTheCall() {
        try (SparkWiring wiring = SparkWiring.random(context, 10, 20, SEED)) {
            Thread.currentThread().interrupt();
            assertThrows(StoppedException.class, () -> wiring.block(new int[][] {{0}}));
        } finally {
            assertTrue(Thread.interrupted(), "the thread still knows");
        }
    }
}
