package org.hopwise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.graph.Wiring;
import org.hopwise.io.WiringFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/** Modularity against golden cases, and searches against optima found by enumerating all partitions. */
class CommunitiesTest {

    private static final JsonObject GOLDEN = Golden.read("byo-modularity");

    private static Wiring wiring(JsonObject golden) {
        INDArray adjacency = Golden.array(golden.get("A"));
        int n = (int) adjacency.size(0);
        return Wiring.of(IntStream.range(0, n).mapToObj(i -> "u" + i).toList(), adjacency);
    }

    private static List<String> texts(JsonElement numbers) {
        List<String> texts = new ArrayList<>();
        numbers.getAsJsonArray().forEach(number -> texts.add(number.getAsString()));
        return texts;
    }

    private static ModularityKind kind(String name) {
        return Arrays.stream(ModularityKind.values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "twoModules",
                "twoRings",
                "signedDirected",
                "signedDirectedGamma",
                "denseSignedWithLoops",
                "signedSymmetric",
                "sparseDirectedWithSinks"
            })
    void qIsThatOfTheGoldenCaseAndItsOptimumIsFound(String name) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        Wiring wiring = wiring(golden);
        double gamma = golden.get("gamma").getAsDouble();
        for (Map.Entry<String, JsonElement> q : golden.getAsJsonObject("Q").entrySet()) {
            double found = Communities.modularity(wiring, texts(golden.get("partition")), kind(q.getKey()), gamma);
            assertEquals(q.getValue().getAsDouble(), found, 1e-12, name + " " + q.getKey());
        }
        for (Map.Entry<String, JsonElement> best :
                golden.getAsJsonObject("best").entrySet()) {
            Communities search = Communities.of(wiring, kind(best.getKey()), gamma, Seed.of(1));
            JsonObject optimum = best.getValue().getAsJsonObject();
            assertEquals(optimum.get("Q").getAsDouble(), search.modularity(), 1e-12, name + " " + best.getKey());
            if (optimum.get("ties").getAsInt() == 1) {
                assertEquals(
                        1,
                        search.agreement(
                                texts(optimum.getAsJsonArray("partitions").get(0))),
                        1e-12);
            }
            List<String> modules =
                    search.modules().stream().map(String::valueOf).toList();
            assertEquals(
                    search.modularity(), Communities.modularity(wiring, modules, kind(best.getKey()), gamma), 1e-12);
        }
    }

    private static Path data(String file) {
        return Path.of(System.getProperty("hopwise.root"), "data").resolve(file);
    }

    @Test
    void theCatsFourKnownModulesHaveTheirQAndSearchesDoNoWorse() throws IOException {
        Wiring cat = WiringFile.load(data("cat-cortex53/Cat53_cortex.txt")).wiring();
        String[] modules = new String[53];
        List<String> lines = Files.readAllLines(data("cat-cortex53/Cat53_Partition.txt"));
        for (int module = 0; module < 4; module++) {
            for (String area : lines.get(module).trim().split("\\s+", -1)) {
                modules[Integer.parseInt(area)] = "m" + module;
            }
        }
        JsonObject known = GOLDEN.getAsJsonObject("real").getAsJsonObject("cat");
        assertEquals(
                known.get("four modules").getAsDouble(),
                Communities.modularity(cat, List.of(modules), ModularityKind.POSITIVE, 1),
                1e-12);
        assertEquals(
                known.get("gamma 0.5").getAsDouble(),
                Communities.modularity(cat, List.of(modules), ModularityKind.POSITIVE, 0.5),
                1e-12);
        Communities search = Communities.of(cat, Seed.of(1));
        assertTrue(search.modularity() >= 0.3625742675 - 1e-12, search.toString());
        assertTrue(search.reached() >= 1 && search.agreement() > 0.5, search.toString());
        assertEquals(53, search.consensus().size());
        assertEquals(search.modules(), Communities.of(cat, Seed.of(1)).modules());
    }

    @Test
    void theWormsKindsOfCellsHaveTheirQWithSigns() {
        Wiring worm = WiringFile.load(data("celegans/edges.csv")).wiring();
        Table units = WiringFile.units(data("celegans/nodes.csv"));
        List<String> ids = units.stringColumn(0).asList();
        List<String> kinds = worm.names().stream()
                .map(name -> units.stringColumn("super_class").get(ids.indexOf(name)))
                .toList();
        List<String> gaba = worm.names().stream()
                .filter(name -> "gaba".equals(units.stringColumn("top_nt").get(ids.indexOf(name))))
                .toList();
        Wiring signed = worm.withInhibitory(gaba);
        JsonObject known = GOLDEN.getAsJsonObject("real").getAsJsonObject("worm by super_class");
        assertEquals(
                known.get("positive").getAsDouble(),
                Communities.modularity(worm, kinds, ModularityKind.POSITIVE, 1),
                1e-12);
        assertEquals(
                known.get("gaba negative, asymmetric").getAsDouble(),
                Communities.modularity(signed, kinds, ModularityKind.ASYMMETRIC, 1),
                1e-12);
        assertEquals(
                known.get("gaba negative, symmetric").getAsDouble(),
                Communities.modularity(signed, kinds, ModularityKind.SYMMETRIC, 1),
                1e-12);
    }

    @Test
    void randIndicesAreThoseOfTheFormula() {
        // Hubert and Arabie's example of two labellings, by hand: pairs together 2, in one 4, in the other 4, of 15.
        assertEquals(
                (2 - 4 * 4 / 15.0) / (4 - 4 * 4 / 15.0),
                Communities.adjustedRand(new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 0, 1, 1, 1, 2}),
                1e-12);
        assertEquals(1, Communities.adjustedRand(new int[] {0, 1, 1}, new int[] {5, 2, 2}), 0);
    }

    @Test
    void aWiringWithoutEdgesHasNoModules() {
        Wiring none = Wiring.of(List.of("a", "b"), new int[0], new int[0], new double[0]);
        assertThrows(IllegalArgumentException.class, () -> Communities.of(none, Seed.of(1)));
        assertTrue(Double.isNaN(Communities.modularity(none, List.of("x", "y"), ModularityKind.POSITIVE, 1)));
    }
}
