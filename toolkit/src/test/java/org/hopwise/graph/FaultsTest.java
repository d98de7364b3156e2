package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void alphaAtItsBoundIsRefusedInSpiteOfRounding() {
        for (int weight = 1; weight <= 200; weight++) {
            Wiring w = Wiring.of(List.of("a", "b"), matrix(new double[] {0, weight}, new double[] {weight, 0}));
            double bound = 1.0 / weight;
            for (WalkMeasure measure : List.of(WalkMeasure.resolvent(1).normalised(), WalkMeasure.resolvent(bound))) {
                assertThrows(
                        DivergentWalksException.class, () -> InfluenceMap.of(w, List.of("a"), List.of("b"), measure));
            }
            double below = InfluenceMap.of(w, List.of("a"), List.of("b"), WalkMeasure.resolvent(0.5 * bound))
                    .matrix()
                    .getDouble(0);
            assertEquals(2.0 / 3, below, 1e-12);
        }
    }

    /** A direct edge of 1 and a chain whose product is 1. */
    @ParameterizedTest
    @CsvSource({"40, 0.5", "40, 0.1", "40, 0.01", "40, 0.001", "200, 0.1", "1500, 0.5"})
    void aChainThatIsWeakFirstAndStrongAfterCountsInFull(int length, double weak) {
        int[] from = new int[length + 1];
        int[] to = new int[length + 1];
        double[] weight = new double[length + 1];
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= length; i++) {
            names.add("n" + i);
            from[i] = i;
            to[i] = i + 1;
            weight[i] = i < length / 2 ? weak : 1 / weak;
        }
        from[length] = 0;
        to[length] = length;
        weight[length] = 1;
        Wiring w = Wiring.of(names, from, to, weight);
        List<String> a = List.of("n0");
        List<String> b = List.of("n" + length);
        assertEquals(2, InfluenceMap.of(w, a, b, WalkMeasure.powers()).matrix().getDouble(0), 1e-9);
        WalkMeasure own = hop -> 1;
        assertEquals(2, InfluenceMap.of(w, a, b, own).matrix().getDouble(0), 1e-9);
    }

    @Test
    void measuresThatStartLateAreSummedInFull() {
        List<String> a = List.of("a");
        List<String> c = List.of("c");
        Wiring ring = Wiring.of(
                List.of("a", "b", "c"),
                matrix(new double[] {.5, 1, 0}, new double[] {0, .5, 1}, new double[] {1, 0, .5}));
        for (int first : new int[] {1, 4, 5, 6, 30, 300}) {
            WalkMeasure measure = hop -> hop >= first ? Math.pow(0.3, hop) : 0;
            double full = InfluenceMap.of(ring, a, c, measure).matrix().getDouble(0);
            double long400 =
                    InfluenceMap.of(ring, a, c, measure.truncated(900)).matrix().getDouble(0);
            assertEquals(long400, full, 1e-12 * long400);
        }
        InfluenceMap ninth = InfluenceMap.of(ring, a, c, hop -> hop == 9 ? 1 : 0);
        assertEquals(
                HopDecomposition.of(ring, a, c, 9).hop(9).getDouble(0),
                ninth.matrix().getDouble(0),
                1e-12);
        assertEquals(9, ninth.hops() - ninth.hops() % 9, "the sum went beyond hop 9, and soon ended");
        double far = InfluenceMap.of(ring, a, c, hop -> hop == 1000 ? 1e-100 : 0)
                .matrix()
                .getDouble(0);
        assertEquals(Math.pow(1.5, 1000) / 3 * 1e-100, far, 1e-9 * far);
    }

    private static double communicability(double[][] adjacency, int from, int to) {
        List<String> names =
                IntStream.range(0, adjacency.length).mapToObj(i -> "u" + i).toList();
        return InfluenceMap.of(
                        Wiring.of(names, Nd4j.createFromArray(adjacency)),
                        List.of("u" + from),
                        List.of("u" + to),
                        WalkMeasure.communicability())
                .matrix()
                .getDouble(0);
    }

    @Test
    void communicabilityOfNegativeWeightsDoesNotCancel() {
        assertEquals(Math.expm1(-30), communicability(new double[][] {{-30}}, 0, 0), 1e-14);
        assertEquals(Math.expm1(-900), communicability(new double[][] {{-900}}, 0, 0), 1e-13);
        double[][] turn = {{0, 50}, {-50, 0}};
        assertEquals(Math.sin(50), communicability(turn, 0, 1), 1e-12);
        assertEquals(Math.cos(50) - 1, communicability(turn, 0, 0), 1e-12);
    }

    @Test
    void communicabilityOfLargeWeightsIsGivenUpToTheLargestNumber() {
        assertEquals(Math.exp(700), communicability(new double[][] {{700}}, 0, 0), 1e-10 * Math.exp(700));
        double[][] pair = {{0, 600}, {600, 0}};
        assertEquals(Math.sinh(600), communicability(pair, 0, 1), 1e-10 * Math.sinh(600));
        assertThrows(DivergentWalksException.class, () -> communicability(new double[][] {{711}}, 0, 0));
        // A part that overflows, but where no walk to the target comes from.
        double[][] apart = {{1, 2, 1}, {0, 1, 0}, {0, 0, 900}};
        assertEquals(2 * Math.E, communicability(apart, 0, 1), 1e-12);
    }

    /** W_out phi(W_hh) W_in with phi(z) = (e^z - 1 - z) / z^2. */
    @Test
    void communicabilityOfANetworkIsThatOfItsClosedForm() {
        for (double z : new double[] {-40, -3, 0.5, 20}) {
            Weights w = Weights.of(new double[][] {{2}}, new double[][] {{z}}, new double[][] {{3}});
            double right = 6 * (Math.expm1(z) - z) / (z * z);
            assertEquals(
                    right,
                    InfluenceMap.of(w, WalkMeasure.communicability()).matrix().getDouble(0),
                    1e-11 * right);
            double scaled = 6 * (Math.E - 2) / (z * z);
            Weights positive = Weights.of(new double[][] {{2}}, new double[][] {{Math.abs(z)}}, new double[][] {{3}});
            assertEquals(
                    scaled,
                    InfluenceMap.of(positive, WalkMeasure.communicability().normalised())
                            .matrix()
                            .getDouble(0),
                    1e-12 * scaled);
        }
    }

    @Test
    void aLongChainHasItsTinyCommunicability() {
        double[][] chain = new double[61][61];
        double right = 1;
        for (int i = 0; i < 60; i++) {
            chain[i][i + 1] = 1;
            right /= i + 1;
        }
        assertEquals(right, communicability(chain, 0, 60), 1e-12 * right);
    }
}
