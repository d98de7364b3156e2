package org.hopwise.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Seed;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PerturbationsTest {

    private static final Weights SMALL =
            Weights.of(new double[][] {{4, -1}}, new double[][] {{-3}}, new double[][] {{2}, {5}});
    private static final Weights LARGE = RecurrentNetwork.random(Tasks.averaging(), 32, Activation.TANH, Seed.of(1))
            .weights();

    @Test
    void pruningTakesTheSmallestWeightsOfAllThreeMatrices() {
        Weights pruned = SMALL.pruned(0.4);
        assertEquals(4, pruned.input().getDouble(0, 0));
        assertEquals(0, pruned.input().getDouble(0, 1));
        assertEquals(-3, pruned.recurrent().getDouble(0, 0));
        assertEquals(0, pruned.output().getDouble(0, 0));
        assertEquals(5, pruned.output().getDouble(1, 0));
        assertEquals(-1, SMALL.input().getDouble(0, 1), "the original stays");
    }

    @Test
    void pruningNothingOrEverythingIsAllowed() {
        assertEquals(LARGE.recurrent(), LARGE.pruned(0).recurrent());
        assertEquals(1, LARGE.pruned(1).fractionBelow(1e-300));
    }

    @Test
    void randomDeletionTakesExactlyItsFraction() {
        Weights damaged = LARGE.withRandomDeletion(0.25, Seed.of(3));
        assertEquals(0.25, damaged.fractionBelow(1e-300));
        assertEquals(LARGE.hiddenBias(), damaged.hiddenBias());
        assertEquals(
                damaged.recurrent(), LARGE.withRandomDeletion(0.25, Seed.of(3)).recurrent());
        assertNotEquals(
                damaged.recurrent(), LARGE.withRandomDeletion(0.25, Seed.of(4)).recurrent());
    }

    @Test
    void moreDeletionFromOneSeedTakesTheSameWeightsAndMore() {
        INDArray some = LARGE.withRandomDeletion(0.1, Seed.of(3)).recurrent();
        INDArray more = LARGE.withRandomDeletion(0.2, Seed.of(3)).recurrent();
        assertEquals(
                0, more.mul(some.eq(0).castTo(more.dataType())).norm1Number().doubleValue());
    }

    @Test
    void noiseIsRelativeToTheWeight() {
        INDArray ratio = LARGE.withNoise(0.3, Seed.of(2)).recurrent().div(LARGE.recurrent());
        assertEquals(1, ratio.meanNumber().doubleValue(), 0.04, "standard error 0.3 / 32 = 0.01");
        assertEquals(0.3, ratio.stdNumber().doubleValue(), 0.03, "standard error 0.3 / 45 = 0.007");
        assertEquals(LARGE.output(), LARGE.withNoise(0, Seed.of(2)).output());
    }

    @Test
    void crossEdgesAreThoseBetweenModules() {
        INDArray w = LARGE.withoutCrossEdges(2).recurrent();
        assertEquals(0, w.getDouble(0, 16));
        assertEquals(0, w.getDouble(31, 15));
        assertEquals(LARGE.recurrent().getDouble(17, 30), w.getDouble(17, 30));
    }

    @Test
    void amountsOutsideTheirRangeAreRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> LARGE.pruned(30));
        assertEquals("fraction is 30.0; it must be a fraction from 0 to 1.", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> LARGE.withRandomDeletion(-0.1, Seed.of(1)));
        assertThrows(IllegalArgumentException.class, () -> LARGE.withNoise(Double.NaN, Seed.of(1)));
        var uneven = assertThrows(IllegalArgumentException.class, () -> LARGE.withoutCrossEdges(3));
        assertTrue(uneven.getMessage().contains("hidden units is 32"), uneven.getMessage());
    }

    @Test
    void withoutCrossEdgesAndPortsNoWalkLeavesItsModule() {
        Weights closed = LARGE.withoutCrossEdges(2).withoutCrossPorts(2);
        INDArray walks = closed.output()
                .mmul(closed.recurrent())
                .mmul(closed.recurrent())
                .mmul(closed.input());
        int outputs = closed.outputs();
        int inputs = closed.inputs();
        for (int i = 0; i < outputs; i++) {
            for (int j = 0; j < inputs; j++) {
                boolean across = 2 * i / outputs != 2 * j / inputs;
                assertEquals(across, walks.getDouble(i, j) == 0, "%d, %d".formatted(i, j));
            }
        }
        assertEquals(LARGE.recurrent(), LARGE.withoutCrossPorts(2).recurrent());
    }

    @Test
    void aSilencedUnitSendsNothingAndStillReceives() {
        Weights weights =
                Weights.of(new double[][] {{1, 2}, {3, 4}}, new double[][] {{5, 6}, {7, 8}}, new double[][] {{9, 10}});
        Weights silenced = weights.silenced(1);
        Weights expected =
                Weights.of(new double[][] {{1, 2}, {3, 4}}, new double[][] {{5, 0}, {7, 0}}, new double[][] {{9, 0}});
        assertEquals(expected.adjacency(), silenced.adjacency());
        assertEquals(6, weights.recurrent(0, 1));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> weights.silenced(2))
                .getMessage()
                .contains("go from 0 to 1"));
    }
}
