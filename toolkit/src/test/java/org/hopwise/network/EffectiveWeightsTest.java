package org.hopwise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hopwise.Golden;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.io.ArrayFile;
import org.hopwise.io.Foreign;
import org.hopwise.io.NetworkFile;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Effective weights against golden cases: exact simulations with NumPy in double precision. */
class EffectiveWeightsTest {

    private static final JsonObject GOLDEN = Golden.read("byo-effective");

    private static LoadedNetwork network(JsonObject golden) {
        Map<String, String> names = Map.of(
                "W_in",
                "Win",
                "W_rec",
                "W",
                "W_out",
                "Wout",
                "b_rec",
                "bias",
                "b_out",
                "outputBias",
                "init_state",
                "initialState");
        Map<String, NamedArray> arrays = new LinkedHashMap<>();
        names.forEach((name, key) -> {
            INDArray array = Golden.array(golden.get(key));
            List<Long> shape = new ArrayList<>();
            for (long size : array.shape()) {
                shape.add(size);
            }
            double[] values = array.dup('c').reshape(array.length()).toDoubleVector();
            arrays.put(name, new NamedArray(new ArrayHeader(name, "float64", shape), values, false));
        });
        FileContents contents = new FileContents(
                "npz", arrays.values().stream().map(NamedArray::header).toList(), Map.of(), Map.of());
        Naming naming = Naming.guessed()
                .leak(golden.get("leak").getAsDouble())
                .form(Form.valueOf(golden.get("form").getAsString().toUpperCase(Locale.ROOT)))
                .activation(UnitFunction.of(golden.get("activation").getAsString()));
        return LoadedNetwork.of(contents, naming, arrays::get);
    }

    private static Path data(String file) {
        return Path.of(System.getProperty("hopwise.root"), "data", "trained-rnn", file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"current-tanh", "rate-tanh", "rate-relu", "current-relu"})
    void effectiveWeightsAreThoseOfTheGoldenCase(String name) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        LoadedNetwork network = network(golden);
        Weights effective = network.effective(Golden.array(golden.get("inputs")));
        JsonObject expected = golden.getAsJsonObject("effective");
        Golden.assertClose(expected.get("input"), effective.input(), name + " input");
        Golden.assertClose(expected.get("recurrent"), effective.recurrent(), name + " recurrent");
        Golden.assertClose(expected.get("output"), effective.output(), name + " output");
        assertLags(golden.getAsJsonArray("K_raw").asList(), network.weights());
        assertLags(golden.getAsJsonArray("K_leak").asList(), network.leaky());
        assertLags(golden.getAsJsonArray("K_effective").asList(), effective);
        JsonObject radius = golden.getAsJsonObject("radius");
        Golden.assertClose(radius.get("raw").getAsDouble(), network.weights().spectralRadius(), name);
        Golden.assertClose(radius.get("leak").getAsDouble(), network.leaky().spectralRadius(), name);
        Golden.assertClose(radius.get("effective").getAsDouble(), effective.spectralRadius(), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"current-tanh", "rate-tanh", "rate-relu", "current-relu"})
    void asANetworkOfOursItHasTheGoldenOutputsAndJacobian(String name) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        RecurrentNetwork ours = network(golden).network();
        INDArray inputs = Golden.array(golden.get("inputs"));
        Golden.assertClose(golden.get("outputs"), ours.run(inputs).outputs(), name + " outputs");
        assertLags(golden.getAsJsonArray("K_effective").asList(), ours.effective(inputs));
        assertLags(golden.getAsJsonArray("K_leak").asList(), ours.leaky());
        HopDecomposition jacobian = HopDecomposition.ofJacobian(ours, inputs);
        List<JsonElement> lags = golden.getAsJsonArray("jacobian").asList();
        for (int lag = 0; lag < lags.size(); lag++) {
            Golden.assertClose(lags.get(lag), jacobian.hop(lag + 2).transpose(), name + " lag " + lag);
        }
    }

    /** Lag l is hop l + 2; maps are inputs x outputs, golden ones outputs x inputs. */
    private static void assertLags(List<JsonElement> lags, Weights weights) {
        HopDecomposition hops = HopDecomposition.of(weights, lags.size());
        for (int lag = 0; lag < lags.size(); lag++) {
            Golden.assertClose(lags.get(lag), hops.hop(lag + 2).transpose(), "lag " + lag);
        }
    }

    @Test
    void psychRnnIsReadWithItsLeakFormAndRadii() {
        LoadedNetwork network = NetworkFile.load(
                data("psychrnn_perceptual_discrimination.npz"), Naming.guessed().timeConstants(10, 100));
        JsonObject golden = GOLDEN.getAsJsonObject("psychrnn");
        assertEquals(Form.CURRENT, network.form().orElseThrow());
        assertEquals("relu", network.function().name());
        Weights effective = network.effective(Golden.array(golden.get("inputs")));
        JsonObject radius = golden.getAsJsonObject("radius");
        assertEquals(radius.get("raw").getAsDouble(), network.weights().spectralRadius(), 1e-9);
        assertEquals(radius.get("leak").getAsDouble(), network.leaky().spectralRadius(), 1e-9);
        assertEquals(radius.get("effective").getAsDouble(), effective.spectralRadius(), 1e-9);
        var run = network.network().run(Golden.array(golden.get("inputs")));
        Golden.assertClose(golden.get("outputs"), run.outputs(), "outputs after the last step");
    }

    @Test
    void lowRankNetworksHaveTheRadiusOfTheirCore() {
        JsonObject golden = GOLDEN.getAsJsonObject("lowrank");
        LoadedNetwork decision = NetworkFile.load(data("lowrank_rdm_rnn_state_dict.pt"));
        JsonObject radius = golden.getAsJsonObject("radius");
        assertEquals(radius.get("raw").getAsDouble(), decision.weights().spectralRadius(), 1e-9);
        assertEquals(radius.get("leak").getAsDouble(), decision.leaky().spectralRadius(), 1e-9);
        assertEquals(0.1, decision.leak());
        assertEquals(Set.of(Role.INPUT, Role.OUTPUT), decision.transposed());
        assertLags(golden.getAsJsonArray("K_raw").asList(), decision.weights());
        LoadedNetwork reach = NetworkFile.load(data("lowrank_reach_rnn_128_state_dict.pt"));
        assertEquals(1.41578102, reach.weights().spectralRadius(), 5e-9);
    }

    @Test
    void aCubicLeakTakesFromTheDiagonal() {
        Path file = Foreign.file("trainrnnbrain/0.0123_LastParams_h.json");
        LoadedNetwork network = NetworkFile.load(file);
        INDArray silence = Golden.array(JsonParser.parseString("[[[0, 0]], [[0, 0]]]"));
        Weights effective = network.effective(silence);
        // One step is taken, from the initial state in the file.
        double[] start = ArrayFile.read(file).get("y_init").values();
        for (int i = 0; i < start.length; i++) {
            double gained = effective.recurrent().getDouble(i, i)
                    - 0.1
                            * gain(effective, network, i)
                            * network.weights().recurrent().getDouble(i, i);
            assertEquals(0.9 - 3 * 0.1 * 0.1 * start[i] * start[i], gained, 1e-12);
        }
    }

    private static double gain(Weights effective, LoadedNetwork network, int unit) {
        return effective.output().getDouble(0, unit)
                / network.weights().output().getDouble(0, unit);
    }
}
