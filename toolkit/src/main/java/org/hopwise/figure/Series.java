package org.hopwise.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.Table;

/** The rows of a table that belong together: one value of the {@code by} column, or all. */
final class Series {

    private final String name;
    private final Palette.Style style;
    private final double[] x;
    private final double[] y;
    private final double[] low;
    private final double[] high;
    private final double[] line;
    private final double[] reported;

    private Series(
            String name,
            Palette.Style style,
            double[] x,
            double[] y,
            double[] low,
            double[] high,
            double[] line,
            double[] reported) {
        this.name = name;
        this.style = style;
        this.x = x;
        this.y = y;
        this.low = low;
        this.high = high;
        this.line = line;
        this.reported = reported;
    }

    String name() {
        return name;
    }

    Palette.Style style() {
        return style;
    }

    /** Places across; of categories, their number from 0. */
    double[] x() {
        return x;
    }

    /** Values; NaN where missing. */
    double[] y() {
        return y;
    }

    /** Lower ends of band or error bar; NaN where there are none, minus infinity where one {@link #isOpen}. */
    double[] low() {
        return low;
    }

    /** Whether an interval has its lower end nowhere on the axis, since it reaches 0 or below and the axis is logarithmic. */
    boolean isOpen(int row) {
        return low[row] == Double.NEGATIVE_INFINITY;
    }

    static boolean isAnyOpen(List<Series> all) {
        return all.stream()
                .anyMatch(series -> Arrays.stream(series.low).anyMatch(low -> low == Double.NEGATIVE_INFINITY));
    }

    /** Upper ends of band or error bar; NaN where there are none. */
    double[] high() {
        return high;
    }

    /** Values that a line goes through; NaN where it does not. */
    double[] line() {
        return line;
    }

    /** Values that others reported; NaN where there are none. */
    double[] reported() {
        return reported;
    }

    /** All series of a panel, in order of first appearance; rows without a place across are left out. */
    static List<Series> of(Spec spec, List<String> categories) {
        Table t = spec.table;
        double[] x = categories == null ? Columns.numbers(t, spec.x) : positions(t, spec.x, categories);
        double[] y = Columns.numbers(t, spec.y);
        double[] low = spec.low == null ? null : Columns.numbers(t, spec.low);
        if (low != null && spec.logY) {
            low = Arrays.stream(low)
                    .map(end -> end <= 0 ? Double.NEGATIVE_INFINITY : end)
                    .toArray();
        }
        double[] high = spec.low == null ? null : Columns.numbers(t, spec.high);
        double[] line = spec.line == null ? null : Columns.numbers(t, spec.line);
        double[] reported = spec.reported == null ? null : Columns.numbers(t, spec.reported);
        if (spec.y.equals(spec.reported) && line != null) {
            // What others reported, beside a line, and nothing of ours: open diamonds alone.
            Arrays.fill(y, Double.NaN);
        }
        List<String> names = spec.by == null ? List.of("") : Columns.labels(t, spec.by);
        List<Series> all = new ArrayList<>();
        for (int s = 0; s < names.size(); s++) {
            List<Integer> rows = new ArrayList<>();
            for (int row = 0; row < t.rowCount(); row++) {
                boolean mine = spec.by == null || Columns.label(t, spec.by, row).equals(names.get(s));
                if (mine && !Double.isNaN(x[row])) {
                    rows.add(row);
                }
            }
            if (spec.kind == Spec.Kind.LINES || line != null) {
                rows.sort(Comparator.comparingDouble(row -> x[row]));
            }
            all.add(new Series(
                    names.get(s),
                    Palette.series(s),
                    pick(x, rows),
                    pick(y, rows),
                    pick(low, rows),
                    pick(high, rows),
                    pick(line, rows),
                    pick(reported, rows)));
        }
        return all;
    }

    /** The least and the greatest value drawn, ends of bands, lines and references included. */
    static double[] extent(Spec spec, List<Series> all) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Series series : all) {
            for (double[] values : List.of(series.y, series.low, series.high, series.line, series.reported)) {
                for (double value : values) {
                    boolean isNowhere = spec.logY && value <= 0;
                    if (!Double.isNaN(value) && !isNowhere) {
                        least = Math.min(least, value);
                        most = Math.max(most, value);
                    }
                }
            }
        }
        for (Spec.Reference reference : spec.references) {
            least = Math.min(least, reference.value());
            most = Math.max(most, reference.value());
        }
        return new double[] {least, most};
    }

    private static double[] positions(Table t, String column, List<String> categories) {
        double[] positions = new double[t.rowCount()];
        for (int row = 0; row < positions.length; row++) {
            positions[row] = categories.indexOf(Columns.label(t, column, row));
        }
        return positions;
    }

    private static double[] pick(double[] values, List<Integer> rows) {
        return rows.stream()
                .mapToDouble(row -> values == null ? Double.NaN : values[row])
                .toArray();
    }
}
