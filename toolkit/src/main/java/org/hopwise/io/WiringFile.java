package org.hopwise.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.LoadedWiring;
import org.hopwise.network.NamedArray;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Wiring diagrams in and out of files: edge lists and matrices as Excel, R, pandas and LibreOffice write them, GraphML, and
 * a square matrix in a file of arrays. Rows of a matrix are sources unless told otherwise. Edges named twice add up, an
 * edge of weight 0 is none; what was taken, added up or ignored stands in the notes.
 */
public final class WiringFile {

    private WiringFile() {}

    /**
     * Reads a wiring diagram.
     *
     * @param file its path
     * @return the diagram with its notes
     * @throws FileRefusedException if the file is missing, cut, damaged, hostile or ambiguous, or a weight is no finite
     *     number
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static LoadedWiring load(String file) {
        return load(Path.of(file));
    }

    /**
     * Reads a wiring diagram.
     *
     * @param file its path
     * @return the diagram with its notes
     * @throws FileRefusedException as {@link #load(String)}
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static LoadedWiring load(Path file) {
        return load(file, TextOptions.defaults());
    }

    /**
     * Reads a wiring diagram that does not say everything itself.
     *
     * @param file its path
     * @param options what it does not say
     * @return the diagram with its notes
     * @throws FileRefusedException as {@link #load(String)}
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static LoadedWiring load(Path file, TextOptions options) {
        return ArrayFile.with(file, bytes -> load(bytes, Format.name(file), options, Limits.defaults()));
    }

    static LoadedWiring load(Bytes bytes, String name, TextOptions options, Limits limits) throws IOException {
        ArrayFile.requireLength(bytes, limits);
        return switch (Format.of(bytes, name)) {
            case XML -> WiringGraphml.read(bytes, options, limits);
            case TEXT -> WiringText.read(TextFile.read(bytes, options.encoding()), options);
            default -> matrix(ArrayFile.read(bytes, name, limits), options);
        };
    }

    private static LoadedWiring matrix(Map<String, NamedArray> arrays, TextOptions options) {
        List<String> headers =
                arrays.values().stream().map(array -> array.header().toString()).toList();
        List<NamedArray> square = arrays.values().stream()
                .filter(array -> array.header().shape().size() == 2
                        && array.header()
                                .shape()
                                .get(0)
                                .equals(array.header().shape().get(1)))
                .toList();
        if (square.size() != 1) {
            throw FileRefusedException.of(
                    square.isEmpty() ? Kind.SHAPE : Kind.AMBIGUOUS,
                    "",
                    "has %d square matrices, where a wiring diagram is one: %s."
                            .formatted(square.size(), Refusals.some(headers)));
        }
        ArrayHeader header = square.get(0).header();
        int n = header.shape().get(0).intValue();
        List<String> names = WiringText.numbered(n);
        EdgeSum sum = new EdgeSum(options.refuseDuplicates());
        names.forEach(sum::unit);
        for (int at = 0; at < square.get(0).length(); at++) {
            double value = square.get(0).value(at);
            if (!Double.isFinite(value)) {
                throw FileRefusedException.of(
                        Kind.NOT_FINITE,
                        Refusals.array(header.name()),
                        "holds %s at (%d, %d), counted from 0; every weight must be finite."
                                .formatted(value, at / n, at % n));
            }
            if (value != 0) {
                sum.edge(options.rowsAreTargets() ? at % n : at / n, options.rowsAreTargets() ? at / n : at % n, value);
            }
        }
        List<String> notes = new ArrayList<>(List.of("adjacency is " + header));
        notes.add(options.rowsAreTargets() ? "rows are targets, as told" : "rows are sources, columns targets");
        if (square.get(0).isRounded()) {
            notes.add("integers beyond 2^53 were rounded");
        }
        return WiringText.loaded(sum.wiring(false), notes);
    }

    /**
     * Reads what a table says of units: one row a unit, all cells as they stand, empty ones missing.
     *
     * @param file delimited text with a header
     * @return columns of text with the header's names
     * @throws FileRefusedException if it is no such text
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static Table units(Path file) {
        return ArrayFile.with(file, bytes -> units(TextFile.read(bytes, null)));
    }

    private static Table units(String text) {
        TextTable table = TextTable.ofUnits(text);
        if (!table.hasHeader()) {
            throw FileRefusedException.of(
                    Kind.SYNTAX, "", "has no header; name the columns in the first line, such as id.");
        }
        Table result = Table.create("units");
        for (int j = 0; j < table.columns(); j++) {
            StringColumn column = StringColumn.create(
                    table.header().get(j).isEmpty()
                            ? "column " + (j + 1)
                            : table.header().get(j));
            for (int i = 0; i < table.rows(); i++) {
                column.append(table.cell(i, j));
            }
            if (result.containsColumn(column.name())) {
                throw FileRefusedException.of(
                        Kind.SYNTAX,
                        "the header",
                        "names %s twice; give every column a name of its own."
                                .formatted(FileRefusedException.quote(column.name())));
            }
            result.addColumns(column);
        }
        return result;
    }

    /**
     * Writes a wiring diagram as GraphML, which NetworkX, igraph and Gephi read, or as an edge list in CSV. GraphML keeps
     * units without edges, an edge list does not. The file appears whole or not at all.
     *
     * @param wiring the diagram
     * @param file a path that ends in .graphml or .csv; replaced if it exists
     * @throws IllegalArgumentException if it ends in something else, or a name cannot stand in XML
     * @throws java.io.UncheckedIOException if the file cannot be written; what was there before is then as it was
     */
    public static void save(Wiring wiring, Path file) {
        String name = Format.name(file).toLowerCase(Locale.ROOT);
        byte[] bytes;
        if (name.endsWith(".graphml")) {
            bytes = graphml(wiring);
        } else if (name.endsWith(".csv")) {
            bytes = csv(wiring);
        } else {
            throw new IllegalArgumentException("file is '%s'; its name must end in .graphml or .csv.".formatted(file));
        }
        Path target = file.toAbsolutePath();
        AtomicFiles.write(target.getParent(), Map.of(target.getFileName().toString(), bytes));
    }

    private static byte[] csv(Wiring wiring) {
        StringBuilder text = new StringBuilder("pre,post,weight\n");
        wiring.forEachEdge((from, to, weight) -> text.append(quoted(from))
                .append(',')
                .append(quoted(to))
                .append(',')
                .append(weight)
                .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A text cell that any program reads back as it was: in quotes, since ids such as 007 are text too. */
    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static byte[] graphml(Wiring wiring) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("graphml");
            xml.writeDefaultNamespace("http://graphml.graphdrawing.org/xmlns");
            key(xml, "name", "node", "string");
            key(xml, "weight", "edge", "double");
            xml.writeStartElement("graph");
            xml.writeAttribute("edgedefault", "directed");
            for (String unit : wiring.names()) {
                element(xml, "node", Map.of("id", requireXml(unit)), "name", unit);
            }
            wiring.forEachEdge((from, to, weight) -> {
                try {
                    element(
                            xml,
                            "edge",
                            new TreeMap<>(Map.of("source", from, "target", to)),
                            "weight",
                            Double.toString(weight));
                } catch (XMLStreamException impossible) {
                    throw new IllegalStateException(impossible);
                }
            });
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void key(XMLStreamWriter xml, String name, String domain, String type) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeEmptyElement("key");
        xml.writeAttribute("id", name);
        xml.writeAttribute("for", domain);
        xml.writeAttribute("attr.name", name);
        xml.writeAttribute("attr.type", type);
        xml.writeCharacters("\n  ");
    }

    private static void element(
            XMLStreamWriter xml, String name, Map<String, String> attributes, String key, String value)
            throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement(name);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            xml.writeAttribute(attribute.getKey(), attribute.getValue());
        }
        xml.writeStartElement("data");
        xml.writeAttribute("key", key);
        xml.writeCharacters(value);
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String requireXml(String unit) {
        boolean control = unit.chars().anyMatch(letter -> letter < ' ' || letter == 0xfffe || letter == 0xffff);
        if (control || !StandardCharsets.UTF_8.newEncoder().canEncode(unit)) {
            throw new IllegalArgumentException("unit %s holds a character that XML cannot; rename it."
                    .formatted(FileRefusedException.quote(unit)));
        }
        return unit;
    }
}
