package org.hopwise.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import org.hopwise.Golden;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/** Fifty updates from the same start as PyTorch and JAX; {@code peers/README.md} says how their curves were made. */
class PeerCurvesTest {

    /** The two peers differ from each other by up to 8e-7. */
    private static final double TOLERANCE = 5e-6;

    @ParameterizedTest
    @CsvSource({
        "torch,none",
        "torch,l1",
        "torch,resolvent",
        "torch,hopwise",
        "jax,none",
        "jax,l1",
        "jax,resolvent",
        "jax,hopwise"
    })
    void lossAndPenaltyFollowThePeers(String engine, String kind) throws IOException {
        JsonObject peer = read(engine);
        Table history = train(peer, kind, peer.get("rate").getAsDouble());
        JsonArray curve = peer.getAsJsonObject("curves").getAsJsonArray(kind);
        assertEquals(curve.size(), history.rowCount());
        for (int n = 0; n < curve.size(); n++) {
            JsonArray expected = curve.get(n).getAsJsonArray();
            assertClose(expected.get(0).getAsDouble(), history, "loss", n);
            assertClose(expected.get(1).getAsDouble(), history, "penalty", n);
        }
        Table other = train(peer, kind, 1.001 * peer.get("rate").getAsDouble());
        double last = curve.get(curve.size() - 1).getAsJsonArray().get(0).getAsDouble();
        assertNotEquals(last, other.doubleColumn("loss").get(curve.size() - 1), TOLERANCE * last, "another rate");
    }

    private static void assertClose(double expected, Table history, String column, int n) {
        assertEquals(expected, history.doubleColumn(column).get(n), TOLERANCE * expected, column + " " + n);
    }

    private static Table train(JsonObject peer, String kind, double rate) {
        INDArray x = Golden.array(peer.get("x"));
        TaskBatch batch = TaskBatch.of(x, Golden.array(peer.get("y")));
        double beta = peer.get("beta").getAsDouble();
        double alpha = peer.get("alpha").getAsDouble();
        int length = batch.shape().steps();
        Penalty penalty = switch (kind) {
            case "l1" -> Penalty.l1(beta);
            case "resolvent" -> Penalty.resolvent(beta, alpha, length);
            case "hopwise" -> Penalty.hopwise(beta, alpha, length);
            default -> Penalty.none();
        };
        Weights start = Weights.of(
                Golden.array(peer.get("input")), Golden.array(peer.get("recurrent")), Golden.array(peer.get("output")));
        return Trainer.adam(rate)
                .constantRate()
                .clip(Double.MAX_VALUE)
                .batch(batch.trials())
                .updates(peer.get("updates").getAsInt())
                .penalty(penalty)
                .train(RecurrentNetwork.of(start, Activation.TANH), Task.fixed(batch))
                .history()
                .toTable();
    }

    private static JsonObject read(String engine) throws IOException {
        String path = "/peers/" + engine + ".json";
        try (Reader reader = new InputStreamReader(PeerCurvesTest.class.getResourceAsStream(path), UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }
}
