package org.hopwise.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopwise.table.Columns;
import org.hopwise.table.Groups;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.selection.Selection;

/** Values of two groups of a tidy table, paired by seed. */
final class Pairs {

    private Pairs() {}

    /** Columns {@code by}, first, second, difference; one row a pair in the order of the first group. */
    static Table of(Table t, String value, String column, String first, String second, String... by) {
        Columns.requireOwnNames(List.of(by), "first", "second", "difference");
        Map<List<String>, Integer> rows = rows(t, column, first, by);
        Map<List<String>, Integer> partners = rows(t, column, second, by);
        NumericColumn<?> values = Columns.numbers(t, value);
        DoubleColumn firsts = DoubleColumn.create("first");
        DoubleColumn seconds = DoubleColumn.create("second");
        rows.forEach((key, row) -> {
            Integer partner = partners.get(key);
            if (partner == null) {
                throw new IllegalArgumentException("%s = '%s' has no row at %s to pair with '%s'; use the same seeds."
                        .formatted(column, second, key, first));
            }
            firsts.append(values.getDouble(row));
            seconds.append(values.getDouble(partner));
        });
        requireNoOther(rows, partners, column, first, second);
        Selection chosen = Groups.rows(List.copyOf(rows.values()));
        List<Column<?>> columns = new ArrayList<>();
        for (String name : by) {
            columns.add(Columns.named(t, name).where(chosen));
        }
        columns.addAll(List.of(firsts, seconds, firsts.subtract(seconds).setName("difference")));
        return Table.create("differences", columns);
    }

    /** The row of each seed within each group of {@code by}, of which there is only one. */
    private static Map<List<String>, Integer> rows(Table t, String column, String group, String... by) {
        Groups.require(t, column, group);
        String[] keys = withSeed(by);
        Map<List<String>, Integer> rows = new LinkedHashMap<>();
        for (int row = 0; row < t.rowCount(); row++) {
            if (group.equals(Groups.text(t, row, column)) && rows.put(Groups.key(t, row, keys), row) != null) {
                throw new IllegalArgumentException("%s = '%s' has two rows at %s; give more columns in by."
                        .formatted(column, group, Groups.key(t, row, keys)));
            }
        }
        return rows;
    }

    /** Within the groups that are compared, a seed of the second group must be one of the first as well. */
    private static void requireNoOther(
            Map<List<String>, Integer> rows,
            Map<List<String>, Integer> partners,
            String column,
            String first,
            String second) {
        Set<List<String>> compared = new HashSet<>();
        rows.keySet().forEach(key -> compared.add(key.subList(0, key.size() - 1)));
        for (List<String> key : partners.keySet()) {
            if (!rows.containsKey(key) && compared.contains(key.subList(0, key.size() - 1))) {
                throw new IllegalArgumentException(
                        "%s = '%s' has no row at %s to pair with '%s'; use the same seeds, or leave that one out."
                                .formatted(column, first, key, second));
            }
        }
    }

    private static String[] withSeed(String... by) {
        String[] keys = Arrays.copyOf(by, by.length + 1);
        keys[by.length] = "seed";
        return keys;
    }

    /**
     * Columns {@code by}, first, second, difference, overlap, gap; one row a seed, with the means of the curves of both
     * groups over the stretch of x where both have lines of at most {@code largestGap}. Where there is none, overlap and
     * gap are 0 and the others are missing.
     */
    static Table matched(
            Table t,
            String x,
            double largestGap,
            String value,
            String column,
            String first,
            String second,
            String... by) {
        Columns.requireOwnNames(List.of(by), "first", "second", "difference");
        String[] keys = withSeed(by);
        Map<List<String>, Curve> ones = curves(t, x, value, column, first, keys);
        Map<List<String>, Curve> others = curves(t, x, value, column, second, keys);
        List<Integer> rows = new ArrayList<>();
        DoubleColumn firsts = DoubleColumn.create("first");
        DoubleColumn seconds = DoubleColumn.create("second");
        DoubleColumn overlaps = DoubleColumn.create("overlap");
        DoubleColumn gaps = DoubleColumn.create("gap");
        Set<List<String>> seen = new HashSet<>();
        for (int row = 0; row < t.rowCount(); row++) {
            List<String> key = Groups.key(t, row, keys);
            if (seen.add(key)) {
                Curve one = ones.getOrDefault(key, new Curve());
                Curve other = others.getOrDefault(key, new Curve());
                Curve.Stretch stretch = Curve.compare(one, other, largestGap);
                rows.add(row);
                firsts.append(stretch.one());
                seconds.append(stretch.other());
                overlaps.append(stretch.overlap());
                gaps.append(stretch.gap());
            }
        }
        Selection chosen = Groups.rows(rows);
        Table pairs = Table.create("matched");
        for (String name : by) {
            pairs.addColumns(t.column(name).where(chosen).copy());
        }
        return pairs.addColumns(firsts, seconds, firsts.subtract(seconds).setName("difference"), overlaps, gaps);
    }

    private static Map<List<String>, Curve> curves(
            Table t, String x, String value, String column, String group, String[] keys) {
        Groups.require(t, column, group);
        NumericColumn<?> xs = Columns.numbers(t, x);
        NumericColumn<?> values = Columns.numbers(t, value);
        Map<List<String>, Curve> curves = new LinkedHashMap<>();
        for (int row = 0; row < t.rowCount(); row++) {
            if (group.equals(Groups.text(t, row, column))) {
                curves.computeIfAbsent(Groups.key(t, row, keys), unused -> new Curve())
                        .add(xs.getDouble(row), values.getDouble(row));
            }
        }
        return curves;
    }

    /** The pairs of each group without those that miss a value, in order of first appearance. */
    static Map<List<String>, Table> groups(Table pairs, String... by) {
        Map<List<String>, Table> groups = new LinkedHashMap<>();
        for (Row row : pairs) {
            Table group =
                    groups.computeIfAbsent(Groups.key(pairs, row.getRowNumber(), by), unused -> pairs.emptyCopy());
            if (!row.isMissing("difference")) {
                group.append(row);
            }
        }
        return groups;
    }
}
