package org.hopwise.lowrank;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** Matrices of the size of the rank, row-major in flat arrays. */
final class Small {

    private Small() {}

    /** The lower Cholesky factor; NaN where the matrix is not positive definite. */
    static double[] cholesky(double[] a, int n) {
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * n + k] * l[j * n + k];
                }
                l[i * n + j] = i == j ? Math.sqrt(sum) : sum / l[j * n + j];
            }
        }
        return l;
    }

    /** The inverse of a lower triangle. */
    static double[] inverseLower(double[] l, int n) {
        double[] inverse = new double[n * n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++) {
                    sum -= l[i * n + k] * inverse[k * n + j];
                }
                inverse[i * n + j] = sum / l[i * n + i];
            }
        }
        return inverse;
    }

    /** The inverse of a symmetric positive definite matrix. */
    static double[] inverse(double[] a, int n) {
        double[] inverse = inverseLower(cholesky(a, n), n);
        return symmetric(multiply(transposed(inverse, n, n), inverse, n, n, n), n);
    }

    /** log det A from its Cholesky factor. */
    static double logDeterminant(double[] cholesky, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 2 * Math.log(cholesky[i * n + i]);
        }
        return sum;
    }

    /** A B, for A rows x depth and B depth x columns. */
    static double[] multiply(double[] a, double[] b, int rows, int depth, int columns) {
        double[] c = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int p = 0; p < depth; p++) {
                double factor = a[i * depth + p];
                for (int j = 0; j < columns; j++) {
                    c[i * columns + j] += factor * b[p * columns + j];
                }
            }
        }
        return c;
    }

    static double[] transposed(double[] a, int rows, int columns) {
        double[] t = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                t[j * rows + i] = a[i * columns + j];
            }
        }
        return t;
    }

    /** (A + A') / 2. */
    static double[] symmetric(double[] a, int n) {
        double[] s = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                s[i * n + j] = (a[i * n + j] + a[j * n + i]) / 2;
            }
        }
        return s;
    }

    static double[] identity(double value, int n) {
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = value;
        }
        return a;
    }

    static boolean isDiagonal(double[] a, int n) {
        for (int i = 0; i < n * n; i++) {
            if (i % (n + 1) != 0 && a[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The adjoint of a Cholesky factor turned into that of its matrix: C^-T P C^-1, where P is the lower triangle of C' G
     * with its diagonal halved; G is the adjoint of the factor. Not symmetrised. Source: Murray, arXiv 1602.07527.
     */
    static double[] choleskyAdjoint(double[] factor, double[] adjoint, int n) {
        double[] lower = adjoint.clone();
        keepLower(lower, n);
        double[] p = multiply(transposed(factor, n, n), lower, n, n, n);
        keepLower(p, n);
        for (int i = 0; i < n; i++) {
            p[i * n + i] /= 2;
        }
        double[] inverse = inverseLower(factor, n);
        return multiply(transposed(inverse, n, n), multiply(p, inverse, n, n, n), n, n, n);
    }

    private static void keepLower(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                a[i * n + j] = 0;
            }
        }
    }

    static void requireCovariance(String name, double[] a, int n) {
        double size = 0;
        for (double value : a) {
            size = Math.max(size, Math.abs(value));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(a[i * n + j] - a[j * n + i]) > 1e-12 * size) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "%s is not symmetric: entry (%d, %d) is %s and (%d, %d) is %s; use (A + A') / 2.",
                            name,
                            i,
                            j,
                            a[i * n + j],
                            j,
                            i,
                            a[j * n + i]));
                }
            }
        }
        var eigen = DecompositionFactory_DDRM.eig(n, false, true);
        eigen.decompose(DMatrixRMaj.wrap(n, n, symmetric(a, n)));
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            smallest = Math.min(smallest, eigen.getEigenvalue(i).real);
            largest = Math.max(largest, eigen.getEigenvalue(i).real);
        }
        if (!(smallest > 1e-14 * largest)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has the smallest eigenvalue %.3g; a covariance must be positive definite. Add a small variance, such as 1e-8, to its diagonal.",
                    name,
                    smallest));
        }
    }
}
