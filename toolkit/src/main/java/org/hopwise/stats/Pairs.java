package org.hopwise.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.selection.Selection;

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

    /**
     * Columns {@code by}, first, second, difference, overlap; one row a seed, with the means of the curves of both groups
     * over the stretch of x that they share. Where they share none, the overlap is 0 and the others are missing.
     */
    static Table matched(Table t, String x, String value, String column, String first, String second, String... by) {
        String[] keys = Arrays.copyOf(by, by.length + 1);
        keys[by.length] = "seed";
        Map<List<String>, Curve> ones = curves(t, x, value, column, first, keys);
        Map<List<String>, Curve> others = curves(t, x, value, column, second, keys);
        List<Integer> rows = new ArrayList<>();
        DoubleColumn firsts = DoubleColumn.create("first");
        DoubleColumn seconds = DoubleColumn.create("second");
        DoubleColumn overlaps = DoubleColumn.create("overlap");
        Set<List<String>> seen = new HashSet<>();
        for (Row row : t) {
            if (seen.add(texts(row, keys))) {
                Curve one = ones.getOrDefault(texts(row, keys), new Curve());
                Curve other = others.getOrDefault(texts(row, keys), new Curve());
                double overlap = one.overlap(other);
                rows.add(row.getRowNumber());
                firsts.append(overlap > 0 ? one.meanWithin(other) : Double.NaN);
                seconds.append(overlap > 0 ? other.meanWithin(one) : Double.NaN);
                overlaps.append(overlap);
            }
        }
        Selection chosen = Selection.with(rows.stream().mapToInt(row -> row).toArray());
        Table pairs = Table.create("matched");
        for (String name : by) {
            pairs.addColumns(t.column(name).where(chosen).copy());
        }
        return pairs.addColumns(firsts, seconds, firsts.subtract(seconds).setName("difference"), overlaps);
    }

    private static Map<List<String>, Curve> curves(
            Table t, String x, String value, String column, String group, String[] keys) {
        Map<List<String>, Curve> curves = new LinkedHashMap<>();
        for (Row row : t) {
            if (group.equals(text(row, column))) {
                curves.computeIfAbsent(texts(row, keys), unused -> new Curve())
                        .add(row.getNumber(x), row.getNumber(value));
            }
        }
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("%s = '%s' has no rows; the table has %s."
                    .formatted(
                            column,
                            group,
                            t.column(column).unique().asStringColumn().asList()));
        }
        return curves;
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
