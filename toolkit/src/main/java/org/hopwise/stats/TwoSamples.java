package org.hopwise.stats;

import java.util.Arrays;
import org.hopwise.internal.Check;
import org.hopwise.internal.machine.Interruption;

/**
 * The exact permutation test of two samples: of all ways to divide their values into groups of these sizes, the share whose
 * means differ at least as far. Nothing is supposed but that labels could have been exchanged (Fisher, 1935).
 *
 * @param difference mean of the first minus mean of the second
 * @param ways how many divisions there are
 * @param asFar how many of them differ as far, the observed one included; ties within 1e-12 count
 */
public record TwoSamples(double difference, long ways, long asFar) {

    /** Some ten seconds. */
    private static final long MOST_WAYS = 1_000_000_000L;

    private static final double TIE = 1e-12;

    /**
     * Counts all divisions.
     *
     * @param x at least one value
     * @param y at least one value
     * @return the test
     * @throws IllegalArgumentException if a value is not finite or there are more than 10^9 divisions
     */
    public static TwoSamples of(double[] x, double[] y) {
        Check.positive("the number of values of the first sample", x.length);
        Check.positive("the number of values of the second sample", y.length);
        Check.finite("first sample", x, 0);
        Check.finite("second sample", y, 0);
        double[] all = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, all, x.length, y.length);
        long ways = ways(all.length, x.length);
        if (ways > MOST_WAYS) {
            throw new IllegalArgumentException(
                    "%d and %d values can be divided in more than %d ways; compare fewer, or use Cliff's delta."
                            .formatted(x.length, y.length, MOST_WAYS));
        }
        double total = Arrays.stream(all).sum();
        double scale = Arrays.stream(all).map(Math::abs).sum();
        int n = x.length;
        double difference = mean(x) - mean(y);
        long asFar = 0;
        int[] chosen = new int[n];
        Arrays.setAll(chosen, i -> i);
        boolean more = true;
        while (more) {
            Interruption.check();
            double first = 0;
            for (int i : chosen) {
                first += all[i];
            }
            double apart = Math.abs(first / n - (total - first) / (all.length - n));
            asFar += apart >= Math.abs(difference) - TIE * scale ? 1 : 0;
            more = next(chosen, all.length);
        }
        return new TwoSamples(difference, ways, asFar);
    }

    /**
     * The p value, two-sided.
     *
     * @return asFar / ways
     */
    public double p() {
        return (double) asFar / ways;
    }

    /** Moves on to the next choice in lexical order; false after the last. */
    private static boolean next(int[] chosen, int values) {
        int n = chosen.length;
        int i = n - 1;
        while (i >= 0 && chosen[i] == values - n + i) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        chosen[i]++;
        for (int j = i + 1; j < n; j++) {
            chosen[j] = chosen[j - 1] + 1;
        }
        return true;
    }

    /** Binomial coefficient, cut off above the limit. */
    private static long ways(int values, int chosen) {
        double ways = 1;
        for (int i = 1; i <= chosen; i++) {
            ways = ways * (values - chosen + i) / i;
        }
        return ways > MOST_WAYS ? Long.MAX_VALUE : Math.round(ways);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
