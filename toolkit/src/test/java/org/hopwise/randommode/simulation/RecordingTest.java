package org.hopwise.randommode.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {

    /** trajectories x samples x units, independent in time, unit i with deviation 1 + i % 3, all sharing one signal. */
    private static double[] data(int trajectories, int samples, int units, Seed seed) {
        Draws draws = new Draws(seed);
        double[] values = new double[trajectories * samples * units];
        for (int t = 0; t < trajectories * samples; t++) {
            double shared = draws.gaussian();
            for (int i = 0; i < units; i++) {
                values[t * units + i] = 0.5 * shared + (1 + i % 3) * draws.gaussian();
            }
        }
        return values;
    }

    private static Recording recording(double[] values, int trajectories, int samples, int units) {
        return Recording.of(Nd.array(values, trajectories, samples, units), 0.5);
    }

    /** C_ij,a(shift) by definition. */
    private static double[][] covariance(double[] v, int a, int samples, int units, int shift) {
        double[][] c = new double[units][units];
        int pairs = samples - Math.abs(shift);
        for (int t = Math.max(0, -shift); t < Math.min(samples, samples - shift); t++) {
            for (int i = 0; i < units; i++) {
                for (int j = 0; j < units; j++) {
                    c[i][j] += v[((a * samples) + t + shift) * units + i] * v[(a * samples + t) * units + j] / pairs;
                }
            }
        }
        return c;
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 5", "4, 7, 64", "3, 20, 150"})
    void dimensionIsTheMeanOverPairsOfDifferentTrajectories(int trajectories, int samples, int units) {
        double[] v = data(trajectories, samples, units, Seed.of(3));
        double squares = 0;
        double traces = 0;
        for (int a = 0; a < trajectories; a++) {
            for (int b = 0; b < trajectories; b++) {
                double[][] ca = covariance(v, a, samples, units, 0);
                double[][] cb = covariance(v, b, samples, units, 0);
                double traceA = 0;
                double traceB = 0;
                for (int i = 0; i < units && a != b; i++) {
                    traceA += ca[i][i];
                    traceB += cb[i][i];
                    for (int j = 0; j < units; j++) {
                        squares += ca[i][j] * cb[i][j];
                    }
                }
                traces += traceA * traceB;
            }
        }
        Recording recording = recording(v, trajectories, samples, units);
        assertEquals(units * squares / traces, recording.unitsPerDimension(), 1e-5 * units * squares / traces);
        assertEquals(traces / squares, recording.dimension(), 1e-5 * traces / squares);
    }

    @ParameterizedTest
    @CsvSource({"2, 6, 3", "3, 20, 70"})
    void correlationsAreMeansOverPairsOfDifferentUnitsAndTrajectories(int trajectories, int samples, int units) {
        double[] v = data(trajectories, samples, units, Seed.of(4));
        Recording recording = recording(v, trajectories, samples, units);
        int[] shifts = {0, 1, -2, 4};
        var map = recording.correlationMap(0, 0.5, -1, 2);
        var line = recording.correlations(0, 0.5, -1, 2);
        for (int k = 0; k < 4; k++) {
            for (int l = 0; l < 4; l++) {
                double sum = 0;
                for (int a = 0; a < trajectories; a++) {
                    for (int b = 0; b < trajectories; b++) {
                        double[][] ca = covariance(v, a, samples, units, shifts[k]);
                        double[][] cb = covariance(v, b, samples, units, shifts[l]);
                        for (int i = 0; i < units && a != b; i++) {
                            for (int j = 0; j < units; j++) {
                                sum += i == j ? 0 : ca[i][j] * cb[i][j];
                            }
                        }
                    }
                }
                double psi = sum / (trajectories * (trajectories - 1.0)) / (units - 1);
                assertEquals(psi, map.doubleColumn("psi").getDouble(4 * k + l), 1e-5, k + ", " + l);
                if (k == l) {
                    assertEquals(psi, line.doubleColumn("psi").getDouble(k), 1e-5);
                }
            }
        }
    }

    @Test
    void fewSamplesOfKnownGaussianUnitsGiveTheirDimensionWithoutBias() {
        // C = 1/4 + diag(1, 4, 9, ...): 30 units, Tr C = 140 + 7.5, Tr C^2 = sum (d + 1/4)^2 + 870 / 16
        double exact = 30 * (10 * (1.25 * 1.25 + 4.25 * 4.25 + 9.25 * 9.25) + 870 / 16.0) / (147.5 * 147.5);
        double sum = 0;
        double squares = 0;
        double plain = 0;
        int repeats = 400;
        for (int r = 0; r < repeats; r++) {
            double[] v = data(4, 5, 30, Seed.of(9).child(r));
            double ratio = recording(v, 4, 5, 30).unitsPerDimension();
            sum += ratio;
            squares += ratio * ratio;
            double[][] c = covariance(v, 0, 20, 30, 0);
            double trace = 0;
            double traceOfSquare = 0;
            for (int i = 0; i < 30; i++) {
                trace += c[i][i];
                for (int j = 0; j < 30; j++) {
                    traceOfSquare += c[i][j] * c[i][j];
                }
            }
            plain += 30 * traceOfSquare / trace / trace / repeats;
        }
        double mean = sum / repeats;
        double error = Math.sqrt((squares / repeats - mean * mean) / repeats);
        assertEquals(exact, mean, 4 * error);
        assertTrue(error < 0.02, "standard error " + error);
        // The plain estimate is off by about N / samples = 1.5.
        assertEquals(exact + 1.5, plain, 0.2);
    }

    @Test
    void covarianceOfACosineIsACosine() {
        double[] v = new double[2 * 400];
        for (int at = 0; at < v.length; at++) {
            v[at] = Math.cos(2 * Math.PI * at / 20);
        }
        Recording recording = recording(v, 2, 400, 1);
        assertArrayEquals(new double[] {0.5, 0, -0.5, 0.5}, recording.covariance(0, 2.5, 5, -10), 0.005);
        assertEquals(0.5, recording.variance(), 1e-6);
    }

    @Test
    void zScoresHaveVarianceOneUnitByUnit() {
        Recording scored = recording(data(3, 50, 6, Seed.of(1)), 3, 50, 6).zScored();
        double[] squares = new double[6];
        for (int a = 0; a < 3; a++) {
            double[] v = Nd.values("v", scored.trajectory(a), 2);
            for (int at = 0; at < v.length; at++) {
                squares[at % 6] += v[at] * v[at] / 150;
            }
        }
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1}, squares, 1e-5);
    }

    @Test
    void whatCannotBeEstimatedIsRefused() {
        Recording one = recording(data(1, 5, 4, Seed.of(1)), 1, 5, 4);
        assertTrue(assertThrows(IllegalStateException.class, one::dimension)
                .getMessage()
                .contains("record at least 2"));
        Recording silent = recording(new double[40], 2, 5, 4);
        assertTrue(assertThrows(IllegalStateException.class, silent::dimension)
                .getMessage()
                .contains("silent"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> one.covariance(0.7))
                .getMessage()
                .contains("multiples of the recording's interval 0.5"));
        assertThrows(IllegalArgumentException.class, () -> one.covariance(2.5));
        assertThrows(
                IllegalArgumentException.class, () -> Recording.of(Nd.array(new double[] {1, Double.NaN}, 1, 2, 1), 1));
    }

    private static double[] noise(int length, double unit) {
        Draws draws = new Draws(Seed.of(3));
        double[] values = new double[length];
        Arrays.setAll(values, i -> unit * draws.gaussian());
        return values;
    }

    /** The participation ratio has no unit, and variances have the square of one. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-13, 1e-15, 1e-21, 1e-23, 1e-60, 1e18, 1e20, 1e60})
    void theUnitOfMeasurementDoesNotMatter(double unit) {
        Recording one = Recording.of(Nd.array(noise(8 * 20 * 30, 1), 8, 20, 30), 1);
        Recording other = Recording.of(Nd.array(noise(8 * 20 * 30, unit), 8, 20, 30), 1);
        assertEquals(one.dimension(), other.dimension(), 1e-4 * one.dimension());
        assertEquals(one.zScored().dimension(), other.zScored().dimension(), 1e-4 * one.dimension());
        assertEquals(one.variance(), other.variance() / unit / unit, 1e-5);
        assertEquals(one.trajectory(1).getDouble(2, 3), other.trajectory(1).getDouble(2, 3) / unit, 1e-6);
        double psi = one.correlations(1).doubleColumn("psi").get(0);
        double scaled = other.correlations(1).doubleColumn("psi").get(0) / unit / unit / unit / unit;
        assertEquals(psi, scaled, 1e-4 * Math.abs(psi));
    }

    @Test
    void aDimensionLiesBetweenOneAndTheNumberOfUnitsOrIsRefused() {
        double[] all = noise(50 * 2 * 3 * 50, 1);
        int refused = 0;
        for (int k = 0; k < 50; k++) {
            double[] few = Arrays.copyOfRange(all, k * 300, (k + 1) * 300);
            try {
                double dimension = Recording.of(Nd.array(few, 2, 3, 50), 1).dimension();
                assertTrue(dimension >= 1 && dimension <= 50, "dimension " + dimension);
            } catch (IllegalStateException hidden) {
                refused++;
            }
        }
        assertTrue(refused > 0, "three samples of fifty units say too little at times");
        Activity dead = Simulation.continuous(Nd.array(new double[100], 10, 10))
                .trajectories(2)
                .settle(1)
                .record(10)
                .run();
        try {
            double dimension = dead.states().dimension();
            assertTrue(dimension >= 1 && dimension <= 10, "dimension " + dimension);
        } catch (IllegalStateException hidden) {
            assertTrue(hidden.getMessage().contains("noise hides"), hidden.getMessage());
        }
    }

    /** Equation 28 with covariances of the same recording on both sides, where it is an identity. */
    @Test
    void theTimeCourseIsThatOfThePrincipalComponents() {
        int units = 6;
        int samples = 400;
        var draws = new org.hopwise.internal.array.Draws(org.hopwise.Seed.of(8));
        double[][] one = new double[samples][units];
        for (int t = 1; t < samples; t++) {
            for (int i = 0; i < units; i++) {
                one[t][i] = 0.8 * one[t - 1][i] + (i + 1) * draws.gaussian() + (i > 0 ? one[t][i - 1] : 0);
            }
        }
        var twice = org.nd4j.linalg.factory.Nd4j.createFromArray(new double[][][] {one, one});
        Recording recording = Recording.of(twice, 1);
        double[] lambda = recording.eigenvalues();
        double trace = java.util.Arrays.stream(lambda).sum();
        assertEquals(units * recording.variance(), trace, 1e-5 * trace);
        double squares = java.util.Arrays.stream(lambda).map(v -> v * v).sum();
        double atZero = recording.timeCourse(0).doubleColumn("Psi").get(0);
        assertEquals(squares / units, atZero, 1e-5 * atZero);
        double direct = 0;
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                direct += covariance(one, i, j, 3) * covariance(one, i, j, 0) / units;
            }
        }
        assertEquals(direct, recording.timeCourse(3).doubleColumn("Psi").get(0), 1e-4 * atZero);
    }

    private static double covariance(double[][] x, int i, int j, int lag) {
        double sum = 0;
        for (int t = 0; t + lag < x.length; t++) {
            sum += x[t + lag][i] * x[t][j];
        }
        return sum / (x.length - lag);
    }

    @Test
    void weightsMultiplyUnitsAndZScoringTakesThemAway() {
        var values = org.nd4j.linalg.factory.Nd4j.createFromArray(new double[][][] {
            {{1, 2}, {-1, 1}, {2, 0.5}}, {{0.5, -2}, {1, -1}, {-2, 3}}
        });
        Recording recording = Recording.of(values, 1);
        Recording weighted = recording.weighted(3, 0.5);
        assertEquals(3, weighted.trajectory(0).getDouble(0, 0), 1e-6);
        assertEquals(
                0.5,
                weighted.trajectory(1).getDouble(1, 1) / recording.trajectory(1).getDouble(1, 1),
                1e-6);
        assertEquals(recording.zScored().covariance(0, 1)[1], weighted.zScored().covariance(0, 1)[1], 1e-6);
        assertThrows(IllegalArgumentException.class, () -> recording.weighted(1));
    }
}
