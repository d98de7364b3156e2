package org.hopwise.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.hopwise.Seed;
import org.hopwise.figure.Figure;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class SliderTest {

    private static final Weights LOOP = Weights.of(
            new double[][] {{2}, {0}, {0}},
            new double[][] {{0, 0, 0.5}, {0.3, 0, 0}, {0, 0.5, 0}},
            new double[][] {{0, 0, 7}});

    private static JsonObject data(Slider slider) {
        String html = slider.html();
        String open = "<script type=\"application/json\">";
        int from = html.indexOf(open) + open.length();
        return JsonParser.parseString(html.substring(from, html.indexOf("</script>", from)))
                .getAsJsonObject();
    }

    private static JsonObject frame(JsonObject data, int index) {
        return data.getAsJsonArray("frames").get(index).getAsJsonObject();
    }

    @Test
    void everyHopComesBackFromItsPageToHalfAUnit() {
        var task = Tasks.onOff().size(8, 2).steps(6);
        var weights =
                RecurrentNetwork.random(task, 12, Activation.TANH, Seed.of(4)).weights();
        HopDecomposition hops = HopDecomposition.of(weights, 6);
        JsonObject data = data(Slider.of(hops));
        double unit = data.get("unit").getAsDouble();
        assertEquals(6, data.getAsJsonArray("frames").size());
        for (int hop = 2; hop <= 7; hop++) {
            JsonArray values = frame(data, hop - 2).getAsJsonArray("values");
            for (int i = 0; i < 64; i++) {
                assertEquals(
                        hops.hop(hop).getDouble(i / 8, i % 8), values.get(i).getAsDouble() * unit, unit / 2);
            }
        }
        assertTrue(unit <= data.get("limit").getAsDouble() / 100, "at least a hundred steps of colour a side");
    }

    @Test
    void aPositionSaysWhichStepAHopCarriesAndWhichShare() {
        JsonObject data = data(Slider.of(HopDecomposition.of(LOOP, 12)).start(7));
        assertEquals(5, data.get("start").getAsInt());
        assertEquals(
                "hop 4 carries the input of step 10: 92.5 % of all influence",
                frame(data, 2).get("text").getAsString());
        assertEquals(
                "hop 5 carries the input of step 9: nothing of all influence",
                frame(data, 3).get("text").getAsString());
        assertEquals(0, frame(data, 3).get("share").getAsDouble());
        double share = 1 / (1 + 0.075 + 0.075 * 0.075 + Math.pow(0.075, 3));
        assertEquals(share, frame(data, 2).get("share").getAsDouble(), 5e-4);
    }

    @Test
    void mapsOverASettingShareOneScale() {
        JsonObject data = data(Slider.over(
                "alpha", List.of(0.5, 0.8, 2.0), alpha -> InfluenceMap.of(LOOP, WalkMeasure.resolvent(alpha))));
        assertEquals(84, data.get("limit").getAsDouble());
        double unit = data.get("unit").getAsDouble();
        assertEquals(84, frame(data, 2).getAsJsonArray("values").get(0).getAsDouble() * unit, unit);
        assertEquals("2.0", frame(data, 2).get("at").getAsString());
        assertFalse(frame(data, 0).has("share"));
    }

    @Test
    void figuresOverASettingAreImagesWithTheirSentences() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (String beta : List.of("0.1", "0.2")) {
            Table t = Table.create(IntColumn.create("x", 1, 2), DoubleColumn.create("y", 3, Double.parseDouble(beta)));
            figures.put(beta, Figure.lines(t, "x", "y").describe("Ends at " + beta + "."));
        }
        JsonObject data = data(Slider.over("beta", figures));
        assertEquals("beta 0.2: Ends at 0.2.", frame(data, 1).get("text").getAsString());
        assertTrue(frame(data, 1).get("image").getAsString().startsWith("data:image/png;base64,iVBOR"));
        assertFalse(data.has("rows"));
    }

    @Test
    void everyTextIsEscapedAndTheBlockLoadsNothing() {
        String nasty = "</script><img src=x onerror=alert(1)>\"'&";
        Slider slider = Slider.over(
                        nasty,
                        List.of(nasty),
                        unused -> InfluenceMap.of(LOOP, WalkMeasure.powers().truncated(4)))
                .describe(nasty);
        String html = slider.html();
        assertFalse(html.contains("<img src=x"), "as a tag");
        assertEquals(2, html.split("</script>", -1).length - 1, "the data's end and the script's");
        assertFalse(html.matches("(?s).*(src|href)=\"https?:.*"));
        assertEquals(nasty, data(slider).get("name").getAsString());
    }

    @Test
    void theStillPictureIsAPictureOfAllHops() throws IOException {
        var image = ImageIO.read(
                new ByteArrayInputStream(Slider.of(HopDecomposition.of(LOOP, 6)).png()));
        assertTrue(image.getWidth() > 900 && image.getHeight() > 450, image.getWidth() + " x " + image.getHeight());
    }

    @Test
    void whatIsTooLargeIsRefusedWithItsSize() {
        assertMessage("41 positions", () -> Slider.of(HopDecomposition.of(LOOP, 41)));
        assertMessage("it takes 1 to 40", () -> Slider.over("beta", Map.of()));
        Weights wide = Weights.of(new double[2][101], new double[2][2], new double[100][2]);
        assertMessage("101 x 100, 10100 cells", () -> Slider.of(HopDecomposition.of(wide, 3)));
        var shape = Tasks.averaging().size(100, 4).steps(3);
        var many =
                RecurrentNetwork.random(shape, 50, Activation.TANH, Seed.of(1)).weights();
        InfluenceMap map = InfluenceMap.of(many, WalkMeasure.resolvent(0.1));
        List<Integer> positions = IntStream.range(0, 40).boxed().toList();
        assertMessage(
                "at most 2,000,000",
                () -> Slider.over("n", positions, n -> map).limit(1e-9).html());
        assertMessage(
                "the positions are [2, 3, 4]",
                () -> Slider.of(HopDecomposition.of(LOOP, 3)).start(5));
        assertMessage(
                "limit is 0", () -> Slider.of(HopDecomposition.of(LOOP, 3)).limit(0));
        Weights two = Weights.of(new double[2][2], new double[2][2], new double[2][2]);
        assertMessage(
                "need one shape",
                () -> Slider.over(
                        "n", List.of(0, 1), n -> InfluenceMap.of(n == 0 ? LOOP : two, WalkMeasure.resolvent(0.1))));
    }

    private static void assertMessage(String part, Runnable call) {
        String said = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(said.contains(part), said);
    }

    @Test
    void aSliderSaysWhatItMoves() {
        assertEquals(
                "slider over hop, 3 positions from 2 to 4, maps of 1 x 1",
                Slider.of(HopDecomposition.of(LOOP, 3)).toString());
    }

    @Test
    void aDrawingListsItsEdgesAndFoldsWhatIsLarge() {
        Figure drawn = NetworkDrawing.of(LOOP).walk("in 1", "h 1", "h 2").figure();
        assertEquals(
                "Edges: in 1 to h 1: 2; h 3 to h 1: 0.5; h 1 to h 2: 0.3; h 2 to h 3: 0.5; h 3 to out 1: 7.",
                drawn.description());
        var task = Tasks.averaging();
        var large =
                RecurrentNetwork.random(task, 32, Activation.TANH, Seed.of(1)).weights();
        String folded = NetworkDrawing.of(large).modules(4).figure().description();
        assertTrue(
                folded.contains("module 4: 8 inputs to 32 hidden units; 32 hidden units to 32 hidden units;"), folded);
        assertThrows(
                IllegalArgumentException.class, () -> NetworkDrawing.of(large).modules(3));
    }
}
