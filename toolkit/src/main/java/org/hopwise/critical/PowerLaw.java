package org.hopwise.critical;

import java.util.Arrays;
import java.util.Locale;
import org.hopwise.stats.Interval;
import tech.tablesaw.api.Table;

/** Exponents of measured power laws. */
public final class PowerLaw {

    private static final int FEWEST = 3;

    private PowerLaw() {}

    /**
     * The exponent b of y = c x^b: the least-squares slope of log y against log x, with the interval in which the middle 95 %
     * of the slopes over shorter stretches lie, all contiguous stretches of at least half the points. So a curve that bends
     * has a wide interval even where its points have no noise.
     *
     * @param x above 0, rising, at least 3 values
     * @param y above 0, as many
     * @return the exponent; its count is the number of points
     * @throws IllegalArgumentException if lengths differ, there are fewer than 3 points or a value is not above 0
     */
    public static Interval exponent(double[] x, double[] y) {
        if (x.length != y.length || x.length < FEWEST) {
            throw new IllegalArgumentException("x and y have %d and %d values; give as many of each, at least %d."
                    .formatted(x.length, y.length, FEWEST));
        }
        double[] logX = logs("x", x);
        double[] logY = logs("y", y);
        int n = x.length;
        int shortest = Math.max(FEWEST, (n + 1) / 2);
        double[] slopes = new double[(n - shortest + 1) * (n - shortest + 2) / 2];
        int found = 0;
        for (int from = 0; from + shortest <= n; from++) {
            for (int to = from + shortest; to <= n; to++) {
                slopes[found++] = slope(logX, logY, from, to);
            }
        }
        Arrays.sort(slopes);
        double estimate = slope(logX, logY, 0, n);
        double low = Math.min(estimate, slopes[(int) Math.floor(0.025 * (found - 1))]);
        double high = Math.max(estimate, slopes[(int) Math.ceil(0.975 * (found - 1))]);
        return new Interval(estimate, low, high, 0.95, n);
    }

    /**
     * The exponent of one column as a power of another, rows in order of the first.
     *
     * @param t at least 3 rows
     * @param x the column of what is varied, above 0
     * @param y the column of what follows, above 0
     * @return the exponent, as {@link #exponent(double[], double[])}
     */
    public static Interval exponent(Table t, String x, String y) {
        Table sorted = t.sortOn(x);
        return exponent(
                sorted.numberColumn(x).asDoubleArray(), sorted.numberColumn(y).asDoubleArray());
    }

    private static double[] logs(String name, double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            if (!(values[i] > 0) || Double.isInfinite(values[i])) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "%s is %s at place %d (counted from 0); it must be above 0.", name, values[i], i));
            }
            logs[i] = Math.log(values[i]);
        }
        return logs;
    }

    /** The least-squares slope over places from..to - 1. */
    static double slope(double[] x, double[] y, int from, int to) {
        double meanX = Arrays.stream(x, from, to).average().orElseThrow();
        double meanY = Arrays.stream(y, from, to).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (int i = from; i < to; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
        }
        if (xx == 0) {
            throw new IllegalArgumentException("x is the same everywhere; an exponent needs different values.");
        }
        return xy / xx;
    }
}
