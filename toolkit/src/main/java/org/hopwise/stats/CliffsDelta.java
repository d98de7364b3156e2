package org.hopwise.stats;

import org.hopwise.internal.Check;

/**
 * How far two samples overlap: the chance that a value of the first is above one of the second, minus the chance that it is
 * below. 0 for samples alike, 1 or -1 for samples apart (Cliff, 1993). The interval is that of Feng and Cliff (2004), which is
 * not symmetric and stays within -1 and 1.
 *
 * @param delta from -1 to 1
 * @param variance of delta, unbiased, at least (1 - delta^2) / (n m - 1)
 * @param interval delta with its bounds at 95 %; the count is that of both samples
 */
public record CliffsDelta(double delta, double variance, Interval interval) {

    /** The 97.5th percentile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    private static final double LEVEL = 0.95;

    /**
     * Compares two samples. Cost: n m.
     *
     * @param x n values, at least 2
     * @param y m values, at least 2
     * @return the measure
     * @throws IllegalArgumentException if a sample has fewer than 2 values or one that is not finite
     */
    public static CliffsDelta of(double[] x, double[] y) {
        int n = Check.between("the number of values of the first sample", x.length, 2, Integer.MAX_VALUE);
        int m = Check.between("the number of values of the second sample", y.length, 2, Integer.MAX_VALUE);
        Check.finite("first sample", x, 0);
        Check.finite("second sample", y, 0);
        double[] rows = new double[n];
        double[] columns = new double[m];
        double squares = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double sign = Double.compare(x[i], y[j]) == 0 ? 0 : Math.signum(x[i] - y[j]);
                rows[i] += sign / m;
                columns[j] += sign / n;
                squares += sign * sign;
            }
        }
        double delta = 0;
        for (double row : rows) {
            delta += row / n;
        }
        double pairs = (double) n * m;
        double variance = ((double) m * m * spread(rows, delta)
                        + (double) n * n * spread(columns, delta)
                        - (squares - pairs * delta * delta))
                / (pairs * (n - 1.0) * (m - 1.0));
        variance = Math.max(variance, (1 - delta * delta) / (pairs - 1));
        return new CliffsDelta(delta, variance, interval(delta, variance, n, m));
    }

    private static double spread(double[] means, double delta) {
        double sum = 0;
        for (double mean : means) {
            sum += (mean - delta) * (mean - delta);
        }
        return sum;
    }

    private static Interval interval(double delta, double variance, int n, int m) {
        double low;
        double high;
        if (Math.abs(delta) == 1) {
            double k = Math.min(n, m);
            double near = (k - Z * Z) / (k + Z * Z);
            low = delta > 0 ? near : -1;
            high = delta > 0 ? 1 : -near;
        } else {
            // ((d - d^3) +- z s sqrt((1 - d^2)^2 + z^2 s^2)) / (1 - d^2 + z^2 s^2)
            double rest = 1 - delta * delta;
            double spread = Z * Z * variance;
            double half = Math.sqrt(spread) * Math.sqrt(rest * rest + spread);
            low = (delta - delta * delta * delta - half) / (rest + spread);
            high = (delta - delta * delta * delta + half) / (rest + spread);
        }
        return new Interval(delta, Math.max(-1, low), Math.min(1, high), LEVEL, n + m);
    }
}
