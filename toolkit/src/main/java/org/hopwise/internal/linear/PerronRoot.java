package org.hopwise.internal.linear;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.hopwise.internal.machine.Interruption;

/**
 * The spectral radius of a matrix without negative entries that is strongly connected: for every x > 0 it lies between the
 * smallest and the largest of (A x)_i / x_i (Collatz 1942, Wielandt 1950). Products bring x near the Perron vector, and the
 * two ends together, where one eigenvalue is larger than all others; then the interval, unlike a residual, proves the value.
 */
final class PerronRoot {

    private static final double MEET = 1e-13;

    private static final int MOST_PRODUCTS = 300;

    private PerronRoot() {}

    /**
     * Between ends that have met, or nothing where they don't meet soon, as on a ring.
     *
     * @param isInside tells the units of the component; the product leaves others at 0
     */
    static OptionalDouble of(int n, IntPredicate isInside, Arnoldi.Product product) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> isInside.test(i) ? 1 : 0);
        double[] y = new double[n];
        for (int k = 0; k < MOST_PRODUCTS; k++) {
            Interruption.check();
            product.multiply(x, y);
            double low = Double.POSITIVE_INFINITY;
            double high = 0;
            for (int i = 0; i < x.length; i++) {
                if (x[i] != 0) {
                    double ratio = y[i] / x[i];
                    // NaN must not pass: it fails both comparisons below.
                    low = Math.min(low, ratio);
                    high = Math.max(high, ratio);
                }
            }
            if (high - low <= MEET * high && high > 0) {
                return OptionalDouble.of((low + high) / 2);
            }
            if (!(low > 0 && high < Double.POSITIVE_INFINITY) || !scaled(x, y, high)) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    /** Puts y / scale into x; returns whether no unit has become too small to tell. */
    private static boolean scaled(double[] x, double[] y, double scale) {
        boolean isSafe = true;
        for (int i = 0; i < x.length; i++) {
            if (x[i] != 0) {
                x[i] = y[i] / scale;
                isSafe &= x[i] > Double.MIN_NORMAL / MEET;
            }
        }
        return isSafe;
    }
}
