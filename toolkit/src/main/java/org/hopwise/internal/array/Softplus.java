package org.hopwise.internal.array;

/**
 * log(1 + e^x) in single precision, and its slope from its value, with vectors and with plain loops of the same bits. The
 * exponential is 2^k e^r with |r| up to ln(2) / 2, the logarithm log(1 + t) = log((1 + s) / (1 - s)) with s = t / (2 + t);
 * both are cut Taylor series. The error is below 2.5 units of the last place down to x = -87, where the value, 1e-38, is
 * cut to 0.
 */
public final class Softplus {

    private Softplus() {}

    /** x = max(x, 0) + log(1 + e^-|x|), from {@code begin} to {@code end}. */
    public static void apply(float[] x, int begin, int end) {
        int from = Products.VECTORS ? VectorSoftplus.apply(x, begin, end) : begin;
        for (int i = from; i < end; i++) {
            x[i] = of(x[i]);
        }
    }

    /** g = g (1 - e^-r), for the value r of the function, from {@code begin} to {@code end}. */
    public static void timesSlope(float[] g, float[] states, int begin, int end) {
        int from = Products.VECTORS ? VectorSoftplus.timesSlope(g, states, begin, end) : begin;
        for (int i = from; i < end; i++) {
            g[i] *= slope(states[i]);
        }
    }

    static float of(float x) {
        float y = -Math.abs(x);
        float t = y < VectorSoftplus.LEAST ? 0 : exponential(y);
        float s = t / (t + 2);
        float ss = s * s;
        float a = Math.fma(VectorSoftplus.A6, ss, VectorSoftplus.A5);
        a = Math.fma(a, ss, VectorSoftplus.A4);
        a = Math.fma(a, ss, VectorSoftplus.A3);
        a = Math.fma(a, ss, VectorSoftplus.A2);
        a = Math.fma(a, ss, VectorSoftplus.A1);
        a = Math.fma(a, ss, VectorSoftplus.A0);
        float twice = s + s;
        return Math.max(x, 0) + Math.fma(twice * ss, a, twice);
    }

    static float slope(float state) {
        float y = -state;
        if (y < VectorSoftplus.LEAST) {
            return 1;
        }
        float scale = scale(y);
        return -Math.fma(scale, lessOne(y), scale - 1);
    }

    private static float exponential(float y) {
        float scale = scale(y);
        return Math.fma(scale, lessOne(y), scale);
    }

    /** 2^k, k the whole number next to y / ln 2. */
    private static float scale(float y) {
        float sum = Math.fma(y, VectorSoftplus.PER_LN2, VectorSoftplus.ROUNDS);
        return Float.intBitsToFloat((Float.floatToRawIntBits(sum) << 23) + VectorSoftplus.ONE);
    }

    /** e^(y - k ln 2) - 1. */
    private static float lessOne(float y) {
        float k = Math.fma(y, VectorSoftplus.PER_LN2, VectorSoftplus.ROUNDS) - VectorSoftplus.ROUNDS;
        float r = Math.fma(k, -VectorSoftplus.LN2_LOW, Math.fma(k, -VectorSoftplus.LN2_HIGH, y));
        float q = Math.fma(VectorSoftplus.E5, r, VectorSoftplus.E4);
        q = Math.fma(q, r, VectorSoftplus.E3);
        q = Math.fma(q, r, VectorSoftplus.E2);
        q = Math.fma(q, r, VectorSoftplus.E1);
        q = Math.fma(q, r, VectorSoftplus.E0);
        return Math.fma(r * r, q, r);
    }
}
