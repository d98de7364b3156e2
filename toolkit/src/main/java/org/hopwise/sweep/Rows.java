package org.hopwise.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hopwise.table.TypedCsv;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Puts the rows of runs into one tidy table. */
final class Rows {

    static final String SEED = "seed";
    static final String OUTCOME = "outcome";
    static final String ADVICE = "advice";

    /** Types of numbers that become one where runs differ. */
    private static final Set<ColumnType> NUMBERS = Set.of(ColumnType.INTEGER, ColumnType.LONG, ColumnType.DOUBLE);

    private Rows() {}

    static boolean isOwnColumn(String name) {
        return Set.of(SEED, OUTCOME, ADVICE).contains(name.toLowerCase(Locale.ROOT));
    }

    /** An experiment's table in types that can be kept; refused if its columns would hide the sweep's. */
    static Table checked(SweepPoint point, Table rows) {
        if (rows == null) {
            throw new IllegalArgumentException("the experiment returned null; it must return a table.");
        }
        if (rows.rowCount() == 0) {
            throw new IllegalArgumentException(
                    "the experiment returned a table of 0 rows; it must return at least one, so that no run is lost.");
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
        return TypedCsv.kept(rows);
    }

    /**
     * The rows of runs, whatever their columns: a run that lacks a column has missing cells there, numbers of two types are
     * one type, other types that differ are texts. So nothing that ran can be lost here.
     */
    static Table table(List<SweepPoint> points, Map<SweepPoint, Run> runs) {
        Table table = Table.create("sweep");
        if (points.isEmpty()) {
            return table;
        }
        for (String axis : points.get(0).cells().keySet()) {
            table.addColumns(repeated(axis, points, runs, point -> point.cells().get(axis)));
        }
        table.addColumns(repeated(SEED, points, runs, SweepPoint::replicate));
        Map<String, String> names = new LinkedHashMap<>();
        points.forEach(point -> runs.get(point)
                .rows()
                .columnNames()
                .forEach(name -> names.putIfAbsent(name.toLowerCase(Locale.ROOT), name)));
        names.values().forEach(name -> table.addColumns(joined(name, points, runs)));
        return table.addColumns(
                repeated(OUTCOME, points, runs, point -> runs.get(point).outcome()),
                repeated(ADVICE, points, runs, point -> runs.get(point).advice()));
    }

    /** What is wrong if two runs have other columns than names and numbers that become one type; else nothing. */
    static Optional<String> differentColumns(List<SweepPoint> points, Map<SweepPoint, Run> runs) {
        List<SweepPoint> finished = points.stream()
                .filter(point -> runs.containsKey(point) && !runs.get(point).isDiverged())
                .toList();
        return finished.stream()
                .filter(point -> !isAlike(
                        runs.get(point).rows(), runs.get(finished.get(0)).rows()))
                .findFirst()
                .map(point ->
                        "the experiment returned columns %s at %s and %s before; it must return the same at every point."
                                .formatted(
                                        shape(runs.get(point).rows()),
                                        point,
                                        shape(runs.get(finished.get(0)).rows())));
    }

    private static boolean isAlike(Table one, Table other) {
        return one.columnNames().equals(other.columnNames())
                && one.columns().stream().allMatch(column -> isAlike(column, other.column(column.name())));
    }

    private static boolean isAlike(Column<?> one, Column<?> other) {
        return one.type().equals(other.type()) || (NUMBERS.contains(one.type()) && NUMBERS.contains(other.type()));
    }

    /** The table without outcome and advice if nothing diverged. */
    static Table withoutIdleOutcome(Table table) {
        boolean idle = table.columnNames().containsAll(List.of(OUTCOME, ADVICE))
                && table.stringColumn(ADVICE).asList().stream().allMatch(String::isEmpty);
        return idle ? table.rejectColumns(OUTCOME, ADVICE) : table;
    }

    private static List<String> shape(Table table) {
        return table.columns().stream()
                .map(column -> column.name() + " (" + column.type() + ")")
                .toList();
    }

    private static Column<?> repeated(
            String name, List<SweepPoint> points, Map<SweepPoint, Run> runs, Function<SweepPoint, Object> cell) {
        Object first = cell.apply(points.get(0));
        Column<?> column = first instanceof Integer
                ? IntColumn.create(name)
                : first instanceof Long
                        ? LongColumn.create(name)
                        : first instanceof Double ? DoubleColumn.create(name) : StringColumn.create(name);
        for (SweepPoint point : points) {
            for (int row = 0; row < height(runs.get(point)); row++) {
                column.appendObj(cell.apply(point));
            }
        }
        return column;
    }

    /** A run that diverged has one row. */
    private static int height(Run run) {
        return run.isDiverged() ? 1 : run.rows().rowCount();
    }

    private static Column<?> joined(String name, List<SweepPoint> points, Map<SweepPoint, Run> runs) {
        List<Column<?>> parts = new ArrayList<>();
        for (SweepPoint point : points) {
            Table rows = runs.get(point).rows();
            parts.add(rows.containsColumn(name) ? rows.column(name) : null);
        }
        ColumnType type =
                type(parts.stream().filter(Objects::nonNull).map(Column::type).collect(Collectors.toSet()));
        Column<?> joined = type.create(name);
        for (int i = 0; i < parts.size(); i++) {
            Column<?> part = parts.get(i);
            for (int row = 0; row < height(runs.get(points.get(i))); row++) {
                if (part == null || (part.isMissing(row) && !type.equals(ColumnType.STRING))) {
                    joined.appendMissing();
                } else {
                    append(joined, part.get(row));
                }
            }
        }
        return joined;
    }

    private static ColumnType type(Set<ColumnType> types) {
        if (types.size() == 1) {
            return types.iterator().next();
        }
        if (!NUMBERS.containsAll(types)) {
            return ColumnType.STRING;
        }
        return types.contains(ColumnType.DOUBLE) ? ColumnType.DOUBLE : ColumnType.LONG;
    }

    private static void append(Column<?> column, Object value) {
        if (column instanceof DoubleColumn doubles) {
            doubles.append(((Number) value).doubleValue());
        } else if (column instanceof LongColumn longs) {
            longs.append(((Number) value).longValue());
        } else if (column instanceof StringColumn texts) {
            texts.append(value.toString());
        } else {
            column.appendObj(value);
        }
    }
}
