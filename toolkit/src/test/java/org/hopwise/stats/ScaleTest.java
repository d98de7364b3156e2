package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures without a unit are the same at every scale, and constants have no correlation. */
class ScaleTest {

    private static final double[] RISING = {1, 2, 5, 10, 17, 26, 37, 50, 65, 82};
    private static final double[] LINE = {1, 4, 7, 10, 13, 16, 19, 22, 25, 28};

    private static double[] times(double[] values, double unit) {
        return Arrays.stream(values).map(v -> v * unit).toArray();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-150, 1e-162, 1e-170, 1e-300, 1e-306, 1e150, 1e306})
    void scaleDoesNotMatter(double unit) {
        double[] x = times(RISING, unit);
        double[] y = times(LINE, unit);
        assertEquals(0.9626907371, Correlation.pearson(x, LINE), 1e-10);
        assertEquals(0.9626907371, Correlation.pearson(x, y), 1e-10);
        assertEquals(Sparsity.hoyer(RISING), Sparsity.hoyer(x), 1e-10);
        assertEquals(Sparsity.gini(RISING), Sparsity.gini(x), 1e-10);
        assertEquals(PairedTests.effectSize(RISING, LINE), PairedTests.effectSize(x, y), 1e-9);
        assertEquals(
                PairedTests.permutation(RISING, LINE, Seed.of(1)).pValue(),
                PairedTests.permutation(x, y, Seed.of(1)).pValue());
        Interval one = Bootstrap.mean(RISING, Seed.of(2));
        Interval other = Bootstrap.mean(x, Seed.of(2));
        assertEquals(one.estimate(), other.estimate() / unit, 1e-9);
        assertEquals(one.high(), other.high() / unit, 1e-9);
    }

    @Test
    void theSmallestNumbersThereAreCorrelateToo() {
        assertEquals(
                1,
                Correlation.pearson(new double[] {0, Double.MIN_VALUE, 2 * Double.MIN_VALUE}, new double[] {1, 2, 3}),
                1e-12);
        assertEquals(1, Sparsity.hoyer(new double[] {0, Double.MIN_VALUE, 0}));
    }

    @Test
    void oppositeEndsOfTheNumbersDoNotOverflow() {
        double[] ends = {1.7e308, -1.7e308, 1.7e308, -1.7e308};
        double[] turned = {-1.7e308, 1.7e308, -1.7e308, 1.7e308};
        assertEquals(-1, Correlation.pearson(ends, turned));
        assertEquals(0, PairedTests.effectSize(ends, turned), 1e-12);
        assertEquals(1, PairedTests.permutation(ends, turned, Seed.of(1)).pValue());
        assertEquals(0, Bootstrap.mean(ends, Seed.of(1)).estimate());
        assertThrows(IllegalArgumentException.class, () -> Bootstrap.pairedDifference(ends, turned, Seed.of(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 7, 36, 254, 1448})
    void constantsHaveNoCorrelation(int n) {
        double[] constant = new double[n];
        double[] other = new double[n];
        double[] ramp = new double[n];
        Arrays.fill(constant, 0.1);
        Arrays.fill(other, 0.7);
        Arrays.setAll(ramp, i -> 0.3 * i);
        assertEquals(Double.NaN, Correlation.pearson(constant, other));
        assertEquals(Double.NaN, Correlation.pearson(constant, ramp));
        assertEquals(Double.NaN, Correlation.pearson(ramp, constant));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 11, 101, 1000})
    void aSingleEntryIsOneHundredPercentSparseAndNoMore(int n) {
        for (double value : new double[] {1, 0.1, 3e-163, 7e200}) {
            double[] single = new double[n];
            single[n / 2] = value;
            double[] even = new double[n];
            Arrays.fill(even, value);
            assertTrue(Sparsity.hoyer(single) <= 1 && Sparsity.hoyer(single) > 1 - 1e-12);
            assertTrue(Sparsity.hoyer(even) >= 0 && Sparsity.hoyer(even) < 1e-12);
        }
        assertEquals(Double.NaN, Sparsity.hoyer(new double[n]));
    }
}
