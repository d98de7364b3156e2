package org.hopwise.internal.array;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a product of a dense matrix with a {@link TallMatrix}, with the JDK's Vector API. Six rows by four vectors of
 * the result stay in registers where there are 32 of them; where vectors have four lanes there are 16, and tiles are four
 * rows by two vectors.
 */
final class VectorTall {

    private static final VectorSpecies<Double> SPECIES = VectorSparse.SPECIES;
    private static final int LANES = VectorSparse.LANES;
    private static final boolean MANY_REGISTERS = LANES != 4;

    private VectorTall() {}

    /** Y rows from..to - 1, for A with {@code depth} columns. */
    static void rows(
            double[] a, int depth, double[] x, int xOffset, double[] y, int yOffset, int stride, int from, int to) {
        int j = 0;
        for (; MANY_REGISTERS && j + 4 * LANES <= stride; j += 4 * LANES) {
            int row = from;
            for (; row + 6 <= to; row += 6) {
                sixByFour(a, row * depth, x, xOffset + j, y, yOffset + row * stride + j, depth, stride);
            }
            for (; row < to; row++) {
                oneByTwo(a, row * depth, x, xOffset + j, y, yOffset + row * stride + j, depth, stride);
                int next = j + 2 * LANES;
                oneByTwo(a, row * depth, x, xOffset + next, y, yOffset + row * stride + next, depth, stride);
            }
        }
        for (; j + 2 * LANES <= stride; j += 2 * LANES) {
            int row = from;
            for (; row + 4 <= to; row += 4) {
                fourByTwo(a, row * depth, x, xOffset + j, y, yOffset + row * stride + j, depth, stride);
            }
            for (; row < to; row++) {
                oneByTwo(a, row * depth, x, xOffset + j, y, yOffset + row * stride + j, depth, stride);
            }
        }
        for (; j < stride; j += LANES) {
            int row = from;
            for (; row + 4 <= to; row += 4) {
                fourByOne(a, row * depth, x, xOffset + j, y, yOffset + row * stride + j, depth, stride);
            }
            for (; row < to; row++) {
                oneByOne(a, row * depth, x, xOffset + j, y, yOffset + row * stride + j, depth, stride);
            }
        }
    }

    private static void sixByFour(
            double[] a, int aStart, double[] x, int xStart, double[] y, int yStart, int depth, int stride) {
        DoubleVector y00 = DoubleVector.zero(SPECIES);
        DoubleVector y01 = DoubleVector.zero(SPECIES);
        DoubleVector y02 = DoubleVector.zero(SPECIES);
        DoubleVector y03 = DoubleVector.zero(SPECIES);
        DoubleVector y10 = DoubleVector.zero(SPECIES);
        DoubleVector y11 = DoubleVector.zero(SPECIES);
        DoubleVector y12 = DoubleVector.zero(SPECIES);
        DoubleVector y13 = DoubleVector.zero(SPECIES);
        DoubleVector y20 = DoubleVector.zero(SPECIES);
        DoubleVector y21 = DoubleVector.zero(SPECIES);
        DoubleVector y22 = DoubleVector.zero(SPECIES);
        DoubleVector y23 = DoubleVector.zero(SPECIES);
        DoubleVector y30 = DoubleVector.zero(SPECIES);
        DoubleVector y31 = DoubleVector.zero(SPECIES);
        DoubleVector y32 = DoubleVector.zero(SPECIES);
        DoubleVector y33 = DoubleVector.zero(SPECIES);
        DoubleVector y40 = DoubleVector.zero(SPECIES);
        DoubleVector y41 = DoubleVector.zero(SPECIES);
        DoubleVector y42 = DoubleVector.zero(SPECIES);
        DoubleVector y43 = DoubleVector.zero(SPECIES);
        DoubleVector y50 = DoubleVector.zero(SPECIES);
        DoubleVector y51 = DoubleVector.zero(SPECIES);
        DoubleVector y52 = DoubleVector.zero(SPECIES);
        DoubleVector y53 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            int at = xStart + p * stride;
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, at + LANES);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, x, at + 2 * LANES);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, x, at + 3 * LANES);
            DoubleVector factor = DoubleVector.broadcast(SPECIES, a[aStart + p]);
            y00 = factor.fma(x0, y00);
            y01 = factor.fma(x1, y01);
            y02 = factor.fma(x2, y02);
            y03 = factor.fma(x3, y03);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + depth + p]);
            y10 = factor.fma(x0, y10);
            y11 = factor.fma(x1, y11);
            y12 = factor.fma(x2, y12);
            y13 = factor.fma(x3, y13);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + 2 * depth + p]);
            y20 = factor.fma(x0, y20);
            y21 = factor.fma(x1, y21);
            y22 = factor.fma(x2, y22);
            y23 = factor.fma(x3, y23);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + 3 * depth + p]);
            y30 = factor.fma(x0, y30);
            y31 = factor.fma(x1, y31);
            y32 = factor.fma(x2, y32);
            y33 = factor.fma(x3, y33);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + 4 * depth + p]);
            y40 = factor.fma(x0, y40);
            y41 = factor.fma(x1, y41);
            y42 = factor.fma(x2, y42);
            y43 = factor.fma(x3, y43);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + 5 * depth + p]);
            y50 = factor.fma(x0, y50);
            y51 = factor.fma(x1, y51);
            y52 = factor.fma(x2, y52);
            y53 = factor.fma(x3, y53);
        }
        y00.intoArray(y, yStart);
        y01.intoArray(y, yStart + LANES);
        y02.intoArray(y, yStart + 2 * LANES);
        y03.intoArray(y, yStart + 3 * LANES);
        y10.intoArray(y, yStart + stride);
        y11.intoArray(y, yStart + stride + LANES);
        y12.intoArray(y, yStart + stride + 2 * LANES);
        y13.intoArray(y, yStart + stride + 3 * LANES);
        y20.intoArray(y, yStart + 2 * stride);
        y21.intoArray(y, yStart + 2 * stride + LANES);
        y22.intoArray(y, yStart + 2 * stride + 2 * LANES);
        y23.intoArray(y, yStart + 2 * stride + 3 * LANES);
        y30.intoArray(y, yStart + 3 * stride);
        y31.intoArray(y, yStart + 3 * stride + LANES);
        y32.intoArray(y, yStart + 3 * stride + 2 * LANES);
        y33.intoArray(y, yStart + 3 * stride + 3 * LANES);
        y40.intoArray(y, yStart + 4 * stride);
        y41.intoArray(y, yStart + 4 * stride + LANES);
        y42.intoArray(y, yStart + 4 * stride + 2 * LANES);
        y43.intoArray(y, yStart + 4 * stride + 3 * LANES);
        y50.intoArray(y, yStart + 5 * stride);
        y51.intoArray(y, yStart + 5 * stride + LANES);
        y52.intoArray(y, yStart + 5 * stride + 2 * LANES);
        y53.intoArray(y, yStart + 5 * stride + 3 * LANES);
    }

    private static void fourByTwo(
            double[] a, int aStart, double[] x, int xStart, double[] y, int yStart, int depth, int stride) {
        DoubleVector y00 = DoubleVector.zero(SPECIES);
        DoubleVector y01 = DoubleVector.zero(SPECIES);
        DoubleVector y10 = DoubleVector.zero(SPECIES);
        DoubleVector y11 = DoubleVector.zero(SPECIES);
        DoubleVector y20 = DoubleVector.zero(SPECIES);
        DoubleVector y21 = DoubleVector.zero(SPECIES);
        DoubleVector y30 = DoubleVector.zero(SPECIES);
        DoubleVector y31 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            int at = xStart + p * stride;
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, at + LANES);
            DoubleVector factor = DoubleVector.broadcast(SPECIES, a[aStart + p]);
            y00 = factor.fma(x0, y00);
            y01 = factor.fma(x1, y01);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + depth + p]);
            y10 = factor.fma(x0, y10);
            y11 = factor.fma(x1, y11);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + 2 * depth + p]);
            y20 = factor.fma(x0, y20);
            y21 = factor.fma(x1, y21);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + 3 * depth + p]);
            y30 = factor.fma(x0, y30);
            y31 = factor.fma(x1, y31);
        }
        y00.intoArray(y, yStart);
        y01.intoArray(y, yStart + LANES);
        y10.intoArray(y, yStart + stride);
        y11.intoArray(y, yStart + stride + LANES);
        y20.intoArray(y, yStart + 2 * stride);
        y21.intoArray(y, yStart + 2 * stride + LANES);
        y30.intoArray(y, yStart + 3 * stride);
        y31.intoArray(y, yStart + 3 * stride + LANES);
    }

    private static void oneByTwo(
            double[] a, int aStart, double[] x, int xStart, double[] y, int yStart, int depth, int stride) {
        DoubleVector y00 = DoubleVector.zero(SPECIES);
        DoubleVector y01 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            int at = xStart + p * stride;
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, at + LANES);
            DoubleVector factor = DoubleVector.broadcast(SPECIES, a[aStart + p]);
            y00 = factor.fma(x0, y00);
            y01 = factor.fma(x1, y01);
        }
        y00.intoArray(y, yStart);
        y01.intoArray(y, yStart + LANES);
    }

    private static void fourByOne(
            double[] a, int aStart, double[] x, int xStart, double[] y, int yStart, int depth, int stride) {
        DoubleVector y00 = DoubleVector.zero(SPECIES);
        DoubleVector y10 = DoubleVector.zero(SPECIES);
        DoubleVector y20 = DoubleVector.zero(SPECIES);
        DoubleVector y30 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            int at = xStart + p * stride;
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector factor = DoubleVector.broadcast(SPECIES, a[aStart + p]);
            y00 = factor.fma(x0, y00);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + depth + p]);
            y10 = factor.fma(x0, y10);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + 2 * depth + p]);
            y20 = factor.fma(x0, y20);
            factor = DoubleVector.broadcast(SPECIES, a[aStart + 3 * depth + p]);
            y30 = factor.fma(x0, y30);
        }
        y00.intoArray(y, yStart);
        y10.intoArray(y, yStart + stride);
        y20.intoArray(y, yStart + 2 * stride);
        y30.intoArray(y, yStart + 3 * stride);
    }

    private static void oneByOne(
            double[] a, int aStart, double[] x, int xStart, double[] y, int yStart, int depth, int stride) {
        DoubleVector y00 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < depth; p++) {
            int at = xStart + p * stride;
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector factor = DoubleVector.broadcast(SPECIES, a[aStart + p]);
            y00 = factor.fma(x0, y00);
        }
        y00.intoArray(y, yStart);
    }
}
