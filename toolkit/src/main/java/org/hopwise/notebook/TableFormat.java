package org.hopwise.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopwise.internal.Texts;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Writes a table for the eye: four significant digits, at most the first {@value #HEAD} and last {@value #TAIL} rows,
 * and below them how many there are.
 */
final class TableFormat {

    private static final int HEAD = 10;
    private static final int TAIL = 5;

    private TableFormat() {}

    static String html(Table table) {
        StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
        for (Column<?> column : table.columns()) {
            html.append(cell("th", column, Texts.escaped(column.name())));
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (int row : rows(table)) {
            html.append("<tr>");
            for (Column<?> column : table.columns()) {
                html.append(cell("td", column, row < 0 ? "…" : Texts.escaped(value(column, row))));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>");
        if (isShortened(table)) {
            html.append("\n<p>").append(rowCount(table)).append("</p>");
        }
        return html.toString();
    }

    static String text(Table table) {
        List<Integer> rows = rows(table);
        List<List<String>> columns = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            List<String> cells = Stream.concat(
                            Stream.of(column.name()), rows.stream().map(row -> row < 0 ? "…" : value(column, row)))
                    .toList();
            int width = cells.stream().mapToInt(String::length).max().orElse(0);
            columns.add(cells.stream()
                    .map(cell -> isNumeric(column) ? pad(width, cell) + cell : cell + pad(width, cell))
                    .toList());
        }
        String lines = IntStream.rangeClosed(0, rows.size())
                .mapToObj(line -> columns.stream()
                        .map(cells -> cells.get(line))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
        return isShortened(table) ? lines + "\n" + rowCount(table) : lines;
    }

    /** Four significant digits; what is missing stays empty. */
    static String number(double value) {
        return Double.isNaN(value) ? "" : Texts.number(value);
    }

    /** The rows to show; -1 stands for those left out. */
    private static List<Integer> rows(Table table) {
        int count = table.rowCount();
        if (!isShortened(table)) {
            return IntStream.range(0, count).boxed().toList();
        }
        return IntStream.concat(
                        IntStream.concat(IntStream.range(0, HEAD), IntStream.of(-1)),
                        IntStream.range(count - TAIL, count))
                .boxed()
                .toList();
    }

    /** One row more than fits is shown whole: a line of dots in its place would save nothing. */
    private static boolean isShortened(Table table) {
        return table.rowCount() > HEAD + TAIL + 1;
    }

    private static String rowCount(Table table) {
        return String.format(Locale.ROOT, "… %,d rows", table.rowCount());
    }

    private static String value(Column<?> column, int row) {
        if (column.isMissing(row)) {
            return "";
        }
        Object value = column.get(row);
        return value instanceof Double || value instanceof Float
                ? number(((Number) value).doubleValue())
                : String.valueOf(value);
    }

    private static boolean isNumeric(Column<?> column) {
        return column instanceof NumericColumn<?>;
    }

    private static String cell(String tag, Column<?> column, String content) {
        String side = isNumeric(column) ? "right" : "left";
        return "<%s style=\"text-align: %s\">%s</%s>".formatted(tag, side, content, tag);
    }

    private static String pad(int width, String cell) {
        return " ".repeat(width - cell.length());
    }
}
