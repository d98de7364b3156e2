package org.hopwise.command;

import java.nio.charset.StandardCharsets;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables as text for any other program: commas, a point in every locale, the shortest number that reads back the same, empty
 * cells for what is missing. Text that a spreadsheet would take for a formula stands in quotes.
 */
final class Csv {

    private Csv() {}

    static byte[] bytes(Table table) {
        StringBuilder text = new StringBuilder();
        text.append(String.join(",", table.columnNames().stream().map(Csv::cell).toList()))
                .append('\n');
        for (int row = 0; row < table.rowCount(); row++) {
            for (int j = 0; j < table.columnCount(); j++) {
                text.append(j == 0 ? "" : ",").append(cell(table.column(j), row));
            }
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String cell(Column<?> column, int row) {
        if (column instanceof IntColumn || column instanceof DoubleColumn || column instanceof BooleanColumn) {
            return column.isMissing(row) ? "" : String.valueOf(column.get(row));
        }
        return cell(column.getString(row));
    }

    private static String cell(String text) {
        boolean quoted = (!text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0)
                || text.chars().anyMatch(letter -> ",\"\n\r".indexOf(letter) >= 0);
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
