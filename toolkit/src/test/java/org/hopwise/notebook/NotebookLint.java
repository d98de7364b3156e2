package org.hopwise.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for notebooks in this repository, as plain sentences about what breaks them. */
final class NotebookLint {

    static final int MAX_LINES = 10;

    /**
     * Of a cell of one statement or one method, such as a grid of six panels: cut in two, it would name its parts twice and
     * say no more. Cells of several statements have no such excuse.
     */
    private static final int MAX_LINES_OF_ONE = 20;

    /** What JupyterLab shows beside a side bar on a common screen, and a page of the book, without scrolling. */
    static final int MAX_COLUMNS = 100;

    private static final Pattern LESSON = Pattern.compile("\\d\\d(_[a-z0-9]+){2,}");
    private static final Pattern FIGURE = Pattern.compile("(fig|supp|real|rm|rms|crit|net|low|ctrnn)\\d+(_[a-z0-9]+)+");
    private static final Pattern SAVE = Pattern.compile("\\.save\\(\\s*\"([^\"]*)\"");
    private static final Pattern SAVE_BY_ID = Pattern.compile("\\.save\\(id\\)");
    private static final Pattern ID = Pattern.compile("\\bid = FigureId\\.of\\(\\s*\"([^\"]*)\"");
    private static final Pattern TABLE = Pattern.compile("Results\\.table\\(\\s*\"([^\"]*)\"");
    private static final Pattern UNORDERED =
            Pattern.compile("\\b(Map|Set)\\.of\\([^;]*\\)\\.(entrySet|keySet|values|forEach|stream)\\(");
    private static final Pattern MAGIC = Pattern.compile("(?m)^\\s*%");

    private NotebookLint() {}

    /** The faults of a notebook; empty for a good one. */
    static List<String> faults(String stem, String json) {
        JsonObject notebook;
        try {
            notebook = JsonParser.parseString(json).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException broken) {
            return List.of("is not a notebook: " + broken.getMessage());
        }
        List<String> faults = new ArrayList<>();
        boolean isFigure = FIGURE.matcher(stem).matches();
        if (!isFigure && !LESSON.matcher(stem).matches()) {
            faults.add("its name is neither NN_verb_object nor figN_subject (or supp, real, rm, net for fig)");
        }
        int major = number(notebook, "nbformat");
        int minor = number(notebook, "nbformat_minor");
        if (major != 4 || minor != 5) {
            faults.add("its format is %d.%d; use 4.5".formatted(major, minor));
        }
        String kernel = text(object(object(notebook, "metadata"), "kernelspec"), "name");
        if (!kernel.equals("java")) {
            faults.add("its kernelspec is '%s'; use 'java'".formatted(kernel));
        }
        Set<String> ids = new HashSet<>();
        Set<String> saved = new HashSet<>();
        Set<String> tables = new HashSet<>();
        StringBuilder all = new StringBuilder();
        int code = 0;
        for (JsonElement element : cells(notebook)) {
            JsonObject cell = element.getAsJsonObject();
            String id = text(cell, "id");
            if (id.isEmpty() || !ids.add(id)) {
                faults.add("a cell has the id '%s'; every cell needs one of its own".formatted(id));
            }
            if (text(cell, "cell_type").equals("code")) {
                code++;
                faults.addAll(codeFaults("code cell " + code, cell));
                saved.addAll(named(SAVE, source(cell)));
                tables.addAll(named(TABLE, source(cell)));
                all.append(source(cell)).append('\n');
            }
        }
        saved.stream()
                .filter(id -> !id.equals(stem))
                .sorted()
                .forEach(id -> faults.add("it saves a figure as '%s'; use its own name".formatted(id)));
        tables.stream()
                .filter(id -> !id.equals(stem))
                .sorted()
                .forEach(id -> faults.add("it keeps a table of '%s'; use its own name".formatted(id)));
        faults.addAll(idFaults(stem, all.toString()));
        boolean isSavedById = named(ID, all.toString()).contains(stem)
                && SAVE_BY_ID.matcher(all).find();
        if (isFigure && !saved.contains(stem) && !isSavedById) {
            faults.add("it never calls .save(\"%s\")".formatted(stem));
        }
        return faults;
    }

    /** A notebook that keeps its name in a value types it nowhere else. */
    private static List<String> idFaults(String stem, String code) {
        List<String> faults = new ArrayList<>();
        for (String id : named(ID, code)) {
            if (!id.equals(stem)) {
                faults.add("its id is '%s'; use its own name".formatted(id));
            }
            String[] claims = code.split("Claim\\.of\\(\\s*\"", -1);
            if (code.split(Pattern.quote('"' + id + '"'), -1).length > 2 || claims.length > 1) {
                faults.add("it has an id and types it again, or a claim's whole name; give id");
            }
        }
        return faults;
    }

    /** Whether nothing but the last line ends a statement outside all brackets. */
    private static boolean isOneStatement(String source) {
        List<String> lines = source.strip().lines().toList();
        int depth = 0;
        for (int i = 0; i < lines.size() - 1; i++) {
            String code = lines.get(i)
                    .replaceAll("\"[^\"]*\"", "")
                    .replaceAll("//.*", "")
                    .strip();
            depth += code.chars()
                    .map(letter -> "([{".indexOf(letter) >= 0 ? 1 : ")]}".indexOf(letter) >= 0 ? -1 : 0)
                    .sum();
            if (depth == 0 && (code.endsWith(";") || code.endsWith("}"))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> codeFaults(String where, JsonObject cell) {
        List<String> faults = new ArrayList<>();
        String source = source(cell);
        long lines = source.lines().count();
        long most = isOneStatement(source) ? MAX_LINES_OF_ONE : MAX_LINES;
        if (lines > most) {
            faults.add("%s has %d lines; at most %d".formatted(where, lines, most));
        }
        source.lines()
                .mapToInt(line -> line.codePointCount(0, line.length()))
                .filter(columns -> columns > MAX_COLUMNS)
                .mapToObj(columns -> "%s has a line of %d columns; at most %d".formatted(where, columns, MAX_COLUMNS))
                .forEach(faults::add);
        if (source.isBlank()) {
            faults.add(where + " is empty");
        }
        if (MAGIC.matcher(source).find()) {
            faults.add(where + " has a line that starts with %, which only some kernels know");
        }
        if (UNORDERED.matcher(source).find()) {
            faults.add(where + " goes through a Map.of or Set.of, whose order differs from run to run; use a List");
        }
        if (!cell.has("outputs") || !cell.getAsJsonArray("outputs").isEmpty()) {
            faults.add(where + " has stored outputs; clear them");
        }
        if (!cell.has("execution_count") || !cell.get("execution_count").isJsonNull()) {
            faults.add(where + " has an execution count; clear it");
        }
        if (source.contains("System.out.printf")) {
            faults.add(
                    where + " uses printf, whose stream some kernels show as a value; use println(String.format(...))");
        }
        return faults;
    }

    private static Set<String> named(Pattern call, String source) {
        Set<String> ids = new HashSet<>();
        Matcher matcher = call.matcher(source);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    /** The code of a notebook, cell by cell. */
    static List<String> codeCells(String json) {
        List<String> code = new ArrayList<>();
        for (JsonElement element : cells(JsonParser.parseString(json).getAsJsonObject())) {
            JsonObject cell = element.getAsJsonObject();
            if (text(cell, "cell_type").equals("code")) {
                code.add(source(cell));
            }
        }
        return code;
    }

    private static JsonArray cells(JsonObject notebook) {
        return notebook.has("cells") ? notebook.getAsJsonArray("cells") : new JsonArray();
    }

    private static String source(JsonObject cell) {
        JsonElement source = cell.get("source");
        if (source == null) {
            return "";
        }
        if (source.isJsonPrimitive()) {
            return source.getAsString();
        }
        StringBuilder lines = new StringBuilder();
        source.getAsJsonArray().forEach(line -> lines.append(line.getAsString()));
        return lines.toString();
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.has(name) ? parent.getAsJsonObject(name) : new JsonObject();
    }

    private static String text(JsonObject parent, String name) {
        return parent.has(name) ? parent.get(name).getAsString() : "";
    }

    private static int number(JsonObject parent, String name) {
        return parent.has(name) ? parent.get(name).getAsInt() : 0;
    }
}
