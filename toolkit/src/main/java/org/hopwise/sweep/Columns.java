package org.hopwise.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table as JSON and back without loss: names, types, every cell as its exact text, missing ones as null. */
final class Columns {

    private static final List<ColumnType> TYPES =
            List.of(ColumnType.DOUBLE, ColumnType.INTEGER, ColumnType.LONG, ColumnType.BOOLEAN, ColumnType.STRING);

    private Columns() {}

    static JsonArray encode(Table table) {
        JsonArray columns = new JsonArray();
        for (Column<?> column : table.columns()) {
            if (!TYPES.contains(column.type())) {
                throw new IllegalArgumentException("column '%s' is %s; only %s can be kept exactly, so convert it."
                        .formatted(column.name(), column.type(), TYPES));
            }
            JsonArray cells = new JsonArray(column.size());
            for (int row = 0; row < column.size(); row++) {
                if (column.isMissing(row)) {
                    cells.add(JsonNull.INSTANCE);
                } else {
                    cells.add(column.get(row).toString());
                }
            }
            JsonObject one = new JsonObject();
            one.addProperty("name", column.name());
            one.addProperty("type", column.type().name());
            one.add("cells", cells);
            columns.add(one);
        }
        return columns;
    }

    static Table decode(JsonArray columns) {
        Table table = Table.create("run");
        for (JsonElement element : columns) {
            JsonObject one = element.getAsJsonObject();
            Column<?> column = ColumnType.valueOf(one.get("type").getAsString())
                    .create(one.get("name").getAsString());
            for (JsonElement cell : one.getAsJsonArray("cells")) {
                if (cell.isJsonNull()) {
                    column.appendMissing();
                } else {
                    append(column, cell.getAsString());
                }
            }
            table.addColumns(column);
        }
        return table;
    }

    private static void append(Column<?> column, String cell) {
        if (column instanceof DoubleColumn numbers) {
            numbers.append(Double.parseDouble(cell));
        } else if (column instanceof IntColumn numbers) {
            numbers.append(Integer.parseInt(cell));
        } else if (column instanceof LongColumn numbers) {
            numbers.append(Long.parseLong(cell));
        } else if (column instanceof BooleanColumn claims) {
            claims.append(Boolean.parseBoolean(cell));
        } else {
            ((StringColumn) column).append(cell);
        }
    }
}
