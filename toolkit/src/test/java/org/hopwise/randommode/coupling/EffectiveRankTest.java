package org.hopwise.randommode.coupling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.linear.LinearAlgebra;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class EffectiveRankTest {

    private static final int UNITS = 400;

    /** The standard deviation of 1/PR_D over matrices is about 4 / N times (1 + 1/PR_D); four of them. */
    private static final double SCATTER = 16.0 / UNITS;

    private static DMatrixRMaj gaussian(int units, long seed) {
        return Nd.matrix("couplings", Couplings.independent(units, 1, Seed.of(seed)));
    }

    private static double[] flat(int count, double strength) {
        return IntStream.range(0, count).mapToDouble(a -> strength).toArray();
    }

    private static double[] exponential(double scale) {
        return IntStream.range(0, (int) (6 * scale))
                .mapToDouble(a -> Math.exp(-a / scale))
                .toArray();
    }

    @Test
    void singularValuesGiveTheSameAsNorms() {
        DMatrixRMaj matrix = gaussian(31, 5);
        double[] s = LinearAlgebra.singularModes(matrix).values().data;
        double squares = Arrays.stream(s).map(v -> v * v).sum();
        double fourths = Arrays.stream(s).map(v -> Math.pow(v, 4)).sum();
        EffectiveRank rank = EffectiveRank.of(Nd.array(matrix));
        assertEquals(squares * squares / (31 * fourths), rank.singularParticipation(), 1e-13);
        assertEquals(Math.sqrt(squares / 31), rank.gain(), 1e-13);
        assertEquals(1 / rank.singularParticipation() - 2, rank.inverse(), 1e-12);
    }

    @Test
    void aMatrixOfRankOneHasTheKnownParticipation() {
        EffectiveRank rank = EffectiveRank.of(RandomModes.of(20, 3).random(Seed.of(1)));
        assertEquals(1.0 / 20, rank.singularParticipation(), 1e-14);
        assertEquals(18, rank.inverse(), 1e-11);
    }

    @Test
    void anOrthogonalMatrixHasInverseMinusOne() {
        EffectiveRank rank = EffectiveRank.of(Couplings.orthogonal(50, 2.5, Seed.of(3)));
        assertEquals(-1, rank.inverse(), 1e-12);
        assertEquals(2.5, rank.gain(), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, rank.effectiveModes());
    }

    @Test
    void independentCouplingsHaveInverseZero() {
        EffectiveRank rank = EffectiveRank.of(Couplings.independent(UNITS, 2, Seed.of(7)));
        assertEquals(0, rank.inverse(), SCATTER);
        assertEquals(2, rank.gain(), 0.01);
    }

    @Test
    void strengthsOfFlatAndExponentialSpectraHaveTheirClosedForms() {
        EffectiveRank flat = EffectiveRank.ofStrengths(200, flat(50, 3));
        assertEquals(4, flat.inverse(), 1e-12);
        assertEquals(1.5, flat.gain(), 1e-12);
        assertEquals(50, flat.effectiveModes(), 1e-9);
        // sum D^2 and sum D^4 are geometric: N PR_D = (1 - q^4)(1 - q^2m)^2 / ((1 - q^2)^2 (1 - q^4m)).
        double q = Math.exp(-1.0 / 40);
        int m = 240;
        double modes = (1 - Math.pow(q, 4)) * Math.pow(1 - Math.pow(q, 2 * m), 2);
        modes /= Math.pow(1 - q * q, 2) * (1 - Math.pow(q, 4 * m));
        assertEquals(modes, EffectiveRank.ofStrengths(200, exponential(40)).effectiveModes(), 1e-9);
        assertEquals(40, modes, 0.01);
    }

    @Test
    void matricesOfFlatAndExponentialSpectraGiveBackTheirStrengths() {
        for (double[] strengths : new double[][] {flat(UNITS, 1), flat(UNITS / 4, 2), exponential(UNITS / 4.0)}) {
            double expected = EffectiveRank.ofStrengths(UNITS, strengths).inverse();
            double found = EffectiveRank.of(RandomModes.of(UNITS, strengths).random(Seed.of(11)))
                    .inverse();
            assertEquals(expected, found, SCATTER * (1 + expected));
        }
    }

    @Test
    void signsOfSourcesAndScaleDoNotMatter() {
        DMatrixRMaj matrix = gaussian(60, 9);
        EffectiveRank before = EffectiveRank.of(Nd.array(matrix));
        double[] signs = IntStream.range(0, 60)
                .mapToDouble(i -> i % 3 == 0 ? -1e80 : 1e80)
                .toArray();
        CommonOps_DDRM.multCols(matrix, signs);
        assertEquals(before.inverse(), EffectiveRank.of(Nd.array(matrix)).inverse(), 1e-12);
    }

    @Test
    void balancingTakesUnequalUnitsOut() {
        INDArray equal = RandomModes.flat(UNITS, 0.5).random(Seed.of(21));
        INDArray unequal = Couplings.withGains(
                equal,
                Couplings.logNormalGains(UNITS, 0.6, Seed.of(4)),
                Couplings.logNormalGains(UNITS, 0.6, Seed.of(5)));
        EffectiveRank raw = EffectiveRank.of(unequal);
        EffectiveRank balanced = EffectiveRank.of(EffectiveRank.balanced(unequal));
        assertTrue(raw.inverse() > 8, "raw " + raw.inverse());
        assertEquals(2, balanced.inverse(), 2 * SCATTER * 3);
        assertEquals(raw.gain(), balanced.gain(), 1e-12 * raw.gain());
    }

    @Test
    void balancingEndsWhereEvenRowsAndColumnsDoNotExist() {
        // Two targets share their only source, so no scaling makes all rows and columns equally long.
        INDArray sparse = Nd.array(new double[] {0, 0, 1, 0, 0, 5, 2, 3, 0}, 3, 3);
        INDArray balanced = EffectiveRank.balanced(sparse);
        assertTrue(Double.isFinite(EffectiveRank.of(balanced).inverse()));
        assertEquals(0, balanced.getDouble(0, 0));
    }

    @Test
    void fewModesAreSaidInTheTable() {
        var few = EffectiveRank.ofStrengths(200, flat(30, 1)).toTable();
        assertEquals(
                "30.0 effective modes; below 50 the theory of large networks is off by a third or more",
                few.stringColumn("remark").get(0));
        assertEquals("", EffectiveRank.ofStrengths(200, flat(50, 1)).remark());
    }

    @Test
    void badMatricesAreRefused() {
        assertRefused("couplings have shape [2, 3]; they must be square", Nd.array(new double[6], 2, 3));
        assertRefused("couplings are zero in all 2 x 2 entries", Nd.array(new double[4], 2, 2));
        assertRefused("couplings hold NaN at (0, 1)", Nd.array(new double[] {1, Double.NaN, 0, 1}, 2, 2));
        var negative = assertThrows(IllegalArgumentException.class, () -> EffectiveRank.ofStrengths(5, 1, -1));
        assertTrue(negative.getMessage().startsWith("a component strength is -1.0"), negative.getMessage());
    }

    private static void assertRefused(String start, INDArray couplings) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> EffectiveRank.of(couplings));
        assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    }
}
