package org.hopwise.io;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.FileContents;
import org.hopwise.network.NamedArray;

/**
 * A safetensors file: the length of a header, the header in JSON, and the numbers of all tensors one after the other. The
 * header's stretches must tile the rest of the file without hole or overlap.
 */
final class SafetensorsSource implements ArraySource {

    private static final Map<String, NumberType> NUMBERS = Map.ofEntries(
            Map.entry("F64", NumberType.FLOAT64),
            Map.entry("F32", NumberType.FLOAT32),
            Map.entry("F16", NumberType.FLOAT16),
            Map.entry("BF16", NumberType.BFLOAT16),
            Map.entry("I64", NumberType.INT64),
            Map.entry("I32", NumberType.INT32),
            Map.entry("I16", NumberType.INT16),
            Map.entry("I8", NumberType.INT8),
            Map.entry("U64", NumberType.UINT64),
            Map.entry("U32", NumberType.UINT32),
            Map.entry("U16", NumberType.UINT16),
            Map.entry("U8", NumberType.UINT8),
            Map.entry("BOOL", NumberType.BOOL));

    /** Types that the format knows and a double does not: their bits an element. */
    private static final Map<String, Integer> SKIPPED = Map.of(
            "F8_E4M3",
            8,
            "F8_E5M2",
            8,
            "F8_E8M0",
            8,
            "F8_E4M3FNUZ",
            8,
            "F8_E5M2FNUZ",
            8,
            "F4",
            4,
            "F6_E2M3",
            6,
            "F6_E3M2",
            6,
            "C64",
            64);

    private record Stretch(String name, String type, List<Long> shape, long begin, long end) {

        ArrayHeader header() {
            return new ArrayHeader(name, NUMBERS.get(type).toString(), shape);
        }
    }

    private final Bytes file;
    private final long data;
    private final Map<String, Stretch> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    SafetensorsSource(Bytes file, Limits limits) throws IOException {
        this.file = file;
        if (file.length() < 8) {
            throw Refusals.truncated("the length of the header", 8, file.length());
        }
        long header =
                ByteBuffer.wrap(file.some(0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (header < 0 || header > file.length() - 8) {
            throw Refusals.truncated("the header", header < 0 ? Long.MAX_VALUE : header, file.length() - 8);
        }
        if (header > Limits.SAFETENSORS_HEADER) {
            throw Refusals.tooLarge(
                    "the header", "has %d bytes; at most %d are believed".formatted(header, Limits.SAFETENSORS_HEADER));
        }
        data = 8 + header;
        try (InputStream in = file.stream(8, header)) {
            read(in, limits);
        }
        requireTiled();
    }

    private void read(InputStream in, Limits limits) throws IOException {
        JsonReader json = new JsonReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        json.setStrictness(Strictness.STRICT);
        json.setNestingLimit(limits.nesting());
        try {
            if (file.length() == 8 || file.some(8, 1)[0] != '{') {
                throw Refusals.corrupt("the header", "does not begin with a brace");
            }
            json.beginObject();
            while (json.hasNext()) {
                String name = name(json);
                if (name.equals("__metadata__")) {
                    metadata(json);
                } else if (tensors.put(name, stretch(name, json)) != null) {
                    throw Refusals.corrupt(Refusals.array(name), "stands twice in the header");
                }
                if (tensors.size() > limits.entries()) {
                    throw Refusals.tooLarge("the header", "has more than %d tensors".formatted(limits.entries()));
                }
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw Refusals.corrupt("the header", "has text behind its end");
            }
        } catch (MalformedJsonException | EOFException | IllegalStateException | NumberFormatException broken) {
            throw Refusals.corrupt("the header", "is no JSON of tensors near " + json.getPath());
        } catch (CharacterCodingException broken) {
            throw Refusals.corrupt("the header", "is not UTF-8");
        }
    }

    private static String name(JsonReader json) throws IOException {
        String name = json.nextName();
        if (name.length() > Limits.TEXT) {
            throw Refusals.tooLarge("the header", "has a name of %d letters".formatted(name.length()));
        }
        return name;
    }

    private void metadata(JsonReader json) throws IOException {
        if (!metadata.isEmpty()) {
            throw Refusals.corrupt("the header", "has __metadata__ twice");
        }
        json.beginObject();
        while (json.hasNext()) {
            String name = name(json);
            if (json.peek() != JsonToken.STRING || metadata.put(name, json.nextString()) != null) {
                throw Refusals.corrupt("__metadata__", "has a value that is no text, or a name twice");
            }
        }
        json.endObject();
    }

    private static Stretch stretch(String name, JsonReader json) throws IOException {
        String type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (key.equals("dtype") && type == null && json.peek() == JsonToken.STRING) {
                type = json.nextString();
            } else if (key.equals("shape") && shape == null) {
                shape = integers(name, json);
            } else if (key.equals("data_offsets") && offsets == null) {
                offsets = integers(name, json);
            } else {
                throw Refusals.corrupt(
                        Refusals.array(name), "has the field %s".formatted(FileRefusedException.quote(key)));
            }
        }
        json.endObject();
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw Refusals.corrupt(Refusals.array(name), "lacks its dtype, shape or two data_offsets");
        }
        return new Stretch(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private static List<Long> integers(String name, JsonReader json) throws IOException {
        List<Long> result = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            String number = json.peek() == JsonToken.NUMBER ? json.nextString() : "";
            if (!number.matches("[0-9]{1,19}") || result.size() == 64) {
                throw Refusals.corrupt(Refusals.array(name), "has a size or offset that is no integer of 0 or more");
            }
            result.add(Long.parseLong(number));
        }
        json.endArray();
        return result;
    }

    private void requireTiled() {
        long at = 0;
        for (Stretch tensor : tensors.values().stream()
                .sorted(Comparator.comparingLong(Stretch::begin).thenComparingLong(Stretch::end))
                .toList()) {
            String place = Refusals.array(tensor.name);
            if (tensor.end < tensor.begin || tensor.begin != at) {
                throw Refusals.corrupt(
                        place, "begins at byte %d, where the tensor before it ends at %d".formatted(tensor.begin, at));
            }
            at = tensor.end;
            requireSize(tensor, place);
        }
        if (file.length() - data < at) {
            throw Refusals.truncated("the tensors", at, file.length() - data);
        }
        if (file.length() - data > at) {
            throw Refusals.corrupt(
                    "the end", "has %d bytes that belong to no tensor".formatted(file.length() - data - at));
        }
    }

    private static void requireSize(Stretch tensor, String place) {
        NumberType number = NUMBERS.get(tensor.type);
        if (number == null && !SKIPPED.containsKey(tensor.type)) {
            throw Refusals.corrupt(
                    place, "has the dtype %s, which there is not".formatted(FileRefusedException.quote(tensor.type)));
        }
        if (number != null && Refusals.bytes(tensor.name, tensor.shape, number) != tensor.end - tensor.begin) {
            throw Refusals.corrupt(
                    place,
                    "has %d bytes, which is not its shape %s times %d"
                            .formatted(tensor.end - tensor.begin, tensor.shape, number.bytes()));
        }
        if (number == null) {
            long numbers = Refusals.product(tensor.name, tensor.shape);
            long bits = numbers > Long.MAX_VALUE / 64 ? -1 : numbers * SKIPPED.get(tensor.type);
            if (bits != 8 * (tensor.end - tensor.begin)) {
                throw Refusals.corrupt(place, "has a number of bytes that is not that of its shape");
            }
        }
    }

    @Override
    public FileContents contents() {
        List<ArrayHeader> headers = new ArrayList<>();
        Map<String, String> skipped = new LinkedHashMap<>();
        for (Stretch tensor : tensors.values()) {
            if (NUMBERS.containsKey(tensor.type)) {
                headers.add(tensor.header());
            } else {
                skipped.put(tensor.name, tensor.type);
            }
        }
        return new FileContents("safetensors", headers, skipped, metadata);
    }

    @Override
    public NamedArray read(String name) throws IOException {
        Stretch tensor = tensors.get(name);
        NumberStream numbers = new NumberStream(NUMBERS.get(tensor.type), ByteOrder.LITTLE_ENDIAN, false);
        try (InputStream in = file.stream(data + tensor.begin, tensor.end - tensor.begin)) {
            return numbers.read(in, tensor.header());
        }
    }

    /** Refuses a file without tensors, which nothing can be made of. */
    SafetensorsSource requireTensors() {
        if (tensors.keySet().stream().noneMatch(name -> NUMBERS.containsKey(tensors.get(name).type))) {
            throw FileRefusedException.of(Kind.MISSING, "", "has no numeric tensor; save one with safetensors.");
        }
        return this;
    }
}
