package org.hopwise.internal;

/**
 * Products of small dense matrices on flat row-major arrays. Each inner loop runs along a row of the result and takes
 * four rows of the right factor at once, a form that the JIT compiler turns into vector instructions. The order of
 * additions is fixed, so results are the same from run to run.
 */
public final class Products {

    private Products() {}

    /** C (m x n) += A (m x k) B (k x n), with A and C beginning at the given offsets. */
    public static void addProduct(double[] a, int aOffset, double[] b, double[] c, int cOffset, int m, int k, int n) {
        for (int row = 0; row < m; row++) {
            int aRow = aOffset + row * k;
            int cRow = cOffset + row * n;
            int p = 0;
            for (; p + 3 < k; p += 4) {
                addFour(c, cRow, n, b, p * n, a[aRow + p], a[aRow + p + 1], a[aRow + p + 2], a[aRow + p + 3]);
            }
            for (; p < k; p++) {
                addOne(c, cRow, n, b, p * n, a[aRow + p]);
            }
        }
    }

    /** C (k x n) += A' B for A (m x k) and B (m x n), with A and B beginning at the given offsets. */
    public static void addTransposedProduct(
            double[] a, int aOffset, double[] b, int bOffset, double[] c, int m, int k, int n) {
        int row = 0;
        for (; row + 3 < m; row += 4) {
            int aRow = aOffset + row * k;
            for (int p = 0; p < k; p++) {
                int i = aRow + p;
                addFour(c, p * n, n, b, bOffset + row * n, a[i], a[i + k], a[i + 2 * k], a[i + 3 * k]);
            }
        }
        for (; row < m; row++) {
            for (int p = 0; p < k; p++) {
                addOne(c, p * n, n, b, bOffset + row * n, a[aOffset + row * k + p]);
            }
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

    private static void addFour(
            double[] c, int cRow, int n, double[] b, int bRow, double a0, double a1, double a2, double a3) {
        int b1 = bRow + n;
        int b2 = b1 + n;
        int b3 = b2 + n;
        for (int j = 0; j < n; j++) {
            c[cRow + j] += a0 * b[bRow + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
        }
    }

    private static void addOne(double[] c, int cRow, int n, double[] b, int bRow, double a0) {
        for (int j = 0; j < n; j++) {
            c[cRow + j] += a0 * b[bRow + j];
        }
    }
}
