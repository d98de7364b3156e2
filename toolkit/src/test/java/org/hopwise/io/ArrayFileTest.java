package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hopwise.FileRefusedException;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.FileContents;
import org.hopwise.network.NamedArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrayFileTest {

    private static final Set<String> FORMATS = Set.of("npy", "npz", "pytorch", "safetensors", "json", "keras");

    static Stream<String> good() {
        return Foreign.files(FORMATS)
                .filter(file -> Foreign.of(file).has("arrays")
                        && Foreign.of(file).get("arrays").isJsonObject());
    }

    static Stream<String> refused() {
        return Foreign.files(FORMATS)
                .filter(file -> Foreign.isRefused(file, "open"))
                .filter(file -> !Foreign.of(file).has("mayRead")
                        || !Foreign.of(file).get("mayRead").getAsBoolean());
    }

    @ParameterizedTest
    @MethodSource("good")
    void everyNumericArrayHasItsTypeShapeAndNumbers(String file) {
        JsonObject expected = Foreign.of(file).getAsJsonObject("arrays");
        Map<String, NamedArray> arrays = ArrayFile.read(Foreign.file(file));
        assertEquals(expected.keySet(), arrays.keySet());
        expected.entrySet().forEach(entry -> assertArray(entry.getValue(), arrays.get(entry.getKey())));
    }

    static void assertArray(JsonElement element, NamedArray actual) {
        JsonObject expected = element.getAsJsonObject();
        ArrayHeader header = actual.header();
        assertEquals(expected.get("dtype").getAsString(), header.type(), header.toString());
        assertEquals(longs(expected.get("shape")), header.shape(), header.toString());
        double sum = 0;
        double absolute = 0;
        for (double value : actual.values()) {
            sum += value;
            absolute += Math.abs(value);
        }
        double tolerance = 1e-12 * expected.get("absolute").getAsDouble();
        assertEquals(expected.get("sum").getAsDouble(), sum, tolerance, header.toString());
        assertEquals(expected.get("absolute").getAsDouble(), absolute, tolerance, header.toString());
        if (expected.has("entries")) {
            for (JsonElement entry : expected.getAsJsonArray("entries")) {
                int at = 0;
                List<Long> index = longs(entry.getAsJsonObject().get("at"));
                for (int axis = 0; axis < index.size(); axis++) {
                    at = at * header.shape().get(axis).intValue()
                            + index.get(axis).intValue();
                }
                double value = entry.getAsJsonObject().get("value").getAsDouble();
                assertEquals(value, actual.value(at), header.toString() + index);
            }
        }
    }

    private static List<Long> longs(JsonElement array) {
        List<Long> result = new ArrayList<>();
        array.getAsJsonArray().forEach(element -> result.add(element.getAsLong()));
        return result;
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsNoNumberIsNamedAndLeftOut(String file) {
        FileContents contents = ArrayFile.inspect(Foreign.file(file));
        JsonObject expected = Foreign.of(file);
        assertEquals(
                expected.getAsJsonObject("arrays").keySet(),
                Set.copyOf(contents.arrays().stream().map(ArrayHeader::name).toList()));
        JsonObject opaque = expected.has("opaque") ? expected.getAsJsonObject("opaque") : new JsonObject();
        assertEquals(opaque.keySet(), contents.skipped().keySet());
        for (String name : opaque.keySet()) {
            assertEquals(opaque.get(name).getAsString(), contents.skipped().get(name), name);
        }
        for (String kept : List.of("values", "metadata")) {
            if (expected.has(kept)) {
                expected.getAsJsonObject(kept)
                        .entrySet()
                        .forEach(entry -> assertEquals(
                                entry.getValue().getAsString(),
                                contents.values().get(entry.getKey()),
                                entry.getKey()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void integersThatLostDigitsAreMarked(String file) {
        JsonObject expected = Foreign.of(file);
        List<String> inexact = expected.has("inexact") ? Foreign.texts(expected.get("inexact")) : List.of();
        ArrayFile.read(Foreign.file(file))
                .forEach((name, array) -> assertEquals(inexact.contains(name), array.isRounded(), name));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsDamagedHostileOrUnknownIsRefusedWithItsKind(String file) {
        Foreign.assertRefused(file, () -> ArrayFile.read(Foreign.file(file)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void messagesNameTheFile(String file) {
        try {
            ArrayFile.read(Foreign.file(file));
        } catch (FileRefusedException refusal) {
            String name = file.substring(file.lastIndexOf('/') + 1);
            assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
        }
    }
}
