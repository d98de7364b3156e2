package org.hopwise.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopwise.Described;
import org.hopwise.internal.Settings;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/**
 * What a value is, in full, and the same whenever Java is started: part of what names the file of a run. Class and
 * toString, but entry by entry for whatever holds entries, since its own text may leave some out.
 */
final class Description {

    /** What Object.toString and the names of lambdas end with. */
    private static final Pattern IDENTITY = Pattern.compile("[\\w$./]@[0-9a-f]{1,8}\\b");

    private Description() {}

    /**
     * Describes a value.
     *
     * @param what its name for errors, such as {@code "axis 'penalty'"}
     */
    static JsonElement of(String what, Object value) {
        if (value instanceof Map<?, ?> map) {
            return sorted(map.entrySet().stream().map(e -> array(what, Stream.of(e.getKey(), e.getValue()))));
        }
        if (value instanceof Set<?> set) {
            return sorted(set.stream().map(entry -> of(what, entry)));
        }
        if (value instanceof Collection<?> list) {
            return array(what, list.stream());
        }
        if (value != null && value.getClass().isArray()) {
            return array(what, IntStream.range(0, Array.getLength(value)).mapToObj(i -> Array.get(value, i)));
        }
        if (value instanceof Table table) {
            return Columns.encode(table);
        }
        if (value instanceof INDArray numbers) {
            double[] values = numbers.dup('c').reshape(numbers.length()).toDoubleVector();
            return array(what, Stream.of(numbers.dataType(), numbers.shape(), values));
        }
        if (value instanceof Enum<?> constant) {
            return leaf(constant.getDeclaringClass(), constant.name());
        }
        return value instanceof CharSequence text ? leaf(String.class, text) : stable(what, value);
    }

    static boolean isIdentity(String text) {
        return IDENTITY.matcher(text).find();
    }

    /** Whether a value of the toolkit prints less than it holds, as networks do: two of one text may differ. */
    private static boolean isSummary(Object value) {
        if (value instanceof Record record) {
            return Stream.of(value.getClass().getRecordComponents())
                    .map(component -> Settings.value(record, component))
                    .anyMatch(held -> held != null && isSummary(held));
        }
        boolean isOurs = value.getClass().getName().startsWith("org.hopwise.") && !(value instanceof Enum<?>);
        return isOurs && !(value instanceof Described);
    }

    private static JsonElement stable(String what, Object value) {
        String text = String.valueOf(value);
        if (value == null || isIdentity(text) || isSummary(value)) {
            throw new IllegalArgumentException(
                    "%s is %s, which does not say what it is in the same words whenever Java is started; give its class a toString that lists every setting, or give the texts and numbers that determine it."
                            .formatted(what, Texts.plain(Texts.cut(text))));
        }
        return leaf(value.getClass(), text);
    }

    /** The simple name, since a notebook puts its own classes into a new package with every cell. */
    private static JsonElement leaf(Class<?> type, CharSequence text) {
        return new JsonPrimitive(type.getSimpleName() + " " + text);
    }

    private static JsonElement array(String what, Stream<?> values) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(of(what, value)));
        return array;
    }

    private static JsonElement sorted(Stream<JsonElement> entries) {
        JsonArray array = new JsonArray();
        entries.sorted(Comparator.comparing(JsonElement::toString)).forEach(array::add);
        return array;
    }
}
