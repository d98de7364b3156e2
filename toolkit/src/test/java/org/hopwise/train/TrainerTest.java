package org.hopwise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopwise.ProgressListener.Progress;
import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.study.Evaluation;
import org.hopwise.study.Pressure;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.Table;

class TrainerTest {

    private static final HierarchicalTask TASK = Tasks.averaging().size(8, 2).steps(4);
    private static final Trainer TRAINER = Trainer.adam(1e-2).updates(300).batch(32);

    private static RecurrentNetwork start(Activation activation) {
        return RecurrentNetwork.random(TASK, 10, activation, Seed.of(1));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void trainingLearnsTheTask(Activation activation) {
        TrainedNetwork trained = TRAINER.train(start(activation), TASK);
        double before = Evaluation.of(start(activation), TASK, 1000, Seed.of(5)).normalisedError();
        double after = Evaluation.of(trained.network(), TASK, 1000, Seed.of(5)).normalisedError();
        assertTrue(before > 0.9, "before " + before);
        assertTrue(after < 0.1, "after " + after);
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        TrainedNetwork one = TRAINER.train(start(Activation.TANH), TASK);
        TrainedNetwork two = TRAINER.train(start(Activation.TANH), TASK);
        assertEquals(one.weights().recurrent(), two.weights().recurrent());
        assertNotEquals(
                one.weights().recurrent(),
                TRAINER.seed(Seed.of(77))
                        .train(start(Activation.TANH), TASK)
                        .weights()
                        .recurrent());
    }

    @Test
    void aNewNoiseDrawDoesNotShiftTheInitialWeights() {
        assertEquals(
                start(Activation.TANH).weights().input(),
                RecurrentNetwork.random(TASK.noise(0.2), 10, Activation.TANH, Seed.of(1))
                        .weights()
                        .input());
    }

    @Test
    void aStrongPenaltyMakesItsCostFall() {
        Penalty penalty = Penalty.hopwise(0.3, 0.8, 4);
        double free = penalty.cost(TRAINER.train(start(Activation.LINEAR), TASK).weights());
        double held = penalty.cost(
                TRAINER.penalty(penalty).train(start(Activation.LINEAR), TASK).weights());
        assertTrue(held < 0.5 * free, held + " of " + free);
    }

    @Test
    void aDivergingTrainingSaysWhenAndWhatToDo() {
        Trainer wild = Trainer.adam(1e80).constantRate().clip(Double.MAX_VALUE).updates(50);
        var failure = assertThrows(TrainingDivergedException.class, () -> wild.train(start(Activation.LINEAR), TASK));
        assertTrue(failure.update() >= 2, "update " + failure.update());
        assertTrue(Double.isFinite(failure.lastFiniteLoss()));
        assertTrue(failure.getMessage().contains("Lower the learning rate"), failure.getMessage());
    }

    @Test
    void theListenerHearsTheEnd() {
        List<Progress> heard = new ArrayList<>();
        TRAINER.updates(7).listen(heard::add).train(start(Activation.TANH), TASK);
        assertEquals(7, heard.size());
        assertEquals(7, heard.get(6).done());
        assertEquals(7, heard.get(6).total());
    }

    @Test
    void watchingMeasuresBeforeDuringAndAfterWithoutChangingTheTraining() {
        RecurrentNetwork start = start(Activation.TANH);
        Trainer short7 = TRAINER.updates(7);
        TrainedNetwork plain = short7.train(start, TASK);
        TrainedNetwork watching = short7.watch(
                        3, Map.of("radius", Weights::spectralRadius, "cost", Penalty.l1(1)::cost))
                .train(start, TASK);
        Table watched = watching.history().watched();
        assertEquals(
                List.of(0, 0, 3, 3, 6, 6, 7, 7), watched.intColumn("update").asList());
        assertEquals(
                List.of("cost", "radius"),
                watched.stringColumn("measure").asList().subList(0, 2));
        double single = 1e-6;
        assertEquals(
                start.weights().spectralRadius(), watched.doubleColumn("value").get(1), single);
        assertEquals(
                plain.weights().spectralRadius(), watched.doubleColumn("value").get(7));
        assertEquals(0, plain.history().watched().rowCount());
        assertThrows(IllegalArgumentException.class, () -> short7.watch(3, Map.of()));
    }

    @Test
    void aNetworkThatDoesNotFitTheTaskIsRefused() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> TRAINER.train(start(Activation.TANH), Tasks.averaging()));
        assertEquals(
                "network has 8 inputs and 8 outputs, task 'averaging' has 32 and 32; they must be the same.",
                refusal.getMessage());
    }

    @Test
    void provenanceTellsTheSettings() {
        var entries = TRAINER.updates(2)
                .train(start(Activation.RELU), TASK)
                .provenance()
                .entries();
        assertEquals("relu", entries.get("activation"));
        assertEquals("2", entries.get("updates"));
        assertEquals("0.01", entries.get("rate"));
    }

    @Test
    void aPerfectNetworkHasNoErrorAndASilentOneHasAllOfIt() {
        RecurrentNetwork silent = RecurrentNetwork.of(
                Weights.of(new double[10][8], new double[10][10], new double[8][10]), Activation.TANH);
        assertEquals(1, Evaluation.of(silent, TASK, 5000, Seed.of(1)).normalisedError(), 0.01);
    }

    @Test
    void everySettingShowsInTheText() {
        Trainer trainer = Trainer.adam(1e-3);
        List<Trainer> others = List.of(
                Trainer.adam(2e-3),
                trainer.updates(10),
                trainer.batch(10),
                trainer.constantRate(),
                trainer.clip(2),
                trainer.penalty(Penalty.l1(1e-3)),
                trainer.seed(Seed.of(1)));
        Set<String> texts = new HashSet<>(Set.of(trainer.toString()));
        others.forEach(other -> assertTrue(texts.add(other.toString()), other.toString()));
    }

    @Test
    void moreDamageLeavesAGoodNetworkWithMoreError() {
        RecurrentNetwork good = TRAINER.train(start(Activation.TANH), TASK).network();
        var table = Pressure.on(good, TASK, Seed.of(5));
        assertEquals(
                java.util.List.of("none", "pruned 30 %", "pruned 50 %", "deleted 5 %", "noise 10 %", "noise 30 %"),
                table.stringColumn("pressure").asList());
        double[] errors = table.doubleColumn("error").asDoubleArray();
        assertEquals(Evaluation.of(good, TASK, 2000, Seed.of(5)).normalisedError(), errors[0]);
        assertTrue(errors[0] < errors[1] && errors[1] < errors[2], "pruning");
        assertTrue(errors[0] < errors[4] && errors[4] < errors[5], "noise");
        assertTrue(errors[0] < errors[3], "deletion");
    }

    @Test
    void aBatchThatCannotFitIsRefusedWithItsBytes() {
        RecurrentNetwork start = RecurrentNetwork.random(Tasks.averaging(), 32, Activation.TANH, Seed.of(1));
        // 1e9 trials x (10 steps x (32 + 2 x 32) + 5 x 32) numbers of 4 bytes; steps x trials alone overflow an int.
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.adam(1e-3).batch(1_000_000_000).train(start, Tasks.averaging()));
        assertTrue(
                refusal.getMessage()
                        .startsWith("Updates of 1000000000 trials, 10 steps and 32 hidden units need 4172.3 GB;"),
                refusal.getMessage());
        assertTrue(refusal.getMessage().contains("Use a smaller batch"), refusal.getMessage());
    }
}
