package org.hopwise.randommode.coupling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class CouplingsTest {

    private static final int UNITS = 400;
    private static final Seed SEED = Seed.of(7);

    @Test
    void couplingsThatCannotFitAreRefusedWithTheirBytes() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Couplings.independent(40_000, 2, SEED));
        assertTrue(refusal.getMessage().startsWith("Couplings of 40000 units need 23.8 GB;"), refusal.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> RandomModes.flat(40_000, 0.01).gain(2).random(SEED));
    }

    /** Ensembles with 1 / PR_D, which is kappa_4 / g^4; the spread of kappa_4 at 400 units is about 4 % of 1 + itself. */
    static Stream<Arguments> ensembles() {
        return Stream.of(
                Arguments.of("independent", Couplings.independent(UNITS, 2, SEED), 0.0),
                Arguments.of("orthogonal", Couplings.orthogonal(UNITS, 2, SEED), -1.0),
                Arguments.of("flat, 2", RandomModes.flat(UNITS, 2).gain(2).random(SEED), 0.5),
                Arguments.of("flat, 1", RandomModes.flat(UNITS, 1).gain(2).random(SEED), 1.0),
                Arguments.of("flat, 0.1", RandomModes.flat(UNITS, 0.1).gain(2).random(SEED), 10.0),
                Arguments.of(
                        "exponential, 0.25",
                        RandomModes.exponential(UNITS, 0.25).gain(2).random(SEED),
                        4.0),
                Arguments.of("partly symmetric", Couplings.partiallySymmetric(UNITS, 2, 0.5, SEED), 0.0));
    }

    @ParameterizedTest
    @MethodSource("ensembles")
    void entriesHaveVarianceGainSquaredOverUnits(String name, INDArray couplings, double inverseRank) {
        double[] j = Nd.values("J", couplings, 2);
        double second = Arrays.stream(j).map(v -> v * v).sum() / UNITS;
        assertEquals(4, second, 4 * 0.03 * (1 + inverseRank / 4), name);
        assertEquals(0, Arrays.stream(j).average().orElseThrow() * UNITS, 2 * 4, name);
    }

    @ParameterizedTest
    @MethodSource("ensembles")
    void theFourthFreeCumulantTellsTheEffectiveRank(String name, INDArray couplings, double inverseRank) {
        if (name.equals("partly symmetric")) {
            return; // its left and right modes are not independent, so the cumulant says something else
        }
        DMatrixRMaj j = Nd.matrix("J", couplings);
        DMatrixRMaj gram = new DMatrixRMaj(UNITS, UNITS);
        CommonOps_DDRM.multTransB(j, j, gram);
        double m1 = CommonOps_DDRM.trace(gram) / UNITS;
        double m2 = Math.pow(NormOps_DDRM.normF(gram), 2) / UNITS;
        assertEquals(inverseRank, (m2 - 2 * m1 * m1) / (m1 * m1), 0.04 * (1 + Math.abs(inverseRank)), name);
    }

    @Test
    void effectiveRankOfStrengthsIsTheRatioOfTheirMoments() {
        // (1 + 4 + 9)^2 / (1 + 16 + 81) / 10 = 0.2
        assertEquals(0.2, RandomModes.of(10, 1, 2, 3).effectiveRank(), 1e-15);
        assertEquals(0.25, RandomModes.flat(100, 0.25).gain(3).effectiveRank(), 1e-15);
        assertEquals(0.25, RandomModes.exponential(1000, 0.25).effectiveRank(), 2e-4);
    }

    @Test
    void theGainScalesStrengthsToTheCouplingVariance() {
        double[] strengths = RandomModes.of(10, 1, 2, 3).gain(1.5).strengths();
        assertEquals(2.25, Arrays.stream(strengths).map(d -> d * d).sum() / 10, 1e-14);
        assertEquals(3, strengths[2] / strengths[0], 1e-14);
    }

    @Test
    void leftAndRightModesOverlapByRho() {
        // Tr J = sum D_a L_a . R_a, whose mean is sum D_a rho_a and whose deviation is about sqrt(sum D^2 / N) = g.
        double expected = 0;
        var model = RandomModes.flat(UNITS, 1).gain(2);
        double[] overlaps =
                IntStream.range(0, UNITS).mapToDouble(a -> a < 100 ? -0.5 : 0.4).toArray();
        double[] strengths = model.strengths();
        for (int a = 0; a < UNITS; a++) {
            expected += strengths[a] * overlaps[a];
        }
        assertEquals(140, expected, 1e-9);
        double trace =
                CommonOps_DDRM.trace(Nd.matrix("J", model.overlaps(overlaps).random(SEED)));
        assertEquals(expected, trace, 4 * 2);
    }

    @Test
    void anOverlapOfOneMakesCouplingsSymmetricAndPositive() {
        DMatrixRMaj j = Nd.matrix("J", RandomModes.flat(30, 0.5).overlap(1).random(SEED));
        for (int i = 0; i < 30; i++) {
            assertTrue(j.get(i, i) >= 0);
            for (int k = 0; k < 30; k++) {
                assertEquals(j.get(i, k), j.get(k, i), 1e-14);
            }
        }
    }

    @Test
    void fewModesGiveAMatrixOfTheirNumberAsRank() {
        INDArray j = RandomModes.of(20, 1, 1).random(SEED);
        DMatrixRMaj m = Nd.matrix("J", j);
        // every 3 x 3 minor of a matrix of rank 2 is zero
        DMatrixRMaj minor = CommonOps_DDRM.extract(m, 4, 7, 11, 14);
        assertEquals(0, CommonOps_DDRM.det(minor), 1e-15);
        assertNotEquals(0, CommonOps_DDRM.det(CommonOps_DDRM.extract(m, 4, 6, 11, 13)), 1e-6);
    }

    @Test
    void moreModesThanAreMultipliedAtATimeAddUp() {
        double[] first = new double[600];
        double[] last = new double[600];
        Arrays.fill(first, 0, 300, 1);
        Arrays.fill(last, 300, 600, 1);
        double[] all = new double[600];
        Arrays.fill(all, 1);
        DMatrixRMaj sum = Nd.matrix("J", RandomModes.of(40, first).random(SEED));
        CommonOps_DDRM.addEquals(sum, Nd.matrix("J", RandomModes.of(40, last).random(SEED)));
        // each half has gain 1 by itself, the whole gain sqrt 2
        DMatrixRMaj whole =
                Nd.matrix("J", RandomModes.of(40, all).gain(Math.sqrt(2)).random(SEED));
        assertArrayEquals(whole.data, sum.data, 1e-13);
    }

    @Test
    void orthogonalCouplingsAreTheGainTimesARotation() {
        DMatrixRMaj j = Nd.matrix("J", Couplings.orthogonal(60, 3, SEED));
        DMatrixRMaj gram = new DMatrixRMaj(60, 60);
        CommonOps_DDRM.multTransA(j, j, gram);
        CommonOps_DDRM.subtractEquals(
                gram,
                CommonOps_DDRM.diag(IntStream.range(0, 60).mapToDouble(i -> 9).toArray()));
        assertEquals(0, NormOps_DDRM.normF(gram), 1e-12);
    }

    @Test
    void traceOfHaarRotationsHasMeanZeroAndVarianceOne() {
        // Without the sign rule the mean diagonal is not zero.
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 400; i++) {
            double trace = CommonOps_DDRM.trace(Nd.matrix("J", Couplings.orthogonal(6, 1, SEED.child(i))));
            sum += trace;
            squares += trace * trace;
        }
        assertEquals(0, sum / 400, 4 / Math.sqrt(400));
        assertEquals(1, squares / 400, 0.3);
    }

    @Test
    void partlySymmetricEntriesCorrelateByTheSymmetry() {
        for (double symmetry : new double[] {-1, -0.3, 0.6, 1}) {
            DMatrixRMaj j = Nd.matrix("J", Couplings.partiallySymmetric(UNITS, 2, symmetry, SEED));
            double cross = 0;
            for (int i = 0; i < UNITS; i++) {
                for (int k = 0; k < i; k++) {
                    cross += j.get(i, k) * j.get(k, i);
                }
            }
            double pairs = UNITS * (UNITS - 1) / 2.0;
            assertEquals(symmetry, cross / pairs * UNITS / 4, 4 / Math.sqrt(pairs));
        }
    }

    @Test
    void anEffectiveRankNamesItsEnsemble() {
        double infinite = Double.POSITIVE_INFINITY;
        assertEquals(Couplings.independent(20, 2, SEED), Couplings.ofEffectiveRank(20, 2, infinite, SEED));
        assertEquals(Couplings.orthogonal(20, 2, SEED), Couplings.ofEffectiveRank(20, 2, -1, SEED));
        assertEquals(RandomModes.flat(20, 0.5).gain(2).random(SEED), Couplings.ofEffectiveRank(20, 2, 0.5, SEED));
        assertSays("effectiveRank is -0.5", () -> Couplings.ofEffectiveRank(20, 2, -0.5, SEED));
    }

    @Test
    void gainsMultiplyRowsAndColumns() {
        INDArray j = Nd.array(new double[] {1, 2, 3, 4}, 2, 2);
        INDArray scaled = Couplings.withGains(j, new double[] {10, 100}, new double[] {2, -1});
        assertArrayEquals(new double[] {20, -20, 600, -400}, Nd.values("J", scaled, 2), 1e-12);
    }

    @Test
    void logNormalGainsHaveMeanSquareOneAndTheFourthMomentStated() {
        double[] gains = Couplings.logNormalGains(200_000, 0.5, SEED);
        assertEquals(1, Arrays.stream(gains).map(a -> a * a).average().orElseThrow(), 0.015);
        assertEquals(
                Math.E, Arrays.stream(gains).map(a -> Math.pow(a, 4)).average().orElseThrow(), 0.2);
    }

    @Test
    void equalSeedsGiveEqualCouplingsAndOthersDoNot() {
        Supplier<INDArray> draw =
                () -> RandomModes.exponential(50, 0.5).overlap(0.2).random(SEED);
        assertEquals(draw.get(), draw.get());
        assertNotEquals(
                draw.get(), RandomModes.exponential(50, 0.5).overlap(0.2).random(Seed.of(8)));
    }

    @Test
    void badSettingsAreRefusedWithARemedy() {
        assertSays("overlaps[0] is 1.2", () -> RandomModes.flat(10, 1).overlap(1.2));
        assertSays("strengths[1] is -2.0", () -> RandomModes.of(10, 1, -2));
        assertSays("all 2 strengths are 0", () -> RandomModes.of(10, 0, 0));
        assertSays("0.5 modes for 50 units", () -> RandomModes.flat(50, 0.01));
        assertSays("Couplings.independent", () -> RandomModes.exponential(50, 1e6));
        assertSays("3 overlaps and 10 components", () -> RandomModes.flat(10, 1).overlaps(0, 0, 0));
        assertSays("gain is 0.0", () -> Couplings.independent(10, 0, SEED));
        assertSays("units is 50000", () -> Couplings.independent(50_000, 1, SEED));
        assertSays("symmetry is NaN", () -> Couplings.partiallySymmetric(10, 1, Double.NaN, SEED));
        assertSays(
                "shape [2, 3]", () -> Couplings.withGains(Nd.array(new double[6], 2, 3), new double[2], new double[3]));
        assertSays(
                "inputGains has 1 values",
                () -> Couplings.withGains(Nd.array(new double[4], 2, 2), new double[1], new double[2]));
    }

    private static void assertSays(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
