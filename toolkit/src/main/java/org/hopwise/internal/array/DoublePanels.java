package org.hopwise.internal.array;

import java.util.Arrays;
import org.hopwise.internal.machine.Cores;
import org.hopwise.internal.machine.Interruption;

/**
 * Products of large matrices in double precision, whose second factor is copied into panels of columns that lie together:
 * rows of a large matrix, thousands of bytes apart, fall into the same places of the cache.
 *
 * <p>Every entry is the chain of fused multiply-adds that {@link Products} has, so panels change no bit.
 */
public final class DoublePanels {

    /** Second factors of fewer numbers stay in the cache as they are, and copies would only cost. */
    private static final int LEAST = 1 << 16;

    /** Between so many rows of a product its thread looks whether it should stop. */
    private static final int ROWS_AT_A_TIME = 96;

    private DoublePanels() {}

    /** Whether a second factor (k x n) gains by panels here. */
    public static boolean gain(int k, int n) {
        return Products.VECTORS && (long) k * n >= LEAST && n >= VectorDoubles.PANEL;
    }

    /** How many numbers the panels of a second factor (k x n) have. */
    public static int length(int k, int n) {
        int panel = VectorDoubles.PANEL;
        return Math.multiplyExact(Math.multiplyExact((n + panel - 1) / panel, panel), k);
    }

    /** Copies B (k x n), whose entry (p, j) stands at p rowStride + j columnStride, into panels filled up with zeros. */
    public static void pack(double[] b, int rowStride, int columnStride, int k, int n, double[] panels) {
        pack(b, 0, rowStride, columnStride, k, n, panels);
    }

    private static void pack(double[] b, int b0, int rowStride, int columnStride, int k, int n, double[] panels) {
        int width = VectorDoubles.PANEL;
        int at = 0;
        for (int j = 0; j < n; j += width) {
            int wide = Math.min(width, n - j);
            for (int p = 0; p < k; p++, at += width) {
                int from = b0 + p * rowStride + j * columnStride;
                for (int q = 0; q < wide; q++) {
                    panels[at + q] = b[from + q * columnStride];
                }
                Arrays.fill(panels, at + wide, at + width, 0);
            }
        }
    }

    /** C (m x n) at {@code cAt} = A (m x k) at {@code aAt} times B (k x n) in panels, or added to C. */
    public static void product(
            double[] a, int aAt, double[] panels, double[] c, int cAt, int m, int k, int n, boolean added) {
        VectorDoubles.product(a, aAt, k, 1, panels, c, cAt, m, k, n, added);
    }

    /** C (k x n) += A' B for A (m x k) at {@code aAt} and B (m x n) at {@code bAt}; B goes into panels a block at a time. */
    public static void addTransposedProduct(double[] a, int aAt, double[] b, int bAt, double[] c, int m, int k, int n) {
        double[] panels = new double[length(Math.min(m, VectorDoubles.BLOCK), n)];
        for (int done = 0; done < m; done += VectorDoubles.BLOCK) {
            int steps = Math.min(VectorDoubles.BLOCK, m - done);
            pack(b, bAt + done * n, n, 1, steps, n, panels);
            VectorDoubles.product(a, aAt + done * k, 1, k, panels, c, 0, k, steps, n, true);
        }
    }

    /**
     * The square of a matrix (n x n), written over {@code square}, on all cores: each takes some rows, so that how many there
     * are changes no bit.
     *
     * @param panels scratch of {@link #length} numbers where {@link #gain} says so, unused otherwise
     */
    public static void square(double[] a, int n, double[] panels, double[] square) {
        boolean packed = gain(n, n);
        if (packed) {
            pack(a, n, 1, n, n, panels);
        }
        Cores.split(n, packed ? Cores.count() : 1, (from, to) -> {
            for (int row = from; row < to; row += ROWS_AT_A_TIME) {
                Interruption.check();
                int rows = Math.min(ROWS_AT_A_TIME, to - row);
                if (packed) {
                    product(a, row * n, panels, square, row * n, rows, n, n, false);
                } else {
                    Arrays.fill(square, row * n, (row + rows) * n, 0);
                    Products.addProduct(a, row * n, a, square, row * n, rows, n, n);
                }
            }
        });
    }
}
