package org.hopwise.internal.linear;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.internal.array.Products;

/**
 * The spectral radius from powers A^m, m = 2^k, divided by their norms: (|trace A^m| / n)^(1 / m) is at most the radius and
 * |A^m|^(1 / m), in the Frobenius norm, at least. Unlike iterations it needs no gap between moduli; both ends hold up to
 * rounding. Cost: up to 45 products of 2 n^3 operations.
 */
final class RepeatedSquares {

    private static final int MOST_SQUARES = 45;

    private static final double MEET = 1e-13;

    /** A trace this small beside the norm is rounding. */
    private static final double ROUNDING = 1e-8;

    private RepeatedSquares() {}

    static double spectralRadius(DMatrixRMaj square) {
        int n = square.numRows;
        double norm = NormOps_DDRM.normF(square);
        // A^m = e^logarithm P with |P| = 1.
        double logarithm = Math.log(norm);
        double high = norm;
        double[] power = divided(square.data, norm);
        double m = 1;
        for (int k = 0; k < MOST_SQUARES && high > 0; k++) {
            double[] next = squared(power, n);
            norm = NormOps_DDRM.normF(DMatrixRMaj.wrap(n, n, next));
            power = divided(next, norm);
            m *= 2;
            logarithm = 2 * logarithm + Math.log(norm);
            high = Math.exp(logarithm / m);
            double trace = Math.abs(CommonOps_DDRM.trace(DMatrixRMaj.wrap(n, n, power)));
            double low = trace > ROUNDING ? Math.exp((logarithm + Math.log(trace / n)) / m) : 0;
            if (high - low <= MEET * high) {
                return high;
            }
        }
        return high;
    }

    /** Whether a power up to the n-th is zero, without rounding. */
    static boolean isNilpotent(DMatrixRMaj square) {
        int n = square.numRows;
        int exponent = Math.getExponent(CommonOps_DDRM.elementMaxAbs(square));
        double[] power = Arrays.stream(square.data)
                .map(value -> Math.scalb(value, -exponent))
                .toArray();
        for (int m = 1; m < n; m *= 2) {
            power = squared(power, n);
        }
        return Arrays.stream(power).allMatch(value -> value == 0);
    }

    private static double[] squared(double[] power, int n) {
        double[] square = new double[n * n];
        Products.addProduct(power, 0, power, square, 0, n, n, n);
        return square;
    }

    /** Zero stays zero. */
    private static double[] divided(double[] values, double norm) {
        return norm == 0 ? values : Arrays.stream(values).map(v -> v / norm).toArray();
    }
}
