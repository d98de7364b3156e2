package org.hopwise.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables as CSV that says its types, so that nothing is guessed on the way back: strings stand in quotes, doubles have a
 * point or are NaN or Infinity, truth values are words, ints are digits and longs at least twelve of them. A missing whole
 * number is an empty cell, a missing double NaN, a missing truth value null.
 */
final class TypedCsv {

    private static final List<String> TRUTHS = List.of("true", "false", "null");

    private static final int LONG_DIGITS = 12;

    private TypedCsv() {}

    /** The table as text; lines end in a line feed on every system. */
    static String write(String name, Table table) {
        if (table.columnCount() == 0 || table.rowCount() == 0) {
            throw new IllegalArgumentException("table %s has %d columns and %d rows; a table to keep needs both."
                    .formatted(name, table.columnCount(), table.rowCount()));
        }
        StringBuilder text = new StringBuilder();
        for (int row = -1; row < table.rowCount(); row++) {
            for (int i = 0; i < table.columnCount(); i++) {
                Column<?> column = table.column(i);
                text.append(i == 0 ? "" : ",").append(row < 0 ? quoted(column.name()) : cell(name, column, row));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String cell(String name, Column<?> column, int row) {
        if (column instanceof DoubleColumn doubles) {
            return Double.toString(doubles.getDouble(row));
        }
        if (column instanceof IntColumn whole) {
            return whole.isMissing(row) ? "" : Integer.toString(whole.getInt(row));
        }
        if (column instanceof LongColumn whole) {
            return whole.isMissing(row) ? "" : "%012d".formatted(whole.getLong(row));
        }
        if (column instanceof StringColumn strings) {
            return quoted(strings.get(row));
        }
        if (column instanceof BooleanColumn truths) {
            return String.valueOf(truths.get(row));
        }
        throw new IllegalArgumentException(
                "column '%s' of table %s is of type %s, which is not kept; make it an IntColumn, LongColumn, DoubleColumn, BooleanColumn or StringColumn."
                        .formatted(column.name(), name, column.type().name()));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The table that was written as this text. */
    static Table read(String name, String text) {
        List<List<Cell>> lines = lines(name, text);
        if (lines.size() < 2) {
            throw fault(name, "has %d lines; it must have a header and a row".formatted(lines.size()));
        }
        List<Cell> header = lines.get(0);
        for (int row = 1; row < lines.size(); row++) {
            if (lines.get(row).size() != header.size()) {
                throw fault(
                        name,
                        "has %d cells in row %d and %d in its header"
                                .formatted(lines.get(row).size(), row, header.size()));
            }
        }
        Table table = Table.create(name);
        for (int i = 0; i < header.size(); i++) {
            int column = i;
            List<Cell> cells = lines.subList(1, lines.size()).stream()
                    .map(line -> line.get(column))
                    .toList();
            try {
                table.addColumns(column(header.get(i).text(), cells));
            } catch (NumberFormatException mixed) {
                throw fault(
                        name,
                        "has a column '%s' of several types"
                                .formatted(header.get(i).text()));
            }
        }
        return table;
    }

    private static Column<?> column(String name, List<Cell> cells) {
        if (cells.stream().allMatch(Cell::quoted)) {
            return StringColumn.create(name, cells.stream().map(Cell::text));
        }
        if (cells.stream().anyMatch(Cell::quoted)) {
            throw new NumberFormatException("strings and numbers");
        }
        if (cells.stream().map(Cell::text).allMatch(TRUTHS::contains)) {
            BooleanColumn truths = BooleanColumn.create(name);
            cells.forEach(cell -> truths.append(cell.text().equals("null") ? null : Boolean.valueOf(cell.text())));
            return truths;
        }
        if (cells.stream().map(Cell::text).allMatch(text -> text.matches("|-?[0-9]+"))) {
            // An int has at most ten digits and a sign.
            if (cells.stream().anyMatch(cell -> cell.text().length() >= LONG_DIGITS)) {
                LongColumn whole = LongColumn.create(name);
                cells.forEach(cell -> whole.append(cell.text().isEmpty() ? null : Long.valueOf(cell.text())));
                return whole;
            }
            IntColumn whole = IntColumn.create(name);
            cells.forEach(cell -> whole.append(cell.text().isEmpty() ? null : Integer.valueOf(cell.text())));
            return whole;
        }
        return DoubleColumn.create(
                name,
                cells.stream()
                        .mapToDouble(cell -> Double.parseDouble(cell.text()))
                        .toArray());
    }

    private record Cell(String text, boolean quoted) {}

    private static List<List<Cell>> lines(String name, String text) {
        if (!text.endsWith("\n")) {
            throw fault(name, "does not end with the end of a line, so a part is missing");
        }
        List<List<Cell>> lines = new ArrayList<>();
        List<Cell> line = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            boolean quoted = text.charAt(at) == '"';
            int end = quoted ? closing(name, text, at) + 1 : plainEnd(text, at);
            String cell = text.substring(at, end);
            line.add(
                    quoted
                            ? new Cell(cell.substring(1, cell.length() - 1).replace("\"\"", "\""), true)
                            : new Cell(cell, false));
            if (text.charAt(end) == '\n') {
                lines.add(line);
                line = new ArrayList<>();
            } else if (text.charAt(end) != ',') {
                throw fault(name, "has text after a closing quote in row %d".formatted(lines.size()));
            }
            at = end + 1;
        }
        return lines;
    }

    /** A quote at the very end of the text would have no line end after it, so the text after a cell is never empty. */
    private static int closing(String name, String text, int open) {
        for (int i = text.indexOf('"', open + 1); i >= 0; i = text.indexOf('"', i + 2)) {
            if (text.charAt(i + 1) != '"') {
                return i;
            }
        }
        throw fault(name, "has a quote that is not closed");
    }

    private static int plainEnd(String text, int from) {
        return IntStream.range(from, text.length())
                .filter(i -> text.charAt(i) == ',' || text.charAt(i) == '\n')
                .findFirst()
                .orElseThrow();
    }

    private static IllegalArgumentException fault(String name, String what) {
        return new IllegalArgumentException(
                "table %s %s; restore its file, or compute it again in FULL.".formatted(name, what));
    }
}
