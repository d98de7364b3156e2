package org.hopwise.stats;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.hopwise.Seed;
import org.hopwise.internal.machine.Interruption;

/** Whether the values of pairs differ, and by how much: tests and effect sizes. */
public final class PairedTests {

    private static final int RESAMPLES = 10_000;
    /** Up to this many pairs all sign flips are enumerated: 2^16 sums take about a millisecond. */
    private static final int ENUMERABLE = 16;
    /** Sums of the same numbers in other signs differ by rounding; ties within this relative slack count as ties. */
    private static final double TIE = 1e-12;

    private PairedTests() {}

    /**
     * The paired sign-flip test, two-sided: how often would the mean of {@code a - b} be as far from 0 as it
     * is if the sign of each difference were a coin toss? All 2^n flips are counted up to 16 pairs, so the least p is
     * 2^(1-n); beyond, 10,000 random flips and the observed one.
     *
     * @param a one value a pair
     * @param b as many values, in the same order
     * @param seed the randomness of the flips; without effect up to 16 pairs
     * @return the mean of {@code a - b}, its p value, above 0 and at most 1, and how it was counted
     */
    public static TestResult permutation(double[] a, double[] b, Seed seed) {
        double[] d = Samples.scaledDifferences(a, b);
        double scale = 0;
        double sum = 0;
        for (double value : d) {
            sum += value;
            scale += Math.abs(value);
        }
        double mean = Math.scalb(sum / d.length, Math.max(Samples.exponent(a), Samples.exponent(b)));
        double observed = Math.abs(sum) - TIE * scale;
        if (d.length <= ENUMERABLE) {
            int flips = 1 << d.length;
            int asFar = 0;
            for (int signs = 0; signs < flips; signs++) {
                asFar += Math.abs(flipped(d, signs)) >= observed ? 1 : 0;
            }
            return new TestResult(mean, (double) asFar / flips, "sign flips, all %d".formatted(flips));
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed.value());
        int asFar = 1;
        for (int r = 0; r < RESAMPLES; r++) {
            Interruption.check();
            double flipped = 0;
            for (double value : d) {
                flipped += random.nextBoolean() ? value : -value;
            }
            asFar += Math.abs(flipped) >= observed ? 1 : 0;
        }
        return new TestResult(mean, asFar / (RESAMPLES + 1.0), "sign flips, %d drawn".formatted(RESAMPLES));
    }

    /**
     * Effect size of paired values, Cohen's d for pairs (d_z): {@code mean(d) / sd(d)} with {@code d = a - b} and n - 1
     * in the standard deviation. Unlike a p value it does not grow with the number of pairs. By Cohen's convention (1988)
     * 0.2 is small, 0.5 medium and 0.8 large; paired seeds share their noise, so larger values are common here. From few
     * pairs it comes out too large, by a factor of about {@code 1 + 3 / (4 n - 5)}.
     *
     * @param a one value a pair
     * @param b as many values, in the same order; at least 2
     * @return the effect size, in the sign of {@code a - b}; NaN if all differences are equal up to rounding, for then
     *     there is no spread to compare with
     */
    public static double effectSize(double[] a, double[] b) {
        Samples.requirePairs(a, b, 2);
        double[] d = Samples.scaledDifferences(a, b);
        double mean = Samples.mean(d);
        double squares = 0;
        for (double difference : d) {
            squares += (difference - mean) * (difference - mean);
        }
        // After scaling the largest value lies between 1 and 2.
        double scale = 1;
        double deviation = Math.sqrt(squares / (d.length - 1));
        return deviation <= TIE * scale ? Double.NaN : mean / deviation;
    }

    private static double flipped(double[] d, int signs) {
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            sum += (signs >> i & 1) == 0 ? d[i] : -d[i];
        }
        return sum;
    }
}
