package org.hopwise.sweep;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Puts the rows of runs into one tidy table. */
final class Rows {

    static final String SEED = "seed";
    static final String OUTCOME = "outcome";
    static final String ADVICE = "advice";

    private Rows() {}

    static boolean isOwnColumn(String name) {
        return Set.of(SEED, OUTCOME, ADVICE).contains(name.toLowerCase(Locale.ROOT));
    }

    /** Refuses an experiment's table whose columns would hide the sweep's. */
    static Table checked(SweepPoint point, Table rows) {
        if (rows == null) {
            throw new IllegalArgumentException("the experiment returned null; it must return a table.");
        }
        Set<String> axes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        axes.addAll(point.values().keySet());
        for (String name : rows.columnNames()) {
            if (isOwnColumn(name) || axes.contains(name)) {
                throw new IllegalArgumentException(
                        "the experiment's column '%s' has the name of a column that the sweep adds; rename it."
                                .formatted(name));
            }
        }
        return rows;
    }

    static Table table(List<SweepPoint> points, List<Run> runs) {
        Table columns = runs.stream()
                .filter(run -> !run.isDiverged())
                .findFirst()
                .map(run -> run.rows().emptyCopy())
                .orElseGet(Table::create);
        Table all = null;
        for (int i = 0; i < runs.size(); i++) {
            Table rows = labelled(points.get(i), runs.get(i), columns);
            all = all == null ? rows : all.append(rows);
        }
        return all;
    }

    /** The table without outcome and advice if nothing diverged. */
    static Table withoutIdleOutcome(Table table) {
        boolean idle = table.columnNames().containsAll(List.of(OUTCOME, ADVICE))
                && table.stringColumn(ADVICE).asList().stream().allMatch(String::isEmpty);
        return idle ? table.rejectColumns(OUTCOME, ADVICE) : table;
    }

    private static Table labelled(SweepPoint point, Run run, Table columns) {
        Table own = run.isDiverged() ? missingRow(columns) : run.rows();
        if (!shape(own).equals(shape(columns))) {
            throw new IllegalArgumentException(
                    "the experiment returned columns %s at %s and %s before; it must return the same at every point."
                            .formatted(shape(own), point, shape(columns)));
        }
        int rows = run.isDiverged() ? 1 : own.rowCount();
        Table labelled = Table.create("sweep");
        point.values().forEach((axis, value) -> labelled.addColumns(constant(axis, value, rows)));
        labelled.addColumns(constant(SEED, point.replicate(), rows));
        own.columns().forEach(column -> labelled.addColumns(column.copy()));
        return labelled.addColumns(constant(OUTCOME, run.outcome(), rows), constant(ADVICE, run.advice(), rows));
    }

    private static Table missingRow(Table columns) {
        Table row = columns.emptyCopy();
        row.columns().forEach(Column::appendMissing);
        return row;
    }

    private static List<String> shape(Table table) {
        return table.columns().stream()
                .map(column -> column.name() + " (" + column.type() + ")")
                .toList();
    }

    private static Column<?> constant(String name, Object value, int rows) {
        if (value instanceof Integer whole) {
            IntColumn column = IntColumn.create(name);
            for (int row = 0; row < rows; row++) {
                column.append(whole.intValue());
            }
            return column;
        }
        if (value instanceof Number number) {
            DoubleColumn column = DoubleColumn.create(name);
            for (int row = 0; row < rows; row++) {
                column.append(number.doubleValue());
            }
            return column;
        }
        StringColumn column = StringColumn.create(name);
        for (int row = 0; row < rows; row++) {
            column.append(SweepPoint.label(value));
        }
        return column;
    }
}
