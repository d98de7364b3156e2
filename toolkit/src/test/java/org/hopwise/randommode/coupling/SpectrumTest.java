package org.hopwise.randommode.coupling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.randommode.simulation.Recording;
import org.hopwise.randommode.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.Table;

class SpectrumTest {

    /** Golden values are printed with 13 digits. */
    private static final double TOLERANCE = 1e-11;

    @Test
    void edgesAndDensityAreThePrintedOnes() {
        for (JsonElement element : Golden.read("random-mode-printed")
                .getAsJsonObject("singular_edges_14")
                .getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            double alpha = c.get("alpha").getAsDouble();
            Spectrum.Edges edges = Spectrum.edges(alpha);
            assertEquals(c.get("low").getAsDouble(), edges.low(), TOLERANCE, "low at " + alpha);
            assertEquals(c.get("high").getAsDouble(), edges.high(), TOLERANCE, "high at " + alpha);
            if (c.has("density")) {
                double density = c.get("density").getAsDouble();
                double middle = c.get("middle").getAsDouble();
                assertEquals(density, Spectrum.density(alpha, middle), 1e-9 * density, "density at " + alpha);
            }
        }
    }

    @Test
    void densitiesAddUpToOneAndToTheVariance() {
        for (double alpha : new double[] {0.05, 0.5, 2, 10}) {
            var table = Spectrum.densities(alpha, 20_000);
            double step = (Spectrum.edges(alpha).high() - Spectrum.edges(alpha).low()) / 20_000;
            double sum = 0;
            double squares = 0;
            for (var row : table) {
                double value = row.getDouble("singular value");
                sum += step * row.getDouble("density");
                squares += step * row.getDouble("density") * value * value;
            }
            // Square roots at the edges leave 1e-5 to the sum.
            assertEquals(1, sum, 2e-4, "values at " + alpha);
            // N of them for alpha above 1: sum S^2 / N = alpha.
            assertEquals(Math.max(1, alpha), squares, 2e-4 * Math.max(1, alpha), "squares at " + alpha);
        }
    }

    @Test
    void aLargeMatrixFillsTheEdges() {
        double[] values = ModeOverlaps.of(RandomModes.flat(500, 0.5).random(Seed.of(2)))
                .singularValues()
                .toDoubleVector();
        // flat strengths of gain 1 are 1 / sqrt(alpha) each.
        double scale = Math.sqrt(0.5);
        Spectrum.Edges edges = Spectrum.edges(0.5);
        assertEquals(edges.high(), scale * values[0], 0.03 * edges.high());
        assertEquals(edges.low(), scale * values[249], 0.1 * edges.low());
    }

    @Test
    void noComponentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Spectrum.edges(0));
    }

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
