package org.hopwise.internal.array;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a product of a {@link SparseMatrix} with a {@link TallMatrix}, with the JDK's Vector API: up to four vectors of
 * a row of the result stay in registers while its entries are gone through.
 */
final class VectorSparse {

    /** Vectors no longer than the padding of a {@link TallMatrix}. */
    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED.length() > TallMatrix.LINE
            ? DoubleVector.SPECIES_512
            : DoubleVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    private VectorSparse() {}

    /** One band: Y rows from..to - 1, begun at 0 in the first band (cell 0) and continued in the others. */
    static void rows(
            int[] start,
            int cell,
            int[] column,
            double[] value,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset,
            int stride,
            int from,
            int to) {
        int j = 0;
        for (; j + 4 * LANES <= stride; j += 4 * LANES) {
            four(start, cell, column, value, x, xOffset + j, y, yOffset + j, stride, from, to);
        }
        for (; j < stride; j += LANES) {
            one(start, cell, column, value, x, xOffset + j, y, yOffset + j, stride, from, to);
        }
    }

    private static void four(
            int[] start,
            int cell,
            int[] column,
            double[] value,
            double[] x,
            int x0,
            double[] y,
            int y0,
            int stride,
            int from,
            int to) {
        for (int row = from; row < to; row++) {
            int c = y0 + row * stride;
            DoubleVector sum0 = begun(cell, y, c);
            DoubleVector sum1 = begun(cell, y, c + LANES);
            DoubleVector sum2 = begun(cell, y, c + 2 * LANES);
            DoubleVector sum3 = begun(cell, y, c + 3 * LANES);
            int end = start[cell + row + 1];
            for (int at = start[cell + row]; at < end; at++) {
                int b = x0 + column[at] * stride;
                DoubleVector factor = DoubleVector.broadcast(SPECIES, value[at]);
                sum0 = factor.fma(DoubleVector.fromArray(SPECIES, x, b), sum0);
                sum1 = factor.fma(DoubleVector.fromArray(SPECIES, x, b + LANES), sum1);
                sum2 = factor.fma(DoubleVector.fromArray(SPECIES, x, b + 2 * LANES), sum2);
                sum3 = factor.fma(DoubleVector.fromArray(SPECIES, x, b + 3 * LANES), sum3);
            }
            sum0.intoArray(y, c);
            sum1.intoArray(y, c + LANES);
            sum2.intoArray(y, c + 2 * LANES);
            sum3.intoArray(y, c + 3 * LANES);
        }
    }

    private static void one(
            int[] start,
            int cell,
            int[] column,
            double[] value,
            double[] x,
            int x0,
            double[] y,
            int y0,
            int stride,
            int from,
            int to) {
        for (int row = from; row < to; row++) {
            int c = y0 + row * stride;
            DoubleVector sum = begun(cell, y, c);
            int end = start[cell + row + 1];
            for (int at = start[cell + row]; at < end; at++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, value[at]);
                sum = factor.fma(DoubleVector.fromArray(SPECIES, x, x0 + column[at] * stride), sum);
            }
            sum.intoArray(y, c);
        }
    }

    private static DoubleVector begun(int cell, double[] y, int at) {
        return cell == 0 ? DoubleVector.zero(SPECIES) : DoubleVector.fromArray(SPECIES, y, at);
    }
}
