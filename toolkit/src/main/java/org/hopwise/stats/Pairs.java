package org.hopwise.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Values of two groups of a tidy table, paired by seed. */
final class Pairs {

    private Pairs() {}

    /** Columns {@code by}, first, second, difference; one row a pair in the order of the first group. */
    static Table of(Table t, String value, String column, String first, String second, String... by) {
        String[] keys = Arrays.copyOf(by, by.length + 1);
        keys[by.length] = "seed";
        Map<List<String>, Double> partners = new LinkedHashMap<>();
        for (Row row : t) {
            if (second.equals(text(row, column)) && partners.put(texts(row, keys), row.getNumber(value)) != null) {
                throw new IllegalArgumentException("%s = '%s' has two rows at %s; give more columns in by."
                        .formatted(column, second, texts(row, keys)));
            }
        }
        Table chosen = t.where(t.column(column).asStringColumn().isEqualTo(first));
        DoubleColumn firsts = DoubleColumn.create("first");
        DoubleColumn seconds = DoubleColumn.create("second");
        for (Row row : chosen) {
            Double partner = partners.get(texts(row, keys));
            if (partner == null) {
                throw new IllegalArgumentException("%s = '%s' has no row at %s to pair with '%s'; use the same seeds."
                        .formatted(column, second, texts(row, keys), first));
            }
            firsts.append(row.getNumber(value));
            seconds.append(partner);
        }
        List<Column<?>> columns = new ArrayList<>();
        for (String name : by) {
            columns.add(chosen.column(name));
        }
        columns.addAll(List.of(firsts, seconds, firsts.subtract(seconds).setName("difference")));
        return Table.create("differences", columns);
    }

    /** The pairs of each group without those that miss a value, in order of first appearance. */
    static Map<List<String>, Table> groups(Table pairs, String... by) {
        Map<List<String>, Table> groups = new LinkedHashMap<>();
        for (Row row : pairs) {
            Table group = groups.computeIfAbsent(texts(row, by), unused -> pairs.emptyCopy());
            if (!row.isMissing("difference")) {
                group.append(row);
            }
        }
        return groups;
    }

    private static List<String> texts(Row row, String[] columns) {
        return Arrays.stream(columns).map(name -> text(row, name)).toList();
    }

    private static String text(Row row, String column) {
        return String.valueOf(row.getObject(column));
    }
}
