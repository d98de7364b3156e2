package org.hopwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exact cases computed elsewhere with 60-digit arithmetic; see golden/README.md among the test resources. */
public final class Golden {

    /** Relative to the largest entry of the compared array; the cases hold to 1e-12. */
    public static final double TOLERANCE = 1e-11;

    private Golden() {}

    public static JsonObject read(String name) {
        var stream = Golden.class.getResourceAsStream("/golden/" + name + ".json");
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    public static INDArray array(JsonElement element) {
        List<Long> shape = new ArrayList<>();
        for (JsonElement e = element; e.isJsonArray(); e = e.getAsJsonArray().get(0)) {
            shape.add((long) e.getAsJsonArray().size());
        }
        List<Double> values = new ArrayList<>();
        flatten(element.getAsJsonArray(), values);
        double[] flat = values.stream().mapToDouble(v -> v).toArray();
        return Nd4j.createFromArray(flat)
                .reshape('c', shape.stream().mapToLong(n -> n).toArray());
    }

    private static void flatten(JsonArray array, List<Double> into) {
        for (JsonElement e : array) {
            if (e.isJsonArray()) {
                flatten(e.getAsJsonArray(), into);
            } else {
                into.add(e.getAsDouble());
            }
        }
    }

    public static void assertClose(JsonElement expected, INDArray actual, String what) {
        assertClose(array(expected), actual, what);
    }

    public static void assertClose(INDArray expected, INDArray actual, String what) {
        assertEquals(List.of(boxed(expected.shape())), List.of(boxed(actual.shape())), what + ": shape");
        double[] e = expected.dup('c').reshape(expected.length()).toDoubleVector();
        double[] a = actual.dup('c').reshape(actual.length()).toDoubleVector();
        double scale = 0;
        for (double value : e) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < e.length; i++) {
            assertTrue(
                    Math.abs(e[i] - a[i]) <= TOLERANCE * scale,
                    what + ": entry " + i + " is " + a[i] + ", expected " + e[i]);
        }
    }

    public static void assertClose(double expected, double actual, String what) {
        assertEquals(expected, actual, TOLERANCE * Math.abs(expected), what);
    }

    private static String boxed(long[] shape) {
        return java.util.Arrays.toString(shape);
    }
}
