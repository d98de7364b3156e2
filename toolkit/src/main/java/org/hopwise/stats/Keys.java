package org.hopwise.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** What tells groups of rows of a table apart: texts of their values, with 0 for -0. */
final class Keys {

    private Keys() {}

    /** The values of a row in these columns. */
    static List<String> of(Table t, int row, String... columns) {
        return Arrays.stream(columns).map(name -> text(t, row, name)).toList();
    }

    /** One value of a row. */
    static String text(Table t, int row, String column) {
        Object value = column(t, column).get(row);
        // Adding 0 makes 0.0 of -0.0.
        return value instanceof Double number
                ? Double.toString(number + 0.0)
                : value instanceof Float number ? Float.toString(number + 0f) : String.valueOf(value);
    }

    /** A column, or a sentence that names those that are there. */
    static Column<?> column(Table t, String name) {
        if (t.columnNames().stream().noneMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    "no column '%s'; the table has %s.".formatted(name, String.join(", ", t.columnNames())));
        }
        return t.column(name);
    }

    /** Refuses a group that no row belongs to, and names those that are there. */
    static void requireGroup(Table t, String column, String group) {
        List<String> groups = new ArrayList<>();
        for (int row = 0; row < t.rowCount(); row++) {
            String text = text(t, row, column);
            if (text.equals(group)) {
                return;
            }
            if (groups.size() < 20 && !groups.contains(text)) {
                groups.add(text);
            }
        }
        throw new IllegalArgumentException("%s = '%s' has no rows; the table has %s.".formatted(column, group, groups));
    }

    /** Columns of a table differ in more than case, from each other and from those that are added to them. */
    static void requireOwnNames(List<String> by, String... added) {
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
