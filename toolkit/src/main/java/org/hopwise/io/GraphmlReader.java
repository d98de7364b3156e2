package org.hopwise.io;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.machine.Interruption;

/**
 * The elements of a GraphML file, as a stream: no document type, no entity, nothing fetched. Nodes and edges keep their
 * data by column; the same column name may have several keys, as NetworkX writes it.
 */
final class GraphmlReader {

    /** A column of nodes or edges: its type as the file states it, and the value where none is given. */
    record Column(String type, String otherwise) {}

    /** A node: its id and data by column. */
    record Node(String id, Map<String, String> data, int line) {}

    /** An edge: its ends, whether it has a direction, and its data by column. */
    record Edge(String source, String target, boolean directed, Map<String, String> data, int line) {}

    private static final Pattern ENCODING = Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([^\"']*)");

    private record Key(String column, String domain) {}

    final Map<String, Column> nodeColumns = new LinkedHashMap<>();
    final Map<String, Column> edgeColumns = new LinkedHashMap<>();
    final List<Node> nodes = new ArrayList<>();
    final List<Edge> edges = new ArrayList<>();

    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Limits limits;
    private final XMLStreamReader xml;
    private Boolean directed;
    private Map<String, String> data;
    private String dataColumn;
    private StringBuilder text;
    private String[] key;
    private String otherwise;

    private GraphmlReader(Reader in, Limits limits) throws XMLStreamException {
        this.limits = limits;
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        xml = factory.createXMLStreamReader(in);
    }

    static GraphmlReader read(Bytes file, Limits limits) {
        GraphmlReader reader = null;
        try {
            reader = new GraphmlReader(text(file), limits);
            reader.run();
            return reader;
        } catch (XMLStreamException broken) {
            boolean cut = reader != null && !reader.open.isEmpty() && isEnd(broken);
            throw FileRefusedException.of(
                    cut ? Kind.TRUNCATED : Kind.SYNTAX,
                    place(broken.getLocation()),
                    cut ? "ends in the middle of an element; get the whole file." : "is no XML; write the file again.");
        } catch (FileRefusedException refusal) {
            throw refusal;
        } catch (RuntimeException broken) {
            // The parser of the JDK meets some damaged encodings with exceptions of its own.
            throw FileRefusedException.of(Kind.SYNTAX, "", "is no XML that can be parsed; write the file again.");
        }
    }

    /** The file's letters. The JDK's parser, left to decode bytes, prints what it cannot decode. */
    private static Reader text(Bytes file) {
        byte[] start = file.some(0, 200);
        int mark = TextFile.mark(start);
        Charset charset = mark > 0 ? TextFile.charset(start, mark) : declared(start);
        InputStream in = file.stream(mark, file.length() - mark);
        return new InputStreamReader(in, charset.newDecoder());
    }

    private static Charset declared(byte[] start) {
        boolean wide = start.length > 1 && (start[0] == 0 || start[1] == 0);
        if (wide) {
            return start[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        Matcher declaration = ENCODING.matcher(new String(start, StandardCharsets.ISO_8859_1));
        if (!declaration.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declaration.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    "line 1",
                    "has the encoding %s, which is not known; save the file as UTF-8."
                            .formatted(FileRefusedException.quote(declaration.group(1))));
        }
    }

    private static boolean isEnd(XMLStreamException broken) {
        String message = String.valueOf(broken.getMessage());
        return message.contains("start and end within the same entity") || message.contains("end of file");
    }

    private static String place(Location location) {
        return location == null
                ? ""
                : "line %d, column %d".formatted(location.getLineNumber(), location.getColumnNumber());
    }

    private FileRefusedException refuse(Kind kind, String problem) {
        return FileRefusedException.of(kind, place(xml.getLocation()), problem);
    }

    private int line() {
        return xml.getLocation().getLineNumber();
    }

    private void run() throws XMLStreamException {
        while (xml.hasNext()) {
            Interruption.check();
            switch (xml.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw refuse(Kind.HOSTILE, "has a DOCTYPE or an entity, which GraphML does not need; remove it.");
                case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> end(open.pop());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> letters();
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
        if (directed == null) {
            throw FileRefusedException.of(Kind.MISSING, "", "has no graph; a GraphML file holds one.");
        }
        for (Edge edge : edges) {
            requireNode(edge, edge.source);
            requireNode(edge, edge.target);
        }
    }

    private void requireNode(Edge edge, String id) {
        if (!ids.contains(id)) {
            throw FileRefusedException.of(
                    Kind.CORRUPT,
                    "line " + edge.line,
                    "has an edge with the node %s, which is not there.".formatted(FileRefusedException.quote(id)));
        }
    }

    private void letters() {
        if (text == null) {
            return;
        }
        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        if (text.length() > Limits.TEXT) {
            throw refuse(Kind.TOO_LARGE, "has a text of more than %d letters.".formatted(Limits.TEXT));
        }
    }

    private void start(String element) {
        String parent = open.peek();
        if (open.isEmpty() && !element.equals("graphml")) {
            throw refuse(
                    Kind.UNSUPPORTED,
                    "is the start of %s, not of graphml; save the graph as GraphML."
                            .formatted(FileRefusedException.quote(element)));
        }
        if (open.size() >= limits.nesting()) {
            throw refuse(Kind.TOO_LARGE, "is nested more than %d deep.".formatted(limits.nesting()));
        }
        open.push(element);
        switch (element) {
            case "key" ->
                key = new String[] {
                    required("id", element),
                    attribute("for", "all"),
                    attribute("attr.name", null),
                    attribute("attr.type", "string")
                };
            case "default" -> text = new StringBuilder();
            case "graph" -> graph(parent);
            case "node" -> node();
            case "edge" -> edge();
            case "hyperedge" ->
                throw refuse(Kind.UNSUPPORTED, "has a hyperedge; only edges between two nodes are read.");
            case "data" -> {
                dataColumn = required("key", element);
                text = new StringBuilder();
            }
            default -> {
                // Ports, descriptions and locators are left out.
            }
        }
    }

    private String attribute(String name, String absent) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? absent : value;
    }

    private String required(String name, String element) {
        String value = attribute(name, null);
        if (value == null) {
            throw refuse(Kind.SYNTAX, "has a %s without %s, which is required.".formatted(element, name));
        }
        return value;
    }

    private void graph(String parent) {
        if (!"graphml".equals(parent) || directed != null) {
            throw refuse(
                    Kind.UNSUPPORTED, "has a second graph or one within another; split the file into single graphs.");
        }
        String edgeDefault = required("edgedefault", "graph");
        if (!edgeDefault.equals("directed") && !edgeDefault.equals("undirected")) {
            throw refuse(
                    Kind.SYNTAX,
                    "has edgedefault %s; it must be directed or undirected."
                            .formatted(FileRefusedException.quote(edgeDefault)));
        }
        directed = edgeDefault.equals("directed");
    }

    private void requireGraph(String parent, String element) {
        if (!"graph".equals(parent)) {
            throw refuse(Kind.SYNTAX, "has a %s outside of a graph.".formatted(element));
        }
    }

    private String parent() {
        String element = open.pop();
        String parent = open.peek();
        open.push(element);
        return parent;
    }

    private void node() {
        requireGraph(parent(), "node");
        String id = required("id", "node");
        if (!ids.add(id)) {
            throw refuse(Kind.CORRUPT, "has the node %s twice.".formatted(FileRefusedException.quote(id)));
        }
        data = new LinkedHashMap<>();
        nodes.add(new Node(id, data, line()));
    }

    private void edge() {
        requireGraph(parent(), "edge");
        String direction = attribute("directed", null);
        boolean one = directed;
        if (direction != null) {
            one = truth(direction);
        }
        data = new LinkedHashMap<>();
        edges.add(new Edge(required("source", "edge"), required("target", "edge"), one, data, line()));
    }

    private boolean truth(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw refuse(
                        Kind.SYNTAX,
                        "has %s where true or false is wanted.".formatted(FileRefusedException.quote(word)));
        };
    }

    private void end(String element) {
        switch (element) {
            case "default" -> {
                otherwise = text == null || key == null ? null : text.toString();
                text = null;
            }
            case "key" -> key();
            case "data" -> data();
            case "node", "edge" -> data = null;
            default -> {
                // Nothing was begun.
            }
        }
    }

    private void key() {
        String column = key[2] == null ? key[0] : key[2];
        if (keys.put(key[0], new Key(column, key[1])) != null) {
            throw refuse(Kind.CORRUPT, "has the key %s twice.".formatted(FileRefusedException.quote(key[0])));
        }
        if (keys.size() > limits.entries()) {
            throw refuse(Kind.TOO_LARGE, "has more than %d keys.".formatted(limits.entries()));
        }
        if (key[1].equals("node") || key[1].equals("all")) {
            add(nodeColumns, column);
        }
        if (key[1].equals("edge") || key[1].equals("all")) {
            add(edgeColumns, column);
        }
        key = null;
        otherwise = null;
    }

    /** Columns of one name and several number types are one column of doubles; of other types one of text. */
    private void add(Map<String, Column> columns, String name) {
        String type = key[3].toLowerCase(Locale.ROOT);
        Column before = columns.get(name);
        if (before == null) {
            columns.put(name, new Column(type, otherwise));
        } else {
            String both =
                    before.type.equals(type) ? type : isNumber(type) && isNumber(before.type) ? "double" : "string";
            columns.put(name, new Column(both, before.otherwise == null ? otherwise : before.otherwise));
        }
    }

    static boolean isNumber(String type) {
        return Set.of("int", "integer", "long", "float", "double").contains(type);
    }

    private void data() {
        String value = text == null ? "" : text.toString();
        text = null;
        String id = dataColumn;
        dataColumn = null;
        if (data == null
                || !(parentOfClosed().equals("node") || parentOfClosed().equals("edge"))) {
            return;
        }
        Key known = keys.get(id);
        if (known == null) {
            throw refuse(
                    Kind.CORRUPT,
                    "has data of the key %s, which is not there.".formatted(FileRefusedException.quote(id)));
        }
        if (data.put(known.column, value) != null) {
            throw refuse(
                    Kind.CORRUPT, "has %s twice for one element.".formatted(FileRefusedException.quote(known.column)));
        }
    }

    private String parentOfClosed() {
        return open.isEmpty() ? "" : open.peek();
    }
}
