package org.hopwise.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.study.Evaluation;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.TrainedNetwork;
import org.hopwise.train.Trainer;
import org.junit.jupiter.api.Test;

class PopulationLossTest {

    private static final HierarchicalTask TASK =
            Tasks.onOff().size(4, 2).steps(4).noise(0.3);
    private static final PopulationLoss LOSS = PopulationLoss.of(TASK);
    private static final RecurrentNetwork START = RecurrentNetwork.random(TASK, 6, Activation.LINEAR, Seed.of(2));

    @Test
    void itIsWhatManyTrialsAverageTo() {
        Evaluation sampled = Evaluation.of(START, TASK, 200_000, Seed.of(3));
        assertEquals(LOSS.error(START.weights()), sampled.error(), 0.01 * sampled.error());
        // The evaluation divides by the sample variance about the sample mean, the loss by the exact one.
        assertEquals(LOSS.normalisedError(START.weights()), sampled.normalisedError(), 0.01);
    }

    @Test
    void theGradientMatchesFiniteDifferencesAlsoForBiases() {
        Matrices at = WeightsDoor.copy(START.weights());
        Matrices gradient = WeightsDoor.copy(LOSS.gradient(START.weights()));
        assertSlope(at, at.input(), gradient.input());
        assertSlope(at, at.recurrent(), gradient.recurrent());
        assertSlope(at, at.output(), gradient.output());
        assertSlope(at, at.hiddenBias(), gradient.hiddenBias());
        assertSlope(at, at.outputBias(), gradient.outputBias());
    }

    private static void assertSlope(Matrices at, DMatrixRMaj varied, DMatrixRMaj gradient) {
        double step = 1e-5;
        for (int i = 0; i < varied.data.length; i++) {
            double before = varied.data[i];
            varied.data[i] = before + step;
            double up = LOSS.error(WeightsDoor.<Weights>weights(at));
            varied.data[i] = before - step;
            double down = LOSS.error(WeightsDoor.<Weights>weights(at));
            varied.data[i] = before;
            assertEquals((up - down) / (2 * step), gradient.data[i], 1e-8, "entry " + i);
        }
    }

    @Test
    void aSilentNetworkHasAllOfTheError() {
        Weights silent = Weights.of(new double[6][4], new double[6][6], new double[4][6]);
        assertEquals(1, LOSS.normalisedError(silent), 1e-14);
    }

    @Test
    void trainingOnItNeedsNoLuck() {
        Trainer trainer = Trainer.adam(1e-2).updates(2000);
        TrainedNetwork one = trainer.seed(Seed.of(1)).train(START, LOSS);
        TrainedNetwork two = trainer.seed(Seed.of(2)).batch(1).train(START, LOSS);
        assertEquals(one.weights().recurrent(), two.weights().recurrent());
        assertTrue(LOSS.normalisedError(one.weights()) < 1e-3, "nMSE " + LOSS.normalisedError(one.weights()));
        assertEquals("population", one.provenance().entries().get("batch"));
    }

    @Test
    void onlyLinearNetworksAndWhiteInputsAreAccepted() {
        RecurrentNetwork tanh = RecurrentNetwork.of(START.weights(), Activation.TANH);
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> Trainer.adam(1e-3).train(tanh, LOSS));
        assertTrue(refusal.getMessage().startsWith("activation is tanh;"), refusal.getMessage());
        assertThrows(IllegalStateException.class, () -> PopulationLoss.of(Tasks.multiplication()));
        assertThrows(IllegalArgumentException.class, () -> PopulationLoss.of(Tasks.averaging(), 1, 1));
        assertThrows(IllegalArgumentException.class, () -> PopulationLoss.of(TASK, 1, 1, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> PopulationLoss.of(TASK, 0, 1, 0, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> PopulationLoss.of(Tasks.averaging()).error(START.weights()));
    }
}
