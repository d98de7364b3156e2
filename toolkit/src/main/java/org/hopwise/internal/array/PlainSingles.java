package org.hopwise.internal.array;

/**
 * The loops of {@link Singles} without the Vector API, for JVMs that lack it and to compare with. Each gives the bits
 * of its counterpart in {@link VectorSingles}.
 */
final class PlainSingles {

    /** Takes any number but 0 to a modulus of at least 1 when applied twice. */
    private static final float HUGE = 1e38f;

    private PlainSingles() {}

    /** The sign, 0 for 0, by operations that a JIT turns into vectors. */
    static float sign(float x) {
        return Math.max(-1f, Math.min(1f, x * HUGE * HUGE));
    }

    /** C (rows x n) = or += A B; entry (i, p) of A stands at a0 + i rowStride + p stepStride. */
    static void product(
            float[] a,
            int a0,
            int rowStride,
            int stepStride,
            float[] b,
            int b0,
            float[] c,
            int c0,
            int rows,
            int depth,
            int n,
            boolean added) {
        for (int row = 0; row < rows; row++) {
            int at = c0 + row * n;
            if (!added) {
                java.util.Arrays.fill(c, at, at + n, 0);
            }
            for (int p = 0; p < depth; p++) {
                float factor = a[a0 + row * rowStride + p * stepStride];
                int from = b0 + p * n;
                for (int j = 0; j < n; j++) {
                    c[at + j] = Math.fma(factor, b[from + j], c[at + j]);
                }
            }
        }
    }

    static void tanh(float[] x, int begin, int end) {
        for (int i = begin; i < end; i++) {
            x[i] = tanh(x[i]);
        }
    }

    /**
     * x P(x^2) / Q(x^2) for |x| up to 9, where tanh is 1 to rounding; cut off at 1. P and Q of degree 4 are the minimax fit
     * of the relative error (2e-8), found by reweighted least squares; with rounding the error stays below 4e-7.
     */
    static float tanh(float x) {
        float y = Math.max(-VectorSingles.TANH_END, Math.min(VectorSingles.TANH_END, x));
        float s = y * y;
        float p = Math.fma(s, VectorSingles.P4, VectorSingles.P3);
        p = Math.fma(s, p, VectorSingles.P2);
        p = Math.fma(s, p, VectorSingles.P1);
        p = Math.fma(s, p, 1f) * y;
        float q = Math.fma(s, VectorSingles.Q4, VectorSingles.Q3);
        q = Math.fma(s, q, VectorSingles.Q2);
        q = Math.fma(s, q, VectorSingles.Q1);
        q = Math.fma(s, q, 1f);
        return Math.max(-1f, Math.min(1f, p / q));
    }

    /** Adds the products of entries from {@code begin} on to the strands of {@link VectorSingles#SUMS}. */
    static void dot(float[] x, int xAt, float[] y, int yAt, int begin, int length, float[] sums) {
        for (int i = begin; i < length; i++) {
            sums[i % VectorSingles.SUMS] = Math.fma(x[xAt + i], y[yAt + i], sums[i % VectorSingles.SUMS]);
        }
    }

    /** Adds the moduli of entries from {@code begin} on to the strands. */
    static void moduli(float[] x, int at, int begin, int length, float[] sums) {
        for (int i = begin; i < length; i++) {
            sums[i % VectorSingles.SUMS] += Math.abs(x[at + i]);
        }
    }

    static double total(float[] sums) {
        double total = 0;
        for (float sum : sums) {
            total += sum;
        }
        return total;
    }

    static void addRows(float[] rows, int begin, int end, float[] sums) {
        for (int at = begin; at < end; at += sums.length) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += rows[at + i];
            }
        }
    }
}
