package org.hopwise.notebook;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The text of a value at the end of a cell: numbers with four significant digits, entries of arrays, lists and maps. */
final class ValueText {

    /** Entries of an array or list that are shown from its beginning and from its end. */
    private static final int HEAD = 12;

    private static final int TAIL = 4;

    /** What Java writes for an object that has no text of its own, or for a lambda. */
    private static final Pattern ADDRESS = Pattern.compile("\\$\\$Lambda[\\w$/]*(@[0-9a-f]+)?|@[0-9a-f]{5,8}\\b");

    private ValueText() {}

    static String of(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Double || value instanceof Float) {
            return Texts.number(((Number) value).doubleValue());
        }
        if (value.getClass().isArray()) {
            return array(value);
        }
        if (value instanceof INDArray numbers) {
            return numbers(numbers);
        }
        if (value instanceof Map<?, ?> map) {
            List<? extends Map.Entry<?, ?>> entries = List.copyOf(map.entrySet());
            return folded(
                    entries.size(),
                    i -> of(entries.get(i).getKey()) + "=" + of(entries.get(i).getValue()),
                    "{",
                    "}");
        }
        if (value instanceof Collection<?> collection) {
            List<?> entries = collection.stream().toList();
            return folded(entries.size(), i -> of(entries.get(i)), "[", "]");
        }
        return text(value);
    }

    private static String array(Object array) {
        int length = Array.getLength(array);
        Class<?> component = array.getClass().getComponentType();
        String rows = component.isArray() ? ",\n " : ", ";
        return folded(length, i -> of(Array.get(array, i)), "[", "]").replace("], [", "]" + rows + "[");
    }

    private static String numbers(INDArray array) {
        if (array.rank() > 2 || array.isEmpty()) {
            return "array of shape " + Arrays.toString(array.shape());
        }
        return array.rank() == 2 ? array(array.toDoubleMatrix()) : of(array.toDoubleVector());
    }

    private static String folded(int length, IntFunction<String> entry, String open, String close) {
        if (length <= HEAD + TAIL + 1) {
            return IntStream.range(0, length).mapToObj(entry).collect(Collectors.joining(", ", open, close));
        }
        Stream<String> head = IntStream.range(0, HEAD).mapToObj(entry);
        Stream<String> tail = IntStream.range(length - TAIL, length).mapToObj(entry);
        return Stream.of(head, Stream.of("…"), tail)
                        .flatMap(part -> part)
                        .collect(Collectors.joining(", ", open, close))
                + " (" + Texts.count(length, "entry").replace("entrys", "entries") + ")";
    }

    /** An address says nothing to a reader, so the type stands in its place. */
    private static String text(Object value) {
        String text = String.valueOf(value);
        if (!ADDRESS.matcher(text).find()) {
            return text;
        }
        Class<?> type = value.getClass();
        if (type.isSynthetic() || type.isHidden() || type.isAnonymousClass()) {
            String what =
                    Stream.of(type.getInterfaces()).map(Class::getSimpleName).collect(Collectors.joining(", "));
            return "a " + (what.isEmpty() ? type.getSuperclass().getSimpleName() : what) + " of your own";
        }
        String plain = value.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(value));
        return text.equals(plain)
                ? "a " + type.getSimpleName() + " (it has no text of its own)"
                : ADDRESS.matcher(text).replaceAll("");
    }
}
