package org.hopwise.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hopwise.FigureId;
import org.hopwise.internal.machine.OutputFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class FigureTest {

    private static Table hops() {
        return Table.create(
                "hops",
                IntColumn.create("hop", 2, 3, 4, 2, 3, 4),
                DoubleColumn.create("share", 0.5, 0.25, Double.NaN, 0.9, 0.08, 0.02),
                DoubleColumn.create("low", 0.4, 0.2, Double.NaN, 0.8, 0.06, 0.01),
                DoubleColumn.create("high", 0.6, 0.3, Double.NaN, 0.95, 0.1, 0.03),
                StringColumn.create("penalty", "none", "none", "none", "L1", "L1", "L1"));
    }

    private static Table map() {
        return Table.create(
                "map",
                StringColumn.create("from", "a", "a", "b", "b"),
                StringColumn.create("to", "p", "q", "p", "q"),
                DoubleColumn.create("influence", 1, -2, 0, 0.5));
    }

    private static Table onePoint() {
        return Table.create("one", DoubleColumn.create("x", 3.0), DoubleColumn.create("y", 0.0));
    }

    private static Table awkwardNames() {
        return Table.create(
                "awkward",
                StringColumn.create("name", " ", "two\nlines", "much longer than there is any room for below an axis"),
                DoubleColumn.create("value", 1e-12, 3e-12, -2e-12));
    }

    static Stream<Figure> figuresOfEveryKind() {
        Figure lines = Figure.lines(hops(), "hop", "share").by("penalty").band("low", "high");
        return Stream.of(
                lines,
                lines.logX().logY().reference(0.3, "chance"),
                lines.limits(0, 0.5),
                Figure.points(hops(), "hop", "share").by("penalty").band("low", "high"),
                Figure.points(hops(), "penalty", "share"),
                Figure.bars(hops(), "hop", "share").by("penalty").band("low", "high"),
                Figure.bars(hops(), "hop", "share").by("penalty").logY(),
                Figure.boxes(hops(), "penalty", "share").by("hop"),
                Figure.boxes(hops(), "penalty", "share").logY(),
                Figure.heatmap(map(), "to", "from", "influence"),
                Figure.heatmap(map(), "to", "from", "influence").limits(-1, 1),
                Figure.lines(onePoint(), "x", "y"),
                Figure.points(onePoint(), "x", "y"),
                Figure.bars(onePoint(), "x", "y"),
                Figure.boxes(onePoint(), "x", "y"),
                Figure.heatmap(map(), "to", "from", "influence").size(120, 120),
                Figure.points(awkwardNames(), "name", "value").by("name"),
                Figure.bars(awkwardNames(), "name", "value").by("name"),
                Figure.grid(
                                2,
                                lines,
                                Figure.bars(onePoint(), "x", "y"),
                                Figure.heatmap(map(), "to", "from", "influence"))
                        .title("All"));
    }

    @ParameterizedTest
    @MethodSource("figuresOfEveryKind")
    void everyKindDrawsAPictureThatIsNotEmpty(Figure figure) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(figure.png(96)));
        long inked = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                inked += (image.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF ? 0 : 1;
            }
        }
        assertTrue(inked > 500, "only " + inked + " pixels are not white");
    }

    @ParameterizedTest
    @MethodSource("figuresOfEveryKind")
    void everyKindIsWellFormedSvgWithoutUndefinedPlaces(Figure figure) throws Exception {
        String svg = figure.svg();
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    }

    @Test
    void theSameFigureGivesTheSameBytes() {
        Figure figure = Figure.lines(hops(), "hop", "share").by("penalty");
        assertArrayEquals(figure.png(96), figure.png(96));
        assertEquals(figure.svg(), figure.svg());
    }

    @Test
    void aSettingLeavesTheFigureBeforeItAsItWas() {
        Figure before = Figure.lines(hops(), "hop", "share");
        String svg = before.svg();
        before.title("other").by("penalty").size(300, 300).limits(0, 9);
        assertEquals(svg, before.svg());
        assertEquals("", before.title());
    }

    @Test
    void changingTheTableLaterDoesNotChangeTheFigure() {
        Table t = map();
        Figure figure = Figure.heatmap(t, "to", "from", "influence");
        t.doubleColumn("influence").set(0, 99);
        assertEquals(1, figure.table().doubleColumn("influence").get(0));
    }

    @Test
    void titleAndFindingAreInTheSvgForScreenReaders() {
        String svg = Figure.heatmap(map(), "to", "from", "influence")
                .title("Who <influences> whom")
                .describe("a & b are quiet")
                .svg();
        assertTrue(svg.contains("<title>Who &lt;influences&gt; whom</title>"), svg);
        assertTrue(svg.contains("<desc>a &amp; b are quiet</desc>"), svg);
    }

    @Test
    void withoutAFindingThereIsStillADescription() {
        assertEquals(
                "Heat map of influence: to across, from down.",
                Figure.heatmap(map(), "to", "from", "influence").description());
    }

    @Test
    void svgTextFallsBackToAnySansSerifFont() {
        String svg = Figure.lines(hops(), "hop", "share").title("T").svg();
        assertTrue(svg.contains("font-family:'DejaVu Sans', Verdana, sans-serif"), svg);
    }

    @Test
    void aMapOfMoreThanTenThousandCellsIsOneImage() {
        StringColumn x = StringColumn.create("x");
        StringColumn y = StringColumn.create("y");
        DoubleColumn v = DoubleColumn.create("v");
        for (int i = 0; i < 101; i++) {
            for (int j = 0; j < 101; j++) {
                x.append("x" + j);
                y.append("y" + i);
                v.append(i - j);
            }
        }
        String svg = Figure.heatmap(Table.create("big", x, y, v), "x", "y", "v").svg();
        assertTrue(svg.contains("<image "));
        assertTrue(svg.split("<rect", -1).length < 500);
    }

    @Test
    void pixelsGrowWithTheResolution() throws IOException {
        Figure figure = Figure.points(onePoint(), "x", "y").size(200, 150);
        int coarse = ImageIO.read(new ByteArrayInputStream(figure.png(96))).getWidth();
        int fine = ImageIO.read(new ByteArrayInputStream(figure.png(192))).getWidth();
        assertEquals(2 * coarse, fine);
    }

    @Test
    void onlySavedFiguresOfAQuickRunSayQuick() {
        Figure figure = Figure.points(onePoint(), "x", "y");
        assertFalse(figure.svg().contains(">QUICK<"));
        figure = figure.save("quick");
        assertTrue(figure.svg().contains(">QUICK<"));
        String before = System.setProperty("hopwise.profile", "FULL");
        try {
            assertFalse(figure.svg().contains(">QUICK<"));
        } finally {
            System.setProperty("hopwise.profile", before);
        }
    }

    @Test
    void aBarOfExactlyZeroOnALogarithmicAxisIsTheWordAndTheLeastOtherValueHasABar() {
        Table reached = Table.create(
                "reached", StringColumn.create("hop", "4", "5", "13"), DoubleColumn.create("sum", 2.1, 0, 8.859375e-4));
        String svg = Figure.bars(reached, "hop", "sum").logY().svg();
        assertTrue(svg.contains(">0<"), "the word");
        Table without = reached.where(reached.doubleColumn("sum").isGreaterThan(0));
        assertFalse(Figure.bars(without, "hop", "sum").logY().svg().contains(">0<"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Figure.bars(Table.create(StringColumn.create("a", "x"), DoubleColumn.create("b", -1)), "a", "b")
                        .logY());
    }

    @Test
    void aNetworkLabelsItsEdgesAndRefusesUnitsOfNoLayer() {
        Table edges = Table.create(
                "edges",
                StringColumn.create("from", "in 1", "h 1", "h 1"),
                StringColumn.create("to", "h 1", "h 1", "out 1"),
                DoubleColumn.create("weight", 2, -0.5, 7));
        List<List<String>> layers = List.of(List.of("in 1"), List.of("h 1"), List.of("out 1"));
        String svg = Figure.network(edges, layers).walk("in 1", "h 1", "out 1").svg();
        for (String words : List.of(">in 1<", ">h 1<", ">out 1<", ">2<", ">-0.5<", ">7<")) {
            assertTrue(svg.contains(words), words);
        }
        String said = assertThrows(IllegalArgumentException.class, () -> Figure.network(edges, layers.subList(0, 2)))
                .getMessage();
        assertEquals("edge 2 has the unit 'out 1', which is in no layer; add it to one.", said);
        assertThrows(
                IllegalArgumentException.class,
                () -> Figure.points(onePoint(), "x", "y").walk("in 1"));
    }

    @Test
    void aChainOfLayersStandsEvenlyAndIsOnlyAsHighAsItNeeds() {
        Table chain = Table.create(
                StringColumn.create("from", "a", "b", "c"),
                StringColumn.create("to", "b", "c", "d"),
                DoubleColumn.create("weight", 1, 1, 1));
        Figure drawn = Figure.network(chain, List.of(List.of("a"), List.of("b"), List.of("c"), List.of("d")));
        double[] x = Stream.of("a", "b", "c", "d")
                .mapToDouble(unit -> place(drawn, unit))
                .toArray();
        assertArrayEquals(new double[] {x[0], (2 * x[0] + x[3]) / 3, (x[0] + 2 * x[3]) / 3, x[3]}, x, 1);
        assertEquals("Edges: a to b: 1; b to c: 1; c to d: 1.", drawn.description());
        Table back = Table.create(
                StringColumn.create("from", "a", "b", "c"),
                StringColumn.create("to", "b", "c", "b"),
                DoubleColumn.create("weight", 1, 1, 1));
        Figure arc = Figure.network(back, List.of(List.of("a"), List.of("b", "c"), List.of("d")));
        assertTrue(height(drawn) < 80 && height(arc) > height(drawn), height(drawn) + " and " + height(arc));
        assertEquals(
                "No edges.",
                Figure.network(chain.emptyCopy(), List.of(List.of("a"), List.of("b")))
                        .description());
    }

    /** Across, in pixels, of a unit's name. */
    private static double place(Figure drawn, String unit) {
        Matcher found = Pattern.compile("x=\"([0-9.]+)\"[^>]*>" + unit + "<").matcher(drawn.svg());
        assertTrue(found.find(), drawn.svg());
        return Double.parseDouble(found.group(1));
    }

    private static double height(Figure drawn) {
        Matcher found = Pattern.compile("height=\"([0-9.]+)").matcher(drawn.svg());
        assertTrue(found.find());
        return Double.parseDouble(found.group(1));
    }

    @Test
    void aGridLettersItsPanelsAndJoinsTheirTables() {
        Figure grid =
                Figure.grid(2, List.of(Figure.lines(hops(), "hop", "share"), Figure.points(onePoint(), "x", "y")));
        assertTrue(grid.svg().contains(">A<") && grid.svg().contains(">B<"));
        Table t = grid.table();
        assertEquals(List.of("panel", "hop", "share", "low", "high", "penalty", "x", "y"), t.columnNames());
        assertEquals(7, t.rowCount());
        assertEquals("B", t.stringColumn("panel").get(6));
        assertTrue(t.column("hop").isMissing(6) && t.column("x").isMissing(0));
    }

    @Test
    void columnsOfDifferentTypesAreJoinedAsText() {
        Table words = Table.create("w", StringColumn.create("x", "one"), DoubleColumn.create("y", 1.0));
        Table t = Figure.grid(1, Figure.points(onePoint(), "x", "y"), Figure.bars(words, "x", "y"))
                .table();
        assertEquals(List.of("3.0", "one"), t.stringColumn("x").asList());
    }

    @Test
    void savingWritesPictureDataAndProvenanceAndNothingElse() throws IOException {
        Figure figure = Figure.heatmap(map(), "to", "from", "influence").title("T");
        assertEquals(figure.toString(), figure.save(FigureId.of("save_test")).toString());
        Path folder = OutputFolder.current();
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("save_test.csv", "save_test.json", "save_test.png", "save_test.svg"),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.contains("save_test"))
                            .sorted()
                            .toList());
        }
        assertTrue(Files.readString(folder.resolve("save_test.csv")).startsWith("from,to,influence\na,p,1.0\n"));
        String json = Files.readString(folder.resolve("save_test.json"));
        assertTrue(json.contains("\"profile\": \"QUICK\"") && json.contains("\"title\": \"T\""), json);
    }

    @Test
    void errorBarsEndAtTheEndOfTheAxis() throws IOException {
        Table t = Table.create(
                StringColumn.create("x", "a"),
                DoubleColumn.create("y", -0.003),
                DoubleColumn.create("low", -0.01),
                DoubleColumn.create("high", 0.005));
        byte[] png = Figure.bars(t, "x", "y")
                .band("low", "high")
                .limits(0, 1)
                .size(300, 300)
                .png(96);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int dark = 0;
        for (int x = 100; x < 250; x++) {
            // The middle of the plot: nothing but light grid lines.
            for (int y = 60; y < 200; y++) {
                dark += (image.getRGB(x, y) & 0xFF) < 120 ? 1 : 0;
            }
        }
        assertEquals(0, dark);
    }

    /** Intervals around values of 1 and 10, of which the first reaches so far down. */
    private static Figure intervals(boolean areBars, double lowest) {
        Table t = Table.create(
                StringColumn.create("x", "a", "b"),
                DoubleColumn.create("y", 1, 10),
                DoubleColumn.create("low", lowest, 5),
                DoubleColumn.create("high", 3, 20));
        return (areBars ? Figure.bars(t, "x", "y") : Figure.points(t, "x", "y")).band("low", "high");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIntervalThatReachesZeroOnALogarithmicAxisIsSaidOnceInCaptionAndDescription(boolean areBars) {
        String note = "An arrow at the foot of a logarithmic axis: the interval reaches 0 or below.";
        Figure open = intervals(areBars, 0).logY().describe("Two values.");
        assertEquals("Two values. " + note, open.description());
        String grid = Figure.grid(2, open, intervals(areBars, -2).logY()).svg();
        assertEquals(1, grid.split(">" + note + "<", -1).length - 1, "the caption");
        assertFalse(intervals(areBars, 0.5).logY().svg().contains("arrow"), "an interval above 0");
        assertFalse(intervals(areBars, -2).svg().contains("arrow"), "an even axis");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIntervalThatReachesZeroEndsInAnArrowAtTheFootOfTheAxis(boolean areBars) throws IOException {
        BufferedImage[] images = new BufferedImage[2];
        for (int i = 0; i < 2; i++) {
            byte[] png = intervals(areBars, i == 0 ? -2 : 0.1)
                    .logY()
                    .limits(0.1, 100)
                    .size(300, 300)
                    .png(96);
            images[i] = ImageIO.read(new ByteArrayInputStream(png));
        }
        // All that differs from an interval that ends at the foot, with a cap, is the tip: 8 x 7 pixels, wide on top.
        Map<Integer, Integer> rows = new TreeMap<>();
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 300; x++) {
                boolean isNew = (images[0].getRGB(x, y) & 0xFF) < (images[1].getRGB(x, y) & 0xFF) - 60;
                if (isNew) {
                    rows.merge(y, 1, Integer::sum);
                }
            }
        }
        List<Integer> heights = List.copyOf(rows.keySet());
        int top = heights.get(0);
        int foot = heights.get(heights.size() - 1);
        assertTrue(foot - top >= 3 && foot - top <= 7, rows.toString());
        assertTrue(rows.get(top) >= 5 && rows.get(top) <= 8 && rows.get(foot) < rows.get(top), rows.toString());
        assertTrue(foot > 200, "the axis is at the lower end");
    }

    @Test
    void aBandMeetsTheFootOfALogarithmicAxisWhereItReachesZero() {
        Table t = Table.create(
                IntColumn.create("x", 1, 2, 3),
                DoubleColumn.create("y", 1, 10, 100),
                DoubleColumn.create("low", -1, 5, 50),
                DoubleColumn.create("high", 3, 20, 200));
        Figure band = Figure.lines(t, "x", "y").band("low", "high").logY();
        assertTrue(band.description().endsWith(" A band down to the foot of a logarithmic axis reaches 0 or below."));
        XYChart chart = new XYBody(new Spec(Spec.Kind.LINES, t, "x", "y", "y").with(spec -> {
                    spec.low = "low";
                    spec.high = "high";
                    spec.logY = true;
                }))
                .chart(400, 300);
        double foot = chart.getStyler().getYAxisMin();
        assertTrue(foot < 1 / Math.sqrt(10), "half a decade below the least value");
        assertTrue(chart.getSeriesCollection().stream()
                .anyMatch(series -> Arrays.equals(new double[] {3, 20, 200, 50, 5, foot}, series.getYData())));
    }

    @Test
    void stackedTablesLeaveCellsEmptyWhereAColumnIsLacking() {
        Table seen = Table.create("seen", StringColumn.create("who", "a"), IntColumn.create("x", new int[] {1}));
        Table theory = Table.create("theory", DoubleColumn.create("x", 1.5), DoubleColumn.create("y", 2.0));
        Table both = Figure.stack(seen, theory);
        assertEquals(List.of("who", "x", "y"), both.columnNames());
        assertTrue(both.column("who").isMissing(1));
        assertTrue(both.column("y").isMissing(0));
        assertEquals(1.5, both.doubleColumn("x").get(1));
        assertEquals(1, both.doubleColumn("x").get(0));
    }

    @Test
    void reportedValuesAreOpenMarkersAndNeedPoints() {
        Table t = hops();
        t.addColumns(DoubleColumn.create("printed", t.doubleColumn("share").asDoubleArray()));
        Figure plain = Figure.points(t, "hop", "share").by("penalty");
        assertTrue(plain.reported("printed").svg().length() > plain.svg().length());
        t.doubleColumn("printed").set(0, 5.0);
        assertThrows(
                IllegalArgumentException.class,
                () -> Figure.bars(t, "penalty", "share").reported("printed").svg());
    }

    @Test
    void reportedValuesAloneHaveNoDotsBeneathThem() {
        Table t = hops();
        t.addColumns(DoubleColumn.create("printed", t.doubleColumn("share").asDoubleArray()));
        Figure beside = Figure.points(t, "hop", "share").by("penalty").line("share");
        assertTrue(beside.reported("share").svg().length()
                < beside.reported("printed").svg().length());
    }
}
