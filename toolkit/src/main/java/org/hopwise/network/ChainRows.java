package org.hopwise.network;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/**
 * What one chain of a null model answers with.
 *
 * @param rows what was measured of each draw
 * @param notes what a reader should know of them
 */
record ChainRows(List<double[]> rows, List<String> notes) {

    /** As JSON, with every number as its exact text. */
    String toText() {
        JsonArray all = new JsonArray();
        for (double[] row : rows) {
            JsonArray cells = new JsonArray();
            for (double value : row) {
                cells.add(Double.toString(value));
            }
            all.add(cells);
        }
        JsonArray said = new JsonArray();
        notes.forEach(said::add);
        JsonObject text = new JsonObject();
        text.add("rows", all);
        text.add("notes", said);
        return text.toString();
    }

    static ChainRows of(String text) {
        JsonObject read = JsonParser.parseString(text).getAsJsonObject();
        List<double[]> rows = new ArrayList<>();
        read.getAsJsonArray("rows").forEach(cells -> {
            double[] row = new double[cells.getAsJsonArray().size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = Double.parseDouble(cells.getAsJsonArray().get(i).getAsString());
            }
            rows.add(row);
        });
        List<String> notes = new ArrayList<>();
        read.getAsJsonArray("notes").forEach(note -> notes.add(note.getAsString()));
        return new ChainRows(rows, notes);
    }
}
