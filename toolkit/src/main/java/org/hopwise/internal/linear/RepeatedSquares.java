package org.hopwise.internal.linear;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.internal.array.DoublePanels;

/**
 * The spectral radius r between two ends, from powers A^m, m = 2^k, divided by their norms: (|trace A^m| / n)^(1 / m) <= r
 * <= |A^m|^(1 / m), in the Frobenius norm. Unlike iterations it needs no gap between moduli. Traces of A^m A^(m / 2) and A^m
 * A^(m / 4) are lower ends, too, for eigenvalues around a circle cancel in some of them.
 *
 * <p>Both ends hold up to rounding, which enters every square anew: relative to the radius, u |A^m|^2 / r^(2 m) times the
 * condition of the eigenvalue. So they part from what other algorithms find where rounding matters, and never fall below.
 *
 * <p>Cost: up to 45 products of 2 n^3 operations, on all cores.
 */
final class RepeatedSquares {

    private static final int MOST_SQUARES = 45;

    private static final double MEET = 1e-11;

    /** A trace this small beside the norm is rounding. */
    private static final double NO_TRACE = 1e-8;

    /** After the upper end is down at what is enough, each brings it half as near: it must not fall much farther. */
    private static final int SQUARES_BEYOND = 3;

    private static final int TILE = 32;

    private final int n;
    /** ln |A^(2^k)|, k = 0, 1, ... */
    private final double[] logarithms = new double[MOST_SQUARES + 1];

    private int squares;
    private double low;
    private double high;

    private RepeatedSquares(int n) {
        this.n = n;
    }

    /**
     * Powers until the ends meet, or the upper one is down at what is enough to know, and three more.
     *
     * @param square balanced, and of numbers whose squares are neither zero nor infinite
     */
    static RepeatedSquares of(DMatrixRMaj square, double enough) {
        RepeatedSquares powers = new RepeatedSquares(square.numRows);
        powers.run(square, enough);
        return powers;
    }

    /** Whether a power up to the n-th is zero; a zero that rounding made does not count. */
    static boolean isNilpotent(DMatrixRMaj square) {
        int n = square.numRows;
        double[] power = whole(square.data);
        double[] panels = panels(n);
        for (int m = 1; m < n; m *= 2) {
            double[] next = new double[n * n];
            DoublePanels.square(power, n, panels, next);
            power = whole(next);
        }
        return Arrays.stream(power).allMatch(value -> value == 0);
    }

    /** Times a power of two, so that the largest is about 1. */
    private static double[] whole(double[] values) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        return Arrays.stream(values).map(v -> Math.scalb(v, -exponent)).toArray();
    }

    /** The lower end; 0 where all traces vanish. */
    double low() {
        return low;
    }

    /** The upper end. */
    double high() {
        return high;
    }

    private void run(DMatrixRMaj square, double enough) {
        double[] panels = panels(n);
        double norm = NormOps_DDRM.normF(square);
        logarithms[0] = Math.log(norm);
        high = norm;
        // A^m = e^logarithm P with |P| = 1.
        double[] power = square.data.clone();
        divide(power, norm);
        double[] half = new double[n * n];
        double[] quarter = new double[n * n];
        double m = 1;
        int beyond = 0;
        while (squares < MOST_SQUARES && beyond < SQUARES_BEYOND) {
            beyond += high <= enough ? 1 : 0;
            // The oldest power makes room for the next.
            double[] next = quarter;
            quarter = half;
            half = power;
            DoublePanels.square(half, n, panels, next);
            power = next;
            norm = NormOps_DDRM.normF(DMatrixRMaj.wrap(n, n, power));
            squares++;
            m *= 2;
            if (norm == 0) {
                low = 0;
                high = 0;
                logarithms[squares] = Double.NEGATIVE_INFINITY;
                return;
            }
            divide(power, norm);
            logarithms[squares] = 2 * logarithms[squares - 1] + Math.log(norm);
            high = Math.min(high, Math.exp(logarithms[squares] / m));
            raise(CommonOps_DDRM.trace(DMatrixRMaj.wrap(n, n, power)), logarithms[squares], m);
            raise(trace(power, half), logarithms[squares] + logarithms[squares - 1], 1.5 * m);
            if (squares > 1) {
                raise(trace(power, quarter), logarithms[squares] + logarithms[squares - 2], 1.25 * m);
            }
            if (high - low <= MEET * high) {
                return;
            }
        }
    }

    /** A lower end by e^logarithm times a trace, which is one of A^m. */
    private void raise(double trace, double logarithm, double m) {
        if (Math.abs(trace) > NO_TRACE) {
            low = Math.max(low, Math.exp((logarithm + Math.log(Math.abs(trace) / n)) / m));
        }
    }

    /** The trace of P Q, tile by tile, since columns of Q are far apart. */
    private double trace(double[] p, double[] q) {
        double sum = 0;
        for (int row = 0; row < n; row += TILE) {
            for (int column = 0; column < n; column += TILE) {
                for (int i = row; i < Math.min(n, row + TILE); i++) {
                    for (int j = column; j < Math.min(n, column + TILE); j++) {
                        sum = Math.fma(p[i * n + j], q[j * n + i], sum);
                    }
                }
            }
        }
        return sum;
    }

    private static double[] panels(int n) {
        return new double[DoublePanels.gain(n, n) ? DoublePanels.length(n, n) : 0];
    }

    private static void divide(double[] values, double norm) {
        for (int i = 0; i < values.length && norm > 0; i++) {
            values[i] /= norm;
        }
    }
}
