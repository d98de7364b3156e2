package org.hopwise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dale;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.study.Evaluation;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What training refuses before its first update, and how it ends where numbers overflow. */
class TrainerRefusalTest {

    private static final HierarchicalTask TASK = Tasks.averaging().size(4, 2).steps(3);
    private static final RecurrentNetwork START = RecurrentNetwork.random(TASK, 4, Activation.LINEAR, Seed.of(1));

    /** Says three steps and draws others. */
    private record Misshapen(int steps) implements Task {
        @Override
        public String name() {
            return "misshapen";
        }

        @Override
        public TaskShape shape() {
            return TASK.shape();
        }

        @Override
        public TaskBatch batch(int trials, Seed seed) {
            return TASK.steps(steps).batch(trials, seed);
        }
    }

    private static String refusal(Trainer trainer, Task task) {
        return assertThrows(IllegalArgumentException.class, () -> trainer.train(START, task))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 9})
    void aTaskWhoseBatchesAreNotOfItsShapeIsRefused(int steps) {
        String expected =
                "task 'misshapen' says 4 inputs, 4 outputs and 3 steps, but its batch has 4, 4 and %d; mend its shape or its batch."
                        .formatted(steps);
        Task task = new Misshapen(steps);
        for (Precision precision : Precision.values()) {
            assertEquals(expected, refusal(Trainer.adam(1e-3).precision(precision), task));
        }
        assertThrows(IllegalArgumentException.class, () -> Evaluation.of(START, task, 10, Seed.of(2)));
        assertThrows(IllegalArgumentException.class, () -> task.fixed(5, Seed.of(2)));
    }

    @Test
    void aMaskAgainstASignOfDalesLawIsRefusedBeforeTraining() {
        double[] signs = {1, 1, 1, -1, 1, 1, 1, -1, 1, 1, 1, -1, 0, 0.5, 1, 1};
        INDArray recurrent = org.nd4j.linalg.factory.Nd4j.createFromArray(signs).reshape(4, 4);
        Weights mask =
                Weights.of(START.weights().input(), recurrent, START.weights().output());
        String message = refusal(Trainer.adam(1e-3).mask(mask).dale(Dale.of(1, 1, 1, -1)), TASK);
        assertEquals(
                "mask has 1.0 from hidden unit 3 to 3, but the unit is inhibitory; change its sign in the law, or use a mask of zeros and ones.",
                message);
        String three = refusal(Trainer.adam(1e-3).dale(Dale.of(1, 1, -1)), TASK);
        assertTrue(three.contains("3 signs and the network 4 hidden units"), three);
        assertThrows(IllegalArgumentException.class, () -> Trainer.adam(1e-3).activity(-1));
    }

    @Test
    void aMaskAgainstAnOptionOfDalesLawIsRefusedToo() {
        double[][] ones = {{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}};
        double[][] turned = {{1, 1, 1, 1}, {1, 1, -0.5, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}};
        Dale law = Dale.ratio(0.5);
        assertEquals(
                "mask has -0.5 from input 2 to hidden unit 1, but positiveInputs keeps such weights at 0 or above; leave the option out, or use a mask of zeros and ones.",
                refusal(Trainer.adam(1e-3).mask(Weights.of(turned, ones, ones)).dale(law.positiveInputs(true)), TASK));
        assertEquals(
                "mask has -0.5 from hidden unit 2 to output 1, but excitatoryReadOut keeps such weights at 0 or above; leave the option out, or use a mask of zeros and ones.",
                refusal(
                        Trainer.adam(1e-3).mask(Weights.of(ones, ones, turned)).dale(law.excitatoryReadOut(true)),
                        TASK));
        Weights free = Weights.of(turned, ones, turned);
        assertEquals(
                1,
                Trainer.adam(1e-3)
                        .updates(1)
                        .mask(free)
                        .dale(law)
                        .train(START, TASK)
                        .history()
                        .toTable()
                        .rowCount());
    }

    @Test
    void bothOptionsOfDalesLawTrainWithoutAMask() {
        Dale law = Dale.ratio(0.5).positiveInputs(true).excitatoryReadOut(true);
        Weights trained =
                Trainer.adam(1e-3).updates(2).dale(law).train(START, TASK).weights();
        assertTrue(trained.input().minNumber().doubleValue() >= 0);
        assertTrue(trained.output().minNumber().doubleValue() >= 0);
    }

    @Test
    void aSignedMaskOfMoreUnitsThanTheNetworkIsRefusedByItsSize() {
        double[][] five = new double[5][5];
        five[4][4] = -1;
        Weights mask = Weights.of(new double[5][4], five, new double[4][5]);
        String message = refusal(Trainer.adam(1e-3).mask(mask).dale(Dale.ratio(0.8)), TASK);
        assertTrue(
                message.startsWith("mask has 4 inputs, 5 hidden units and 4 outputs, the network 4, 4 and 4"), message);
    }

    @Test
    void historiesThatCannotFitAreRefused() {
        assertTrue(refusal(Trainer.adam(1e-3).updates(Integer.MAX_VALUE), TASK).contains("Use fewer updates"));
        Trainer watching = Trainer.adam(1e-3).updates(2_000_000_000).watch(1, Map.of("norm", weights -> 0));
        assertTrue(refusal(watching, TASK).contains("Use fewer updates"));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NONE", "L1"},
            mode = EnumSource.Mode.EXCLUDE)
    void penaltiesThatCannotFitAreRefused(PenaltyKind kind) {
        String message = refusal(Trainer.adam(1e-3).penalty(kind.of(1e-3, 0.5, 1_000_000_000)), TASK);
        assertTrue(message.contains("shorter length"), message);
    }

    /** One step of Adam is as long as the rate, which is beyond single precision. */
    @Test
    void overflowInTheLastUpdateIsDivergence() {
        Trainer hot = Trainer.adam(1e300).updates(1);
        var end = assertThrows(TrainingDivergedException.class, () -> hot.train(START, TASK));
        assertEquals(1, end.update());
        assertTrue(Double.isFinite(end.lastFiniteLoss()));
        assertTrue(end.getMessage().startsWith("The weights stopped being finite at update 1"), end.getMessage());
    }

    @Test
    void elementsOfABatchAreThoseOfItsArrays() {
        TaskBatch batch = TASK.batch(5, Seed.of(3));
        INDArray inputs = batch.inputs();
        INDArray targets = batch.targets();
        for (int trial = 0; trial < 5; trial++) {
            for (int unit = 0; unit < 4; unit++) {
                assertEquals(targets.getDouble(trial, unit), batch.target(trial, unit));
                for (int step = 0; step < 3; step++) {
                    assertEquals(inputs.getDouble(step, trial, unit), batch.input(step, trial, unit));
                }
            }
        }
        assertThrows(IndexOutOfBoundsException.class, () -> batch.input(0, 5, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.input(0, 0, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.target(0, -1));
    }
}
