package org.hopwise.internal.array;

/**
 * Products of small dense matrices on flat row-major arrays, added to what the result holds.
 *
 * <p>Every entry is one chain of fused multiply-adds in rising order of the summed index, whether it is computed with
 * the JDK's Vector API (where the module {@code jdk.incubator.vector} is in the running JVM) or with plain loops. So all
 * ways, all vector lengths and all JDKs give the same bits.
 */
public final class Products {

    public static final boolean VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Products() {}

    /** C (m x n) += A (m x k) B (k x n), with A and C beginning at the given offsets. */
    public static void addProduct(double[] a, int aOffset, double[] b, double[] c, int cOffset, int m, int k, int n) {
        addProduct(a, aOffset, b, 0, c, cOffset, m, k, n);
    }

    /** C (m x n) += A (m x k) B (k x n), with all three beginning at the given offsets. */
    public static void addProduct(
            double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset, int m, int k, int n) {
        if (VECTORS) {
            VectorProducts.add(a, aOffset, k, 1, b, bOffset, c, cOffset, m, k, n);
        } else {
            add(a, aOffset, k, 1, b, bOffset, c, cOffset, m, k, n);
        }
    }

    /** C (k x n) += A' B for A (m x k) and B (m x n), with A and B beginning at the given offsets. */
    public static void addTransposedProduct(
            double[] a, int aOffset, double[] b, int bOffset, double[] c, int m, int k, int n) {
        if (VECTORS) {
            VectorProducts.add(a, aOffset, 1, k, b, bOffset, c, 0, k, m, n);
        } else {
            add(a, aOffset, 1, k, b, bOffset, c, 0, k, m, n);
        }
    }

    /** The transpose of A (m x n), written into {@code result} (n x m). */
    public static void transpose(double[] a, int m, int n, double[] result) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                result[j * m + i] = a[i * n + j];
            }
        }
    }

    /**
     * C (rows x n) += A B for B (depth x n), where entry (i, p) of A stands at aOffset + i rowStride + p stepStride; with
     * plain loops along rows of B and C.
     */
    public static void add(
            double[] a,
            int aOffset,
            int rowStride,
            int stepStride,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset,
            int rows,
            int depth,
            int n) {
        for (int row = 0; row < rows; row++) {
            int at = cOffset + row * n;
            for (int p = 0; p < depth; p++) {
                double factor = a[aOffset + row * rowStride + p * stepStride];
                int from = bOffset + p * n;
                for (int j = 0; j < n; j++) {
                    c[at + j] = Math.fma(factor, b[from + j], c[at + j]);
                }
            }
        }
    }
}
