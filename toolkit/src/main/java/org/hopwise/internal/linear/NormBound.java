package org.hopwise.internal.linear;

import java.util.Arrays;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.machine.Interruption;

/** An upper bound of the spectral radius that takes a few products and always has an answer. */
final class NormBound {

    private static final int PRODUCTS = 30;

    /** What sums of up to 1e8 moduli may lose by rounding, with much to spare. */
    private static final double ROUNDED = 1e-8;

    private NormBound() {}

    static double of(SparseMatrix matrix) {
        int n = matrix.size();
        double[] rows = new double[n];
        double[] columns = new double[n];
        double norm = 0;
        for (int unit = 0; unit < n; unit++) {
            Interruption.check();
            double[] squares = {norm};
            matrix.row(unit, (row, column, value) -> {
                rows[row] += Math.abs(value);
                columns[column] += Math.abs(value);
                squares[0] = Math.hypot(squares[0], value);
            });
            norm = squares[0];
        }
        double least = Math.min(norm, Math.min(largest(rows), largest(columns)));
        return least == 0 || least == Double.POSITIVE_INFINITY
                ? least
                : Math.min(least, byPositiveVectors(matrix, least)) * (1 + ROUNDED);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    /** The largest (|A| x)_i / x_i, for x that products bring near the leading vector. */
    private static double byPositiveVectors(SparseMatrix matrix, double above) {
        SparseMatrix moduli = matrix.withValues((column, value) -> Math.abs(value) / above);
        int n = matrix.size();
        double[] x = new double[n];
        Arrays.fill(x, 1);
        double[] y = new double[n];
        double least = 1;
        for (int k = 0; k < PRODUCTS; k++) {
            moduli.multiply(x, y);
            double largest = 0;
            for (int i = 0; i < n; i++) {
                largest = Math.max(largest, y[i] / x[i]);
            }
            least = Math.min(least, largest);
            for (int i = 0; i < n; i++) {
                // A part of x is kept, so that it stays above 0 also where nothing comes in.
                x[i] = (y[i] + least * x[i]) / (2 * least);
            }
        }
        return least * above;
    }
}
