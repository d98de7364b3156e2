package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.hopwise.FileRefusedException;
import org.hopwise.network.NamedArray;
import org.junit.jupiter.api.Test;

/**
 * Damaged files of arrays give the right numbers or the one documented exception, within 64 MiB of memory: a thousand a
 * format here, and nine thousand more in {@link ArrayMutationsTest}.
 */
class ArrayMutationTest {

    /** Numbers of the damaged files of a format, from the first to before the last. */
    record Numbers(int first, int last) {

        /** As many, times a whole number, or a part of them. */
        Numbers times(int factor, int divisor) {
            return new Numbers(first * factor / divisor, last * factor / divisor);
        }
    }

    /** Which damaged files of a format. */
    Numbers numbers() {
        return new Numbers(0, 1_000);
    }

    /** What damages a file. */
    private interface Damage extends BiFunction<Mutations, byte[], byte[]> {}

    /** What the numbers of a damaged file must be, if there are any. */
    private interface Rightness extends BiConsumer<byte[], Map<String, NamedArray>> {}

    private static void fuzz(Numbers numbers, Damage damage, Rightness rightness, String... files) {
        int read = 0;
        int refused = 0;
        List<byte[]> originals = Arrays.stream(files).map(Foreign::bytes).toList();
        for (int i = numbers.first; i < numbers.last; i++) {
            int number = i;
            String file = files[i % files.length];
            byte[] bytes = damage.apply(new Mutations(i), originals.get(i % files.length));
            long before = Mutations.allocated();
            try {
                Map<String, NamedArray> arrays = ArrayFile.read(Bytes.of(bytes), file, Limits.defaults());
                rightness.accept(bytes, arrays);
                read++;
            } catch (FileRefusedException refusal) {
                assertTrue(refusal.getMessage().length() < 600, refusal.getMessage());
                refused++;
            } catch (IOException | RuntimeException | StackOverflowError undocumented) {
                throw new AssertionError("mutation %d of %s".formatted(i, file), undocumented);
            }
            long taken = Mutations.allocated() - before;
            assertTrue(
                    taken < Mutations.MEMORY, () -> "mutation %d of %s took %d bytes".formatted(number, file, taken));
        }
        assertTrue(read > 0 && refused > (numbers.last - numbers.first) / 4, read + " read, " + refused + " refused");
    }

    private static Map<String, NamedArray> whole(String file) {
        try {
            return ArrayFile.read(Bytes.of(Foreign.bytes(file)), "", Limits.defaults());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whatever is read of a file with checksums is what the whole file says. */
    private static void assertAsWhole(Map<String, NamedArray> whole, Map<String, NamedArray> arrays) {
        arrays.forEach((name, array) -> {
            assertNotNull(whole.get(name), name);
            assertEquals(whole.get(name).header(), array.header());
            assertArrayEquals(whole.get(name).values(), array.values(), name);
        });
    }

    private static void archives(Numbers numbers) {
        for (String file : List.of(
                "numpy/plain.npz",
                "numpy/compressed_fortran_bigendian_half.npz",
                "numpy/mixed.npz",
                "torch/rnn.pt",
                "torch/views.pt")) {
            Map<String, NamedArray> whole = whole(file);
            fuzz(numbers, Mutations::mutate, (bytes, arrays) -> assertAsWhole(whole, arrays), file);
        }
    }

    @Test
    void archivesGiveTheirNumbersOrARefusal() {
        archives(numbers().times(2, 5));
    }

    /** Numbers of an npy file, read in another way: by the type that its header has in this place. */
    private static void assertNpy(byte[] bytes, NamedArray array) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        NpyHeader header;
        try {
            header = NpyHeader.read(new ByteArrayInputStream(bytes), "", bytes.length);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        buffer.order(header.type().startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        List<Long> shape = array.header().shape();
        int size = (bytes.length - header.bytes()) / Math.max(1, array.length());
        for (int at = 0; at < array.length(); at++) {
            int place = at;
            if (header.columnOrder()) {
                int rest = at;
                int stride = array.length();
                place = 0;
                for (int axis = shape.size() - 1; axis >= 0; axis--) {
                    stride /= shape.get(axis).intValue();
                    place += rest % shape.get(axis).intValue() * stride;
                    rest /= shape.get(axis).intValue();
                }
            }
            assertEquals(
                    number(buffer, header.bytes() + place * size, header.type().replaceFirst("^[<>|=]", "")),
                    array.value(at));
        }
    }

    private static double number(ByteBuffer buffer, int at, String type) {
        return switch (type) {
            case "f8", "d" -> buffer.getDouble(at);
            case "f4", "f" -> buffer.getFloat(at);
            case "f2", "e" -> NumberType.half(buffer.getShort(at));
            case "i8", "q" -> (double) buffer.getLong(at);
            case "i4", "i" -> buffer.getInt(at);
            case "i2", "h" -> buffer.getShort(at);
            case "i1", "b" -> buffer.get(at);
            case "u8", "Q" -> new BigDecimal(Long.toUnsignedString(buffer.getLong(at))).doubleValue();
            case "u4", "I" -> Integer.toUnsignedLong(buffer.getInt(at));
            case "u2", "H" -> Short.toUnsignedInt(buffer.getShort(at));
            case "u1", "B" -> Byte.toUnsignedInt(buffer.get(at));
            case "b1", "?" -> buffer.get(at) == 0 ? 0 : 1;
            default -> throw new AssertionError(type);
        };
    }

    private static void npy(Numbers numbers) {
        fuzz(
                numbers,
                Mutations::mutate,
                (bytes, arrays) -> assertNpy(bytes, arrays.get("")),
                "numpy/fortran.npy",
                "numpy/bigendian.npy",
                "numpy/half.npy",
                "numpy/int8.npy",
                "numpy/rank3.npy",
                "numpy/version3.npy",
                "numpy/odd_header.npy",
                "numpy/uint64.npy");
    }

    @Test
    void npyGivesWhatItsBytesSayOrARefusal() {
        npy(numbers());
    }

    private static void npzEntries(Numbers numbers) {
        fuzz(
                numbers,
                Mutations::mutateEntry,
                (bytes, arrays) -> {
                    Map<String, byte[]> entries = Mutations.entries(bytes);
                    arrays.forEach((name, array) -> assertNpy(entries.get(name + ".npy"), array));
                },
                "numpy/plain.npz",
                "numpy/compressed_fortran_bigendian_half.npz",
                "numpy/mixed.npz");
    }

    @Test
    void npzWithADamagedEntryAndARightChecksumGivesWhatItsBytesSayOrARefusal() {
        npzEntries(numbers());
    }

    private static void pickles(Numbers numbers) {
        for (String stem : List.of("rnn", "views", "checkpoint", "rnn_protocol4", "sparse")) {
            fuzz(
                    numbers.times(1, 5),
                    (mutations, bytes) -> mutations.mutateEntry(bytes, stem + "/data.pkl"),
                    (bytes, arrays) -> arrays.forEach(
                            (name, array) -> assertEquals(array.header().length(), array.values().length, name)),
                    "torch/" + stem + ".pt");
        }
    }

    @Test
    void aDamagedIndexWithARightChecksumNeverHarmsItsReader() {
        pickles(numbers());
    }

    /** Numbers of safetensors, read in another way: stretches of the rest of the file by the header's own types. */
    private static void assertSafetensors(byte[] bytes, Map<String, NamedArray> arrays) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) buffer.getLong(0);
        var json = JsonParser.parseString(new String(bytes, 8, header, StandardCharsets.UTF_8))
                .getAsJsonObject();
        arrays.forEach((name, array) -> {
            var tensor = json.getAsJsonObject(name);
            int begin =
                    8 + header + tensor.getAsJsonArray("data_offsets").get(0).getAsInt();
            String type = tensor.get("dtype").getAsString();
            int size = Integer.parseInt(type.replace("BOOL", "8").replaceAll("[A-Z]", "")) / 8;
            for (int i = 0; i < array.length(); i++) {
                double expected = type.equals("BF16")
                        ? Float.intBitsToFloat(buffer.getShort(begin + 2 * i) << 16)
                        : number(
                                buffer,
                                begin + size * i,
                                type.equals("BOOL")
                                        ? "b1"
                                        : type.substring(0, 1).toLowerCase(Locale.ROOT) + size);
                assertEquals(expected, array.value(i), name);
            }
        });
    }

    private static void safetensors(Numbers numbers) {
        fuzz(
                numbers,
                Mutations::mutate,
                ArrayMutationTest::assertSafetensors,
                "safetensors/rnn.safetensors",
                "safetensors/dtypes.safetensors",
                "safetensors/padded.safetensors");
    }

    @Test
    void safetensorsGiveWhatTheirBytesSayOrARefusal() {
        safetensors(numbers());
    }

    /** Numbers of JSON as another parser reads them. */
    private static void assertJson(byte[] bytes, Map<String, NamedArray> arrays) {
        var json = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
                .getAsJsonObject();
        arrays.forEach((name, array) -> {
            ArrayDeque<JsonElement> open = new ArrayDeque<>(List.of(json.get(name)));
            int at = 0;
            while (!open.isEmpty()) {
                var element = open.pop();
                if (element.isJsonArray()) {
                    List<JsonElement> children = element.getAsJsonArray().asList();
                    for (int i = children.size() - 1; i >= 0; i--) {
                        open.push(children.get(i));
                    }
                } else {
                    assertEquals(element.getAsDouble(), array.value(at++), name);
                }
            }
            assertEquals(array.length(), at, name);
        });
    }

    private static void json(Numbers numbers) {
        fuzz(
                numbers,
                Mutations::mutate,
                ArrayMutationTest::assertJson,
                "trainrnnbrain/0.0123_LastParams_h.json",
                "trainrnnbrain/0.0123_LastParams_s.json");
    }

    @Test
    void jsonGivesWhatItSaysOrARefusal() {
        json(numbers());
    }
}
