package org.hopwise.lowrank;

/** The inverse of a small matrix, with row exchange. */
final class GaussJordan {

    private GaussJordan() {}

    /** Inverts n x n numbers, which are destroyed; false if a pivot is 0. */
    static boolean invert(double[] a, double[] inverse, int n) {
        for (int i = 0; i < n * n; i++) {
            inverse[i] = i % (n + 1) == 0 ? 1 : 0;
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                if (Math.abs(a[row * n + column]) > Math.abs(a[pivot * n + column])) {
                    pivot = row;
                }
            }
            double value = a[pivot * n + column];
            if (value == 0 || Double.isNaN(value)) {
                return false;
            }
            exchange(a, pivot, column, n);
            exchange(inverse, pivot, column, n);
            for (int j = 0; j < n; j++) {
                a[column * n + j] /= value;
                inverse[column * n + j] /= value;
            }
            for (int row = 0; row < n; row++) {
                double factor = a[row * n + column];
                for (int j = 0; row != column && j < n; j++) {
                    a[row * n + j] -= factor * a[column * n + j];
                    inverse[row * n + j] -= factor * inverse[column * n + j];
                }
            }
        }
        return true;
    }

    private static void exchange(double[] a, int one, int other, int n) {
        for (int j = 0; one != other && j < n; j++) {
            double kept = a[one * n + j];
            a[one * n + j] = a[other * n + j];
            a[other * n + j] = kept;
        }
    }
}
