package org.hopwise.internal.array;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Products#add} with the JDK's Vector API: tiles of four rows by two vectors of the result stay in registers while
 * the summed index runs.
 */
final class VectorProducts {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorProducts() {}

    static void add(
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
        int j = 0;
        for (; j + 2 * LANES <= n; j += 2 * LANES) {
            int row = 0;
            for (; row + 4 <= rows; row += 4) {
                int a0 = aOffset + row * rowStride;
                wideTile(a, a0, rowStride, stepStride, b, bOffset + j, c, cOffset + row * n + j, depth, n);
            }
            for (; row < rows; row++) {
                int a0 = aOffset + row * rowStride;
                int c0 = cOffset + row * n + j;
                rowTile(a, a0, stepStride, b, bOffset + j, c, c0, depth, n);
                rowTile(a, a0, stepStride, b, bOffset + j + LANES, c, c0 + LANES, depth, n);
            }
        }
        for (; j + LANES <= n; j += LANES) {
            for (int row = 0; row < rows; row++) {
                int a0 = aOffset + row * rowStride;
                rowTile(a, a0, stepStride, b, bOffset + j, c, cOffset + row * n + j, depth, n);
            }
        }
        if (j < n) {
            for (int row = 0; row < rows; row++) {
                rest(a, aOffset + row * rowStride, stepStride, b, bOffset, c, cOffset + row * n, depth, n, j);
            }
        }
    }

    private static void wideTile(
            double[] a,
            int a0,
            int rowStride,
            int stepStride,
            double[] b,
            int b0,
            double[] c,
            int c0,
            int depth,
            int n) {
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, c, c0);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, c, c0 + LANES);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, c0 + n);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, c0 + n + LANES);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * n);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * n + LANES);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * n);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * n + LANES);
        for (int p = 0; p < depth; p++) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, b, b0 + p * n);
            DoubleVector right = DoubleVector.fromArray(SPECIES, b, b0 + p * n + LANES);
            int at = a0 + p * stepStride;
            DoubleVector factor = DoubleVector.broadcast(SPECIES, a[at]);
            c00 = factor.fma(left, c00);
            c01 = factor.fma(right, c01);
            factor = DoubleVector.broadcast(SPECIES, a[at + rowStride]);
            c10 = factor.fma(left, c10);
            c11 = factor.fma(right, c11);
            factor = DoubleVector.broadcast(SPECIES, a[at + 2 * rowStride]);
            c20 = factor.fma(left, c20);
            c21 = factor.fma(right, c21);
            factor = DoubleVector.broadcast(SPECIES, a[at + 3 * rowStride]);
            c30 = factor.fma(left, c30);
            c31 = factor.fma(right, c31);
        }
        c00.intoArray(c, c0);
        c01.intoArray(c, c0 + LANES);
        c10.intoArray(c, c0 + n);
        c11.intoArray(c, c0 + n + LANES);
        c20.intoArray(c, c0 + 2 * n);
        c21.intoArray(c, c0 + 2 * n + LANES);
        c30.intoArray(c, c0 + 3 * n);
        c31.intoArray(c, c0 + 3 * n + LANES);
    }

    private static void rowTile(
            double[] a, int a0, int stepStride, double[] b, int b0, double[] c, int c0, int depth, int n) {
        DoubleVector sum = DoubleVector.fromArray(SPECIES, c, c0);
        for (int p = 0; p < depth; p++) {
            DoubleVector factor = DoubleVector.broadcast(SPECIES, a[a0 + p * stepStride]);
            sum = factor.fma(DoubleVector.fromArray(SPECIES, b, b0 + p * n), sum);
        }
        sum.intoArray(c, c0);
    }

    /** Columns from {@code first} on, too few for a vector. */
    private static void rest(
            double[] a, int a0, int stepStride, double[] b, int b0, double[] c, int c0, int depth, int n, int first) {
        for (int j = first; j < n; j++) {
            double sum = c[c0 + j];
            for (int p = 0; p < depth; p++) {
                sum = Math.fma(a[a0 + p * stepStride], b[b0 + p * n + j], sum);
            }
            c[c0 + j] = sum;
        }
    }
}
