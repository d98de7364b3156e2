package org.hopwise.internal;

/** Quantiles of sorted numbers. */
public final class Quantile {

    private Quantile() {}

    /** Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996); NaN of no numbers. */
    public static double of(double[] sorted, double q) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
