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

    @Test
    void influenceByGroupHasTheBitsOfOneMachine() {
        Map<String, List<String>> from = Map.of("b", List.of("unit 1", "unit 5"), "a", List.of("unit 20000"));
        Map<String, List<String>> to = Map.of("c", List.of("unit 2", "unit 19999", "unit 4"));
        try (SparkWiring wiring = SparkWiring.random(context, UNITS, EDGES, SEED, 3)) {
            assertEquals(
                    HopDecomposition.of(WHOLE, from, to, 5).toString(),
                    HopDecomposition.of(wiring, from, to, 5).toString());
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
                        + " while it is filled, and [\\d,]+ are there, in [12] executors\\. .*"),
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
    void aBlockAboveAFifthOfAHeapIsRefused() {
        SparkWiring.requireBlock(1_000_000, 25, 1e9);
        assertEquals(
                "the block of 1000000 units x 26 sources takes 208,000,000 bytes, and every executor is sent at most"
                        + " 200,000,000, a fifth of its heap or 1 GB. Use fewer sources at once, or groups of them.",
                assertThrows(IllegalArgumentException.class, () -> SparkWiring.requireBlock(1_000_000, 26, 1e9))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> SparkWiring.requireBlock(10_000_000, 13, 64e9));
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
            assertEquals("wiring of 10 units and 20 edges in 1 pieces on Spark", wiring.toString());
        }
    }

    @Test
    void anInterruptEndsTheCall() {
        try (SparkWiring wiring = SparkWiring.random(context, 10, 20, SEED)) {
            Thread.currentThread().interrupt();
            assertThrows(StoppedException.class, () -> wiring.step(new double[10], 1));
        } finally {
            assertTrue(Thread.interrupted(), "the thread still knows");
        }
    }
}
