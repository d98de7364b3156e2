package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.graph.Wiring;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.LoadedWiring;
import org.hopwise.network.NamedArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;

class WiringFileTest {

    private static final Set<String> FORMATS = Set.of("csv-edges", "csv-matrix", "graphml");

    @TempDir
    private Path folder;

    static Stream<String> graphs() {
        return Foreign.files(FORMATS).filter(file -> Foreign.of(file).has("graph"));
    }

    static Stream<String> matrices() {
        return Foreign.files(FORMATS).filter(file -> Foreign.of(file).has("matrix"));
    }

    static Stream<String> refused() {
        return Foreign.files(FORMATS).filter(file -> Foreign.of(file).has("error"));
    }

    private static Map<String, Double> edges(Wiring wiring) {
        Map<String, Double> edges = new TreeMap<>();
        wiring.forEachEdge((from, to, weight) -> edges.put(from + " > " + to, weight));
        assertEquals(wiring.edges(), edges.size());
        return edges;
    }

    private static double sum(Wiring wiring) {
        return edges(wiring).values().stream().mapToDouble(weight -> weight).sum();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void unitsAndEdgesAreThoseOfTheFile(String file) {
        JsonObject expected = Foreign.of(file).getAsJsonObject("graph");
        Wiring wiring = WiringFile.load(Foreign.file(file)).wiring();
        assertEquals(Foreign.texts(expected.get("units")), wiring.names());
        assertEquals(expected.get("edges").getAsInt(), wiring.edges());
        assertEquals(expected.get("sum").getAsDouble(), sum(wiring), 1e-12);
        for (JsonElement element : expected.getAsJsonArray("entries")) {
            JsonObject edge = element.getAsJsonObject();
            String ends =
                    edge.get("from").getAsString() + " > " + edge.get("to").getAsString();
            assertEquals(edge.get("weight").getAsDouble(), edges(wiring).getOrDefault(ends, 0.0), ends);
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void rowsOfAMatrixAreSources(String file) {
        JsonObject expected = Foreign.of(file);
        Wiring wiring = WiringFile.load(Foreign.file(file)).wiring();
        assertEquals(expected.getAsJsonObject("matrix").get("sum").getAsDouble(), sum(wiring), 1e-12);
        if (expected.has("labels")) {
            assertEquals(Foreign.texts(expected.get("labels")), wiring.names());
        }
        for (JsonElement entry : expected.getAsJsonObject("matrix").getAsJsonArray("entries")) {
            List<JsonElement> at = entry.getAsJsonObject().getAsJsonArray("at").asList();
            String ends = wiring.names().get(at.get(0).getAsInt())
                    + " > "
                    + wiring.names().get(at.get(1).getAsInt());
            assertEquals(
                    entry.getAsJsonObject().get("value").getAsDouble(),
                    edges(wiring).get(ends));
        }
        Wiring turned = WiringFile.load(
                        Foreign.file(file), TextOptions.defaults().rowsTargets())
                .wiring();
        assertEquals(wiring.couplings(), turned.couplings().transpose());
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void matricesHaveTheirNumbers(String file) {
        var array = MatrixFile.read(Foreign.file(file));
        double[] values = array.reshape(array.length()).toDoubleVector();
        var header = new ArrayHeader("", "float64", List.of(array.size(0), array.size(1)));
        ArrayFileTest.assertArray(Foreign.of(file).get("matrix"), new NamedArray(header, values, false));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsDamagedHostileOrUnclearIsRefusedWithItsKind(String file) {
        Foreign.assertRefused(file, () -> WiringFile.load(Foreign.file(file)));
    }

    @Test
    void graphmlKeepsWhatItSaysOfUnits() {
        for (String file :
                graphs().filter(f -> Foreign.of(f).has("nodeColumns")).toList()) {
            Table units = WiringFile.load(Foreign.file(file)).units();
            JsonObject columns = Foreign.of(file).getAsJsonObject("nodeColumns");
            for (String name : columns.keySet()) {
                assertEquals(
                        columns.get(name).getAsString(),
                        units.column(name).type().name().toLowerCase(Locale.ROOT),
                        file);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "csv/edges_pandas_index.csv, 'divided by a comma, decimal point, first record taken as header|counts the rows'",
        "csv/edges_excel_german.csv, 'divided by a semicolon, decimal comma|weight ''weight'''",
        "csv/edges_no_header.csv, 'no header|1 edge was named again'",
        "csv/edges_unweighted_spaces.txt, 'divided by blanks|2 comment lines|every edge counts 1'",
        "graphml/undirected.graphml, without direction count both ways",
        "graphml/igraph.graphml, called by their attribute name"
    })
    void notesSayWhatWasMadeOfTheFile(String file, String words) {
        String notes = WiringFile.load(Foreign.file(file)).toString();
        for (String word : words.split("\\|", -1)) {
            assertTrue(notes.contains(word), notes);
        }
    }

    static Stream<String> text() {
        return Stream.concat(graphs(), matrices())
                .filter(file -> Foreign.of(file).has("delimiter"));
    }

    @ParameterizedTest
    @MethodSource("text")
    void howATextIsDividedIsSaid(String file) {
        JsonObject expected = Foreign.of(file);
        String notes = WiringFile.load(Foreign.file(file)).toString();
        String delimiter = expected.get("delimiter").getAsString();
        Map<String, String> words = Map.of(",", "a comma", ";", "a semicolon", "\t", "a tab", " ", "blanks");
        assertTrue(notes.contains("divided by " + words.get(delimiter) + ","), notes);
        boolean header = expected.has("header") && expected.get("header").getAsBoolean();
        assertTrue(notes.contains(header ? "first record taken as header" : "no header"), notes);
        if (expected.has("decimal")) {
            boolean comma = expected.get("decimal").getAsString().equals(",");
            assertTrue(notes.contains(comma ? "decimal comma" : "decimal point"), notes);
        }
        if (expected.has("columns")) {
            List<String> columns = Foreign.texts(expected.get("columns"));
            String said = "from '%s' to '%s', weight '%s'".formatted(columns.get(0), columns.get(1), columns.get(2));
            assertTrue(notes.contains(said), notes);
        }
    }

    @Test
    void aMissingWeightIsNoneOnRequest() {
        Path file = Foreign.file("graphml/multi_missing_weight.graphml");
        LoadedWiring loaded = WiringFile.load(file, TextOptions.defaults().weight("none"));
        assertEquals(3, sum(loaded.wiring()));
    }

    @Test
    void aTableOfUnitsMayBeWordsThroughout(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("units.csv"), "cell,transmitter\nADAL,glutamate\nAVAL,\n");
        Table units = WiringFile.units(file);
        assertEquals(List.of("cell", "transmitter"), units.columnNames());
        assertEquals(List.of("ADAL", "AVAL"), units.stringColumn("cell").asList());
        assertTrue(units.stringColumn("transmitter").isMissing(1));
    }

    @Test
    void nodeTablesKeepEmptyCellsAsMissing() {
        Table nodes = WiringFile.units(Foreign.file("csv/nodes.csv"));
        JsonObject expected = Foreign.of("csv/nodes.csv");
        assertEquals(Foreign.texts(expected.get("columns")), nodes.columnNames());
        assertEquals(expected.get("rows").getAsInt(), nodes.rowCount());
        assertEquals("007", nodes.stringColumn("id").get(0));
        assertTrue(nodes.stringColumn("nt").isMissing(2));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("edges.csv"), text);
    }

    private Wiring load(String text, TextOptions options) throws IOException {
        return WiringFile.load(file(text), options).wiring();
    }

    @Test
    void columnsAreFoundByNameInAnyOrder() throws IOException {
        Wiring wiring = load("weight,class,to,from\n2,x,b,a\n", TextOptions.defaults());
        assertEquals(Map.of("a > b", 2.0), edges(wiring));
        Wiring told = load("x,y,s,t\n1,2,b,a\n", TextOptions.defaults().columns("t", "s", "2"));
        assertEquals(Map.of("a > b", 2.0), edges(told));
    }

    @Test
    void aLineThatBeginsLikeARemarkAndHasAllCellsIsARecord() throws IOException {
        Wiring wiring = load("# a remark, and more\na,b,1\n# another\n#5,b,2\n", TextOptions.defaults());
        assertEquals(Map.of("a > b", 1.0, "#5 > b", 2.0), edges(wiring));
    }

    @Test
    void optionsOfAnEdgeList() throws IOException {
        String text = "1 2 5\n2 3 1\n3 3 2\n";
        assertEquals(
                Map.of("1 > 2", 5.0, "2 > 3", 1.0, "3 > 3", 2.0),
                edges(load(text, TextOptions.defaults().edges())));
        assertEquals(16 - 2, sum(load(text, TextOptions.defaults().edges().bothWays())));
        FileRefusedException refusal = assertThrows(
                FileRefusedException.class,
                () -> load("a,b,1\na,b,2\n", TextOptions.defaults().distinct()));
        assertEquals(Kind.CORRUPT, refusal.kind());
    }

    @Test
    void otherEncodingsAreReadWhenTold() throws IOException {
        Path latin = Foreign.file("hostile/csv_latin1.csv");
        Wiring wiring = WiringFile.load(latin, TextOptions.defaults().encoding(StandardCharsets.ISO_8859_1))
                .wiring();
        assertEquals(List.of("b", "caf\u00e9"), wiring.names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pre,post,weight\\na,b,3d|NOT_NUMERIC|line 2",
                "pre,post,weight\\na,b,0x1p3|NOT_NUMERIC|0x1p3",
                "pre;post;weight\\na;b;1.234,5|NOT_NUMERIC|weight",
                "pre,post,weight,count\\na,b,1,2|AMBIGUOUS|count",
                "pre,post,kind,size\\na,b,x,2|AMBIGUOUS|size",
                "pre\\tpost\\tweight\\na\\t\\t1|MISSING|line 2",
                "1;2\\n3|SYNTAX|line 2",
                "a,b,NA\\nb,c,2\\nc,d,3|NOT_NUMERIC|line 1",
                "a,\"b\"c,1|SYNTAX|line 1",
                "1,2\\n#N/A,4|NOT_NUMERIC|#N/A",
                "1,2,3,4\\n5,6,7,8|SHAPE|2 x 4"
            })
    void whatMightBecomeAWrongNumberIsRefused(String text, Kind kind, String word) throws IOException {
        Path file = file(text.replace("\\n", "\n").replace("\\t", "\t"));
        FileRefusedException refusal = assertThrows(FileRefusedException.class, () -> WiringFile.load(file));
        assertEquals(kind, refusal.kind(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
    }

    @Test
    void emptyCellsBetweenTabsKeepTheirPlace() throws IOException {
        Path file = file("1\t\t3\n4\t5\t6\n7\t8\t9\n");
        FileRefusedException refusal = assertThrows(FileRefusedException.class, () -> MatrixFile.read(file));
        assertTrue(refusal.getMessage().contains("line 1"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("entry 2"), refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void whatIsWrittenReadsBackTheSame(String file) {
        Wiring wiring = WiringFile.load(Foreign.file(file)).wiring();
        Path graphml = folder.resolve("graph.graphml");
        WiringFile.save(wiring, graphml);
        Wiring back = WiringFile.load(graphml).wiring();
        assertEquals(wiring.names(), back.names());
        assertEquals(edges(wiring), edges(back));
        Path csv = folder.resolve("graph.csv");
        WiringFile.save(wiring, csv);
        assertEquals(edges(wiring), edges(WiringFile.load(csv).wiring()));
    }

    @Test
    void aDenseMatrixInAnArchiveIsAWiringToo() {
        Wiring wiring = WiringFile.load(Foreign.file("numpy/version3.npy")).wiring();
        assertEquals(25, wiring.edges());
        assertEquals("unit 5", wiring.names().get(4));
    }
}
