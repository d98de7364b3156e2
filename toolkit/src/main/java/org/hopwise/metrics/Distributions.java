package org.hopwise.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import org.hopwise.internal.Check;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How two samples of strengths or weights differ, and what the shape of one is. */
public final class Distributions {

    private static final int POINTS = 1001;
    /** Densities are floored here, so that a region without data weighs much, but not infinitely. */
    private static final double FLOOR = 1e-300;

    private Distributions() {}

    /**
     * The symmetric divergence of two samples [O], a form of the one in the published code [S] whose size does not
     * depend on the range: Gaussian kernel densities of both (bandwidth n^(-1/5) times the sample standard deviation
     * with n - 1, as Scott proposed) at 1001 points from the joint least to the joint largest value, each divided by
     * its sum to P and Q and floored at 1e-300; then {@code D = sum (P - Q) ln(P / Q)}. Cost: 1001 exponentials a
     * value.
     *
     * @param a at least 2 values, not all the same
     * @param b at least 2 values, not all the same
     * @return 0 or more, 0 for equal samples; the order does not matter
     * @throws IllegalArgumentException if a sample has fewer than 2 values, a value that is not finite, or no spread
     */
    public static double divergence(double[] a, double[] b) {
        double bandwidthA = bandwidth("a", a);
        double bandwidthB = bandwidth("b", b);
        double low = Math.min(min(a), min(b));
        double high = Math.max(max(a), max(b));
        double[] grid = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            // Weighted ends instead of low + i step: exact at both, and no overflow of a range beyond double precision.
            double share = (double) i / (POINTS - 1);
            grid[i] = low * (1 - share) + high * share;
        }
        double[] p = density("a", a, bandwidthA, grid);
        double[] q = density("b", b, bandwidthB, grid);
        double divergence = 0;
        for (int i = 0; i < POINTS; i++) {
            divergence += (p[i] - q[i]) * Math.log(p[i] / q[i]);
        }
        return divergence;
    }

    private static double[] density(String name, double[] values, double bandwidth, double[] grid) {
        double[] density = new double[POINTS];
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            for (double value : values) {
                double apart = (grid[i] - value) / bandwidth;
                density[i] += Math.exp(-apart * apart / 2);
            }
            sum += density[i];
        }
        if (sum == 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has bandwidth %.3g, too narrow for 1001 points from %s to %s; compare samples of like spread.",
                    name,
                    bandwidth,
                    grid[0],
                    grid[POINTS - 1]));
        }
        for (int i = 0; i < POINTS; i++) {
            density[i] = Math.max(density[i] / sum, FLOOR);
        }
        return density;
    }

    private static double bandwidth(String name, double[] values) {
        require(name, values, 2);
        if (min(values) == max(values)) {
            throw new IllegalArgumentException(
                    "%s is constant, %s, so that its bandwidth is 0; pass values that differ."
                            .formatted(name, values[0]));
        }
        double sample = Math.sqrt(Spread.variance(values) * values.length / (values.length - 1));
        double bandwidth = Math.pow(values.length, -0.2) * sample;
        if (!(bandwidth > 0) || Double.isInfinite(bandwidth)) {
            throw new IllegalArgumentException(
                    "%s has bandwidth %s between %s and %s; scale it to ordinary numbers first."
                            .formatted(name, bandwidth, min(values), max(values)));
        }
        return bandwidth;
    }

    /**
     * Excess kurtosis in population form, m4 / m2^2 - 3: 0 for Gaussian values, above it with heavier tails, -1.2 for
     * uniform ones.
     *
     * @param values at least 2 values, not all the same
     * @return at least -2
     * @throws IllegalArgumentException if there are fewer than 2 values, one is not finite, or all are the same
     */
    public static double kurtosis(double[] values) {
        require("values", values, 2);
        if (min(values) == max(values)) {
            throw new IllegalArgumentException(
                    "values are constant, %s, and have no kurtosis; pass values that differ.".formatted(values[0]));
        }
        double mean = Spread.mean(values);
        double variance = Spread.variance(values);
        double fourth = 0;
        for (double value : values) {
            double square = (value - mean) * (value - mean) / variance;
            fourth += square * square;
        }
        return fourth / values.length - 3;
    }

    /**
     * The density of values as a histogram between two bounds: the share of the values in each bin over the bin's
     * width. Values beyond the bounds count in the shares, but are in no bin.
     *
     * @param curve what the values are, for the column of that name
     * @param values at least 1
     * @param low the lower bound
     * @param high the upper bound, above the lower
     * @param bins how many
     * @return one row a bin: {@code curve}, {@code x}, the middle of the bin, and {@code density}
     */
    public static Table density(String curve, double[] values, double low, double high, int bins) {
        require("values", values, 1);
        return density(curve, low, high, bins, (from, to) -> {
            long within = Arrays.stream(values).filter(v -> v >= from && v < to).count();
            return within / (values.length * (to - from));
        });
    }

    /**
     * The density of the Gaussian, at the middles of the same bins as {@link #density}, such as that of a null model.
     *
     * @param curve what it stands for, for the column of that name
     * @param mean its mean
     * @param deviation its standard deviation, above 0
     * @param low the lower bound
     * @param high the upper bound, above the lower
     * @param bins how many
     * @return one row a bin: {@code curve}, {@code x}, the middle of the bin, and {@code density}
     */
    public static Table gaussian(String curve, double mean, double deviation, double low, double high, int bins) {
        Check.positive("deviation", deviation);
        return density(curve, low, high, bins, (from, to) -> {
            double z = ((from + to) / 2 - mean) / deviation;
            return Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI));
        });
    }

    private static Table density(String curve, double low, double high, int bins, DoubleBinaryOperator within) {
        Check.positive("bins", bins);
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException(
                    "bounds are %s and %s; the first must be less than the second, both finite.".formatted(low, high));
        }
        Table table = Table.create(
                "density", StringColumn.create("curve"), DoubleColumn.create("x"), DoubleColumn.create("density"));
        double width = (high - low) / bins;
        for (int i = 0; i < bins; i++) {
            table.stringColumn("curve").append(curve);
            table.doubleColumn("x").append(low + (i + 0.5) * width);
            table.doubleColumn("density").append(within.applyAsDouble(low + i * width, low + (i + 1) * width));
        }
        return table;
    }

    static Table histogram(double[] values, int bins) {
        Check.positive("bins", bins);
        double low = min(values);
        double width = (max(values) - low) / bins;
        int[] counts = new int[bins];
        for (double value : values) {
            counts[width == 0 ? 0 : Math.min(bins - 1, (int) ((value - low) / width))]++;
        }
        Table table = Table.create(
                "histogram", DoubleColumn.create("low"), DoubleColumn.create("high"), IntColumn.create("count"));
        for (int i = 0; i < bins; i++) {
            table.doubleColumn("low").append(low + i * width);
            table.doubleColumn("high").append(i == bins - 1 ? max(values) : low + (i + 1) * width);
            table.intColumn("count").append(counts[i]);
        }
        return table;
    }

    private static void require(String name, double[] values, int least) {
        Given.required(name, values, "pass at least %d values".formatted(least));
        if (values.length < least) {
            throw new IllegalArgumentException(
                    "%s has %d values; pass at least %d.".formatted(name, values.length, least));
        }
        Check.finite(name, values, 0);
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
