package org.hopwise.internal.array;

import java.util.Arrays;

/**
 * Loops over numbers in single precision: with the JDK's Vector API where the module {@code jdk.incubator.vector} is in
 * the running JVM, with plain loops of the same bits elsewhere. Matrices are row-major.
 */
public final class Singles {

    /** Strands of a sum: entry i belongs to strand i modulo this. */
    public static final int SUMS = VectorSingles.SUMS;

    private Singles() {}

    /** How many columns of the second factor of a product (k x n) lie together. */
    public static int panel(int n) {
        return Products.VECTORS ? VectorSingles.PANEL : n;
    }

    /** How many numbers of scratch a product needs. */
    public static int packed() {
        return Products.VECTORS ? VectorSingles.packed() : 0;
    }

    /** How many numbers of scratch a product of n columns with a transpose needs. */
    public static int packed(int n) {
        return Products.VECTORS ? VectorSingles.packed(n) : 0;
    }

    /**
     * C (m x n) at {@code cAt} = [A B] F, or added to C, for A (m x k) at {@code aAt} and B (m x l) at {@code bAt} side by
     * side and F (k + l x n) in panels. An entry is one chain, first over A, then over B.
     */
    public static void product(
            float[] a,
            int aAt,
            int k,
            float[] b,
            int bAt,
            int l,
            float[] panels,
            float[] c,
            int cAt,
            int m,
            int n,
            boolean added,
            float[] packed) {
        if (Products.VECTORS) {
            VectorSingles.product(a, aAt, k, b, bAt, l, panels, c, cAt, m, n, added, packed);
        } else {
            PlainSingles.product(a, aAt, k, 1, panels, 0, c, cAt, m, k, n, added);
            PlainSingles.product(b, bAt, l, 1, panels, k * n, c, cAt, m, l, n, true);
        }
    }

    /** C (k x n) += A' B for A (m x k) at {@code aAt} and B (m x n) at {@code bAt}. */
    public static void addTransposedProduct(
            float[] a, int aAt, float[] b, int bAt, float[] c, int m, int k, int n, float[] packed) {
        if (Products.VECTORS) {
            VectorSingles.addTransposedProduct(a, aAt, b, bAt, c, k, m, n, packed);
        } else {
            PlainSingles.product(a, aAt, 1, k, b, bAt, c, 0, k, m, n, true);
        }
    }

    /** Adds entries at one place to entries at another, where the JIT fears that they overlap and uses no vectors. */
    public static void add(float[] from, int fromAt, float[] into, int intoAt, int length) {
        int begin = Products.VECTORS ? VectorSingles.add(from, fromAt, into, intoAt, length) : 0;
        for (int i = begin; i < length; i++) {
            into[intoAt + i] += from[fromAt + i];
        }
    }

    /** Adds factor times the first entries of {@code from} to entries at one place. */
    public static void add(float factor, float[] from, float[] into, int intoAt, int length) {
        int begin = Products.VECTORS ? VectorSingles.add(factor, from, into, intoAt, length) : 0;
        for (int i = begin; i < length; i++) {
            into[intoAt + i] += factor * from[i];
        }
    }

    /** Kept becomes stays times kept and comes times the entries of x from {@code at} on, and these become kept. */
    public static void leak(float stays, float[] kept, float comes, float[] x, int at) {
        int begin = Products.VECTORS ? VectorSingles.leak(stays, kept, comes, x, at) : 0;
        for (int i = begin; i < kept.length; i++) {
            kept[i] = stays * kept[i] + comes * x[at + i];
            x[at + i] = kept[i];
        }
    }

    /** The sum of products; {@code sums} is scratch of {@link #SUMS} numbers. */
    public static double dot(float[] x, int xAt, float[] y, int yAt, int length, float[] sums) {
        Arrays.fill(sums, 0);
        int done = Products.VECTORS ? VectorSingles.dot(x, xAt, y, yAt, length, sums) : 0;
        PlainSingles.dot(x, xAt, y, yAt, done, length, sums);
        return PlainSingles.total(sums);
    }

    /** The sum of moduli; {@code sums} is scratch of {@link #SUMS} numbers. */
    public static double sumOfModuli(float[] x, int at, int length, float[] sums) {
        Arrays.fill(sums, 0);
        int done = Products.VECTORS ? VectorSingles.moduli(x, at, length, sums) : 0;
        PlainSingles.moduli(x, at, done, length, sums);
        return PlainSingles.total(sums);
    }

    /** Adds every row from {@code begin} to {@code end} of {@code rows}, which are as long as {@code sums}. */
    public static void addRows(float[] rows, int begin, int end, float[] sums) {
        if (Products.VECTORS) {
            VectorSingles.addRows(rows, begin, end, sums);
        } else {
            PlainSingles.addRows(rows, begin, end, sums);
        }
    }

    /** The hyperbolic tangent of the numbers from {@code begin} to {@code end}. */
    public static void tanh(float[] x, int begin, int end) {
        PlainSingles.tanh(x, Products.VECTORS ? VectorSingles.tanh(x, begin, end) : begin, end);
    }

    /** The sign, 0 for 0, by operations that a JIT turns into vectors. */
    public static float sign(float x) {
        return PlainSingles.sign(x);
    }
}
