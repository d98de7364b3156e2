package org.hopwise.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/** The rows of a table by the values of some columns, in order of first appearance. */
final class TableGroups {

    private TableGroups() {}

    static Map<List<String>, List<Integer>> of(Table t, String... by) {
        Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
        for (Row row : t) {
            List<String> key = Arrays.stream(by)
                    .map(name -> String.valueOf(row.getObject(name)))
                    .toList();
            groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(row.getRowNumber());
        }
        return groups;
    }

    static Selection rows(List<Integer> rows) {
        return Selection.with(rows.stream().mapToInt(row -> row).toArray());
    }

    /** The columns of the groups, one row a group. */
    static Table keys(Table t, Map<List<String>, List<Integer>> groups, String... by) {
        List<Integer> first = groups.values().stream().map(rows -> rows.get(0)).toList();
        Table keys = Table.create(t.name());
        for (String name : by) {
            keys.addColumns(t.column(name).where(rows(first)).copy());
        }
        return keys;
    }
}
