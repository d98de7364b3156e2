package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The known answers of data/README.md, computed there with NumPy and SciPy. */
class ConnectomeTest {

    /** Known answers are printed with ten digits. */
    private static final double PRINTED = 2e-9;

    private static Wiring worm;
    private static List<String> sensory;
    private static List<String> motor;
    private static List<String> gaba;

    @BeforeAll
    static void read() {
        Path folder = Path.of(System.getProperty("hopwise.root"), "data", "celegans");
        Table nodes = Table.read().csv(folder.resolve("nodes.csv").toFile());
        Table edges = Table.read().csv(folder.resolve("edges.csv").toFile());
        worm = Wiring.of(nodes.stringColumn("root_id").asList(), edges, "pre", "post", "count");
        sensory = cells(nodes, "super_class", "sensory");
        motor = cells(nodes, "super_class", "motor");
        gaba = cells(nodes, "top_nt", "gaba");
    }

    private static List<String> cells(Table nodes, String column, String value) {
        return nodes.where(nodes.stringColumn(column).isEqualTo(value))
                .stringColumn("root_id")
                .asList();
    }

    @Test
    void theWormHasTheKnownSizes() {
        assertEquals(300, worm.names().size());
        assertEquals(3539, worm.edges());
        assertEquals(83, sensory.size());
        assertEquals(118, motor.size());
    }

    @Test
    void theWormReproducesTheKnownHops() {
        assertHops(
                worm,
                106.083429675,
                173.5104151,
                10.88200111,
                21.2053108,
                24.77802892,
                21.8433464,
                18.52473944,
                15.28908514);
    }

    @Test
    void theWormWithInhibitoryCellsReproducesTheKnownHops() {
        assertHops(
                worm.withInhibitory(gaba),
                104.902183138,
                177.9424333,
                11.00453742,
                21.49492001,
                25.37360577,
                22.43395292,
                19.06567087,
                15.76360826);
    }

    private static void assertHops(Wiring wiring, double radius, double resolvent, double... known) {
        assertEquals(radius, wiring.spectralRadius(), PRINTED * radius);
        HopDecomposition hops = HopDecomposition.of(wiring, sensory, motor, known.length);
        double g = 0.8 / wiring.spectralRadius();
        for (int k = 1; k <= known.length; k++) {
            double sum = Math.pow(g, k) * hops.hop(k).sumNumber().doubleValue();
            assertEquals(known[k - 1], sum, PRINTED * known[k - 1], "hop " + k);
        }
        InfluenceMap map = InfluenceMap.of(
                wiring, sensory, motor, WalkMeasure.resolvent(0.8).normalised());
        assertEquals(resolvent, map.matrix().sumNumber().doubleValue(), PRINTED * resolvent);
    }

    @Test
    void anEdgeToAnUnknownCellIsRefused() {
        Table edges = Table.create(
                StringColumn.create("pre", "a", "a"),
                StringColumn.create("post", "b", "z"),
                DoubleColumn.create("count", 1, 2));
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> Wiring.of(List.of("a", "b"), edges, "pre", "post", "count"));
        assertTrue(refusal.getMessage().startsWith("edge 1 (counted from 0) names unit 'z'"), refusal.getMessage());
    }

    @Test
    void twoCellsOfOneNameAreRefused() {
        Table none =
                Table.create(StringColumn.create("pre"), StringColumn.create("post"), DoubleColumn.create("count"));
        assertThrows(IllegalArgumentException.class, () -> Wiring.of(List.of("a", "a"), none, "pre", "post", "count"));
    }
}
