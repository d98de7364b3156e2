package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.Layout;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.network.NamedArray;
import org.hopwise.network.Naming;
import org.hopwise.network.Role;
import org.hopwise.network.UnitFunction;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LoadedNetworkTest {

    private static final Set<String> FORMATS = Set.of("npy", "npz", "pytorch", "safetensors", "json", "keras");

    static Stream<String> networks() {
        return Foreign.files(FORMATS)
                .filter(file -> Foreign.of(file).has("network")
                        && Foreign.of(file).get("network").isJsonObject());
    }

    static Stream<String> refused() {
        return Foreign.files(FORMATS)
                .filter(file -> Foreign.isRefused(file, "network") || Foreign.isRefused(file, "open"))
                .filter(file -> !file.endsWith("wrong_extension.npz"));
    }

    private static LoadedNetwork load(String file) {
        JsonObject expected = Foreign.of(file).getAsJsonObject("network");
        Naming naming = expected.has("requires") ? Naming.guessed().layout(Layout.KERAS) : Naming.guessed();
        return NetworkFile.load(Foreign.file(file), naming);
    }

    private static List<String> names(JsonElement expected) {
        return expected.isJsonArray() ? Foreign.texts(expected) : List.of(expected.getAsString());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void whatIsTakenAndTurnedIsSaid(String file) {
        JsonObject expected = Foreign.of(file).getAsJsonObject("network");
        LoadedNetwork network = load(file);
        String prefix = expected.has("prefix") ? expected.get("prefix").getAsString() : "";
        JsonObject names = expected.getAsJsonObject("names");
        for (Role role : Role.values()) {
            List<String> taken = network.names().getOrDefault(role, List.of());
            List<String> wanted = names.has(role.toString())
                    ? names(names.get(role.toString())).stream()
                            .map(name -> prefix + name)
                            .toList()
                    : List.of();
            assertEquals(wanted, taken, role.toString());
            for (String name : taken) {
                assertTrue(network.toString().contains("'" + name + "'"), network.toString());
            }
        }
        assertEquals(
                Set.copyOf(Foreign.texts(expected.get("transposed"))),
                Set.copyOf(network.transposed().stream().map(Role::toString).toList()));
        for (Role role : network.transposed()) {
            assertTrue(network.toString().matches("(?s).*" + role + " from [^\\n]*, turned.*"), network.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void weightsHaveTargetsInRowsAndTheirNumbers(String file) {
        JsonObject expected = Foreign.of(file).getAsJsonObject("network");
        Weights weights = load(file).weights();
        assertArray(expected, "input", weights.input());
        assertArray(expected, "recurrent", weights.recurrent());
        assertArray(expected, "output", weights.output());
        assertArray(expected, "hiddenBias", weights.hiddenBias());
        assertArray(expected, "outputBias", weights.outputBias());
    }

    private static void assertArray(JsonObject network, String role, INDArray actual) {
        double[] values = actual.dup('c').reshape(actual.length()).toDoubleVector();
        if (network.has(role) && network.get(role).isJsonObject()) {
            JsonObject expected = network.getAsJsonObject(role);
            ArrayHeader header = new ArrayHeader(
                    role,
                    expected.get("dtype").getAsString(),
                    Arrays.stream(actual.shape()).boxed().toList());
            ArrayFileTest.assertArray(expected, new NamedArray(header, values, false));
        } else if (role.endsWith("Bias")) {
            assertArrayEquals(new double[values.length], values);
        } else {
            assertEquals(actual, Nd4j.eye(actual.size(0)).castTo(actual.dataType()), role);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void leakFormAndFunctionAreThoseOfTheFile(String file) {
        JsonObject expected = Foreign.of(file).getAsJsonObject("network");
        LoadedNetwork network = load(file);
        assertEquals(expected.get("leak").getAsDouble(), network.leak(), 1e-15);
        boolean formTold = !expected.get("form").isJsonNull()
                && !expected.get("form").getAsString().contains(" ");
        assertEquals(
                formTold ? expected.get("form").getAsString() : "",
                network.form().map(Form::toString).orElse(""));
        if (expected.has("cubicLeak")) {
            assertEquals(expected.get("cubicLeak").getAsDouble(), network.cubicLeak());
            JsonObject function = expected.getAsJsonObject("activation");
            assertEquals(
                    new UnitFunction(
                            function.get("name").getAsString(),
                            function.get("slope").getAsDouble(),
                            function.has("shift") ? function.get("shift").getAsDouble() : 0),
                    network.function());
        }
        if (expected.has("leakFrom")) {
            assertTrue(network.toString().contains("dt / tau"), network.toString());
        }
        if (expected.has("dividedBy")) {
            assertTrue(network.toString().contains("divided by 5, rank 2"), network.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNoClearNetworkIsRefusedWithItsKind(String file) {
        Foreign.assertRefused(file, () -> NetworkFile.load(Foreign.file(file)));
    }

    @Test
    void weightsWithoutNamesAskForTheirLayout() {
        FileRefusedException refusal =
                assertThrows(FileRefusedException.class, () -> NetworkFile.load(Foreign.file("keras/recipe.npz")));
        assertEquals(Kind.AMBIGUOUS, refusal.kind());
        assertTrue(refusal.getMessage().contains("arr_0"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("keras"), refusal.getMessage());
    }

    @Test
    void arraysAreTakenByName() {
        Naming naming = Naming.guessed().take(Role.RECURRENT, "B").layout(Layout.TORCH);
        LoadedNetwork network = NetworkFile.load(Foreign.file("numpy/two_squares.npz"), naming);
        assertEquals(List.of("B"), network.names().get(Role.RECURRENT));
        FileRefusedException refusal = assertThrows(
                FileRefusedException.class,
                () -> NetworkFile.load(
                        Foreign.file("numpy/plain.npz"), Naming.guessed().take(Role.RECURRENT, "W")));
        assertEquals(Kind.MISSING, refusal.kind());
        assertTrue(refusal.getMessage().contains("'W_rec'"), refusal.getMessage());
    }

    @Test
    void settingsOverruleTheFile() {
        Naming naming = Naming.guessed()
                .timeConstants(10, 40)
                .form(Form.RATE)
                .activation(UnitFunction.of("relu"))
                .lowRankScale(1);
        LoadedNetwork network = NetworkFile.load(Foreign.file("numpy/masked_lowrank.npz"), naming);
        assertEquals(0.25, network.leak());
        assertEquals(Form.RATE, network.form().orElseThrow());
        assertEquals("relu", network.function().name());
        INDArray divided = NetworkFile.load(Foreign.file("numpy/masked_lowrank.npz"))
                .weights()
                .recurrent();
        INDArray whole = network.weights().recurrent();
        assertEquals(0, whole.sub(divided.mul(5)).amaxNumber().doubleValue(), 1e-15);
        assertTrue(network.toString().contains("leak 0.25, rate form, relu"), network.toString());
    }

    @Test
    void leakyWeightsAreThoseOfOneStep() {
        LoadedNetwork network = NetworkFile.load(
                Foreign.file("numpy/plain.npz"), Naming.guessed().leak(0.25));
        Weights raw = network.weights();
        Weights leaky = network.leaky();
        assertEquals(0, leaky.input().sub(raw.input().mul(0.25)).amaxNumber().doubleValue(), 1e-16);
        INDArray step = raw.recurrent().mul(0.25);
        for (int i = 0; i < 5; i++) {
            step.putScalar(new int[] {i, i}, step.getDouble(i, i) + 0.75);
        }
        assertEquals(0, leaky.recurrent().sub(step).amaxNumber().doubleValue(), 1e-16);
        assertEquals(raw.output(), leaky.output());
    }

    @Test
    void aNetworkWithLeakIsOneOfOursWithThatLeak() {
        LoadedNetwork network = NetworkFile.load(
                Foreign.file("numpy/plain.npz"), Naming.guessed().leak(0.5));
        assertEquals(0.5, network.network().dynamics().leak());
        assertEquals(network.weights().recurrent(), network.network().weights().recurrent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.npz", "net.safetensors"})
    void whatWasReadCanBeKept(String name, @TempDir Path folder) {
        LoadedNetwork network = NetworkFile.load(
                Foreign.file("numpy/keras_orientation.npz"),
                Naming.guessed().leak(0.25).form(Form.RATE).activation(UnitFunction.of("softplus")));
        NetworkFile.save(network, folder.resolve(name));
        LoadedNetwork back = NetworkFile.load(folder.resolve(name));
        assertEquals(network.weights().input(), back.weights().input());
        assertEquals(network.weights().recurrent(), back.weights().recurrent());
        assertEquals(network.weights().output(), back.weights().output());
        assertEquals(network.weights().hiddenBias(), back.weights().hiddenBias());
        assertEquals(0.25, back.leak());
        assertEquals(Optional.of(Form.RATE), back.form());
        assertEquals("softplus", back.function().name());
        assertEquals(Set.of(), back.transposed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.npz", "net.safetensors"})
    void leakFormAndStartOfOurOwnNetworksAreKept(String name, @TempDir Path folder) {
        RecurrentNetwork network = RecurrentNetwork.of(
                        Weights.of(new double[][] {{1}, {2}}, new double[][] {{0.1, 0.2}, {0.3, 0.4}}, new double[][] {
                            {5, 6}
                        }),
                        Activation.RELU)
                .with(Dynamics.rate(0.5).noiseless())
                .startingAt(0.25, -1);
        NetworkFile.save(network, folder.resolve(name));
        LoadedNetwork back = NetworkFile.load(folder.resolve(name));
        assertEquals(0.5, back.leak());
        assertEquals(Optional.of(Form.RATE), back.form());
        assertArrayEquals(new double[] {0.25, -1}, back.initialState());
        RecurrentNetwork noisy = network.with(Dynamics.rate(0.5));
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> NetworkFile.save(noisy, folder.resolve("noisy.npz")));
        assertTrue(refusal.getMessage().contains("save network.noiseless()"), refusal.getMessage());
    }
}
