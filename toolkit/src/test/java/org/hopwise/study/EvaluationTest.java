package org.hopwise.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

    private static Evaluation of(int outputs, double... targets) {
        int trials = targets.length / outputs;
        double[] inputs = new double[3 * trials * 2];
        Arrays.setAll(inputs, i -> Math.sin(i));
        Task task = Task.fixed(TaskBatch.of(new TaskShape(2, outputs, 3), trials, inputs, targets));
        RecurrentNetwork network = RecurrentNetwork.random(task, 4, Activation.TANH, Seed.of(1));
        return Evaluation.of(network, task, trials, Seed.of(2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 0.1, -0.7, 1e-200})
    void targetsThatNeverChangeHaveNoVarianceToCompareWith(double value) {
        double[] targets = new double[7];
        Arrays.fill(targets, value);
        Evaluation evaluation = of(1, targets);
        assertTrue(Double.isFinite(evaluation.error()));
        assertEquals(Double.NaN, evaluation.normalisedError());
        // Two outputs, each constant, at different values.
        assertEquals(Double.NaN, of(2, 0.1, 0.3, 0.1, 0.3, 0.1, 0.3).normalisedError());
    }

    @Test
    void aConstantOutputAddsNothingToTheVarianceOfAnother() {
        Evaluation evaluation = of(2, 0.1, 1, 0.1, -1, 0.1, 1, 0.1, -1);
        assertEquals(2 * evaluation.error(), evaluation.normalisedError(), 1e-12);
    }
}
