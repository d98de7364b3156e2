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

    /** With a part of x kept, which also settles where moduli are equal, as between two halves that only see each other. */
    private static final int MOST_KEPT_PRODUCTS = 2_000;

    private static final double KEPT = 0.25;

    /** Multiplications that all products may take. */
    private static final double MOST_WORK = 2e9;

    private PerronRoot() {}

    /**
     * Between ends that have met, or nothing where they don't meet soon, as on a ring.
     *
     * @param isInside tells the units of the component; the product leaves others at 0
     */
    static OptionalDouble of(int n, IntPredicate isInside, Arnoldi.Product product) {
        return of(n, isInside, product, 0, MOST_PRODUCTS);
    }

    /** The same from A x + s x in place of A x: more products a digit, but also for periodic matrices. */
    static OptionalDouble ofPeriodic(int n, long entries, IntPredicate isInside, Arnoldi.Product product) {
        int products = (int) Math.min(MOST_KEPT_PRODUCTS, MOST_WORK / (entries + 1));
        return of(n, isInside, product, KEPT, products);
    }

    private static OptionalDouble of(
            int n, IntPredicate isInside, Arnoldi.Product product, double kept, int mostProducts) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> isInside.test(i) ? 1 : 0);
        double[] y = new double[n];
        for (int k = 0; k < mostProducts; k++) {
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
            if (!(low > 0 && high < Double.POSITIVE_INFINITY) || !scaled(x, y, kept * (low + high), high)) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    /** Puts (y + shift x) / scale into x; returns whether no unit has become too small to tell. */
    private static boolean scaled(double[] x, double[] y, double shift, double scale) {
        boolean isSafe = true;
        for (int i = 0; i < x.length; i++) {
            if (x[i] != 0) {
                x[i] = shift == 0 ? y[i] / scale : (y[i] + shift * x[i]) / (scale + shift);
                isSafe &= x[i] > Double.MIN_NORMAL / MEET;
            }
        }
        return isSafe;
    }
}
