package org.hopwise.stats;

import java.util.Arrays;

/** How few entries carry most of a sample. */
public final class Sparsity {

    private Sparsity() {}

    /**
     * Hoyer's sparsity, {@code (sqrt n - l1 / l2) / (sqrt n - 1)}: 0 when all magnitudes are equal, 1 when a single
     * entry is not zero (Hoyer, 2004).
     *
     * @param values at least two values
     * @return the sparsity; NaN if all values are zero, for then it is not defined
     */
    public static double hoyer(double[] values) {
        Samples.requireFinite("values", values);
        Samples.requireCount("values", values, 2);
        double l1 = 0;
        double squares = 0;
        for (double value : Samples.scaled(values, Samples.exponent(values))) {
            l1 += Math.abs(value);
            squares += value * value;
        }
        double rootN = Math.sqrt(values.length);
        double sparsity = (rootN - l1 / Math.sqrt(squares)) / (rootN - 1);
        return Math.max(0, Math.min(1, sparsity));
    }

    /**
     * Gini coefficient of the magnitudes, {@code sum_r (2 r - n - 1) |v|_(r) / (n sum |v|)} with magnitudes sorted
     * upwards: 0 when all are equal, {@code 1 - 1/n} when a single entry is not zero.
     *
     * @param values at least one value
     * @return the coefficient; NaN if all values are zero, for then it is not defined
     */
    public static double gini(double[] values) {
        Samples.requireFinite("values", values);
        Samples.requireCount("values", values, 1);
        int n = values.length;
        double[] magnitudes = Arrays.stream(Samples.scaled(values, Samples.exponent(values)))
                .map(Math::abs)
                .sorted()
                .toArray();
        double weighted = 0;
        double total = 0;
        for (int r = 1; r <= n; r++) {
            weighted += (2.0 * r - n - 1) * magnitudes[r - 1];
            total += magnitudes[r - 1];
        }
        return weighted / (n * total);
    }
}
