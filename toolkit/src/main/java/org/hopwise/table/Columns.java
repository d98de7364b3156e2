package org.hopwise.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Finds the columns of a table, with errors that say what the table has. */
public final class Columns {

    private Columns() {}

    /**
     * The column of a name.
     *
     * @param t a table
     * @param name a column's name; capitals do not matter, as elsewhere in tables
     * @return the column itself
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Column<?> named(Table t, String name) {
        if (t.columnNames().stream().noneMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    "no column '%s'; the table has %s.".formatted(name, String.join(", ", t.columnNames())));
        }
        return t.column(name);
    }

    /**
     * The column of a name, which must hold numbers.
     *
     * @param t a table
     * @param name a column's name
     * @return the column itself
     * @throws IllegalArgumentException if there is none, or it holds something else
     */
    public static NumericColumn<?> numbers(Table t, String name) {
        if (!(named(t, name) instanceof NumericColumn<?> numbers)) {
            throw new IllegalArgumentException("column '%s' is %s; it must hold numbers."
                    .formatted(name, named(t, name).type().name()));
        }
        return numbers;
    }

    /**
     * Refuses names that a result cannot tell apart: columns of a table differ in more than case, from each other and
     * from those that are added to them.
     *
     * @param by the names of columns that a result takes over
     * @param added the names of the columns that it adds
     * @throws IllegalArgumentException if two of them are the same to a table
     */
    public static void requireOwnNames(List<String> by, String... added) {
        Map<String, String> names = new HashMap<>();
        List.of(added).forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        for (String name : by) {
            String other = names.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new IllegalArgumentException(
                        "by has '%s', but the result has a column '%s' already; columns must differ in more than case, so "
                                        .formatted(name, other)
                                + "rename it.");
            }
        }
    }
}
