package org.hopwise.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/**
 * The rows of a table, told apart by their values in some columns. Values are compared as texts, with 0 for -0, and
 * groups stand in the order in which they first appear.
 */
public final class Groups {

    private Groups() {}

    /**
     * The rows of each group.
     *
     * @param t a table
     * @param by the columns whose values make a group; without any, the whole table is one group
     * @return the texts of these values, in the order of {@code by}, and the numbers of the rows, counted from 0
     * @throws IllegalArgumentException if there is no such column
     */
    public static Map<List<String>, List<Integer>> of(Table t, String... by) {
        Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
        for (int row = 0; row < t.rowCount(); row++) {
            groups.computeIfAbsent(key(t, row, by), unused -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    /**
     * The texts of a row's values.
     *
     * @param t a table
     * @param row counted from 0
     * @param columns the columns
     * @return one text a column
     * @throws IllegalArgumentException if there is no such column
     */
    public static List<String> key(Table t, int row, String... columns) {
        return Arrays.stream(columns).map(name -> text(t, row, name)).toList();
    }

    /**
     * The text of one value.
     *
     * @param t a table
     * @param row counted from 0
     * @param column the column
     * @return the text
     * @throws IllegalArgumentException if there is no such column
     */
    public static String text(Table t, int row, String column) {
        Object value = Columns.named(t, column).get(row);
        // Adding 0 makes 0.0 of -0.0.
        return value instanceof Double number
                ? Double.toString(number + 0.0)
                : value instanceof Float number ? Float.toString(number + 0f) : String.valueOf(value);
    }

    /**
     * The values of each group, one row a group.
     *
     * @param t a table
     * @param groups what {@link #of} gives
     * @param by the columns whose values make a group
     * @return a copy of these columns
     */
    public static Table keys(Table t, Map<List<String>, List<Integer>> groups, String... by) {
        Selection first = rows(groups.values().stream().map(rows -> rows.get(0)).toList());
        Table keys = Table.create(t.name());
        for (String name : by) {
            keys.addColumns(Columns.named(t, name).where(first).copy());
        }
        return keys;
    }

    /**
     * Rows as a selection of a table.
     *
     * @param rows their numbers, counted from 0
     * @return the selection
     */
    public static Selection rows(List<Integer> rows) {
        return Selection.with(rows.stream().mapToInt(row -> row).toArray());
    }

    /**
     * Refuses a group that no row belongs to, and names those that are there.
     *
     * @param t a table
     * @param column the column that tells groups apart
     * @param group the text of a group's value
     * @throws IllegalArgumentException if no row has it
     */
    public static void require(Table t, String column, String group) {
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
}
