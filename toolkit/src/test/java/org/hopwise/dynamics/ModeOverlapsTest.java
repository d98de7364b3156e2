package org.hopwise.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.internal.Draws;
import org.hopwise.internal.Nd;
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
    void theHistogramHoldsAllOverlapsAndTheNullAllOfAGaussian() {
        var table = ModeOverlaps.of(gaussian(100, 0.8, 7)).histogram(31);
        assertEquals(1, table.doubleColumn("share").sum(), 1e-12);
        assertEquals(1, table.doubleColumn("null share").sum(), 0.01);
        assertEquals(0, table.doubleColumn("overlap").get(15), 1e-12);
    }

    @Test
    void matricesThatAreTooLargeAreRefused() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> ModeOverlaps.of(Nd.array(new double[1501 * 1501], 1501, 1501)));
        assertTrue(refusal.getMessage().startsWith("couplings are 1501 x 1501; all modes are computed up to 1500"));
    }
}
