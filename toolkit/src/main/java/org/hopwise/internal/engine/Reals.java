package org.hopwise.internal.engine;

import org.hopwise.internal.array.Gaussians;

/**
 * A flat array of numbers in single or double precision, with the loops that training runs over it: one text of the
 * algorithms serves both. Operands of one call have the same precision.
 *
 * <p>Every entry of a result is computed by the same operations in the same order on every machine, so vectors of all
 * lengths and plain loops give the same bits. Matrices are row-major; an offset says where one begins.
 */
public abstract sealed class Reals permits SingleReals, DoubleReals {

    /** How many numbers there are. */
    public abstract int length();

    /** Number i. */
    public abstract double get(int i);

    /** Sets number i. */
    public abstract void set(int i, double value);

    /** How many bytes a number takes. */
    public abstract int bytes();

    /** Zeros of the same precision. */
    public abstract Reals zeros(int length);

    /** Sets all to zero. */
    public abstract void clear();

    /** Sets numbers from {@code begin} to {@code end} to zero. */
    public abstract void clear(int begin, int end);

    /** Writes all of another array from {@code at} on. */
    public final void copy(int at, Reals from) {
        copy(at, from, 0, from.length());
    }

    /** Writes some numbers of another array from {@code at} on. */
    public abstract void copy(int at, Reals from, int fromAt, int length);

    /** The sum of all, none of which is negative. */
    public abstract double sum();

    /** Whether a number from {@code begin} to {@code end} is above 0. */
    public final boolean anyAbove(int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (get(i) > 0) {
                return true;
            }
        }
        return false;
    }

    /** How many numbers {@link #panels} of a matrix (k x n) has. */
    public abstract int panelsLength(int k, int n);

    /** Becomes B (k x n) in panels of columns that lie together, as {@link #product} reads it. */
    public abstract void panels(Reals b, int k, int n);

    /** Becomes the transpose (k x n) of B (n x k) in panels. */
    public abstract void transposedPanels(Reals b, int k, int n);

    /** Becomes B (k x n) and, below it, another (l x n), in panels. */
    public abstract void panels(Reals b, int k, Reals below, int l, int n);

    /** Becomes the transpose (k x n) of B (n x k) and, below it, that of another (n x l), in panels. */
    public abstract void transposedPanels(Reals b, int k, Reals below, int l, int n);

    /** C (m x n) = A (m x k) B (k x n), or added to C, with C at {@code at}, A at {@code aAt} and B in panels. */
    public final void product(int at, Reals a, int aAt, Reals panels, int m, int k, int n, boolean added) {
        product(at, a, aAt, k, a, aAt, 0, panels, m, n, added);
    }

    /**
     * C (m x n) = [A B] F, or added to C, for A (m x k) and B (m x l) side by side and F (k + l x n) in panels: an entry
     * is one chain, first over A, then over B.
     */
    public abstract void product(
            int at, Reals a, int aAt, int k, Reals b, int bAt, int l, Reals panels, int m, int n, boolean added);

    /** C (k x n) += A' B for A (m x k) at {@code aAt} and B (m x n) at {@code bAt}. */
    public abstract void addTransposedProduct(Reals a, int aAt, Reals b, int bAt, int m, int k, int n);

    /** this += factor times other, as far as this goes. */
    public abstract void add(double factor, Reals other);

    /** this *= factor. */
    public abstract void scale(double factor);

    /** The sum of products with another. */
    public abstract double dot(Reals other);

    /** Every row becomes this row. */
    public final void fillRows(Reals row) {
        fillRows(row, 0, length());
    }

    /** Every row from {@code begin} to {@code end} becomes this row. */
    public abstract void fillRows(Reals row, int begin, int end);

    /** Adds every row of {@code rows}, which are as long as this. */
    public final void addRows(Reals rows) {
        addRows(rows, 0, rows.length());
    }

    /** Adds every row from {@code begin} to {@code end} of {@code rows}, in this order. */
    public abstract void addRows(Reals rows, int begin, int end);

    /** The hyperbolic tangent of the numbers from {@code begin} to {@code end}. */
    public abstract void tanh(int begin, int end);

    /** erf(sqrt(pi) x / 2) of the numbers from {@code begin} to {@code end}. */
    public abstract void erf(int begin, int end);

    /** Negative numbers from {@code begin} to {@code end} become 0. */
    public abstract void rectify(int begin, int end);

    /** Softplus, max(z, 0) + log(1 + exp(-|z|)), of the numbers from {@code begin} to {@code end}. */
    public abstract void softplus(int begin, int end);

    /**
     * Kept becomes (1 - a) kept + a times the numbers from {@code at} on, and these become kept: one step of a leak, in
     * time or, for gradients, back in time.
     */
    public abstract void leak(int at, Reals kept, double a);

    /** Adds factor times standard Gaussian numbers to those from {@code begin} to {@code end}. */
    public abstract void addGaussians(Gaussians source, double factor, int begin, int end);

    /** Multiplies by 1 - s^2, the slope of tanh where it takes the value s; both from {@code begin} to {@code end}. */
    public abstract void timesTanhSlope(Reals s, int begin, int end);

    /** Multiplies by the slope of {@link #erf} where it takes the value s; both from {@code begin} to {@code end}. */
    public abstract void timesErfSlope(Reals s, int begin, int end);

    /** Multiplies by 1 where s is above 0 and by 0 elsewhere; both from {@code begin} to {@code end}. */
    public abstract void timesStep(Reals s, int begin, int end);

    /** Multiplies by 1 - exp(-s), the slope of softplus where it takes the value s; both from {@code begin} to {@code end}. */
    public abstract void timesSoftplusSlope(Reals s, int begin, int end);

    /** With d = this - target, which goes to {@code distance}: becomes 2 factor w d; returns factor times the sum of w d^2. */
    public abstract double residual(Reals distance, Reals target, Reals weights, double factor);

    /** With d = this - target from {@code at} on: becomes 2 factor d and returns factor times the sum of d^2. */
    public abstract double residual(int at, Reals target, double factor);

    /** Adds factor times the sign (0 for 0) of every number of another; returns factor times the sum of moduli. */
    public abstract double addSigns(double factor, Reals of);

    /** Numbers from {@code begin} to {@code end} become factor times their sign; returns factor times the sum of moduli. */
    public abstract double signs(double factor, int begin, int end);

    /** Becomes the moduli of another. */
    public abstract void moduli(Reals of);

    /** Adds slope times the sign of {@code of}, number by number. */
    public abstract void addTimesSign(Reals slope, Reals of);

    /**
     * One update of Adam with decay rates 0.9 and 0.999 and 1e-8 added after the square root: m and v are the moments,
     * the scales correct their bias.
     */
    public abstract void adam(Reals gradient, Reals m, Reals v, double rate, double mScale, double vScale);
}
