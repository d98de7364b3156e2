package org.hopwise.graph;

import static org.hopwise.Golden.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.hopwise.Seed;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class LargeWiringTest {

    private static final Wiring WIRING = Wiring.random(20_000, 400_000, Seed.of(1));

    private static List<String> units(int from, int count) {
        return WIRING.names().subList(from, from + count);
    }

    @Test
    void aRandomWiringHasItsSizesAndItsSeed() {
        assertEquals(20_000, WIRING.names().size());
        assertEquals(400_000, WIRING.edges());
        INDArray once =
                HopDecomposition.of(WIRING, units(0, 3), units(50, 4), 4).hop(4);
        Wiring again = Wiring.random(20_000, 400_000, Seed.of(1));
        assertEquals(
                once, HopDecomposition.of(again, units(0, 3), units(50, 4), 4).hop(4));
        Wiring other = Wiring.random(20_000, 400_000, Seed.of(2));
        assertTrue(once.distance2(
                        HopDecomposition.of(other, units(0, 3), units(50, 4), 4).hop(4))
                > 0);
    }

    /** Edges of variance units / edges: the circular law puts the edge of the spectrum at 1. */
    @Test
    void theSpectralRadiusOfARandomWiringFollowsTheCircularLaw() {
        assertEquals(1, Wiring.random(3_000, 60_000, Seed.of(1)).spectralRadius(), 0.05);
    }

    @Test
    void anEstimateAndABoundStandWhereTheRadiusIs() {
        Wiring wiring = Wiring.random(3_000, 60_000, Seed.of(1));
        RadiusEstimate estimate = wiring.estimateSpectralRadius();
        assertEquals(1, estimate.value(), 0.05);
        assertTrue(estimate.error() < 0.05 * estimate.value(), estimate.toString());
        assertEquals(wiring.spectralRadiusAtMost(), estimate.atMost());
        assertTrue(estimate.atMost() > estimate.value(), estimate.toString());
        Wiring ring = Wiring.of(List.of("a", "b"), new int[] {0, 1}, new int[] {1, 0}, new double[] {2, 8});
        assertEquals(
                "about 4.00000, within 4.0e-06, at most 4.00000",
                ring.estimateSpectralRadius().toString());
    }

    /** Sums of moduli below 1 / alpha are enough to know that walks of all lengths have a sum, and the sum is the same. */
    @Test
    void aBoundOfTheRadiusIsEnoughForAResolvent() {
        Wiring wiring = Wiring.random(3_000, 60_000, Seed.of(1));
        List<String> from = wiring.names().subList(7, 12);
        List<String> to = wiring.names().subList(100, 140);
        double alpha = 0.5 / wiring.spectralRadiusAtMost();
        assertClose(
                HopDecomposition.of(wiring, from, to, 60).total(WalkMeasure.resolvent(alpha)),
                InfluenceMap.of(wiring, from, to, WalkMeasure.resolvent(alpha)).matrix(),
                "resolvent");
    }

    @Test
    void theFullResolventOfALargeWiringIsTheSumOfManyHops() {
        WalkMeasure measure = WalkMeasure.resolvent(0.5);
        Wiring wiring = Wiring.random(3_000, 60_000, Seed.of(1));
        List<String> from = wiring.names().subList(7, 47);
        List<String> to = wiring.names().subList(100, 140);
        assertClose(
                HopDecomposition.of(wiring, from, to, 60).total(measure),
                InfluenceMap.of(wiring, from, to, measure).matrix(),
                "resolvent");
    }

    @Test
    void aFullResolventFromUnitsThatReachNoTargetIsZero() {
        Wiring chain = Wiring.of(List.of("a", "b", "c"), new int[] {0, 2}, new int[] {1, 2}, new double[] {1, 0.5});
        INDArray map = InfluenceMap.of(chain, List.of("a"), List.of("c"), WalkMeasure.resolvent(0.9))
                .matrix();
        assertEquals(0, map.getDouble(0, 0));
    }

    @Test
    void aGroupIsTheMeanOverThePairsOfItsUnits() {
        List<String> from = units(0, 6);
        List<String> to = units(100, 5);
        Map<String, List<String>> sources = Map.of("b", from.subList(0, 2), "a", from.subList(2, 6));
        Map<String, List<String>> targets = Map.of("y", to.subList(0, 3), "x", to.subList(3, 5));
        HopDecomposition grouped = HopDecomposition.of(WIRING, sources, targets, 3);
        HopDecomposition known = HopDecomposition.of(WIRING, from, to, 3)
                .grouped(List.of("b", "b", "a", "a", "a", "a"), List.of("y", "y", "y", "x", "x"));
        assertEquals(
                List.of("a", "a", "b", "b"),
                grouped.toTable().stringColumn("from").asList().subList(0, 4));
        for (int hop = 1; hop <= 3; hop++) {
            INDArray block = grouped.hop(hop);
            // Alphabetical against first appearance.
            for (int a = 0; a < 2; a++) {
                for (int b = 0; b < 2; b++) {
                    assertEquals(known.hop(hop).getDouble(1 - a, 1 - b), block.getDouble(a, b), 1e-14);
                }
            }
        }
        WalkMeasure measure = WalkMeasure.resolvent(0.5).truncated(2);
        assertClose(
                grouped.total(measure).mul(1),
                InfluenceMap.of(
                                WIRING,
                                sources,
                                targets,
                                WalkMeasure.resolvent(0.5).truncated(2))
                        .matrix(),
                "map of groups");
    }

    @Test
    void anEmptyGroupIsRefused() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> HopDecomposition.of(WIRING, Map.of("none", List.of()), Map.of("x", units(0, 1)), 2));
        assertEquals("the number of units in group 'none' is 0; it must be at least 1.", refusal.getMessage());
    }

    @Test
    void anyNumberOfThreadsGivesTheSameHops() throws Exception {
        INDArray first = null;
        for (int threads = 1; threads <= 3; threads++) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            INDArray block = pool.submit(() -> HopDecomposition.of(WIRING, units(0, 32), units(100, 32), 5)
                            .hop(5))
                    .get();
            pool.shutdown();
            first = first == null ? block : first;
            assertEquals(first, block);
        }
    }

    @Test
    void arraysOfEdgesAddUpLikeATable() {
        Wiring wiring = Wiring.of(List.of("a", "b"), new int[] {0, 0, 1}, new int[] {1, 1, 0}, new double[] {2, 3, 7});
        assertEquals(
                5,
                HopDecomposition.of(wiring, List.of("a"), List.of("b"), 1)
                        .hop(1)
                        .getDouble(0, 0));
        assertEquals(Math.sqrt(35), wiring.spectralRadius(), 1e-14);
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Wiring.of(List.of("a", "b"), new int[] {2}, new int[] {0}, new double[] {1}));
        assertEquals("from of edge 0 is 2; it must be from 0 to 1.", refusal.getMessage());
    }

    @Test
    void edgesThatCannotFitAreRefusedWithTheirBytes() {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> Wiring.random(1000, 2_000_000_000, Seed.of(1)));
        assertTrue(
                refusal.getMessage()
                        .startsWith("The edges of a wiring of 1000 units and 2000000000 edges need 22.4 GB;"),
                refusal.getMessage());
        assertTrue(refusal.getMessage().contains("-Xmx"), refusal.getMessage());
    }

    @Test
    void hopBlocksThatCannotFitAreRefusedWithTheirBytes() {
        // 20,000 sources over 20,000 units, twice, and as many targets: 9 GB.
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> HopDecomposition.of(WIRING, WIRING.names(), WIRING.names(), 2));
        assertTrue(
                refusal.getMessage().startsWith("Hop blocks from 20000 sources over 20000 units need 8.9 GB;"),
                refusal.getMessage());
        assertTrue(refusal.getMessage().contains("Use fewer sources, or groups of them"), refusal.getMessage());
    }

    @Test
    void aNetworkThatCannotFitIsRefusedWithItsBytes() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> RecurrentNetwork.random(Tasks.averaging(), 40_000, Activation.TANH, Seed.of(1)));
        assertTrue(
                refusal.getMessage().startsWith("Weights of 40000 hidden units need 23.8 GB;"), refusal.getMessage());
        var longer = assertThrows(
                IllegalArgumentException.class,
                () -> RecurrentNetwork.random(Tasks.averaging(), 100_000, Activation.TANH, Seed.of(1)));
        assertTrue(
                longer.getMessage().startsWith("Weights of 100000 hidden units are 10000000000 numbers, 74.5 GB;"),
                longer.getMessage());
    }

    @Test
    void whatFitsIsNotRefused() {
        assertEquals(1L << 20, Memory.require("A megabyte", 1 << 20, "Nothing"));
    }
}
