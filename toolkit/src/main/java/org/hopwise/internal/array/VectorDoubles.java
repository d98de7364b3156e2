package org.hopwise.internal.array;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link DoublePanels} with the JDK's Vector API: tiles of six rows by two vectors of the result stay in
 * registers, also where there are sixteen of 256 bits, while the summed index runs. Some rows of A are copied so that six
 * entries of a column stand together; a block of them stays in the second-level cache, the panel in use in the first.
 * Compiled apart from all other classes, so it uses none.
 */
final class VectorDoubles {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    static final int PANEL = 2 * LANES;
    static final int BLOCK = 256;
    private static final int SIX = 6;
    private static final int TILES = 8;
    private static final int EDGE = TILES * SIX * BLOCK;

    private VectorDoubles() {}

    /**
     * C (rows x n) = or += A B, where entry (i, p) of A stands at a0 + i rowStride + p stepStride and B (depth x n) in
     * panels.
     */
    static void product(
            double[] a,
            int a0,
            int rowStride,
            int stepStride,
            double[] panels,
            double[] c,
            int c0,
            int rows,
            int depth,
            int n,
            boolean added) {
        double[] packed = new double[EDGE + SIX * PANEL];
        for (int done = 0; done == 0 || done < depth; done += BLOCK) {
            int steps = Math.min(BLOCK, depth - done);
            boolean adds = added || done > 0;
            for (int row = 0; row < rows; row += TILES * SIX) {
                int tall = Math.min(TILES * SIX, rows - row);
                pack(a, a0 + row * rowStride + done * stepStride, rowStride, stepStride, tall, steps, packed);
                for (int j = 0; j < n; j += PANEL) {
                    int b0 = j * depth + done * PANEL;
                    tiles(packed, panels, b0, c, c0 + row * n + j, n, tall, Math.min(PANEL, n - j), steps, adds);
                }
            }
        }
    }

    /** Six rows after six, the entries of a column together, the last six filled up with zeros. */
    private static void pack(double[] a, int a0, int rowStride, int stepStride, int rows, int steps, double[] packed) {
        for (int row = 0; row < rows; row += SIX) {
            int tall = Math.min(SIX, rows - row);
            int at = row * steps;
            for (int r = 0; r < SIX; r++) {
                int from = a0 + (row + r) * rowStride;
                for (int p = 0; p < steps; p++) {
                    packed[at + p * SIX + r] = r < tall ? a[from + p * stepStride] : 0;
                }
            }
        }
    }

    /** The columns of one panel in all packed rows; tiles at an edge go by the end of {@code packed}. */
    private static void tiles(
            double[] packed,
            double[] b,
            int b0,
            double[] c,
            int c0,
            int n,
            int rows,
            int width,
            int steps,
            boolean added) {
        for (int row = 0; row < rows; row += SIX) {
            int tall = Math.min(SIX, rows - row);
            int at = c0 + row * n;
            if (tall == SIX && width == PANEL) {
                tile(packed, row * steps, b, b0, c, at, n, steps, added);
                continue;
            }
            for (int r = 0; r < tall && added; r++) {
                for (int q = 0; q < width; q++) {
                    packed[EDGE + r * PANEL + q] = c[at + r * n + q];
                }
            }
            tile(packed, row * steps, b, b0, packed, EDGE, PANEL, steps, added);
            for (int r = 0; r < tall; r++) {
                for (int q = 0; q < width; q++) {
                    c[at + r * n + q] = packed[EDGE + r * PANEL + q];
                }
            }
        }
    }

    private static DoubleVector begin(double[] c, int at, boolean added) {
        return added ? DoubleVector.fromArray(SPECIES, c, at) : DoubleVector.zero(SPECIES);
    }

    private static void tile(
            double[] a, int a0, double[] b, int b0, double[] c, int c0, int n, int steps, boolean added) {
        DoubleVector l0 = begin(c, c0, added);
        DoubleVector r0 = begin(c, c0 + LANES, added);
        DoubleVector l1 = begin(c, c0 + n, added);
        DoubleVector r1 = begin(c, c0 + n + LANES, added);
        DoubleVector l2 = begin(c, c0 + 2 * n, added);
        DoubleVector r2 = begin(c, c0 + 2 * n + LANES, added);
        DoubleVector l3 = begin(c, c0 + 3 * n, added);
        DoubleVector r3 = begin(c, c0 + 3 * n + LANES, added);
        DoubleVector l4 = begin(c, c0 + 4 * n, added);
        DoubleVector r4 = begin(c, c0 + 4 * n + LANES, added);
        DoubleVector l5 = begin(c, c0 + 5 * n, added);
        DoubleVector r5 = begin(c, c0 + 5 * n + LANES, added);
        for (int p = 0; p < steps; p++) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, b, b0 + p * PANEL);
            DoubleVector right = DoubleVector.fromArray(SPECIES, b, b0 + p * PANEL + LANES);
            int at = a0 + p * SIX;
            DoubleVector factor = DoubleVector.broadcast(SPECIES, a[at]);
            l0 = factor.fma(left, l0);
            r0 = factor.fma(right, r0);
            factor = DoubleVector.broadcast(SPECIES, a[at + 1]);
            l1 = factor.fma(left, l1);
            r1 = factor.fma(right, r1);
            factor = DoubleVector.broadcast(SPECIES, a[at + 2]);
            l2 = factor.fma(left, l2);
            r2 = factor.fma(right, r2);
            factor = DoubleVector.broadcast(SPECIES, a[at + 3]);
            l3 = factor.fma(left, l3);
            r3 = factor.fma(right, r3);
            factor = DoubleVector.broadcast(SPECIES, a[at + 4]);
            l4 = factor.fma(left, l4);
            r4 = factor.fma(right, r4);
            factor = DoubleVector.broadcast(SPECIES, a[at + 5]);
            l5 = factor.fma(left, l5);
            r5 = factor.fma(right, r5);
        }
        l0.intoArray(c, c0);
        r0.intoArray(c, c0 + LANES);
        l1.intoArray(c, c0 + n);
        r1.intoArray(c, c0 + n + LANES);
        l2.intoArray(c, c0 + 2 * n);
        r2.intoArray(c, c0 + 2 * n + LANES);
        l3.intoArray(c, c0 + 3 * n);
        r3.intoArray(c, c0 + 3 * n + LANES);
        l4.intoArray(c, c0 + 4 * n);
        r4.intoArray(c, c0 + 4 * n + LANES);
        l5.intoArray(c, c0 + 5 * n);
        r5.intoArray(c, c0 + 5 * n + LANES);
    }
}
