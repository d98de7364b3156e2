package org.hopwise.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.hopwise.DivergedException;
import org.hopwise.internal.machine.Hash;
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

    /** The content of its file: what came of it, all that determines it (if that is to be kept), and a hash of both. */
    String toText(String key) {
        JsonObject content = new JsonObject();
        content.addProperty("advice", advice);
        content.add("columns", Columns.encode(rows));
        if (!key.isEmpty()) {
            content.add("run", JsonParser.parseString(key));
        }
        content.addProperty("sha256", Hash.of(content.toString()));
        return content.toString();
    }

    static Run fromText(String text) {
        return fromJson(whole(text));
    }

    /** The content, if its hash says that it is as it was written. */
    static JsonObject whole(String text) {
        JsonObject content = JsonParser.parseString(text).getAsJsonObject();
        String hash = content.remove("sha256").getAsString();
        if (!hash.equals(Hash.of(content.toString()))) {
            throw new IllegalArgumentException("the content is not what was written");
        }
        return content;
    }

    static Run fromJson(JsonObject json) {
        JsonArray columns = json.getAsJsonArray("columns");
        return new Run(Columns.decode(columns), json.get("advice").getAsString());
    }
}
