package org.hopwise.train;

import static org.hopwise.Golden.array;
import static org.hopwise.Golden.assertClose;

import com.google.gson.JsonObject;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.internal.engine.Backpropagation;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Loss;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

class GoldenTrainingTest {

    private static final JsonObject CASE = Golden.read("rnn_small");

    private static Weights start() {
        return weights(CASE.getAsJsonObject("params"));
    }

    private static Weights weights(JsonObject p) {
        return Weights.of(
                array(p.get("Win")), array(p.get("Whh")), array(p.get("Wout")), array(p.get("bh")), array(p.get("bo")));
    }

    /** The case's sequences come trial by trial or step by step; the toolkit wants steps first. */
    private static TaskBatch batch() {
        INDArray x = array(CASE.get("X"));
        INDArray inputs = x.size(0) == CASE.get("L").getAsInt() ? x : x.permute(1, 0, 2);
        return TaskBatch.of(inputs, array(CASE.get("Y")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"TANH", "RELU"})
    void backPropagationGivesTheExactGradient(Activation activation) {
        JsonObject expected = CASE.getAsJsonObject("cases").getAsJsonObject(activation.toString());
        Parameters p = Parameters.of(start(), Precision.DOUBLE.reals());
        Parameters gradient = p.zeros();
        TaskBatch batch = batch();
        Backpropagation engine = new Backpropagation(
                batch.shape(),
                Loss.SQUARES,
                p.hidden,
                batch.trials(),
                activation,
                Dynamics.discrete(),
                0,
                Precision.DOUBLE.reals());
        engine.draw(Task.fixed(batch), Seed.of(0));
        double loss = engine.loss(p, gradient);
        assertClose(expected.get("mse").getAsDouble(), loss, "loss");
        assertWeights(expected.getAsJsonObject("grad"), gradient.toWeights());
    }

    @ParameterizedTest
    @CsvSource({"none", "l1", "sum", "hop", "abs"})
    void threeStepsOfAdamEndAtTheExactWeights(String name) {
        JsonObject expected =
                Golden.read("adam_small").getAsJsonObject("trajectories").getAsJsonObject(name);
        double beta = expected.get("beta").getAsDouble();
        int length = CASE.get("L").getAsInt();
        Penalty penalty = switch (name) {
            case "l1" -> Penalty.l1(beta);
            case "sum" -> Penalty.resolvent(beta, 0.8, length);
            case "hop" -> Penalty.hopwise(beta, 0.8, length);
            case "abs" -> Penalty.absoluteWalks(beta, 0.8, length);
            default -> Penalty.none();
        };
        TrainedNetwork trained = Trainer.adam(3e-3)
                .constantRate()
                .clip(Double.MAX_VALUE)
                .updates(3)
                .batch(2)
                .precision(Precision.DOUBLE)
                .penalty(penalty)
                .train(RecurrentNetwork.of(start(), Activation.TANH), Task.fixed(batch()));
        assertWeights(expected.getAsJsonObject("params_after_3"), trained.weights());
        Table history = trained.history().toTable();
        for (int n = 0; n < 3; n++) {
            JsonObject before = expected.getAsJsonArray("before_step").get(n).getAsJsonObject();
            assertClose(
                    before.get("mse").getAsDouble(),
                    history.doubleColumn("loss").get(n),
                    "loss");
            assertClose(
                    beta * before.get("penalty").getAsDouble(),
                    history.doubleColumn("penalty").get(n),
                    "penalty");
        }
    }

    @Test
    void aGoldenCaseIsNotMetByOtherWeights() {
        org.junit.jupiter.api.Assertions.assertThrows(
                AssertionError.class,
                () -> assertWeights(
                        Golden.read("adam_small")
                                .getAsJsonObject("trajectories")
                                .getAsJsonObject("l1")
                                .getAsJsonObject("params_after_3"),
                        start()));
    }

    private static void assertWeights(JsonObject expected, Weights actual) {
        assertClose(expected.get("Win"), actual.input(), "Win");
        assertClose(expected.get("Whh"), actual.recurrent(), "Whh");
        assertClose(expected.get("Wout"), actual.output(), "Wout");
        assertClose(expected.get("bh"), actual.hiddenBias(), "bh");
        assertClose(expected.get("bo"), actual.outputBias(), "bo");
    }
}
