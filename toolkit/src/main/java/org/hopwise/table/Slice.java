package org.hopwise.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/**
 * Some rows of a tidy table, told by the values in its columns. Numbers are compared as numbers, so that 3 and 3.0 are
 * one value; all other values as their texts. A value that no row has is refused, so that a slip of the pen does not
 * become an empty picture.
 */
public final class Slice {

    private Slice() {}

    /**
     * The rows that have all of these values, such as {@code Slice.of(t, "task", "on-off", "noise", 1)}.
     *
     * @param t a table
     * @param columnsAndValues a column's name and its value, in turn
     * @return a copy of the rows, in the table's order
     * @throws IllegalArgumentException if there is no such column, or no row with a value, or none with all of them
     */
    public static Table of(Table t, Object... columnsAndValues) {
        if (columnsAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "there are %d columns and values; give a value for every column: column, value, column, value."
                            .formatted(columnsAndValues.length));
        }
        Selection rows = Selection.withRange(0, t.rowCount());
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            rows.and(having(t, String.valueOf(columnsAndValues[i]), columnsAndValues[i + 1]));
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no row of the table '%s' has all of %s; leave one out."
                    .formatted(t.name(), Arrays.asList(columnsAndValues)));
        }
        return t.where(rows);
    }

    /**
     * The rows that have one of these values.
     *
     * @param t a table
     * @param column a column's name
     * @param values each the value of some row
     * @return a copy of the rows, in the table's order
     * @throws IllegalArgumentException if there is no such column, or no row with a value
     */
    public static Table anyOf(Table t, String column, Object... values) {
        return t.where(having(t, column, values));
    }

    /**
     * The rows that have none of these values.
     *
     * @param t a table
     * @param column a column's name
     * @param values each the value of some row
     * @return a copy of the other rows, in the table's order; they may be none
     * @throws IllegalArgumentException if there is no such column, or no row with a value
     */
    public static Table without(Table t, String column, Object... values) {
        return t.dropWhere(having(t, column, values));
    }

    /**
     * One thing for every value of a column, such as one panel of a figure for every task.
     *
     * @param t a table
     * @param column a column's name
     * @param make what becomes of a value, as its text, and of the rows that have it
     * @param <T> what is made
     * @return what was made, in a new list, in the order in which the values first appear
     * @throws IllegalArgumentException if there is no such column
     */
    public static <T> List<T> each(Table t, String column, BiFunction<String, Table, T> make) {
        List<T> made = new ArrayList<>();
        for (Map.Entry<List<String>, List<Integer>> group : Groups.of(t, column).entrySet()) {
            made.add(make.apply(group.getKey().get(0), t.where(Groups.rows(group.getValue()))));
        }
        return made;
    }

    private static Selection having(Table t, String column, Object... values) {
        Selection all = Selection.with();
        for (Object value : values) {
            int[] rows = IntStream.range(0, t.rowCount())
                    .filter(holds(t, column, value))
                    .toArray();
            if (rows.length == 0) {
                Groups.require(t, column, String.valueOf(value));
            }
            all.or(Selection.with(rows));
        }
        return all;
    }

    /** Whether a row holds the value. */
    private static IntPredicate holds(Table t, String column, Object value) {
        if (Columns.named(t, column) instanceof NumericColumn<?> numbers && value instanceof Number number) {
            return row -> numbers.getDouble(row) == number.doubleValue();
        }
        String text = String.valueOf(value);
        return row -> Groups.text(t, row, column).equals(text);
    }
}
