package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.Nd;
import org.hopwise.internal.linear.LinearAlgebra;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** The known answers of data/README.md, computed there with NumPy and SciPy. */
class RealDataTest {

    /** Known answers are printed with nine digits or more. */
    private static final double PRINTED = 5e-9;

    private static Path data(String folder, String file) {
        return Path.of(System.getProperty("hopwise.root"), "data", folder, file);
    }

    @Test
    void theCatReproducesTheKnownHops() {
        INDArray areas = MatrixFile.read(data("cat-cortex53", "Cat53_cortex.txt"));
        List<String> names = IntStream.range(0, 53).mapToObj(i -> "area " + i).toList();
        Wiring cat = Wiring.of(names, areas);
        assertEquals(826, cat.edges());
        assertEquals(29.0273184841, cat.spectralRadius(), PRINTED * 29);
        // Modules stand in order: 16 visual, 7 auditory, 16 somato-motor, 14 fronto-limbic areas.
        assertHops(
                cat,
                names.subList(0, 16),
                names.subList(39, 53),
                1.570933947,
                1.610282225,
                1.421262202,
                1.180164612,
                0.9558084344,
                0.7664243478);
        assertEquals(areas.transpose(), cat.couplings());
    }

    @Test
    void theLarvaReproducesTheKnownHops() {
        Table cells = Table.read().csv(data("drosophila-larva", "nodes.csv").toFile());
        Table synapses = Table.read()
                .csv(CsvReadOptions.builder(
                                data("drosophila-larva", "edges.csv").toFile())
                        .header(false));
        List<String> names = cells.column("id").asStringColumn().asList();
        Wiring larva = Wiring.of(names, synapses, "C0", "C1", "C2");
        assertEquals(3013, larva.names().size());
        assertEquals(111_243, larva.edges());
        assertEquals(296.643189694, larva.spectralRadius(), PRINTED * 296);
        assertHops(
                larva,
                of(cells, names, "input"),
                of(cells, names, "output"),
                11.63687595,
                3.211441021,
                2.273616861,
                1.756874265,
                1.4272556,
                1.172208487);
    }

    private static List<String> of(Table cells, List<String> names, String role) {
        return IntStream.range(0, names.size())
                .filter(i -> cells.stringColumn("io").get(i).equals(role))
                .mapToObj(names::get)
                .toList();
    }

    private static void assertHops(Wiring wiring, List<String> from, List<String> to, double... known) {
        Wiring damped = wiring.scaled(0.8 / wiring.spectralRadius());
        HopDecomposition hops = HopDecomposition.of(damped, from, to, known.length);
        for (int k = 1; k <= known.length; k++) {
            assertEquals(known[k - 1], hops.hop(k).sumNumber().doubleValue(), PRINTED * known[k - 1], "hop " + k);
        }
    }

    @Test
    void theTrainedNetworksHaveTheKnownSingularValues() {
        double[] decision = singularValues(MatrixFile.read(data("trained-rnn", "psychrnn_decision_recurrent.csv")));
        assertArrayEquals(new double[] {2.38078158, 2.26839912, 2.01735321}, Arrays.copyOf(decision, 3), PRINTED * 2);
        double[] rankOne = singularValues(product("lowrank_decision"));
        assertEquals(133.638054, rankOne[0], PRINTED * 133);
        assertEquals(0, rankOne[1], 1e-12);
        double[] rankTwo = singularValues(product("lowrank_reach"));
        assertArrayEquals(new double[] {208.856758, 173.654111}, Arrays.copyOf(rankTwo, 2), PRINTED * 208);
        assertEquals(0, rankTwo[2], 1e-11);
    }

    private static INDArray product(String stem) {
        return MatrixFile.read(data("trained-rnn", stem + "_m.csv"))
                .mmul(MatrixFile.read(data("trained-rnn", stem + "_n.csv")));
    }

    private static double[] singularValues(INDArray matrix) {
        DMatrixRMaj square = Nd.matrix("weights", matrix);
        return LinearAlgebra.singularModes(square).values().data;
    }
}
