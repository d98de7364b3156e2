package org.hopwise.randommode.coupling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hopwise.Seed;
import org.hopwise.randommode.simulation.Recording;
import org.hopwise.randommode.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.Table;

class SpectrumTest {

    @Test
    void aRotationHasAPairAtItsAngleAndRealPartsAddUpToTheTrace() {
        Table pair = Spectrum.table(Nd4j.createFromArray(new double[][] {{0.6, -0.8}, {0.8, 0.6}}));
        assertEquals(0.6, pair.doubleColumn("real").get(0), 1e-12);
        assertEquals(0.8, Math.abs(pair.doubleColumn("imaginary").get(0)), 1e-12);
        var couplings = Couplings.independent(40, 2, Seed.of(3));
        double trace = 0;
        for (int i = 0; i < 40; i++) {
            trace += couplings.getDouble(i, i);
        }
        Table all = Spectrum.table(couplings);
        assertEquals(trace, all.doubleColumn("real").sum(), 1e-9);
        assertEquals(0, all.doubleColumn("imaginary").sum(), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> Spectrum.table(Nd4j.create(2, 3)));
    }

    @Test
    void theSpectrumOfActivityAddsUpToItsVarianceAndFalls() {
        Recording states = Simulation.discrete(Couplings.independent(30, 3, Seed.of(1)))
                .trajectories(4)
                .record(50)
                .seed(Seed.of(2))
                .run()
                .states();
        Table spectrum = states.spectrum();
        assertEquals(30, spectrum.rowCount());
        assertEquals(30 * states.variance(), spectrum.doubleColumn("eigenvalue").sum(), 1e-4 * 30 * states.variance());
        for (int i = 1; i < 30; i++) {
            assertEquals(
                    -1,
                    Double.compare(
                            spectrum.doubleColumn("eigenvalue").get(i),
                            spectrum.doubleColumn("eigenvalue").get(i - 1)));
        }
        Table seen = states.toTable(3, 20);
        assertEquals(60, seen.rowCount());
        assertEquals(
                states.trajectory(0).getDouble(7, 1),
                seen.doubleColumn("activity").get(27),
                1e-12);
        assertThrows(IllegalArgumentException.class, () -> states.toTable(31, 5));
    }
}
