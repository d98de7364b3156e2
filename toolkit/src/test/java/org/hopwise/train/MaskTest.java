package org.hopwise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class MaskTest {

    private static final HierarchicalTask TASK = Tasks.averaging().size(4, 2).steps(3);
    private static final RecurrentNetwork START = RecurrentNetwork.random(TASK, 6, Activation.TANH, Seed.of(1));
    private static final Trainer TRAINER =
            Trainer.adam(1e-2).updates(30).batch(8).penalty(Penalty.l1(1e-3).plus(Penalty.resolvent(1e-3, 0.8, 3)));

    @Test
    void maskedWeightsAreExactlyZeroAfterTrainingAndOthersAreNot() {
        Weights trained = TRAINER.mask(START.weights().withoutCrossEdges(2))
                .train(START, TASK)
                .weights();
        INDArray recurrent = trained.recurrent();
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertEquals(i / 3 != j / 3, recurrent.getDouble(i, j) == 0, "entry %d, %d".formatted(i, j));
            }
        }
        assertEquals(
                0,
                trained.input().eq(0).castTo(recurrent.dataType()).sumNumber().doubleValue());
    }

    @Test
    void aMaskWithoutZerosChangesNothing() {
        assertEquals(
                TRAINER.train(START, TASK).weights().recurrent(),
                TRAINER.mask(START.weights()).train(START, TASK).weights().recurrent());
    }

    @Test
    void prunedWeightsCanBeRetrainedWithoutGrowingBack() {
        Weights pruned = START.weights().pruned(0.5);
        Weights trained = TRAINER.mask(pruned)
                .train(RecurrentNetwork.of(pruned, Activation.TANH), TASK)
                .weights();
        assertEquals(0.5, trained.fractionBelow(1e-300));
    }

    @Test
    void provenanceTellsMasksApart() {
        String one = told(TRAINER.updates(1).mask(START.weights().pruned(0.5)));
        String two = told(TRAINER.updates(1).mask(START.weights().withRandomDeletion(0.5, Seed.of(1))));
        assertNotEquals(one, two);
        assertEquals("none", told(TRAINER.updates(1)));
        assertTrue(told(TRAINER.updates(1).mask(START.weights().withoutCrossEdges(2)))
                .startsWith("0 input, 18 recurrent, 0 output weights held at 0"));
    }

    private static String told(Trainer trainer) {
        return trainer.train(START, TASK).provenance().entries().get("mask");
    }

    @Test
    void aMaskOfAnotherShapeIsRefused() {
        Weights other =
                RecurrentNetwork.random(TASK, 5, Activation.TANH, Seed.of(1)).weights();
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> TRAINER.mask(other).train(START, TASK));
        assertEquals(
                "mask has 4 inputs, 5 hidden units and 4 outputs, the network 4, 6 and 4; they must be the same.",
                refusal.getMessage());
    }

    @Test
    void trainersOfEqualSettingsAreEqualWhoeverListens() {
        Trainer masked = TRAINER.mask(START.weights().pruned(0.5));
        Trainer again = TRAINER.mask(START.weights().pruned(0.5));
        assertEquals(masked, again.listen(progress -> {}));
        assertEquals(masked.hashCode(), again.hashCode());
        assertNotEquals(TRAINER, masked);
        assertNotEquals(masked, again.clip(0.5));
    }
}
