package org.hopwise.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class FixedTaskTest {

    private static final HierarchicalTask TASK = Tasks.subtraction().size(4, 2).steps(3);

    private static List<Double> sequence(TaskBatch batch, int trial) {
        INDArray inputs = batch.inputs();
        INDArray targets = batch.targets();
        List<Double> values = new ArrayList<>();
        for (int unit = 0; unit < 4; unit++) {
            for (int t = 0; t < 3; t++) {
                values.add(inputs.getDouble(t, trial, unit));
            }
            values.add(targets.getDouble(trial, unit));
        }
        return values;
    }

    @Test
    void batchesThatCannotFitAreRefusedWithTheirBytes() {
        String need = "Batches of 100000000 trials, 3 steps, 4 inputs and 4 outputs need 23.8 GB;";
        for (Task task : List.of(TASK, TASK.fixed(5, Seed.of(1)))) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> task.batch(100_000_000, Seed.of(2)));
            assertTrue(refusal.getMessage().startsWith(need), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("Use fewer trials"), refusal.getMessage());
            assertThrows(IllegalArgumentException.class, () -> task.batch(Integer.MAX_VALUE, Seed.of(2)));
        }
    }

    @Test
    void everyTrialIsOneOfTheSetWithItsOwnTarget() {
        Set<List<Double>> set = new HashSet<>();
        TaskBatch all = TASK.batch(5, Seed.of(1).named("fixed set"));
        for (int trial = 0; trial < 5; trial++) {
            set.add(sequence(all, trial));
        }
        Task fixed = TASK.fixed(5, Seed.of(1));
        TaskBatch batch = fixed.batch(40, Seed.of(7));
        Set<List<Double>> seen = new HashSet<>();
        for (int trial = 0; trial < 40; trial++) {
            seen.add(sequence(batch, trial));
        }
        assertEquals(set, seen);
    }

    @Test
    void batchesDifferByTheirSeedAndSetsByTheirs() {
        Task fixed = TASK.fixed(500, Seed.of(1));
        assertEquals(
                fixed.batch(8, Seed.of(2)).inputs(), fixed.batch(8, Seed.of(2)).inputs());
        assertNotEquals(
                fixed.batch(8, Seed.of(2)).inputs(), fixed.batch(8, Seed.of(3)).inputs());
        assertNotEquals(
                fixed.batch(8, Seed.of(2)).inputs(),
                TASK.fixed(500, Seed.of(9)).batch(8, Seed.of(2)).inputs());
    }

    @Test
    void shapeAndOptimalMapsAreThoseOfTheTaskAndTheNameTellsTheSet() {
        MappedTask fixed = TASK.fixed(500, Seed.of(1));
        assertEquals(TASK.shape(), fixed.shape());
        assertEquals(TASK.optimalMap(3), fixed.optimalMap(3));
        assertEquals("subtraction, 500 fixed sequences", fixed.name());
    }

    @Test
    void anEmptySetIsRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> TASK.fixed(0, Seed.of(1)));
        assertTrue(refusal.getMessage().startsWith("sequences is 0"), refusal.getMessage());
    }

    @Test
    void aTaskOfOneBatchGivesThatBatchAndNoOther() {
        TaskBatch batch = TASK.batch(6, Seed.of(1));
        Task fixed = Task.fixed(batch);
        assertEquals(batch.inputs(), fixed.batch(6, Seed.of(2)).inputs());
        var refusal = assertThrows(IllegalArgumentException.class, () -> fixed.batch(5, Seed.of(2)));
        assertEquals(
                "task '6 fixed trials' gave 6 trials where 5 were asked for; "
                        + "set the trainer's batch, or the number of test trials, to 6.",
                refusal.getMessage());
    }

    @Test
    void arraysReceiveTheTrialsOfABatch() {
        for (Task task : List.of(TASK, TASK.fixed(5, Seed.of(1)), Task.fixed(TASK.batch(6, Seed.of(1))))) {
            float[] inputs = new float[3 * 6 * 4];
            float[] targets = new float[6 * 4];
            float[] expectedInputs = inputs.clone();
            float[] expectedTargets = targets.clone();
            float[] weights = new float[6 * 4];
            task.draw(6, Seed.of(3), inputs, targets, weights);
            task.batch(6, Seed.of(3)).copyInputs(expectedInputs);
            task.batch(6, Seed.of(3)).copyTargets(expectedTargets);
            assertArrayEquals(expectedInputs, inputs);
            assertArrayEquals(expectedTargets, targets);
            for (float weight : weights) {
                assertEquals(1, weight);
            }
        }
    }
}
