package org.hopwise.randommode.coupling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModeOverlapsTest {

    private static INDArray gaussian(int units, double symmetry, long seed) {
        Draws draws = new Draws(Seed.of(seed));
        double[] values = new double[units * units];
        Arrays.setAll(values, i -> draws.gaussian());
        double[] mixed = new double[units * units];
        Arrays.setAll(mixed, i -> values[i] + symmetry * values[i % units * units + i / units]);
        return Nd.array(mixed, units, units);
    }

    @Test
    void aDiagonalMatrixHasItsEntriesAsModes() {
        var modes = ModeOverlaps.of(Nd.array(new double[] {2, 0, 0, 0, -5, 0, 0, 0, 3}, 3, 3));
        assertArrayEquals(new double[] {5, 3, 2}, modes.singularValues().toDoubleVector(), 1e-14);
        assertArrayEquals(new double[] {-1, 1, 1}, modes.overlaps().toDoubleVector(), 1e-14);
    }

    @Test
    void aSymmetricMatrixHasOverlapsOfOne() {
        var modes = ModeOverlaps.of(gaussian(40, 1, 2));
        for (double overlap : modes.overlaps().toDoubleVector()) {
            assertEquals(1, Math.abs(overlap), 1e-10);
        }
        assertEquals(Math.sqrt(40), modes.spread(), 1e-10);
    }

    @Test
    void theTraceIsTheSumOfSingularValuesTimesOverlaps() {
        INDArray couplings = gaussian(30, 0.4, 3);
        var modes = ModeOverlaps.of(couplings);
        double trace = 0;
        for (int i = 0; i < 30; i++) {
            trace += couplings.getDouble(i, i);
        }
        assertEquals(
                trace, modes.singularValues().mul(modes.overlaps()).sumNumber().doubleValue(), 1e-11);
    }

    @Test
    void unrelatedVectorsHaveTheNullSpread() {
        // 300 overlaps: their root mean square scatters by 1 / sqrt(600) = 4 %.
        var modes = ModeOverlaps.of(gaussian(300, 0, 4));
        assertEquals(1, modes.spread(), 0.16);
        assertEquals(1 / Math.sqrt(300), modes.nullSpread(), 1e-15);
    }

    @Test
    void permutingTheWeightsTakesTheOverlapsAway() {
        INDArray structured = gaussian(200, 0.8, 5);
        assertTrue(ModeOverlaps.of(structured).spread() > 3);
        INDArray permuted = NullCouplings.permuted(structured, Seed.of(6));
        assertEquals(1, ModeOverlaps.of(permuted).spread(), 0.2);
    }

    @Test
    void theTableHasOneRowAMode() {
        var table = ModeOverlaps.of(gaussian(7, 0, 1)).toTable();
        assertEquals(java.util.List.of("mode", "singular value", "overlap", "null spread"), table.columnNames());
        assertEquals(7, table.rowCount());
    }

    @Test
    void independentCouplingsFollowTheQuarterCircle() {
        assertTrue(ModeOverlaps.of(gaussian(300, 0, 8)).quarterCircleDistance() < 0.01);
        // All singular values of an orthogonal matrix are 1: the law has the share below 1.
        double below = (Math.sqrt(3) / 2 + Math.PI / 3) / Math.PI;
        double distance =
                ModeOverlaps.of(Couplings.orthogonal(50, 3, Seed.of(1))).quarterCircleDistance();
        assertEquals(Math.max(below, 1 - below), distance, 0.02 + 1e-9);
    }

    @Test
    void theQuarterCircleHasTheMomentsOfItsLaw() {
        // Mean square 1 and mean fourth power 2, by the trapezoidal rule over the share.
        var law = ModeOverlaps.quarterCircle(4001);
        double square = 0;
        double fourth = 0;
        for (int i = 1; i < 4001; i++) {
            double width = law.doubleColumn(0).get(i) - law.doubleColumn(0).get(i - 1);
            double s = (law.doubleColumn(1).get(i) + law.doubleColumn(1).get(i - 1)) / 2;
            square += width * s * s;
            fourth += width * Math.pow(s, 4);
        }
        assertEquals(1, square, 1e-6);
        assertEquals(2, fourth, 1e-6);
    }

    @Test
    void theSpectrumFallsAndHasGainOne() {
        var spectrum = ModeOverlaps.of(gaussian(40, 0, 9)).spectrum();
        double squares = 0;
        for (int a = 0; a < 40; a++) {
            squares += Math.pow(spectrum.doubleColumn("singular value").get(a), 2);
        }
        assertEquals(40, squares, 1e-9);
        assertEquals(0.5 / 40, spectrum.doubleColumn("share of modes").get(0), 1e-15);
    }

    @Test
    void theHistogramHoldsAllOverlapsAndTheNullAllOfAGaussian() {
        var table = ModeOverlaps.of(gaussian(100, 0.8, 7)).histogram(31);
        double width = table.doubleColumn("overlap").get(1)
                - table.doubleColumn("overlap").get(0);
        assertEquals(1, width * table.doubleColumn("density").sum(), 1e-12);
        assertEquals(1, width * table.doubleColumn("null density").sum(), 0.01);
        assertEquals(0, table.doubleColumn("overlap").get(15), 1e-12);
    }

    @Test
    void matricesThatAreTooLargeAreRefused() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> ModeOverlaps.of(Nd.array(new double[1501 * 1501], 1501, 1501)));
        assertTrue(refusal.getMessage().startsWith("couplings are 1501 x 1501; all modes are computed up to 1500"));
    }

    /** Rank 1: J = s u v' with u . v = 24 / 25, two modes empty; and the same with its units in another order. */
    @Test
    void emptyModesHaveNoOverlapAndDoNotCount() {
        double[] u = {3, 4, 0};
        double[] v = {4, 3, 0};
        int[][] orders = {{0, 1, 2}, {2, 0, 1}, {1, 2, 0}};
        for (int[] order : orders) {
            double[] j = new double[9];
            Arrays.setAll(j, at -> 7 * u[order[at / 3]] * v[order[at % 3]]);
            var modes = ModeOverlaps.of(Nd.array(j, 3, 3));
            assertEquals(24.0 / 25, modes.overlaps().getDouble(0), 1e-14);
            assertTrue(Double.isNaN(modes.overlaps().getDouble(1)));
            assertTrue(Double.isNaN(modes.overlaps().getDouble(2)));
            assertEquals(24.0 / 25, modes.spread(), 1e-14);
            double width = 2 * 3 / 9.0;
            double share = Arrays.stream(
                            modes.histogram(9).doubleColumn("density").asDoubleArray())
                    .sum();
            assertEquals(1.0 / 3, share * width, 1e-12);
        }
        assertEquals(0, ModeOverlaps.of(Nd.array(new double[9], 3, 3)).spread());
    }

    @Test
    void renumberingTheUnitsOfASingularMatrixLeavesTheSpread() {
        INDArray full = gaussian(40, 0.3, 8);
        for (long unit = 0; unit < 36; unit += 3) {
            full.putColumn((int) unit, full.getColumn(unit).mul(0));
        }
        double[] turned = new double[1600];
        Arrays.setAll(turned, at -> full.getDouble(39 - at / 40, 39 - at % 40));
        assertEquals(
                ModeOverlaps.of(full).spread(),
                ModeOverlaps.of(Nd.array(turned, 40, 40)).spread(),
                1e-9);
    }
}
