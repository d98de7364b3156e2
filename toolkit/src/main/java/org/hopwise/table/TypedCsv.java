package org.hopwise.table;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables as CSV that says its types, so that nothing is guessed on the way back: strings stand in quotes, doubles have a
 * point or are NaN or Infinity, truth values are words, ints are digits and longs at least twelve of them. A missing whole
 * number is an empty cell, a missing double NaN, a missing truth value null.
 */
public final class TypedCsv {

    private static final List<String> TRUTHS = List.of("true", "false", "null");

    private static final int LONG_DIGITS = 12;

    /** Of maps between groups of units; the parser's own bound is 512. */
    private static final int MOST_COLUMNS = 1 << 16;

    private static final Set<ColumnType> TYPES =
            Set.of(ColumnType.DOUBLE, ColumnType.INTEGER, ColumnType.LONG, ColumnType.BOOLEAN, ColumnType.STRING);

    private static final CsvParserSettings SETTINGS = settings();

    private TypedCsv() {}

    /**
     * The table in the types that come back: floats as doubles and shorts as ints, both exactly, dates, times and the like
     * as their texts. So a table that took hours is never refused for its types.
     *
     * @param table any table
     * @return the table itself if it has no other types, else a copy
     */
    public static Table kept(Table table) {
        if (TYPES.containsAll(table.types())) {
            return table;
        }
        Table kept = Table.create(table.name());
        for (Column<?> column : table.columns()) {
            kept.addColumns(kept(column));
        }
        return kept;
    }

    private static Column<?> kept(Column<?> column) {
        if (TYPES.contains(column.type())) {
            return column;
        }
        if (column instanceof FloatColumn floats) {
            return floats.asDoubleColumn().setName(column.name());
        }
        if (column instanceof ShortColumn shorts) {
            return shorts.asIntColumn().setName(column.name());
        }
        StringColumn texts = StringColumn.create(column.name());
        for (int row = 0; row < column.size(); row++) {
            texts.append(column.isMissing(row) ? "" : String.valueOf(column.get(row)));
        }
        return texts;
    }

    /**
     * The table, with the types of {@link #kept}, as text; lines end in a line feed on every system.
     *
     * @param name what the table is called in messages
     * @param table at least one column and one row
     * @return the text
     * @throws IllegalArgumentException if the table is empty
     */
    public static String write(String name, Table table) {
        Table kept = kept(table);
        if (table.columnCount() == 0 || table.rowCount() == 0) {
            throw new IllegalArgumentException("table %s has %d columns and %d rows; a table to keep needs both."
                    .formatted(name, table.columnCount(), table.rowCount()));
        }
        StringBuilder text = new StringBuilder();
        for (int row = -1; row < table.rowCount(); row++) {
            for (int i = 0; i < table.columnCount(); i++) {
                Column<?> column = kept.column(i);
                text.append(i == 0 ? "" : ",").append(row < 0 ? quoted(column.name()) : cell(column, row));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String cell(Column<?> column, int row) {
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
        return String.valueOf(column.get(row));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /**
     * The table that was written as this text.
     *
     * @param name what the table is called, also in messages
     * @param text what {@link #write} gave
     * @return the table
     * @throws IllegalArgumentException if the text is damaged
     */
    public static Table read(String name, String text) {
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

    /** A cell without its quotes, if it had any. */
    private record Cell(String text, boolean quoted) {}

    private static List<List<Cell>> lines(String name, String text) {
        if (!text.endsWith("\n")) {
            throw fault(name, "does not end with the end of a line, so a part is missing");
        }
        List<List<Cell>> lines = new ArrayList<>();
        try {
            CsvParser parser = new CsvParser(SETTINGS);
            parser.beginParsing(new StringReader(text));
            for (String[] line = parser.parseNext(); line != null; line = parser.parseNext()) {
                lines.add(Arrays.stream(line).map(cell -> cell(name, cell)).toList());
            }
        } catch (TextParsingException damaged) {
            throw fault(name, "has text after a closing quote in row %d".formatted(lines.size()));
        }
        return lines;
    }

    private static Cell cell(String name, String cell) {
        if (!cell.startsWith("\"")) {
            return new Cell(cell, false);
        }
        // An open quote takes the rest of the text, and that ends with a line.
        if (cell.endsWith("\n")) {
            throw fault(name, "has a quote that is not closed");
        }
        return new Cell(cell.substring(1, cell.length() - 1), true);
    }

    /** What stands in the file and nothing else: blanks, line ends and empty lines count, quotes tell strings. */
    private static CsvParserSettings settings() {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setLineSeparator("\n");
        settings.getFormat().setNormalizedNewline('\n');
        settings.setNormalizeLineEndingsWithinQuotes(false);
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setSkipEmptyLines(false);
        settings.setCommentProcessingEnabled(false);
        settings.setNullValue("");
        settings.setKeepQuotes(true);
        settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(MOST_COLUMNS);
        return settings;
    }

    private static IllegalArgumentException fault(String name, String what) {
        return new IllegalArgumentException(
                "table %s %s; restore its file, or compute it again in FULL.".formatted(name, what));
    }
}
