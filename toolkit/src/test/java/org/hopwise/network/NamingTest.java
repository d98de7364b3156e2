package org.hopwise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of libraries on arrays of two inputs, five hidden units and three outputs. */
class NamingTest {

    /** Arrays written as name=2x5, filled with 1, 2, ... */
    private static LoadedNetwork load(String arrays, Naming naming) {
        Map<String, NamedArray> read = new LinkedHashMap<>();
        List<ArrayHeader> headers = new ArrayList<>();
        for (String array : arrays.split(" ", -1)) {
            String name = array.substring(0, array.lastIndexOf('='));
            List<Long> shape = new ArrayList<>();
            int length = 1;
            for (String size : array.substring(name.length() + 1).split("x", -1)) {
                shape.add(Long.parseLong(size));
                length *= Integer.parseInt(size);
            }
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                values[i] = i + 1;
            }
            ArrayHeader header = new ArrayHeader(name, "float32", shape);
            headers.add(header);
            read.put(name, new NamedArray(header, values, false));
        }
        return LoadedNetwork.of(new FileContents("npz", headers, Map.of(), Map.of()), naming, read::get);
    }

    @ParameterizedTest
    @CsvSource({
        "params/SimpleCell_0/i/kernel=2x5 params/SimpleCell_0/h/kernel=5x5 params/SimpleCell_0/i/bias=5 params/Dense_0/kernel=5x3 params/Dense_0/bias=3, true",
        "vanilla_rnn/linear/w=2x5 vanilla_rnn/linear/b=5 vanilla_rnn/linear_1/w=5x5 vanilla_rnn/linear_1/b=5 linear/w=5x3 linear/b=3, true",
        "rnn/simple_rnn_cell/kernel:0=2x5 rnn/simple_rnn_cell/recurrent_kernel:0=5x5 dense/kernel:0=5x3, true",
        "_orig_mod.module.masked_rnn.weight_ih_l0=5x2 _orig_mod.module.masked_rnn.weight_hh_l0=5x5 _orig_mod.module.head.weight=3x5, false",
        "net.encoder.linear.weight=7x2 net.rnn.weight_ih_l0=5x2 net.rnn.weight_hh_l0=5x5 net.linear.weight=3x5, false",
        "input_layer.weight=5x2 recurrent_layer.weight=5x5 output_layer.weight=3x5 recurrent_layer.bias=5, false",
        "W_in=5x2 W_rec=5x5 W_out=3x5 W_rec/Adam=5x5 rec_mask=5x5 optimizer.W_rec=5x5, false",
        "W_hh=5x5 W_ih=5x2 W_ho=3x5 b_h=5 b_o=3, false"
    })
    void weightsOfKnownLibrariesAreFoundAndTurned(String arrays, boolean turned) {
        LoadedNetwork network = load(arrays, Naming.guessed());
        assertEquals(2, network.weights().inputs());
        assertEquals(5, network.weights().hidden());
        assertEquals(3, network.weights().outputs());
        assertEquals(turned ? Set.of(Role.INPUT, Role.RECURRENT, Role.OUTPUT) : Set.of(), network.transposed());
        assertEquals(turned ? 6 : 2, network.weights().recurrent().getDouble(0, 1));
        assertEquals(turned ? 6 : 2, network.weights().input().getDouble(0, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "a.weight_hh_l0=5x5 b.weight_hh_l0=5x5, AMBIGUOUS, a.weight_hh_l0",
        "W_in=2x5 W_rec=5x5 W_out=5x3, AMBIGUOUS, layout keras",
        "A=5x5 B=5x2 C=3x5, AMBIGUOUS, layout",
        "rnn.weight_hh_l0=5x5 policy.weight=3x5 value.weight=1x5, AMBIGUOUS, policy.weight",
        "W_in=4x2 W_rec=5x5, SHAPE, W_in",
        "W_rec=5x4, SHAPE, 5 x 4",
        "W_in=5x2 W_rec=5x5 b_rec=4, SHAPE, b_rec",
        "m=5x2 n=3x5 w_in=5x1 w_out=1x5, SHAPE, 3 x 5",
        "rnn.weight_hh_l0=20x5 rnn.weight_ih_l0=20x2, GATED, LSTM",
        "gru/recurrent_kernel=5x15 gru/kernel=2x15, GATED, GRU",
        "cell/hr/kernel=5x5 cell/hz/kernel=5x5 cell/hn/kernel=5x5, GATED, GRU",
        "weight_hh_l0=5x5 weight_hr_l0=3x5, UNSUPPORTED, weight_hr_l0"
    })
    void whatIsNoClearPlainNetworkIsRefused(String arrays, Kind kind, String word) {
        FileRefusedException refusal = assertThrows(FileRefusedException.class, () -> load(arrays, Naming.guessed()));
        assertEquals(kind, refusal.kind(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
    }

    @Test
    void aToldLayoutDecidesWhatShapesCannot() {
        LoadedNetwork torch =
                load("W_in=2x5 W_rec=5x5 W_out=5x3", Naming.guessed().layout(Layout.TORCH));
        assertEquals(Set.of(Role.INPUT, Role.OUTPUT), torch.transposed());
        LoadedNetwork keras =
                load("W_in=2x5 W_rec=5x5 W_out=5x3", Naming.guessed().layout(Layout.KERAS));
        assertEquals(Set.of(Role.INPUT, Role.RECURRENT, Role.OUTPUT), keras.transposed());
        LoadedNetwork unnamed =
                load("A=5x5 B=5x2 C=3x5 d=5 e=3", Naming.guessed().layout(Layout.TORCH));
        assertEquals(List.of("B"), unnamed.names().get(Role.INPUT));
        assertEquals(List.of("e"), unnamed.names().get(Role.OUTPUT_BIAS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "tanh", "relu", "softplus", "sigmoid"})
    void derivativesAreThoseOfTheFunction(String name) {
        UnitFunction f = new UnitFunction(name, 1.7, 0.3);
        double step = 1e-6;
        for (double x : new double[] {-2, -0.4, 0.2, 0.9, 3}) {
            assertEquals(
                    (f.value(x + step) - f.value(x - step)) / (2 * step), f.derivative(x), 1e-8, name + " at " + x);
        }
        assertEquals(0, UnitFunction.of("relu").derivative(0));
    }
}
