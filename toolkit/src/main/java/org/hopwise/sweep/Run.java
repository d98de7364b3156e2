package org.hopwise.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.hopwise.DivergedException;
import tech.tablesaw.api.Table;

/**
 * What came of one run.
 *
 * @param rows the experiment's table; without columns if the run diverged
 * @param advice what to do about a run that diverged; empty for a finished one
 */
record Run(Table rows, String advice) {

    static Run finished(Table rows) {
        return new Run(rows, "");
    }

    static Run diverged(DivergedException why) {
        return new Run(Table.create(), why.getMessage());
    }

    boolean isDiverged() {
        return !advice.isEmpty();
    }

    String outcome() {
        return isDiverged() ? "diverged" : "finished";
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("advice", advice);
        json.add("columns", Columns.encode(rows));
        return json;
    }

    static Run fromJson(JsonObject json) {
        JsonArray columns = json.getAsJsonArray("columns");
        return new Run(Columns.decode(columns), json.get("advice").getAsString());
    }
}
