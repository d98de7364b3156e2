package org.hopwise.io;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.graph.Wiring;
import org.hopwise.network.LoadedWiring;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A wiring diagram out of delimited text: an edge list, or a square matrix with or without labels. */
final class WiringText {

    private static final List<String> FROM = List.of("pre", "source", "from");
    private static final List<String> TO = List.of("post", "target", "to");
    private static final List<String> WEIGHT = List.of("weight", "count", "w");

    private final TextTable table;
    private final TextOptions options;
    private final List<String> notes = new ArrayList<>();
    /** The first column that counts: 1 if an index or labels stand in the first one. */
    private int start;

    private WiringText(TextTable table, TextOptions options) {
        this.table = table;
        this.options = options;
        notes.add(table.summary());
    }

    static LoadedWiring read(String text, TextOptions options) {
        WiringText reading = new WiringText(TextTable.of(text), options);
        if (reading.table.rows() == 0) {
            throw FileRefusedException.of(
                    Kind.MISSING, "", "has a header and no record; an edge list has one edge a line.");
        }
        reading.requireHeadings();
        return reading.isEdgeList() ? reading.edges() : reading.matrix();
    }

    private void requireHeadings() {
        if (!table.hasHeader()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int j = 0; j < table.columns(); j++) {
            String heading = table.header().get(j);
            if (heading.isEmpty() ? j > 0 : !seen.add(heading)) {
                throw FileRefusedException.of(
                        Kind.SYNTAX,
                        "the header",
                        "names %s twice or not at all; give every column a name of its own."
                                .formatted(FileRefusedException.quote(heading)));
            }
        }
    }

    private boolean isEdgeList() {
        boolean told = options.edgeList() || options.from() != null || options.to() != null;
        if (told || (find(FROM) >= 0 && find(TO) >= 0)) {
            dropIndex();
            return true;
        }
        int rows = table.rows();
        int columns = table.columns();
        if (table.hasHeader() && columns == rows + 1 && areNumbers(1)) {
            start = 1;
            return false;
        }
        if (columns == rows && isNumericRow()) {
            return false;
        }
        dropIndex();
        int left = columns - start;
        boolean numbers = areNumbers(start);
        // Three numbers a line are an edge only if there are lines enough to tell them from a matrix that is not
        // square.
        if ((left == 2 || left == 3) && !(numbers && rows < left)) {
            return true;
        }
        throw FileRefusedException.of(
                Kind.SHAPE,
                "",
                "holds a table of %d x %d; a matrix must be square, an edge list has columns such as pre, post, weight."
                        .formatted(rows, left));
    }

    /** Whether the first record has numbers only, besides what is missing. */
    private boolean isNumericRow() {
        for (int j = 0; j < table.columns(); j++) {
            if (!table.isNumber(0, j) && !table.cell(0, j).isEmpty()) {
                return false;
            }
        }
        return table.isNumber(0, 0) || (table.columns() > 1 && table.isNumber(0, 1));
    }

    private boolean areNumbers(int from) {
        for (int j = from; j < table.columns(); j++) {
            if (!table.isNumeric(j)) {
                return false;
            }
        }
        return true;
    }

    /** A first column without name that counts from 0 or 1, as pandas and R write it. */
    private void dropIndex() {
        if (table.hasHeader() && table.header().get(0).isEmpty() && table.isCount(0)) {
            start = 1;
            notes.add("the first column has no name and counts the rows: ignored");
        }
    }

    /** The one column of these names, -1 if there is none. */
    private int find(List<String> names) {
        int found = -1;
        for (int j = 0; table.hasHeader() && j < table.columns(); j++) {
            if (names.contains(table.header().get(j).toLowerCase(Locale.ROOT))) {
                if (found >= 0) {
                    throw FileRefusedException.of(
                            Kind.AMBIGUOUS,
                            "the header",
                            "has %s and %s, which could both be meant; say which column it is."
                                    .formatted(table.name(found), table.name(j)));
                }
                found = j;
            }
        }
        return found;
    }

    /** A column by its name, by its number from 1, or where it usually stands. */
    private int column(String told, List<String> names, int usual) {
        if (told == null) {
            int found = find(names);
            return found >= 0 ? found : usual;
        }
        int named = table.hasHeader() ? table.header().indexOf(told) : -1;
        if (named >= 0) {
            return named;
        }
        if (told.matches("[0-9]{1,6}") && Integer.parseInt(told) >= 1 && Integer.parseInt(told) <= table.columns()) {
            return Integer.parseInt(told) - 1;
        }
        throw FileRefusedException.of(
                Kind.MISSING,
                "",
                "has no column %s; it has %s."
                        .formatted(
                                FileRefusedException.quote(told),
                                table.hasHeader()
                                        ? Refusals.some(table.header())
                                        : table.columns() + " without names"));
    }

    private LoadedWiring edges() {
        int from = column(options.from(), FROM, start);
        int to = column(options.to(), TO, start + 1);
        int weight = weightColumn(from, to);
        EdgeSum sum = new EdgeSum(options.refuseDuplicates());
        for (int i = 0; i < table.rows(); i++) {
            double value = weight < 0 ? 1 : table.number(i, weight);
            int source = sum.unit(unit(i, from));
            int target = sum.unit(unit(i, to));
            sum.edge(source, target, value);
            if (options.undirected() && source != target) {
                sum.edge(target, source, value);
            }
        }
        notes.add(
                weight < 0
                        ? "from %s to %s; no weights: every edge counts 1".formatted(table.name(from), table.name(to))
                        : "from %s to %s, weight %s".formatted(table.name(from), table.name(to), table.name(weight)));
        Wiring wiring = sum.wiring(true);
        sum.note(notes);
        return loaded(wiring, notes);
    }

    private int weightColumn(int from, int to) {
        if (TextOptions.NO_WEIGHT.equals(options.weight())) {
            return -1;
        }
        int left = table.columns() - start;
        int weight = column(options.weight(), WEIGHT, -1);
        if (weight >= 0 || left == 2) {
            return weight;
        }
        if (left == 3) {
            return 3 * start + 3 - from - to;
        }
        throw FileRefusedException.of(
                Kind.AMBIGUOUS,
                "",
                "does not say which column is the weight; it has %s."
                        .formatted(table.hasHeader() ? Refusals.some(table.header()) : left + " without names"));
    }

    private String unit(int row, int column) {
        String name = table.cell(row, column);
        if (name.isEmpty()) {
            throw FileRefusedException.of(
                    Kind.MISSING,
                    "line " + table.line(row),
                    "names no unit in %s; every edge has two units.".formatted(table.name(column)));
        }
        return name;
    }

    private LoadedWiring matrix() {
        int n = table.rows();
        List<String> names = labels(n);
        EdgeSum sum = new EdgeSum(options.refuseDuplicates());
        names.forEach(sum::unit);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double value = table.number(i, start + j);
                if (value != 0) {
                    sum.edge(options.rowsAreTargets() ? j : i, options.rowsAreTargets() ? i : j, value);
                }
            }
        }
        notes.add(options.rowsAreTargets() ? "rows are targets, as told" : "rows are sources, columns targets");
        return loaded(sum.wiring(false), notes);
    }

    private List<String> labels(int n) {
        if (!table.hasHeader()) {
            return numbered(n);
        }
        List<String> above = table.header().subList(start, start + n);
        boolean beside = start == 1 && !table.isCount(0);
        boolean counted = start == 1 && table.isCount(0);
        for (int i = 0; i < n && (beside || counted); i++) {
            String label = table.cell(i, 0);
            if (!label.equals(above.get(i)) && beside) {
                throw FileRefusedException.of(
                        Kind.SHAPE,
                        "line " + table.line(i),
                        "has the label %s, where the header has %s; rows and columns must be the same units in the same order."
                                .formatted(
                                        FileRefusedException.quote(label), FileRefusedException.quote(above.get(i))));
            }
        }
        if (counted) {
            notes.add("the first column counts the rows: units are named by the header");
        }
        return above;
    }

    /** Names for units that have none: "unit 1", "unit 2", ... */
    static List<String> numbered(int n) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            names.add("unit " + i);
        }
        return names;
    }

    static LoadedWiring loaded(Wiring wiring, List<String> notes) {
        return new LoadedWiring(wiring, Table.create("units", StringColumn.create("unit", wiring.names())), notes);
    }
}
