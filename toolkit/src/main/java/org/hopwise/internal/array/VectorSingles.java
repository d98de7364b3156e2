package org.hopwise.internal.array;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link Singles} with the JDK's Vector API. Compiled apart from all other classes, so it uses none.
 *
 * <p>A product keeps tiles of eight rows by two vectors of the result in registers while the summed index runs; four or six
 * rows where vectors are 256 bits wide, because such processors have half as many registers. B comes in panels of as many columns
 * as a tile has, copied together and filled up with zeros, and deep products are taken in blocks, so that what is in use
 * stays in the first-level cache. Where that gains, tiles of four and six rows read A from a copy: its rows often stand powers
 * of two apart and so meet in the same banks and sets of the cache. None of this changes the order in which an entry is summed.
 */
final class VectorSingles {

    static final float TANH_END = 9;
    /** Where tanh is 1.7e-6 below 1, four times the error of the quotient, which so cannot exceed 1 there. */
    private static final float TANH_NEAR_ONE = 7;

    static final float P1 = 0.13380982f;
    static final float P2 = 0.0034955346f;
    static final float P3 = 2.0608188e-05f;
    static final float P4 = 1.3353414e-08f;
    static final float Q1 = 0.46714297f;
    static final float Q2 = 0.025876781f;
    static final float Q3 = 0.00032855466f;
    static final float Q4 = 7.776048e-07f;

    /** Sums are taken in so many strands: entry i goes to strand i modulo this, whatever the length of vectors. */
    static final int SUMS = 32;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    static final int PANEL = 2 * LANES;
    private static final int BLOCK = 256;
    private static final int TALL = 8;
    private static final int ROWS_AT_A_TIME = 32;
    private static final boolean EIGHT_ROWS = LANES != 8;
    private static final int SIX = 6;
    private static final int FOUR = 4;
    /** From so many columns on, 256 bits wide, copies of A gain more than they take. */
    private static final int COPIED = 4 * PANEL;
    /** So many columns of B at a time stay in the second-level cache. */
    private static final int COLUMNS = 256;
    /** From one copied row of A to the next: another bank. */
    private static final int ROW = BLOCK + 2;
    /** From one copied step of six entries of A to the next: a vector of eight. */
    private static final int STEP = 8;

    /** Scratch: a tile of the result, copies of A, and behind them panels of B. */
    private static final int EDGE = 0;

    private static final int COPY = TALL * PANEL;
    private static final int PANELS = COPY + Math.max(FOUR * ROW, STEP * BLOCK);

    private VectorSingles() {}

    /** How long the scratch of a product is. */
    static int packed() {
        return PANELS;
    }

    /** How long the scratch of a product with a transpose is, for so many columns. */
    static int packed(int n) {
        return PANELS + BLOCK * Math.min(wide(n), (n + PANEL - 1) / PANEL * PANEL);
    }

    /** So many of n columns of B at a time: one panel, or, where A is copied once for all of them, as many as stay near. */
    private static int wide(int n) {
        return EIGHT_ROWS || n <= COPIED ? PANEL : COLUMNS;
    }

    /**
     * C (rows x n) = or += [A B] F for A (rows x k) and B (rows x l) side by side, row-major, and F in panels, see
     * {@code SingleReals.panels}.
     */
    static void product(
            float[] a,
            int a0,
            int k,
            float[] b,
            int b0,
            int l,
            float[] panels,
            float[] c,
            int c0,
            int rows,
            int n,
            boolean added,
            float[] scratch) {
        int depth = k + l;
        if (EIGHT_ROWS || n < COPIED) {
            inPlace(a, a0, k, panels, 0, depth, c, c0, rows, n, added, scratch);
            inPlace(b, b0, l, panels, k, depth, c, c0, rows, n, added || k > 0, scratch);
            return;
        }
        for (int from = 0; from == 0 || from < depth; from += BLOCK) {
            int steps = Math.min(BLOCK, depth - from);
            int ofA = Math.max(0, Math.min(steps, k - from));
            int skipped = Math.max(0, from - k);
            boolean isAdded = added || from > 0;
            for (int left = 0; left < n; left += COLUMNS) {
                int right = Math.min(left + COLUMNS, n);
                for (int row = 0; row < rows; row += FOUR) {
                    int tall = Math.min(FOUR, rows - row);
                    copyRows(a, a0 + row * k + from, k, tall, ofA, scratch, COPY);
                    copyRows(b, b0 + row * l + skipped, l, tall, steps - ofA, scratch, COPY + ofA);
                    int at = c0 + row * n;
                    for (int j = left; j < right; j += PANEL) {
                        int p = j * depth + from * PANEL;
                        // Called from here where nearly all tiles are, since every call between costs as much as ten
                        // steps.
                        if (tall == FOUR && n - j >= PANEL) {
                            fourCopies(scratch, panels, p, c, at + j, n, steps, isAdded);
                        } else {
                            columns(scratch, COPY, ROW, 1, panels, p, c, at, n, j, tall, steps, isAdded, scratch);
                        }
                    }
                }
            }
        }
    }

    /** C = or += A times rows {@code first} to {@code first + k} of a factor so deep, where rows of A stand. */
    private static void inPlace(
            float[] a,
            int a0,
            int k,
            float[] panels,
            int first,
            int depth,
            float[] c,
            int c0,
            int rows,
            int n,
            boolean added,
            float[] scratch) {
        for (int from = 0; from < k || !added && from == 0; from += BLOCK) {
            int steps = Math.min(BLOCK, k - from);
            for (int j = 0; j < n; j += PANEL) {
                int p = j * depth + (first + from) * PANEL;
                columns(a, a0 + from, k, 1, panels, p, c, c0, n, j, rows, steps, added || from > 0, scratch);
            }
        }
    }

    /** Rows side by side into the scratch: four in one loop, since each loop takes as long to begin as some vectors. */
    private static void copyRows(float[] a, int a0, int stride, int rows, int length, float[] into, int at) {
        int p = 0;
        for (; rows == FOUR && p + LANES <= length; p += LANES) {
            int from = a0 + p;
            int to = at + p;
            FloatVector.fromArray(SPECIES, a, from).intoArray(into, to);
            FloatVector.fromArray(SPECIES, a, from + stride).intoArray(into, to + ROW);
            FloatVector.fromArray(SPECIES, a, from + 2 * stride).intoArray(into, to + 2 * ROW);
            FloatVector.fromArray(SPECIES, a, from + 3 * stride).intoArray(into, to + 3 * ROW);
        }
        for (; p < length; p++) {
            for (int r = 0; r < rows; r++) {
                into[at + r * ROW + p] = a[a0 + r * stride + p];
            }
        }
    }

    /** How many of the rows go into tiles of six, so that tiles of four and at most one row are left. */
    private static int inSixes(int rows) {
        int rest = rows % SIX;
        return rest == 2 || rest == 3 ? Math.max(0, rows - rest - SIX) : rows - rest;
    }

    /** C (rows x n) += A' B, for A (depth x rows) at {@code a0} and B (depth x n) at {@code b0}, both row-major. */
    static void addTransposedProduct(
            float[] a, int a0, float[] b, int b0, float[] c, int rows, int depth, int n, float[] scratch) {
        int wide = wide(n);
        int sixes = EIGHT_ROWS ? 0 : inSixes(rows);
        boolean copies = n != PANEL;
        boolean copiesSteps = wide > PANEL;
        float[] panels = copies ? scratch : b;
        for (int done = 0; done < depth; done += BLOCK) {
            int steps = Math.min(BLOCK, depth - done);
            int from = a0 + done * rows;
            int start = copies ? PANELS : b0 + done * n;
            for (int left = 0; left < n; left += wide) {
                int right = Math.min(left + wide, n);
                for (int j = left; copies && j < right; j += PANEL) {
                    pack(b, b0 + done * n + j, n, Math.min(PANEL, n - j), scratch, start + (j - left) * BLOCK, steps);
                }
                for (int row = 0; row < sixes; row += SIX) {
                    float[] steep = copiesSteps ? scratch : a;
                    int first = copiesSteps ? COPY : from + row;
                    int stride = copiesSteps ? STEP : rows;
                    if (copiesSteps) {
                        copySteps(a, from + row, rows, steps, scratch);
                    }
                    for (int j = left; j < right; j += PANEL) {
                        int p = start + (j - left) * BLOCK;
                        if (n - j >= PANEL) {
                            sixColumns(steep, first, stride, panels, p, c, row * n + j, n, steps, true);
                        } else {
                            columns(steep, first, 1, stride, panels, p, c, row * n, n, j, SIX, steps, true, scratch);
                        }
                    }
                }
                for (int j = left; j < right && sixes < rows; j += PANEL) {
                    int p = start + (j - left) * BLOCK;
                    columns(
                            a,
                            from + sixes,
                            1,
                            rows,
                            panels,
                            p,
                            c,
                            sixes * n,
                            n,
                            j,
                            rows - sixes,
                            steps,
                            true,
                            scratch);
                }
            }
        }
    }

    /** Six entries of each step, and two more that nobody reads, but for the last, where an array may end. */
    private static void copySteps(float[] a, int a0, int stride, int steps, float[] scratch) {
        int last = steps - 1;
        for (int p = 0; p < last; p++) {
            FloatVector.fromArray(SPECIES, a, a0 + p * stride).intoArray(scratch, COPY + p * STEP);
        }
        for (int q = 0; q < SIX; q++) {
            scratch[COPY + last * STEP + q] = a[a0 + last * stride + q];
        }
    }

    private static void pack(float[] b, int b0, int n, int width, float[] packed, int at, int steps) {
        if (width == PANEL) {
            for (int p = 0; p < steps; p++) {
                FloatVector.fromArray(SPECIES, b, b0 + p * n).intoArray(packed, at + p * PANEL);
                FloatVector.fromArray(SPECIES, b, b0 + p * n + LANES).intoArray(packed, at + p * PANEL + LANES);
            }
            return;
        }
        Arrays.fill(packed, at, at + steps * PANEL, 0);
        for (int p = 0; p < steps; p++) {
            for (int q = 0; q < width; q++) {
                packed[at + p * PANEL + q] = b[b0 + p * n + q];
            }
        }
    }

    /** The columns of C from j on that one panel of B gives; the last ones, if fewer, through the scratch. */
    private static void columns(
            float[] a,
            int a0,
            int rowStride,
            int stepStride,
            float[] b,
            int b0,
            float[] c,
            int c0,
            int n,
            int j,
            int rows,
            int steps,
            boolean added,
            float[] packed) {
        if (n - j >= PANEL) {
            panel(a, a0, rowStride, stepStride, b, b0, c, c0 + j, n, rows, steps, added);
            return;
        }
        int width = n - j;
        for (int row = 0; row < rows; row += TALL) {
            int tall = Math.min(TALL, rows - row);
            int at = c0 + row * n + j;
            // Loops, since copies of a few numbers take longer as calls.
            for (int r = 0; r < tall && added; r++) {
                for (int q = 0; q < width; q++) {
                    packed[EDGE + r * PANEL + q] = c[at + r * n + q];
                }
            }
            int from = a0 + row * rowStride;
            panel(a, from, rowStride, stepStride, b, b0, packed, EDGE, PANEL, tall, steps, added);
            for (int r = 0; r < tall; r++) {
                for (int q = 0; q < width; q++) {
                    c[at + r * n + q] = packed[EDGE + r * PANEL + q];
                }
            }
        }
    }

    /** Two vectors of columns of all rows. */
    private static void panel(
            float[] a,
            int a0,
            int rowStride,
            int stepStride,
            float[] b,
            int b0,
            float[] c,
            int c0,
            int n,
            int rows,
            int steps,
            boolean added) {
        int row = 0;
        if (EIGHT_ROWS) {
            for (; row + 8 <= rows; row += 8) {
                int from = a0 + row * rowStride;
                if (stepStride == 1) {
                    eightRows(a, from, rowStride, b, b0, c, c0 + row * n, n, steps, added);
                } else {
                    eightColumns(a, from, stepStride, b, b0, c, c0 + row * n, n, steps, added);
                }
            }
        }
        if (!EIGHT_ROWS && stepStride != 1 && rows == SIX) {
            sixColumns(a, a0, stepStride, b, b0, c, c0, n, steps, added);
            return;
        }
        for (; row + FOUR <= rows; row += FOUR) {
            int from = a0 + row * rowStride;
            if (stepStride == 1) {
                fourRows(a, from, rowStride, b, b0, c, c0 + row * n, n, steps, added);
            } else {
                fourColumns(a, from, stepStride, b, b0, c, c0 + row * n, n, steps, added);
            }
        }
        for (; row < rows; row++) {
            oneRow(a, a0 + row * rowStride, stepStride, b, b0, c, c0 + row * n, steps, added);
        }
    }

    private static FloatVector begin(float[] c, int at, boolean added) {
        return added ? FloatVector.fromArray(SPECIES, c, at) : FloatVector.zero(SPECIES);
    }

    /** Where entries of A in a row stand together. */
    private static void eightRows(
            float[] a, int a0, int rowStride, float[] b, int b0, float[] c, int c0, int n, int steps, boolean added) {
        FloatVector l0 = begin(c, c0, added);
        FloatVector r0 = begin(c, c0 + LANES, added);
        FloatVector l1 = begin(c, c0 + n, added);
        FloatVector r1 = begin(c, c0 + n + LANES, added);
        FloatVector l2 = begin(c, c0 + 2 * n, added);
        FloatVector r2 = begin(c, c0 + 2 * n + LANES, added);
        FloatVector l3 = begin(c, c0 + 3 * n, added);
        FloatVector r3 = begin(c, c0 + 3 * n + LANES, added);
        FloatVector l4 = begin(c, c0 + 4 * n, added);
        FloatVector r4 = begin(c, c0 + 4 * n + LANES, added);
        FloatVector l5 = begin(c, c0 + 5 * n, added);
        FloatVector r5 = begin(c, c0 + 5 * n + LANES, added);
        FloatVector l6 = begin(c, c0 + 6 * n, added);
        FloatVector r6 = begin(c, c0 + 6 * n + LANES, added);
        FloatVector l7 = begin(c, c0 + 7 * n, added);
        FloatVector r7 = begin(c, c0 + 7 * n + LANES, added);
        for (int p = 0; p < steps; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL);
            FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL + LANES);
            int at = a0 + p;
            FloatVector factor = FloatVector.broadcast(SPECIES, a[at]);
            l0 = factor.fma(left, l0);
            r0 = factor.fma(right, r0);
            factor = FloatVector.broadcast(SPECIES, a[at + rowStride]);
            l1 = factor.fma(left, l1);
            r1 = factor.fma(right, r1);
            factor = FloatVector.broadcast(SPECIES, a[at + 2 * rowStride]);
            l2 = factor.fma(left, l2);
            r2 = factor.fma(right, r2);
            factor = FloatVector.broadcast(SPECIES, a[at + 3 * rowStride]);
            l3 = factor.fma(left, l3);
            r3 = factor.fma(right, r3);
            factor = FloatVector.broadcast(SPECIES, a[at + 4 * rowStride]);
            l4 = factor.fma(left, l4);
            r4 = factor.fma(right, r4);
            factor = FloatVector.broadcast(SPECIES, a[at + 5 * rowStride]);
            l5 = factor.fma(left, l5);
            r5 = factor.fma(right, r5);
            factor = FloatVector.broadcast(SPECIES, a[at + 6 * rowStride]);
            l6 = factor.fma(left, l6);
            r6 = factor.fma(right, r6);
            factor = FloatVector.broadcast(SPECIES, a[at + 7 * rowStride]);
            l7 = factor.fma(left, l7);
            r7 = factor.fma(right, r7);
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
        l6.intoArray(c, c0 + 6 * n);
        r6.intoArray(c, c0 + 6 * n + LANES);
        l7.intoArray(c, c0 + 7 * n);
        r7.intoArray(c, c0 + 7 * n + LANES);
    }

    /** Where entries of A in a column stand together. */
    private static void eightColumns(
            float[] a, int a0, int stepStride, float[] b, int b0, float[] c, int c0, int n, int steps, boolean added) {
        FloatVector l0 = begin(c, c0, added);
        FloatVector r0 = begin(c, c0 + LANES, added);
        FloatVector l1 = begin(c, c0 + n, added);
        FloatVector r1 = begin(c, c0 + n + LANES, added);
        FloatVector l2 = begin(c, c0 + 2 * n, added);
        FloatVector r2 = begin(c, c0 + 2 * n + LANES, added);
        FloatVector l3 = begin(c, c0 + 3 * n, added);
        FloatVector r3 = begin(c, c0 + 3 * n + LANES, added);
        FloatVector l4 = begin(c, c0 + 4 * n, added);
        FloatVector r4 = begin(c, c0 + 4 * n + LANES, added);
        FloatVector l5 = begin(c, c0 + 5 * n, added);
        FloatVector r5 = begin(c, c0 + 5 * n + LANES, added);
        FloatVector l6 = begin(c, c0 + 6 * n, added);
        FloatVector r6 = begin(c, c0 + 6 * n + LANES, added);
        FloatVector l7 = begin(c, c0 + 7 * n, added);
        FloatVector r7 = begin(c, c0 + 7 * n + LANES, added);
        for (int p = 0; p < steps; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL);
            FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL + LANES);
            int at = a0 + p * stepStride;
            FloatVector factor = FloatVector.broadcast(SPECIES, a[at]);
            l0 = factor.fma(left, l0);
            r0 = factor.fma(right, r0);
            factor = FloatVector.broadcast(SPECIES, a[at + 1]);
            l1 = factor.fma(left, l1);
            r1 = factor.fma(right, r1);
            factor = FloatVector.broadcast(SPECIES, a[at + 2]);
            l2 = factor.fma(left, l2);
            r2 = factor.fma(right, r2);
            factor = FloatVector.broadcast(SPECIES, a[at + 3]);
            l3 = factor.fma(left, l3);
            r3 = factor.fma(right, r3);
            factor = FloatVector.broadcast(SPECIES, a[at + 4]);
            l4 = factor.fma(left, l4);
            r4 = factor.fma(right, r4);
            factor = FloatVector.broadcast(SPECIES, a[at + 5]);
            l5 = factor.fma(left, l5);
            r5 = factor.fma(right, r5);
            factor = FloatVector.broadcast(SPECIES, a[at + 6]);
            l6 = factor.fma(left, l6);
            r6 = factor.fma(right, r6);
            factor = FloatVector.broadcast(SPECIES, a[at + 7]);
            l7 = factor.fma(left, l7);
            r7 = factor.fma(right, r7);
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
        l6.intoArray(c, c0 + 6 * n);
        r6.intoArray(c, c0 + 6 * n + LANES);
        l7.intoArray(c, c0 + 7 * n);
        r7.intoArray(c, c0 + 7 * n + LANES);
    }

    private static void fourRows(
            float[] a, int a0, int rowStride, float[] b, int b0, float[] c, int c0, int n, int steps, boolean added) {
        FloatVector l0 = begin(c, c0, added);
        FloatVector r0 = begin(c, c0 + LANES, added);
        FloatVector l1 = begin(c, c0 + n, added);
        FloatVector r1 = begin(c, c0 + n + LANES, added);
        FloatVector l2 = begin(c, c0 + 2 * n, added);
        FloatVector r2 = begin(c, c0 + 2 * n + LANES, added);
        FloatVector l3 = begin(c, c0 + 3 * n, added);
        FloatVector r3 = begin(c, c0 + 3 * n + LANES, added);
        for (int p = 0; p < steps; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL);
            FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL + LANES);
            int at = a0 + p;
            FloatVector factor = FloatVector.broadcast(SPECIES, a[at]);
            l0 = factor.fma(left, l0);
            r0 = factor.fma(right, r0);
            factor = FloatVector.broadcast(SPECIES, a[at + rowStride]);
            l1 = factor.fma(left, l1);
            r1 = factor.fma(right, r1);
            factor = FloatVector.broadcast(SPECIES, a[at + 2 * rowStride]);
            l2 = factor.fma(left, l2);
            r2 = factor.fma(right, r2);
            factor = FloatVector.broadcast(SPECIES, a[at + 3 * rowStride]);
            l3 = factor.fma(left, l3);
            r3 = factor.fma(right, r3);
        }
        l0.intoArray(c, c0);
        r0.intoArray(c, c0 + LANES);
        l1.intoArray(c, c0 + n);
        r1.intoArray(c, c0 + n + LANES);
        l2.intoArray(c, c0 + 2 * n);
        r2.intoArray(c, c0 + 2 * n + LANES);
        l3.intoArray(c, c0 + 3 * n);
        r3.intoArray(c, c0 + 3 * n + LANES);
    }

    /** Of copied rows, whose stride the JIT knows: a factor takes one instruction. */
    private static void fourCopies(float[] a, float[] b, int b0, float[] c, int c0, int n, int steps, boolean added) {
        FloatVector l0 = begin(c, c0, added);
        FloatVector r0 = begin(c, c0 + LANES, added);
        FloatVector l1 = begin(c, c0 + n, added);
        FloatVector r1 = begin(c, c0 + n + LANES, added);
        FloatVector l2 = begin(c, c0 + 2 * n, added);
        FloatVector r2 = begin(c, c0 + 2 * n + LANES, added);
        FloatVector l3 = begin(c, c0 + 3 * n, added);
        FloatVector r3 = begin(c, c0 + 3 * n + LANES, added);
        for (int p = 0; p < steps; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL);
            FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL + LANES);
            int at = COPY + p;
            FloatVector factor = FloatVector.broadcast(SPECIES, a[at]);
            l0 = factor.fma(left, l0);
            r0 = factor.fma(right, r0);
            factor = FloatVector.broadcast(SPECIES, a[at + ROW]);
            l1 = factor.fma(left, l1);
            r1 = factor.fma(right, r1);
            factor = FloatVector.broadcast(SPECIES, a[at + 2 * ROW]);
            l2 = factor.fma(left, l2);
            r2 = factor.fma(right, r2);
            factor = FloatVector.broadcast(SPECIES, a[at + 3 * ROW]);
            l3 = factor.fma(left, l3);
            r3 = factor.fma(right, r3);
        }
        l0.intoArray(c, c0);
        r0.intoArray(c, c0 + LANES);
        l1.intoArray(c, c0 + n);
        r1.intoArray(c, c0 + n + LANES);
        l2.intoArray(c, c0 + 2 * n);
        r2.intoArray(c, c0 + 2 * n + LANES);
        l3.intoArray(c, c0 + 3 * n);
        r3.intoArray(c, c0 + 3 * n + LANES);
    }

    private static void fourColumns(
            float[] a, int a0, int stepStride, float[] b, int b0, float[] c, int c0, int n, int steps, boolean added) {
        FloatVector l0 = begin(c, c0, added);
        FloatVector r0 = begin(c, c0 + LANES, added);
        FloatVector l1 = begin(c, c0 + n, added);
        FloatVector r1 = begin(c, c0 + n + LANES, added);
        FloatVector l2 = begin(c, c0 + 2 * n, added);
        FloatVector r2 = begin(c, c0 + 2 * n + LANES, added);
        FloatVector l3 = begin(c, c0 + 3 * n, added);
        FloatVector r3 = begin(c, c0 + 3 * n + LANES, added);
        for (int p = 0; p < steps; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL);
            FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL + LANES);
            int at = a0 + p * stepStride;
            FloatVector factor = FloatVector.broadcast(SPECIES, a[at]);
            l0 = factor.fma(left, l0);
            r0 = factor.fma(right, r0);
            factor = FloatVector.broadcast(SPECIES, a[at + 1]);
            l1 = factor.fma(left, l1);
            r1 = factor.fma(right, r1);
            factor = FloatVector.broadcast(SPECIES, a[at + 2]);
            l2 = factor.fma(left, l2);
            r2 = factor.fma(right, r2);
            factor = FloatVector.broadcast(SPECIES, a[at + 3]);
            l3 = factor.fma(left, l3);
            r3 = factor.fma(right, r3);
        }
        l0.intoArray(c, c0);
        r0.intoArray(c, c0 + LANES);
        l1.intoArray(c, c0 + n);
        r1.intoArray(c, c0 + n + LANES);
        l2.intoArray(c, c0 + 2 * n);
        r2.intoArray(c, c0 + 2 * n + LANES);
        l3.intoArray(c, c0 + 3 * n);
        r3.intoArray(c, c0 + 3 * n + LANES);
    }

    /**
     * The stride is a parameter for copied steps too: where the JIT knows it, it drops the checks of bounds, then loads all
     * factors first and runs out of registers, which takes twice as long.
     */
    private static void sixColumns(
            float[] a, int a0, int stepStride, float[] b, int b0, float[] c, int c0, int n, int steps, boolean added) {
        FloatVector l0 = begin(c, c0, added);
        FloatVector r0 = begin(c, c0 + LANES, added);
        FloatVector l1 = begin(c, c0 + n, added);
        FloatVector r1 = begin(c, c0 + n + LANES, added);
        FloatVector l2 = begin(c, c0 + 2 * n, added);
        FloatVector r2 = begin(c, c0 + 2 * n + LANES, added);
        FloatVector l3 = begin(c, c0 + 3 * n, added);
        FloatVector r3 = begin(c, c0 + 3 * n + LANES, added);
        FloatVector l4 = begin(c, c0 + 4 * n, added);
        FloatVector r4 = begin(c, c0 + 4 * n + LANES, added);
        FloatVector l5 = begin(c, c0 + 5 * n, added);
        FloatVector r5 = begin(c, c0 + 5 * n + LANES, added);
        for (int p = 0; p < steps; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL);
            FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + p * PANEL + LANES);
            int at = a0 + p * stepStride;
            FloatVector factor = FloatVector.broadcast(SPECIES, a[at]);
            l0 = factor.fma(left, l0);
            r0 = factor.fma(right, r0);
            factor = FloatVector.broadcast(SPECIES, a[at + 1]);
            l1 = factor.fma(left, l1);
            r1 = factor.fma(right, r1);
            factor = FloatVector.broadcast(SPECIES, a[at + 2]);
            l2 = factor.fma(left, l2);
            r2 = factor.fma(right, r2);
            factor = FloatVector.broadcast(SPECIES, a[at + 3]);
            l3 = factor.fma(left, l3);
            r3 = factor.fma(right, r3);
            factor = FloatVector.broadcast(SPECIES, a[at + 4]);
            l4 = factor.fma(left, l4);
            r4 = factor.fma(right, r4);
            factor = FloatVector.broadcast(SPECIES, a[at + 5]);
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

    private static void oneRow(
            float[] a, int a0, int stepStride, float[] b, int b0, float[] c, int c0, int steps, boolean added) {
        FloatVector left = begin(c, c0, added);
        FloatVector right = begin(c, c0 + LANES, added);
        for (int p = 0; p < steps; p++) {
            FloatVector factor = FloatVector.broadcast(SPECIES, a[a0 + p * stepStride]);
            left = factor.fma(FloatVector.fromArray(SPECIES, b, b0 + p * PANEL), left);
            right = factor.fma(FloatVector.fromArray(SPECIES, b, b0 + p * PANEL + LANES), right);
        }
        left.intoArray(c, c0);
        right.intoArray(c, c0 + LANES);
    }

    /**
     * See {@link PlainSingles#tanh(float)}. Works on whole vectors and returns where the rest begins. Vectors with nothing
     * to cut off, before or after the quotient, go without, which takes half the time.
     */
    static int tanh(float[] x, int begin, int end) {
        int i = begin;
        for (; i + LANES <= end; i += LANES) {
            FloatVector y = FloatVector.fromArray(SPECIES, x, i);
            if (y.abs().compare(VectorOperators.GT, TANH_NEAR_ONE).anyTrue()) {
                within(quotient(within(y, TANH_END)), 1).intoArray(x, i);
            } else {
                quotient(y).intoArray(x, i);
            }
        }
        return i;
    }

    private static FloatVector quotient(FloatVector y) {
        FloatVector s = y.mul(y);
        FloatVector p = FloatVector.broadcast(SPECIES, P4).fma(s, FloatVector.broadcast(SPECIES, P3));
        p = p.fma(s, FloatVector.broadcast(SPECIES, P2));
        p = p.fma(s, FloatVector.broadcast(SPECIES, P1));
        p = p.fma(s, FloatVector.broadcast(SPECIES, 1)).mul(y);
        FloatVector q = FloatVector.broadcast(SPECIES, Q4).fma(s, FloatVector.broadcast(SPECIES, Q3));
        q = q.fma(s, FloatVector.broadcast(SPECIES, Q2));
        q = q.fma(s, FloatVector.broadcast(SPECIES, Q1));
        q = q.fma(s, FloatVector.broadcast(SPECIES, 1));
        return p.div(q);
    }

    /** Cut off at a modulus. Compared and chosen: minimum and maximum, with their rules for NaN and -0, take twice as long. */
    private static FloatVector within(FloatVector x, float end) {
        FloatVector below = x.blend(end, x.compare(VectorOperators.GT, end));
        return below.blend(-end, x.compare(VectorOperators.LT, -end));
    }

    /** Sets the strands of the sum of products of entries of x and y, over whole rounds; returns how many entries. */
    static int dot(float[] x, int xAt, float[] y, int yAt, int length, float[] sums) {
        int whole = length / SUMS * SUMS;
        for (int strand = 0; strand < SUMS; strand += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int i = strand; i < whole; i += SUMS) {
                sum = FloatVector.fromArray(SPECIES, x, xAt + i).fma(FloatVector.fromArray(SPECIES, y, yAt + i), sum);
            }
            sum.intoArray(sums, strand);
        }
        return whole;
    }

    /** Sets the strands of the sum of moduli, over whole rounds; returns how many entries. */
    static int moduli(float[] x, int at, int length, float[] sums) {
        int whole = length / SUMS * SUMS;
        for (int strand = 0; strand < SUMS; strand += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int i = strand; i < whole; i += SUMS) {
                sum = sum.add(FloatVector.fromArray(SPECIES, x, at + i).lanewise(VectorOperators.ABS));
            }
            sum.intoArray(sums, strand);
        }
        return whole;
    }

    /** Adds whole vectors of {@code from} to {@code into}; returns how many entries. */
    static int add(float[] from, int fromAt, float[] into, int intoAt, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector.fromArray(SPECIES, into, intoAt + i)
                    .add(FloatVector.fromArray(SPECIES, from, fromAt + i))
                    .intoArray(into, intoAt + i);
        }
        return i;
    }

    /** Adds factor times whole vectors of {@code from} to {@code into}; returns how many entries. */
    static int add(float factor, float[] from, float[] into, int intoAt, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector.fromArray(SPECIES, into, intoAt + i)
                    .add(FloatVector.fromArray(SPECIES, from, i).mul(factor))
                    .intoArray(into, intoAt + i);
        }
        return i;
    }

    /** Kept becomes stays times kept and comes times x, and x becomes kept, for whole vectors; returns how many entries. */
    static int leak(float stays, float[] kept, float comes, float[] x, int at) {
        int i = 0;
        for (; i + LANES <= kept.length; i += LANES) {
            FloatVector now = FloatVector.fromArray(SPECIES, kept, i)
                    .mul(stays)
                    .add(FloatVector.fromArray(SPECIES, x, at + i).mul(comes));
            now.intoArray(kept, i);
            now.intoArray(x, at + i);
        }
        return i;
    }

    /** Adds every row to {@code sums}, which is as long as one; so many rows at a time that they stay in the cache. */
    static void addRows(float[] rows, int begin, int end, float[] sums) {
        int n = sums.length;
        int block = ROWS_AT_A_TIME * n;
        for (int from = begin; from < end; from += block) {
            int to = Math.min(from + block, end);
            int j = 0;
            for (; j + LANES <= n; j += LANES) {
                FloatVector sum = FloatVector.fromArray(SPECIES, sums, j);
                for (int at = from + j; at < to; at += n) {
                    sum = sum.add(FloatVector.fromArray(SPECIES, rows, at));
                }
                sum.intoArray(sums, j);
            }
            for (; j < n; j++) {
                float sum = sums[j];
                for (int at = from + j; at < to; at += n) {
                    sum += rows[at];
                }
                sums[j] = sum;
            }
        }
    }
}
