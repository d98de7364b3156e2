package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.hopwise.Golden;
import org.hopwise.internal.Nd;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModularityTest {

    private static final double EXACT = 1e-12;
    private static final JsonObject CASE = Golden.read("modularity");
    private static final double P = CASE.get("p").getAsDouble();

    /** Two modules of three: ones inside, p across; inputs and outputs of ones inside their module only. */
    private static Weights twoModules() {
        double[][] inside = new double[6][6];
        double[][] across = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                inside[i][j] = i / 3 == j / 3 ? 1 : 0;
                across[i][j] = i / 3 == j / 3 ? 1 : P;
            }
        }
        return Weights.of(inside, across, inside);
    }

    @Test
    void structuralModularityIsTheGoldenOne() {
        double q = Modularity.of(twoModules().recurrent(), 2);
        assertEquals(CASE.get("Q_struct").getAsDouble(), q, EXACT);
        assertEquals(CASE.get("Q_struct_formula").getAsDouble(), Modularity.ofTwoModules(P, 3), EXACT);
    }

    @Test
    void everyHopHasTheGoldenModularity() {
        HopDecomposition hops = HopDecomposition.of(twoModules(), 6);
        for (String k : CASE.getAsJsonObject("Q_hop").keySet()) {
            int hop = Integer.parseInt(k);
            double expected = CASE.getAsJsonObject("Q_hop").get(k).getAsDouble();
            assertEquals(expected, Modularity.of(hops.hop(hop), 2), EXACT, "hop " + k);
            assertEquals(
                    CASE.getAsJsonObject("Q_hop_formula").get(k).getAsDouble(),
                    Modularity.ofTwoModules(P, hop),
                    EXACT,
                    "formula at hop " + k);
        }
    }

    @Test
    void namedGroupsGiveTheSameAsModulesOfEqualSize() {
        INDArray map = twoModules().recurrent();
        List<String> groups = List.of("a", "a", "a", "b", "b", "b");
        assertEquals(Modularity.of(map, 2), Modularity.of(map, groups, groups), EXACT);
        assertEquals(Modularity.of(map, 2), Modularity.of(map.neg(), groups, groups), EXACT, "signs do not count");
    }

    @Test
    void modulesMeetByNameAndNotByOrder() {
        INDArray crossing = Nd.array(new double[] {0, 1, 1, 0}, 2, 2);
        assertEquals(0.5, Modularity.of(crossing, List.of("a", "b"), List.of("b", "a")), EXACT);
        assertEquals(-0.5, Modularity.of(crossing, List.of("a", "b"), List.of("a", "b")), EXACT);
    }

    @Test
    void withoutAnyPreferenceModularityIsZero() {
        assertEquals(0, Modularity.of(Nd.array(new double[] {1, 1, 1, 1}, 2, 2), 2), EXACT);
        assertEquals(0, Modularity.ofTwoModules(1, 3));
    }

    @Test
    void anEmptyMapHasNoModularity() {
        assertTrue(Double.isNaN(Modularity.of(Nd.array(new double[4], 2, 2), 2)));
    }

    @Test
    void modulesThatDoNotDivideAreRefused() {
        INDArray map = twoModules().recurrent();
        var refusal = assertThrows(IllegalArgumentException.class, () -> Modularity.of(map, 4));
        assertEquals("sources is 6, which modules = 4 does not divide; use a multiple of 4.", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Modularity.of(map, List.of("a"), List.of("a")));
        assertThrows(IllegalArgumentException.class, () -> Modularity.ofTwoModules(1.5, 3));
    }
}
