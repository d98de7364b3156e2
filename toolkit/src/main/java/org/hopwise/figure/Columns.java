package org.hopwise.figure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Reads columns of a table, with errors that say what the table has. */
final class Columns {

    /** Sums and differences of values up to here, with their margins, are finite. */
    private static final double LARGEST = 1e300;

    private Columns() {}

    static Column<?> named(Table t, String name) {
        return org.hopwise.table.Columns.named(t, name);
    }

    static boolean isNumeric(Table t, String name) {
        return named(t, name) instanceof NumericColumn;
    }

    /** Whether a column holds integers only, so that ticks between them would make no sense. */
    static boolean isWhole(Table t, String name) {
        if (!isNumeric(t, name)) {
            return false;
        }
        for (double value : numbers(t, name)) {
            if (value != Math.rint(value)) {
                return Double.isNaN(value) && isWholeWithoutMissing(t, name);
            }
        }
        return true;
    }

    private static boolean isWholeWithoutMissing(Table t, String name) {
        for (double value : numbers(t, name)) {
            if (!Double.isNaN(value) && value != Math.rint(value)) {
                return false;
            }
        }
        return true;
    }

    /** The numbers of a column; NaN where missing. */
    static double[] numbers(Table t, String name) {
        if (!(named(t, name) instanceof NumericColumn<?> column)) {
            throw new IllegalArgumentException("column '%s' is %s; numbers are needed here."
                    .formatted(name, named(t, name).type().name()));
        }
        double[] values = new double[column.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = column.getDouble(row);
            if (Math.abs(values[row]) > LARGEST && !Double.isInfinite(values[row])) {
                throw new IllegalArgumentException(
                        "column '%s' is %s in row %d; a picture shows values up to %s, so divide the column by a power of ten."
                                .formatted(name, values[row], row, LARGEST));
            }
            if (Double.isInfinite(values[row])) {
                throw new IllegalArgumentException("column '%s' is %s in row %d; a picture needs finite values."
                        .formatted(name, values[row], row));
            }
        }
        return values;
    }

    /** A value as a label: integers without a decimal point. */
    static String label(Table t, String name, int row) {
        Column<?> column = named(t, name);
        if (column.isMissing(row)) {
            return "missing";
        }
        if (column instanceof NumericColumn<?> numbers) {
            double value = numbers.getDouble(row);
            if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                return Long.toString((long) value);
            }
        }
        return drawable(column.getString(row));
    }

    /** The distinct labels of a column, in order of first appearance. */
    static List<String> labels(Table t, String name) {
        Set<String> labels = new LinkedHashSet<>();
        for (int row = 0; row < t.rowCount(); row++) {
            labels.add(label(t, name, row));
        }
        return List.copyOf(labels);
    }

    /** The text with control characters and halves of surrogates, which XML may not hold, written as their numbers. */
    static String drawable(String text) {
        StringBuilder drawable = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean isBlank = c == '\t' || c == '\n' || c == '\r';
            boolean isBad = Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF;
            if (isBad && !isBlank) {
                drawable.append("\\u%04X".formatted(c));
            } else {
                drawable.appendCodePoint(c);
            }
        });
        return drawable.toString();
    }

    /** A column's name as the title of an axis. */
    static String title(String name) {
        return drawable(name.replace('_', ' '));
    }
}
