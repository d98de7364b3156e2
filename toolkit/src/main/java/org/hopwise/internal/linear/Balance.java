package org.hopwise.internal.linear;

import org.ejml.data.DMatrixRMaj;

/**
 * D^-1 A D with D diagonal, powers of two, so that rows and columns are of similar length: the same eigenvalues, without
 * rounding, and far better conditioned where units differ in scale (Parlett and Reinsch 1969).
 */
final class Balance {

    /** Sweeps end when none shortens a row and its column together by a twentieth. */
    private static final double WORTH = 0.95;

    private static final int MOST_SWEEPS = 100;

    private Balance() {}

    static DMatrixRMaj of(DMatrixRMaj square) {
        DMatrixRMaj balanced = square.copy();
        boolean changed = true;
        for (int sweep = 0; changed && sweep < MOST_SWEEPS; sweep++) {
            changed = false;
            for (int unit = 0; unit < balanced.numRows; unit++) {
                changed |= balance(balanced, unit);
            }
        }
        return balanced;
    }

    private static boolean balance(DMatrixRMaj a, int unit) {
        int n = a.numRows;
        double row = 0;
        double column = 0;
        for (int other = 0; other < n; other++) {
            if (other != unit) {
                row += Math.abs(a.get(unit, other));
                column += Math.abs(a.get(other, unit));
            }
        }
        if (row + column == Double.POSITIVE_INFINITY) {
            // Of numbers near the largest there is; the largest of them will do.
            row = 0;
            column = 0;
            for (int other = 0; other < n; other++) {
                row = other == unit ? row : Math.max(row, Math.abs(a.get(unit, other)) / 4);
                column = other == unit ? column : Math.max(column, Math.abs(a.get(other, unit)) / 4);
            }
        }
        if (!(row > 0 && column > 0)) {
            return false;
        }
        // The column times 2^k and the row over it are equally long where 4^k is row over column.
        int k = Math.floorDiv(Math.getExponent(row) - Math.getExponent(column) + 1, 2);
        if (Math.scalb(column, k) + Math.scalb(row, -k) >= WORTH * (row + column)) {
            return false;
        }
        for (int other = 0; other < n; other++) {
            if (other != unit) {
                a.set(other, unit, Math.scalb(a.get(other, unit), k));
                a.set(unit, other, Math.scalb(a.get(unit, other), -k));
            }
        }
        return true;
    }
}
