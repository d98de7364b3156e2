package org.hopwise.internal.array;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.machine.Cores;

/**
 * Products of a dense matrix with a {@link TallMatrix}: the large factor is read once, row by row, while the tall one
 * stays in the cache. Every entry is one chain of fused multiply-adds in rising order of the summed index, with vectors
 * or without, on any number of threads: the same bits.
 */
public final class TallProducts {

    /** Multiplications below which a second thread costs more than it gives. */
    private static final double SMALL = 2e6;

    private TallProducts() {}

    /** Y = A X, written over what Y holds. Cost: entries of A x columns of X. */
    public static void multiply(DMatrixRMaj a, TallMatrix x, TallMatrix y) {
        int parts = (double) a.getNumElements() * x.stride < SMALL ? 1 : Cores.count();
        Cores.split(a.numRows, parts, (from, to) -> rows(a, x, y, from, to, Products.VECTORS));
    }

    /** A X in a new matrix. */
    public static TallMatrix product(DMatrixRMaj a, TallMatrix x) {
        TallMatrix y = new TallMatrix(a.numRows, x.columns);
        multiply(a, x, y);
        return y;
    }

    static void rows(DMatrixRMaj a, TallMatrix x, TallMatrix y, int from, int to, boolean vectors) {
        if (vectors) {
            VectorTall.rows(a.data, a.numCols, x.data, x.at(0), y.data, y.at(0), x.stride, from, to);
        } else {
            plainRows(a, x, y, from, to);
        }
    }

    private static void plainRows(DMatrixRMaj a, TallMatrix x, TallMatrix y, int from, int to) {
        for (int row = from; row < to; row++) {
            int c = y.at(row);
            java.util.Arrays.fill(y.data, c, c + y.stride, 0);
            for (int p = 0; p < a.numCols; p++) {
                double factor = a.data[row * a.numCols + p];
                int b = x.at(p);
                for (int j = 0; j < x.stride; j++) {
                    y.data[c + j] = Math.fma(factor, x.data[b + j], y.data[c + j]);
                }
            }
        }
    }

    /** y = A x for one column. Four rows at once, each a chain of its own. */
    public static void multiply(DMatrixRMaj a, double[] x, double[] y) {
        int n = a.numCols;
        int parts = a.getNumElements() < SMALL ? 1 : Cores.count();
        Cores.split((a.numRows + 3) / 4, parts, (from, to) -> {
            for (int row = 4 * from; row < Math.min(4 * to, a.numRows); row += 4) {
                int last = a.numRows - 1;
                int r0 = row * n;
                int r1 = Math.min(row + 1, last) * n;
                int r2 = Math.min(row + 2, last) * n;
                int r3 = Math.min(row + 3, last) * n;
                double s0 = 0;
                double s1 = 0;
                double s2 = 0;
                double s3 = 0;
                for (int p = 0; p < n; p++) {
                    double v = x[p];
                    s0 = Math.fma(a.data[r0 + p], v, s0);
                    s1 = Math.fma(a.data[r1 + p], v, s1);
                    s2 = Math.fma(a.data[r2 + p], v, s2);
                    s3 = Math.fma(a.data[r3 + p], v, s3);
                }
                y[Math.min(row + 3, last)] = s3;
                y[Math.min(row + 2, last)] = s2;
                y[Math.min(row + 1, last)] = s1;
                y[row] = s0;
            }
        });
    }
}
