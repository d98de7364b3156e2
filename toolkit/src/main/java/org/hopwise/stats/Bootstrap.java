package org.hopwise.stats;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.hopwise.Seed;
import org.hopwise.internal.Quantile;
import org.hopwise.internal.machine.Interruption;

/** Intervals by drawing the sample anew from itself. */
public final class Bootstrap {

    static final double LEVEL = 0.95;

    private static final int RESAMPLES = 10_000;

    private Bootstrap() {}

    /**
     * The mean with its 95 % interval: the 2.5th and 97.5th percentile of the means of 10,000 resamples drawn with
     * replacement (percentile bootstrap; Efron and Tibshirani, 1993, chapter 13). Intervals from fewer than about ten
     * values are too narrow; say how many there were.
     *
     * @param values at least one value; a single one has NaN bounds, since it says nothing about spread
     * @param seed the randomness of the resamples
     * @return mean and bounds
     */
    public static Interval mean(double[] values, Seed seed) {
        Samples.requireFinite("values", values);
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("values has 0 entries; a mean needs at least 1.");
        }
        int exponent = Samples.exponent(values);
        double[] scaled = Samples.scaled(values, exponent);
        double mean = Math.scalb(Samples.mean(scaled), exponent);
        if (n < 2) {
            return new Interval(mean, Double.NaN, Double.NaN, LEVEL, n);
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed.value());
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            Interruption.check();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += scaled[random.nextInt(n)];
            }
            means[r] = sum / n;
        }
        Arrays.sort(means);
        double low = Math.scalb(Quantile.of(means, (1 - LEVEL) / 2), exponent);
        double high = Math.scalb(Quantile.of(means, (1 + LEVEL) / 2), exponent);
        return new Interval(mean, low, high, LEVEL, n);
    }

    /**
     * The mean of {@code a - b} over pairs, with its bootstrap interval as in {@link #mean}. An interval that
     * leaves out 0 says that the pairs differ.
     *
     * @param a one value a pair
     * @param b as many values, in the same order
     * @param seed the randomness of the resamples
     * @return mean difference and bounds
     */
    public static Interval pairedDifference(double[] a, double[] b, Seed seed) {
        double[] differences = Samples.differences(a, b);
        Samples.requireFinite("a - b", differences);
        return mean(differences, seed);
    }
}
