package org.hopwise.io;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.graph.Wiring;
import org.hopwise.network.LoadedWiring;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A wiring diagram out of GraphML. */
final class WiringGraphml {

    private static final List<String> WEIGHT = List.of("weight", "count", "w");

    private final GraphmlReader file;
    private final TextOptions options;
    private final List<String> notes = new ArrayList<>();

    private WiringGraphml(GraphmlReader file, TextOptions options) {
        this.file = file;
        this.options = options;
    }

    static LoadedWiring read(Bytes file, TextOptions options, Limits limits) {
        return new WiringGraphml(GraphmlReader.read(file, limits), options).wiring();
    }

    private LoadedWiring wiring() {
        Map<String, String> names = names();
        EdgeSum sum = new EdgeSum(options.refuseDuplicates());
        names.values().forEach(sum::unit);
        String weight = weightColumn();
        int both = 0;
        for (GraphmlReader.Edge edge : file.edges) {
            double value = weight == null ? 1 : weight(edge, weight);
            int source = sum.unit(names.get(edge.source()));
            int target = sum.unit(names.get(edge.target()));
            sum.edge(source, target, value);
            if ((options.undirected() || !edge.directed()) && source != target) {
                sum.edge(target, source, value);
                both++;
            }
        }
        notes.add(
                weight == null ? "no weights: every edge counts 1" : "weight is " + FileRefusedException.quote(weight));
        if (both > 0) {
            notes.add(
                    both == 1
                            ? "1 edge without direction counts both ways"
                            : "%d edges without direction count both ways".formatted(both));
        }
        Wiring wiring = sum.wiring(false);
        sum.note(notes);
        return new LoadedWiring(wiring, units(wiring), notes);
    }

    /** Unit by node id: the attribute name where all nodes have one of their own, else the id. */
    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        boolean named = !file.nodes.isEmpty();
        for (GraphmlReader.Node node : file.nodes) {
            String name = node.data().get("name");
            named &= name != null && !name.isEmpty() && seen.add(name);
        }
        for (GraphmlReader.Node node : file.nodes) {
            names.put(node.id(), named ? node.data().get("name") : node.id());
        }
        if (named) {
            notes.add("units are called by their attribute name, not by the nodes' ids");
        }
        return names;
    }

    private String weightColumn() {
        if (TextOptions.NO_WEIGHT.equals(options.weight())) {
            return null;
        }
        List<String> columns = List.copyOf(file.edgeColumns.keySet());
        if (options.weight() != null) {
            if (!columns.contains(options.weight())) {
                throw FileRefusedException.of(
                        Kind.MISSING,
                        "",
                        "has no edge column %s; it has %s."
                                .formatted(FileRefusedException.quote(options.weight()), Refusals.some(columns)));
            }
            return options.weight();
        }
        List<String> known = columns.stream()
                .filter(column -> WEIGHT.contains(column.toLowerCase(Locale.ROOT)))
                .toList();
        List<String> numeric = columns.stream()
                .filter(column ->
                        GraphmlReader.isNumber(file.edgeColumns.get(column).type()))
                .toList();
        if (known.size() > 1 || (known.isEmpty() && !numeric.isEmpty())) {
            throw FileRefusedException.of(
                    Kind.AMBIGUOUS,
                    "",
                    "does not say which edge column is the weight: %s; say which, or none."
                            .formatted(Refusals.some(known.isEmpty() ? numeric : known)));
        }
        return known.isEmpty() ? null : known.get(0);
    }

    private double weight(GraphmlReader.Edge edge, String column) {
        String text =
                edge.data().getOrDefault(column, file.edgeColumns.get(column).otherwise());
        String place = "line " + edge.line();
        String ends = "the edge from %s to %s"
                .formatted(FileRefusedException.quote(edge.source()), FileRefusedException.quote(edge.target()));
        if (text == null || text.isBlank()) {
            throw FileRefusedException.of(
                    Kind.MISSING,
                    place,
                    "has no %s for %s, and there is no default; give one, or read with weight none."
                            .formatted(column, ends));
        }
        return number(
                text.strip(),
                place,
                "has the %s %s for %s".formatted(column, FileRefusedException.quote(text.strip()), ends));
    }

    private static double number(String text, String place, String problem) {
        boolean number = TextNumber.isNumber(text, '.');
        double value = number ? TextNumber.value(text, '.') : Double.NaN;
        if (Double.isFinite(value)) {
            return value;
        }
        boolean notFinite = number || text.toLowerCase(Locale.ROOT).matches("[+-]?(nan|inf|infinity)");
        throw FileRefusedException.of(
                notFinite ? Kind.NOT_FINITE : Kind.NOT_NUMERIC,
                place,
                problem + "; every weight must be a finite number such as -1.5e3.");
    }

    private Table units(Wiring wiring) {
        Table table = Table.create("units", StringColumn.create("unit", wiring.names()));
        file.nodeColumns.forEach((name, column) -> {
            Column<?> values = GraphmlReader.isNumber(column.type())
                    ? DoubleColumn.create(name)
                    : column.type().equals("boolean") ? BooleanColumn.create(name) : StringColumn.create(name);
            for (GraphmlReader.Node node : file.nodes) {
                append(values, name, node.data().getOrDefault(name, column.otherwise()), node.line());
            }
            // A name that a column of ours or of another case has already.
            boolean taken = table.containsColumn(name);
            table.addColumns(taken ? values.setName(name + " (2)") : values);
        });
        return table;
    }

    private static void append(Column<?> column, String name, String text, int line) {
        boolean missing =
                text == null || (column instanceof DoubleColumn && text.strip().equalsIgnoreCase("nan"));
        if (missing) {
            column.appendMissing();
        } else if (column instanceof DoubleColumn numbers) {
            numbers.append(number(
                    text.strip(),
                    "line " + line,
                    "has %s for %s".formatted(FileRefusedException.quote(text), FileRefusedException.quote(name))));
        } else if (column instanceof BooleanColumn truths) {
            truths.append(
                    switch (text.strip().toLowerCase(Locale.ROOT)) {
                        case "true", "1" -> true;
                        case "false", "0" -> false;
                        default ->
                            throw FileRefusedException.of(
                                    Kind.SYNTAX,
                                    "line " + line,
                                    "has %s for %s; it must be true or false."
                                            .formatted(
                                                    FileRefusedException.quote(text),
                                                    FileRefusedException.quote(name)));
                    });
        } else {
            ((StringColumn) column).append(text);
        }
    }
}
