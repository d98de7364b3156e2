package org.hopwise.internal.array;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products of {@link PackedMatrix} with the JDK's Vector API: twelve rows by one or two vectors of the result stay in registers while
 * the summed index runs; two where vectors are 512 bits wide, because such processors have 32 registers. Compiled apart from all other classes, so it uses
 * none.
 */
final class VectorPanels {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = 12;
    private static final boolean WIDE = LANES == 16;

    private VectorPanels() {}

    /** Whether this many columns are a whole number of vectors here. */
    static boolean fit(int columns) {
        return columns % LANES == 0;
    }

    static void panel(float[] a, int a0, float[] b, float[] c, int c0, int depth, int width) {
        int j = 0;
        if (WIDE) {
            for (; j + 2 * LANES <= width; j += 2 * LANES) {
                twoVectors(a, a0, b, j, c, c0 + j, depth, width);
            }
        }
        for (; j < width; j += LANES) {
            oneVector(a, a0, b, j, c, c0 + j, depth, width);
        }
    }

    private static void oneVector(float[] a, int a0, float[] b, int b0, float[] c, int c0, int depth, int width) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        FloatVector s4 = zero;
        FloatVector s5 = zero;
        FloatVector s6 = zero;
        FloatVector s7 = zero;
        FloatVector s8 = zero;
        FloatVector s9 = zero;
        FloatVector s10 = zero;
        FloatVector s11 = zero;
        for (int p = 0; p < depth; p++) {
            FloatVector row = FloatVector.fromArray(SPECIES, b, b0 + p * width);
            int at = a0 + p * PANEL;
            s0 = row.fma(FloatVector.broadcast(SPECIES, a[at]), s0);
            s1 = row.fma(FloatVector.broadcast(SPECIES, a[at + 1]), s1);
            s2 = row.fma(FloatVector.broadcast(SPECIES, a[at + 2]), s2);
            s3 = row.fma(FloatVector.broadcast(SPECIES, a[at + 3]), s3);
            s4 = row.fma(FloatVector.broadcast(SPECIES, a[at + 4]), s4);
            s5 = row.fma(FloatVector.broadcast(SPECIES, a[at + 5]), s5);
            s6 = row.fma(FloatVector.broadcast(SPECIES, a[at + 6]), s6);
            s7 = row.fma(FloatVector.broadcast(SPECIES, a[at + 7]), s7);
            s8 = row.fma(FloatVector.broadcast(SPECIES, a[at + 8]), s8);
            s9 = row.fma(FloatVector.broadcast(SPECIES, a[at + 9]), s9);
            s10 = row.fma(FloatVector.broadcast(SPECIES, a[at + 10]), s10);
            s11 = row.fma(FloatVector.broadcast(SPECIES, a[at + 11]), s11);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c0 + width);
        s2.intoArray(c, c0 + 2 * width);
        s3.intoArray(c, c0 + 3 * width);
        s4.intoArray(c, c0 + 4 * width);
        s5.intoArray(c, c0 + 5 * width);
        s6.intoArray(c, c0 + 6 * width);
        s7.intoArray(c, c0 + 7 * width);
        s8.intoArray(c, c0 + 8 * width);
        s9.intoArray(c, c0 + 9 * width);
        s10.intoArray(c, c0 + 10 * width);
        s11.intoArray(c, c0 + 11 * width);
    }

    private static void twoVectors(float[] a, int a0, float[] b, int b0, float[] c, int c0, int depth, int width) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector l0 = zero;
        FloatVector r0 = zero;
        FloatVector l1 = zero;
        FloatVector r1 = zero;
        FloatVector l2 = zero;
        FloatVector r2 = zero;
        FloatVector l3 = zero;
        FloatVector r3 = zero;
        FloatVector l4 = zero;
        FloatVector r4 = zero;
        FloatVector l5 = zero;
        FloatVector r5 = zero;
        FloatVector l6 = zero;
        FloatVector r6 = zero;
        FloatVector l7 = zero;
        FloatVector r7 = zero;
        FloatVector l8 = zero;
        FloatVector r8 = zero;
        FloatVector l9 = zero;
        FloatVector r9 = zero;
        FloatVector l10 = zero;
        FloatVector r10 = zero;
        FloatVector l11 = zero;
        FloatVector r11 = zero;
        for (int p = 0; p < depth; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + p * width);
            FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + p * width + LANES);
            int at = a0 + p * PANEL;
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
            factor = FloatVector.broadcast(SPECIES, a[at + 8]);
            l8 = factor.fma(left, l8);
            r8 = factor.fma(right, r8);
            factor = FloatVector.broadcast(SPECIES, a[at + 9]);
            l9 = factor.fma(left, l9);
            r9 = factor.fma(right, r9);
            factor = FloatVector.broadcast(SPECIES, a[at + 10]);
            l10 = factor.fma(left, l10);
            r10 = factor.fma(right, r10);
            factor = FloatVector.broadcast(SPECIES, a[at + 11]);
            l11 = factor.fma(left, l11);
            r11 = factor.fma(right, r11);
        }
        l0.intoArray(c, c0);
        r0.intoArray(c, c0 + LANES);
        l1.intoArray(c, c0 + width);
        r1.intoArray(c, c0 + width + LANES);
        l2.intoArray(c, c0 + 2 * width);
        r2.intoArray(c, c0 + 2 * width + LANES);
        l3.intoArray(c, c0 + 3 * width);
        r3.intoArray(c, c0 + 3 * width + LANES);
        l4.intoArray(c, c0 + 4 * width);
        r4.intoArray(c, c0 + 4 * width + LANES);
        l5.intoArray(c, c0 + 5 * width);
        r5.intoArray(c, c0 + 5 * width + LANES);
        l6.intoArray(c, c0 + 6 * width);
        r6.intoArray(c, c0 + 6 * width + LANES);
        l7.intoArray(c, c0 + 7 * width);
        r7.intoArray(c, c0 + 7 * width + LANES);
        l8.intoArray(c, c0 + 8 * width);
        r8.intoArray(c, c0 + 8 * width + LANES);
        l9.intoArray(c, c0 + 9 * width);
        r9.intoArray(c, c0 + 9 * width + LANES);
        l10.intoArray(c, c0 + 10 * width);
        r10.intoArray(c, c0 + 10 * width + LANES);
        l11.intoArray(c, c0 + 11 * width);
        r11.intoArray(c, c0 + 11 * width + LANES);
    }
}
