package org.hopwise.io;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.FileContents;
import org.hopwise.network.NamedArray;

/**
 * Weights in JSON, as trainRNNbrain writes them: one object whose nested lists of numbers are arrays. Lists become arrays
 * as they are read; single numbers and words, also those of inner objects, are values.
 */
final class JsonSource implements ArraySource {

    private static final Pattern POSITION = Pattern.compile("line ([0-9]+) column ([0-9]+)");
    private static final Pattern NOT_FINITE = Pattern.compile("-?(NaN|Infinity)\\b.*", Pattern.DOTALL);

    private final Bytes file;
    private final Limits limits;
    private final Map<String, NamedArray> arrays = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private String current = "";

    JsonSource(Bytes file, Limits limits) throws IOException {
        this.file = file;
        this.limits = limits;
        try (InputStream in = file.stream(0, file.length())) {
            JsonReader json = new JsonReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
            json.setStrictness(Strictness.STRICT);
            json.setNestingLimit(limits.nesting());
            read(json);
        }
        if (arrays.isEmpty()) {
            throw FileRefusedException.of(
                    Kind.MISSING, "", "has no list of numbers; the JSON of trainRNNbrain has W_inp, W_rec and W_out.");
        }
    }

    private void read(JsonReader json) throws IOException {
        try {
            members(json);
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw FileRefusedException.of(Kind.SYNTAX, "", "has text behind its object; it must be one object.");
            }
        } catch (MalformedJsonException broken) {
            throw malformed(broken.getMessage());
        } catch (EOFException cut) {
            throw FileRefusedException.of(
                    Kind.TRUNCATED, current(), "ends in the middle of its text; get the whole file.");
        } catch (CharacterCodingException broken) {
            throw FileRefusedException.of(Kind.SYNTAX, current(), "is not UTF-8; write the file as UTF-8.");
        } catch (IllegalStateException unexpected) {
            throw FileRefusedException.of(
                    Kind.SYNTAX, current(), "is not what it must be; the file is one object of arrays.");
        }
    }

    /** Where reading stands. */
    private String current() {
        return current.isEmpty() ? "" : Refusals.array(current);
    }

    /** Python writes NaN and Infinity bare, for which JSON has no word. */
    private FileRefusedException malformed(String message) throws IOException {
        Matcher position = POSITION.matcher(message == null ? "" : message);
        if (message != null && message.startsWith("Nesting limit")) {
            return Refusals.tooLarge(current(), "is nested more than %d deep".formatted(limits.nesting()));
        }
        if (!position.find()) {
            return FileRefusedException.of(Kind.SYNTAX, current(), "is no JSON; write the file with json.dump.");
        }
        int line = Integer.parseInt(position.group(1));
        int column = Integer.parseInt(position.group(2));
        String place = "line %d, column %d".formatted(line, column);
        if (NOT_FINITE.matcher(textAt(line, column)).matches()) {
            return FileRefusedException.of(
                    Kind.NOT_FINITE,
                    place,
                    "has NaN or infinity in %s; every weight must be finite.".formatted(current()));
        }
        return FileRefusedException.of(
                Kind.SYNTAX, place, "is no JSON in %s; write the file with json.dump.".formatted(current()));
    }

    /** A few letters from this place on, lines and columns counted from 1. */
    private String textAt(int line, int column) throws IOException {
        try (InputStream in = file.stream(0, file.length());
                InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            int lines = 1;
            int columns = 1;
            StringBuilder text = new StringBuilder();
            for (int letter = reader.read(); letter >= 0 && text.length() < 12; letter = reader.read()) {
                if (lines == line && columns >= column) {
                    text.append((char) letter);
                }
                lines += letter == '\n' ? 1 : 0;
                columns = letter == '\n' ? 1 : columns + 1;
            }
            return text.toString();
        }
    }

    private void members(JsonReader json) throws IOException {
        Deque<String> prefixes = new ArrayDeque<>();
        json.beginObject();
        prefixes.push("");
        int visited = 0;
        while (!prefixes.isEmpty()) {
            if (!json.hasNext()) {
                json.endObject();
                prefixes.pop();
                continue;
            }
            current = prefixes.peek() + json.nextName();
            if (current.length() > Limits.TEXT || ++visited > limits.entries()) {
                throw Refusals.tooLarge("", "has more names, or longer ones, than are believed");
            }
            if (arrays.containsKey(current) || values.containsKey(current) || skipped.containsKey(current)) {
                throw FileRefusedException.of(Kind.SYNTAX, current(), "stands twice in the file; names must differ.");
            }
            switch (json.peek()) {
                case BEGIN_ARRAY -> array(json);
                case BEGIN_OBJECT -> {
                    json.beginObject();
                    prefixes.push(current + ".");
                }
                case NULL -> json.nextNull();
                case BOOLEAN -> values.put(current, String.valueOf(json.nextBoolean()));
                default -> values.put(current, json.nextString());
            }
        }
    }

    /** A nested list, which must be a full array of numbers; lists of words alone are left out. */
    private void array(JsonReader json) throws IOException {
        List<Long> sizes = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        Doubles numbers = new Doubles(limits.arrayBytes() / Double.BYTES);
        boolean words = false;
        int leaf = -1;
        do {
            JsonToken token = json.peek();
            int depth = counts.size();
            if (token == JsonToken.END_ARRAY) {
                json.endArray();
                close(sizes, counts, leaf);
                continue;
            }
            if (depth > 0) {
                counts.set(depth - 1, counts.get(depth - 1) + 1);
            }
            if (token == JsonToken.BEGIN_ARRAY) {
                json.beginArray();
                counts.add(0L);
                if (sizes.size() < counts.size()) {
                    sizes.add(-1L);
                }
                continue;
            }
            leaf = leaf < 0 ? depth : leaf;
            if (leaf != depth) {
                throw ragged();
            }
            if (token == JsonToken.NUMBER) {
                numbers.add(number(json.nextString()), current);
            } else {
                words = true;
                json.skipValue();
            }
        } while (!counts.isEmpty());
        if (words && numbers.length() > 0) {
            throw FileRefusedException.of(
                    Kind.NOT_NUMERIC, current(), "mixes numbers with what is none; every entry must be a number.");
        }
        if (words) {
            skipped.put(current, "a list of what is no number");
            return;
        }
        ArrayHeader header = new ArrayHeader(current, NumberType.FLOAT64.toString(), sizes);
        if (Refusals.product(current, sizes) != numbers.length()) {
            throw ragged();
        }
        arrays.put(current, new NamedArray(header, numbers.toArray(), false));
    }

    private void close(List<Long> sizes, List<Long> counts, int leaf) {
        int level = counts.size() - 1;
        long count = counts.remove(level);
        if ((sizes.get(level) >= 0 && sizes.get(level) != count) || (leaf >= 0 && count == 0 && level < leaf)) {
            throw ragged();
        }
        sizes.set(level, count);
    }

    private FileRefusedException ragged() {
        return FileRefusedException.of(
                Kind.SHAPE, current(), "has rows of different lengths; all must be equally long.");
    }

    private double number(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw FileRefusedException.of(
                    Kind.NOT_FINITE,
                    current(),
                    "has %s, which is beyond a double; every weight must be finite."
                            .formatted(FileRefusedException.quote(text)));
        }
        return value;
    }

    @Override
    public FileContents contents() {
        return new FileContents(
                "json", arrays.values().stream().map(NamedArray::header).toList(), skipped, values);
    }

    @Override
    public NamedArray read(String name) {
        return arrays.get(name);
    }
}
