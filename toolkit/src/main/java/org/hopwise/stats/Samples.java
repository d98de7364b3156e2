package org.hopwise.stats;

import java.util.Arrays;

/** Arithmetic of samples that neither over- nor underflows, and the checks that all of it shares. */
final class Samples {

    private Samples() {}

    static double[] differences(double[] a, double[] b) {
        requirePairs(a, b, 1);
        double[] d = new double[a.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = a[i] - b[i];
        }
        return d;
    }

    /** Differences divided by a power of two, the same for all, so that no sum or square over- or underflows. */
    static double[] scaledDifferences(double[] a, double[] b) {
        requirePairs(a, b, 1);
        int exponent = Math.max(exponent(a), exponent(b));
        return differences(scaled(a, exponent), scaled(b, exponent));
    }

    static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    /** The power of two next to the largest modulus; 0 if all are zero. */
    static int exponent(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest == 0 ? 0 : Math.getExponent(largest) + (largest < Double.MIN_NORMAL ? subnormal(largest) : 0);
    }

    /** How far a number below the normal ones lies below them. */
    private static int subnormal(double value) {
        return Math.getExponent(value * 0x1p60) - 60 - Math.getExponent(value);
    }

    /** The values over 2^exponent: the same digits, unless they vanish beside the largest. */
    static double[] scaled(double[] values, int exponent) {
        return Arrays.stream(values).map(value -> Math.scalb(value, -exponent)).toArray();
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    static void requirePairs(double[] a, double[] b, int least) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "a has %d values and b has %d; pairs need equally many.".formatted(a.length, b.length));
        }
        requireCount("a", a, least);
        requireFinite("a", a);
        requireFinite("b", b);
    }

    static void requireCount(String name, double[] values, int least) {
        if (values.length < least) {
            throw new IllegalArgumentException(
                    "%s has %d values; at least %d are needed.".formatted(name, values.length, least));
        }
    }

    static void requireFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("%s[%d] is %s; it must be finite, so remove missing values first."
                        .formatted(name, i, values[i]));
            }
        }
    }
}
