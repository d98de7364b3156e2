package org.hopwise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean Jacobians of gated units against golden cases. */
class GatedNetworkTest {

    private static final JsonObject GOLDEN = Golden.read("byo-gated");

    private static GatedNetwork network(JsonObject golden) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
            names.put("rnn." + name + "_l0", name);
        }
        names.put("linear.weight", "Wout");
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
                "pytorch", arrays.values().stream().map(NamedArray::header).toList(), Map.of(), Map.of());
        return GatedNetwork.of(contents, arrays::get);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GRU", "LSTM"})
    void theMeanJacobianIsThatOfTheGoldenCase(String kind) {
        JsonObject golden = GOLDEN.getAsJsonObject(kind);
        GatedNetwork network = network(golden);
        assertEquals(kind, network.kind());
        List<INDArray> lags = network.meanJacobian(Golden.array(golden.get("inputs")));
        List<JsonElement> expected = golden.getAsJsonArray("jacobian").asList();
        assertEquals(expected.size(), lags.size());
        for (int lag = 0; lag < lags.size(); lag++) {
            Golden.assertClose(expected.get(lag), lags.get(lag).transpose(), kind + " lag " + lag);
        }
    }

    @Test
    void plainUnitsAreNoGatedOnes() {
        FileRefusedException refusal =
                assertThrows(FileRefusedException.class, () -> network(GOLDEN.getAsJsonObject("RNN")));
        assertEquals(Kind.MISSING, refusal.kind());
    }
}
