package org.hopwise.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;

class DistributionsTest {

    private static double[] drawn(int count, double mean, double deviation, long seed) {
        Draws draws = new Draws(Seed.of(seed));
        double[] values = new double[count];
        Arrays.setAll(values, i -> mean + deviation * draws.gaussian());
        return values;
    }

    @Test
    void equalSamplesDoNotDiverge() {
        double[] values = drawn(50, 1, 2, 1);
        assertEquals(0, Distributions.divergence(values, values.clone()));
    }

    @Test
    void theDivergenceDoesNotDependOnOrderPlaceOrUnit() {
        double[] a = drawn(60, 0, 1, 1);
        double[] b = drawn(80, 1, 1.5, 2);
        double divergence = Distributions.divergence(a, b);
        assertEquals(divergence, Distributions.divergence(b, a), 1e-12 * divergence);
        double[] scaledA = Arrays.stream(a).map(v -> 40 + 1000 * v).toArray();
        double[] scaledB = Arrays.stream(b).map(v -> 40 + 1000 * v).toArray();
        assertEquals(divergence, Distributions.divergence(scaledA, scaledB), 1e-9 * divergence);
    }

    @Test
    void largeSamplesOfTwoGaussiansApproachTheClosedForm() {
        // Both smoothed with h: D = d^2 / (1 + h^2) for shift d and unit variance, h^2 = n^(-2/5).
        int n = 4000;
        double shift = 0.7;
        double expected = shift * shift / (1 + Math.pow(n, -0.4));
        // Tails end at the joint extremes, and the mean of n values is uncertain by 1 / sqrt(n).
        assertEquals(expected, Distributions.divergence(drawn(n, 0, 1, 3), drawn(n, shift, 1, 4)), 0.1 * expected);
    }

    @Test
    void samplesFarApartDivergeFinitely() {
        double divergence = Distributions.divergence(new double[] {0, 0.01, 0.02}, new double[] {9.98, 9.99, 10});
        // The floor of 1e-300 bounds each sum by ln(1e300) and a little.
        assertTrue(divergence > 1000 && divergence < 2 * Math.log(1e300) + 10, "" + divergence);
    }

    @Test
    void kurtosisOfKnownShapes() {
        assertEquals(-2, Distributions.kurtosis(new double[] {-1, 1, 1, -1}), 1e-15);
        assertEquals(-1.5, Distributions.kurtosis(new double[] {4, 5, 6}), 1e-14);
        double[] uniform = new double[2001];
        Arrays.setAll(uniform, i -> i);
        assertEquals(-1.2, Distributions.kurtosis(uniform), 1e-5);
        assertEquals(0, Distributions.kurtosis(drawn(20_000, 3, 2, 5)), 4 * Math.sqrt(24 / 20_000.0));
    }

    @Test
    void aDensityIntegratesToTheShareWithinItsBounds() {
        double[] values = drawn(5000, 0, 1, 6);
        double inside = Arrays.stream(values).filter(v -> v >= -1 && v < 1).count() / 5000.0;
        double sum = Distributions.density("all", values, -1, 1, 8)
                .doubleColumn("density")
                .sum();
        assertEquals(inside, sum * 0.25, 1e-12);
        double[] gaussian = Distributions.gaussian("null", 0, 1, -1, 1, 8)
                .doubleColumn("density")
                .asDoubleArray();
        assertEquals(0.6827, Arrays.stream(gaussian).sum() * 0.25, 2e-3);
    }
}
