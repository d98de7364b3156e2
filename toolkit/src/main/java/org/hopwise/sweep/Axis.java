package org.hopwise.sweep;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopwise.Named;
import org.hopwise.internal.Check;
import org.hopwise.internal.Texts;

/**
 * One axis of a sweep and what its values look like in the table. All that could keep rows from being told apart is
 * refused here, before any run: values without a text of their own, two values of one label, numbers that their column
 * cannot hold exactly.
 *
 * @param values what an experiment is given
 * @param cells what stands in the table for each: all Integer, all Long, all Double or all String
 */
record Axis(List<?> values, List<?> cells) {

    /** Whole numbers up to here are doubles too. */
    private static final double WHOLE_DOUBLES = 0x1p53;

    static Axis of(String name, List<?> values) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of an axis is blank; it names a column, so say what varies.");
        }
        Check.positive("the number of values of axis '" + name + "'", values.size());
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                throw new IllegalArgumentException(
                        "axis '%s' has null as value %d (counted from 0); leave it out.".formatted(name, i));
            }
        }
        List<?> cells = cells(name, values);
        Map<Object, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            Integer before = seen.putIfAbsent(cells.get(i), i);
            if (before != null) {
                throw new IllegalArgumentException(
                        "axis '%s' has '%s' as values %d and %d (counted from 0), so that their rows could not be told apart; leave one out, or give it another name."
                                .formatted(name, Texts.cut(cells.get(i)), before, i));
            }
        }
        return new Axis(List.copyOf(values), List.copyOf(cells));
    }

    private static List<?> cells(String name, List<?> values) {
        if (!values.stream().allMatch(Number.class::isInstance)) {
            return values.stream().map(value -> label(name, value)).toList();
        }
        List<Number> numbers = values.stream().map(Number.class::cast).toList();
        if (numbers.stream().allMatch(Axis::isWhole)) {
            // The least int and the least long mean missing to a column.
            boolean isLong = numbers.stream()
                    .anyMatch(number ->
                            Math.abs((double) number.longValue()) > Integer.MAX_VALUE || number instanceof Long);
            if (numbers.stream().anyMatch(number -> number.longValue() == Long.MIN_VALUE)) {
                throw refused(name, Long.MIN_VALUE, "would be a missing value of its column");
            }
            return isLong
                    ? numbers.stream().map(Number::longValue).toList()
                    : numbers.stream().map(Number::intValue).toList();
        }
        List<Double> doubles = new ArrayList<>();
        for (Number number : numbers) {
            double value = number.doubleValue();
            boolean huge = isWhole(number) && Math.abs(value) >= WHOLE_DOUBLES;
            if (huge && new BigDecimal(value).compareTo(BigDecimal.valueOf(number.longValue())) != 0) {
                throw refused(name, number, "would be rounded beside numbers with fractions");
            }
            if (Double.isNaN(value)) {
                throw refused(name, number, "would be a missing value of its column");
            }
            // Adding 0 turns -0.0, which a table could not tell from 0.0, into 0.0.
            doubles.add(value + 0.0);
        }
        return doubles;
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte;
    }

    private static IllegalArgumentException refused(String name, Number value, String why) {
        return new IllegalArgumentException(
                "axis '%s' holds %s, which %s; give the values as texts.".formatted(name, value, why));
    }

    private static String label(String name, Object value) {
        String label = label(value);
        if (label == null || (!(value instanceof CharSequence) && Description.isIdentity(label))) {
            throw new IllegalArgumentException(
                    "axis '%s' holds a value that prints as '%s', which does not say what it is; give its class a toString, or make the axis of names and look the values up in the experiment."
                            .formatted(name, Texts.plain(Texts.cut(label))));
        }
        return label;
    }

    /** What a value is called: tasks by name, arrays and collections by their entries. */
    static String label(Object value) {
        if (value instanceof Named named) {
            return named.name();
        }
        if (value instanceof Collection<?> entries) {
            return entries.stream().map(Axis::label).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value != null && value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> label(Array.get(value, i)))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }

    /** Whether two names are one to a table, which does not tell capitals from small letters. */
    static boolean isSameName(String a, String b) {
        return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
    }
}
