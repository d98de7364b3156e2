package org.hopwise.internal.array;

/**
 * Loops over rows of doubles whose length is a multiple of {@value #LANES}: sums in eight strands, and ramps. A strand is
 * one chain of fused multiply-adds in rising order, so that vectors of any length and plain loops give the same bits.
 */
public final class Lanes {

    /** Strands of every sum. */
    public static final int LANES = TallMatrix.LINE;

    private static final boolean VECTORS = Products.VECTORS;

    private Lanes() {}

    /** The smallest row that holds this many numbers. */
    public static int padded(int count) {
        return (count + LANES - 1) / LANES * LANES;
    }

    /**
     * Adds the products of one row with several to strands: those of row r stand at {@code strands[at + r LANES]}.
     *
     * @param a the one row, from {@code a0}
     * @param b the rows, from {@code b0}, each {@code stride} after the one before
     */
    public static void dots(
            double[] a, int a0, double[] b, int b0, int stride, int count, int width, double[] strands, int at) {
        if (VECTORS) {
            VectorLanes.dots(a, a0, b, b0, stride, count, width, strands, at);
        } else {
            plainDots(a, a0, b, b0, stride, count, width, strands, at);
        }
    }

    static void plainDots(
            double[] a, int a0, double[] b, int b0, int stride, int count, int width, double[] strands, int at) {
        for (int r = 0; r < count; r++) {
            for (int k = 0; k < width; k++) {
                int strand = at + r * LANES + k % LANES;
                strands[strand] = Math.fma(a[a0 + k], b[b0 + r * stride + k], strands[strand]);
            }
        }
    }

    /** The strands of one sum added up, always in the same order. */
    public static double total(double[] strands, int at) {
        return ((strands[at] + strands[at + 4]) + (strands[at + 2] + strands[at + 6]))
                + ((strands[at + 1] + strands[at + 5]) + (strands[at + 3] + strands[at + 7]));
    }

    /** out = max(x + shift, 0). */
    public static void relu(double[] x, int x0, double shift, double[] out, int o0, int width) {
        if (VECTORS) {
            VectorLanes.relu(x, x0, shift, out, o0, width);
        } else {
            plainRelu(x, x0, shift, out, o0, width);
        }
    }

    static void plainRelu(double[] x, int x0, double shift, double[] out, int o0, int width) {
        for (int k = 0; k < width; k++) {
            out[o0 + k] = Math.max(x[x0 + k] + shift, 0);
        }
    }

    /** out = value where x + shift is above 0, else 0. */
    public static void gate(double[] value, int v0, double[] x, int x0, double shift, double[] out, int o0, int width) {
        if (VECTORS) {
            VectorLanes.gate(value, v0, x, x0, shift, out, o0, width);
        } else {
            plainGate(value, v0, x, x0, shift, out, o0, width);
        }
    }

    static void plainGate(double[] value, int v0, double[] x, int x0, double shift, double[] out, int o0, int width) {
        for (int k = 0; k < width; k++) {
            out[o0 + k] = x[x0 + k] + shift > 0 ? value[v0 + k] : 0;
        }
    }
}
