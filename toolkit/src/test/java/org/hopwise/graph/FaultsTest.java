package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hopwise.randommode.coupling.EffectiveRank;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small inputs that once gave a wrong number without a word, or none that helps. */
class FaultsTest {

    private static INDArray matrix(double[]... rows) {
        return Nd4j.createFromArray(rows);
    }

    private static void refused(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void edgesOfOnePairAddUpInAllViews() {
        List<String> names = List.of("a", "b", "c");
        Wiring w = Wiring.of(
                names, new int[] {0, 0, 1, 2, 2}, new int[] {1, 1, 2, 2, 2}, new double[] {1, 2, 4, .25, .25});
        assertEquals(5, w.edges(), "as listed");
        assertEquals(3, HopDecomposition.of(w, names, names, 1).hop(1).getDouble(0, 1));
        assertEquals(3, w.couplings().getDouble(1, 0));
        assertEquals(0.5, w.couplings().getDouble(2, 2));
        assertEquals(0.5, w.spectralRadius());
        assertEquals(
                Math.sqrt((9 + 16 + .25) / 3), EffectiveRank.of(w.couplings()).gain(), 1e-12);
        INDArray signed = w.withInhibitory(List.of("a")).scaled(2).couplings();
        assertEquals(-6, signed.getDouble(1, 0));
        double[] sum = new double[1];
        w.forEachEdge((from, to, weight) -> sum[0] += weight);
        assertEquals(7.5, sum[0]);
    }

    @Test
    void edgesThatCancelLeaveNothing() {
        Wiring w = Wiring.of(List.of("a", "b"), new int[] {0, 0, 1}, new int[] {1, 1, 0}, new double[] {2, -2, 1});
        assertEquals(0, w.couplings().getDouble(1, 0));
        assertEquals(0, w.spectralRadius());
    }

    private static final Weights FORWARD = Weights.of(
            new double[][] {{1}, {0}, {0}}, new double[][] {{0, 0, 0}, {2, 0, 0}, {0, 3, 0}}, new double[][] {{0, 0, 1}
            });

    @Test
    void aCascadeWithoutCyclesIsRefusedAsAMapIs() {
        INDArray start = Nd4j.createFromArray(1.0, 0, 0, 0, 0);
        refused("radius is 0", () -> LeakyCascade.of(FORWARD).impulse(0.8, start, 4));
        refused("radius is 0", () -> LeakyCascade.of(FORWARD).driven(0.8, start, 4));
        refused(
                "radius is 0",
                () -> InfluenceMap.of(FORWARD, WalkMeasure.resolvent(0.8).normalised()));
        // x_out(t) = e^-t 6 t^4 / 4!, by the raw form.
        double found = LeakyCascade.of(FORWARD).continuous(1, start, 2).getDouble(0, 4);
        assertEquals(6 * 16 / 24.0 * Math.exp(-2), found, 1e-13);
    }

    @Test
    void aCascadeThatOverflowsIsRefused() {
        Weights w = Weights.of(new double[][] {{1}}, new double[][] {{0.9}}, new double[][] {{1}});
        INDArray start = Nd4j.createFromArray(1.0, 0, 0);
        refused("overflows", () -> LeakyCascade.of(w).impulse(1e200, start, 9));
        Weights growing = Weights.of(new double[][] {{1}}, new double[][] {{3}}, new double[][] {{1}});
        refused("overflows", () -> LeakyCascade.of(growing).continuous(1, start, 1000));
    }

    /** Unit 1 is (e^((0.9 - 1 / tau) t) - e^(-t / tau)) / 0.9. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 500", "1, 740", "1, 760", "1, 800", "1, 7000", "0.5, 300", "2, 3", "0.01, 7"})
    void aCascadeIsFollowedForLongTimes(double tau, double t) {
        Weights w = Weights.of(new double[][] {{1}}, new double[][] {{0.9}}, new double[][] {{1}});
        double found = LeakyCascade.of(w)
                .continuous(tau, Nd4j.createFromArray(1.0, 0, 0), t)
                .getDouble(0, 1);
        double right = Math.exp((0.9 - 1 / tau) * t) * -Math.expm1(-0.9 * t) / 0.9;
        assertEquals(right, found, 1e-9 * right);
    }

    @Test
    void targetsThatCannotBeColumnsAreNamed() {
        Wiring w = Wiring.of(List.of("mAL", "MAL", "from", "b"), Nd4j.ones(4, 4));
        for (List<String> targets : List.of(List.of("mAL", "MAL"), List.of("from", "b"), List.of("b", "b"))) {
            InfluenceMap map = InfluenceMap.of(w, List.of("b"), targets, WalkMeasure.resolvent(0.1));
            refused(
                    "target '" + (targets.get(0).equals("mAL") ? "MAL" : targets.get(0)),
                    () -> map.toMatrixTable("m", 3));
            assertEquals(2, map.toTable().rowCount());
        }
    }

    private static final Weights THREE = Weights.of(
            new double[][] {{1}, {0}, {0}}, new double[][] {{1, .5, 0}, {0, 1, 0}, {0, 2, 1}}, new double[][] {{1, 1, 1}
            });

    @Test
    void transformsThatAreSingularInRoundingAreRefusedByCondition() {
        refused(
                "condition number",
                () -> THREE.rebased(
                        matrix(new double[] {.1, .2, .3}, new double[] {.4, .5, .6}, new double[] {.7, .8, .9})));
        double[][] hilbert = new double[12][12];
        for (int at = 0; at < 144; at++) {
            hilbert[at / 12][at % 12] = 1.0 / (at / 12 + at % 12 + 1);
        }
        Weights twelve = Weights.of(new double[12][1], new double[12][12], new double[1][12]);
        refused("condition number", () -> twelve.rebased(Nd4j.createFromArray(hilbert)));
    }

    @Test
    void unitsOfMeasurementAreNotTakenForASingularTransform() {
        Weights other =
                THREE.rebased(matrix(new double[] {1e-9, 0, 0}, new double[] {0, 1, 1}, new double[] {0, -1e9, 1e9}));
        assertEquals(0, HopDecomposition.of(THREE, 3).distance(HopDecomposition.of(other, 3)), 1e-12);
    }
}
