package org.hopwise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hopwise.Golden;
import org.hopwise.graph.Wiring;
import org.hopwise.io.WiringFile;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Lesions of walks against golden cases, and of the worm against its known answer. */
class LesionsTest {

    private static final JsonObject GOLDEN = Golden.read("byo-lesions");

    private static Weights weights() {
        JsonObject network = GOLDEN.getAsJsonObject("network");
        return Weights.of(
                Golden.array(network.get("Win")), Golden.array(network.get("W")), Golden.array(network.get("Wout")));
    }

    private static Lesions lesions() {
        return Lesions.of(
                weights(),
                Golden.array(GOLDEN.getAsJsonObject("network").get("variances")).toDoubleVector());
    }

    /** Golden names count from 0, ours from 1. */
    private static void assertLesions(String name, Table table, String format, int from) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        assertEquals(golden.size(), table.rowCount());
        List<String> order = new ArrayList<>();
        for (Row row : table) {
            String what = row.getString("what");
            String key = golden.keySet().stream()
                    .filter(k -> what.equals(
                            k.matches("[0-9]+")
                                    ? format.formatted(Integer.parseInt(k) + from)
                                    : k.replace("->", " -> ")))
                    .findFirst()
                    .orElseThrow();
            JsonObject expected = golden.getAsJsonObject(key);
            Golden.assertClose(expected.get("error").getAsDouble(), row.getDouble("error"), what);
            Golden.assertClose(expected.get("absolute").getAsDouble(), row.getDouble("absolute"), what);
            order.add(key);
            assertEquals(order.size(), row.getInt("rank"));
        }
        JsonObject ranking = GOLDEN.getAsJsonObject("ranking");
        if (ranking.has(name)) {
            List<String> expected = new ArrayList<>();
            for (JsonElement key : ranking.getAsJsonArray(name)) {
                expected.add(key.getAsString());
            }
            assertEquals(expected, order);
        }
    }

    @Test
    void hopsRoutesAndUnitsLoseWhatTheGoldenCaseSays() {
        assertLesions("hops", lesions().hops(), "%d", 0);
        List<String> modules = new ArrayList<>();
        GOLDEN.getAsJsonObject("network")
                .getAsJsonArray("modules")
                .forEach(module -> modules.add(module.getAsString()));
        assertLesions("routes", lesions().routes(modules), "%d", 0);
        assertLesions("units", lesions().removed(), "hidden %d", 1);
        assertLesions("silenced", lesions().silenced(), "hidden %d", 1);
    }

    @Test
    void wrongVariancesAndModulesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Lesions.of(weights(), new double[] {1, -1}));
        assertThrows(IllegalArgumentException.class, () -> lesions().routes(List.of("a")));
        assertThrows(IllegalArgumentException.class, () -> lesions().silenced(Map.of("both", List.of("hidden 99"))));
    }

    @Test
    void theWormLosesItsKnownShareWithoutTwoCells() {
        Path data = Path.of(System.getProperty("hopwise.root"), "data", "celegans");
        Wiring worm = WiringFile.load(data.resolve("edges.csv")).wiring();
        Table units = WiringFile.units(data.resolve("nodes.csv"));
        Lesions lesions = Lesions.of(worm, cells(units, worm, "sensory"), cells(units, worm, "motor"), 300, 0.8);
        Table both = lesions.silenced(Map.of("AVAL, AVAR", List.of("AVAL", "AVAR")));
        assertEquals(125.4210748198, both.doubleColumn("absolute").get(0), 1e-8);
        assertEquals(
                1 - 125.4210748198 / 173.5104150720, both.doubleColumn("error").get(0), 1e-10);
    }

    private static List<String> cells(Table units, Wiring worm, String kind) {
        return units.where(units.stringColumn("super_class").isEqualTo(kind)).stringColumn(0).asList().stream()
                .filter(worm.names()::contains)
                .toList();
    }

    @Test
    void aSilencedSourceStillInjectsOnlyWhereToldSo() {
        // a -> b -> c -> a: a ring, so that there is a scale.
        Wiring ring =
                Wiring.of(List.of("a", "b", "c"), new int[] {0, 1, 2}, new int[] {1, 2, 0}, new double[] {1, 1, 1});
        Lesions lesions = Lesions.of(ring, List.of("a"), List.of("c"), 5, 0.5);
        Map<String, List<String>> source = Map.of("a", List.of("a"));
        // Two edges at 1/2 each, and five edges once round.
        double intact = 0.25 + 0.03125;
        assertEquals(1, lesions.silenced(source).doubleColumn("error").get(0), 1e-15);
        Table kept = lesions.keepingSources().silenced(source);
        assertEquals(0.25, kept.doubleColumn("absolute").get(0), 1e-15);
        assertEquals(1 - 0.25 / intact, kept.doubleColumn("error").get(0), 1e-15);
        // Without b there is no ring left, and no walk.
        assertEquals(
                0,
                lesions.renormalising()
                        .silenced(Map.of("b", List.of("b")))
                        .doubleColumn("absolute")
                        .get(0));
    }
}
