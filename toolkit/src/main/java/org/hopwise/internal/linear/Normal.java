package org.hopwise.internal.linear;

import java.util.OptionalDouble;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;

/**
 * The spectral radius of a normal matrix, A A' = A' A, which is its norm: the root of the largest eigenvalue of A' A. For
 * orthogonal, skew and many circulant matrices eigenvalues of A stand around a circle, where iterations on A do not converge,
 * while A' A has them in one place. That a matrix is normal is seen on a few random vectors.
 */
final class Normal {

    private static final int VECTORS = 2;
    /** Rounding of two products leaves some 1e-15. */
    private static final double EQUAL = 1e-11;

    private static final int MOST_PRODUCTS = 300;

    private Normal() {}

    /** The radius, or nothing where the matrix is not normal, or its norm does not converge soon. */
    static OptionalDouble radius(int n, Arnoldi.Product product, Arnoldi.Product transposed) {
        double[] between = new double[n];
        Arnoldi.Product gram = (x, y) -> {
            product.multiply(x, between);
            transposed.multiply(between, y);
        };
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        for (int k = 0; k < VECTORS; k++) {
            new Draws(Seed.of(k).named("normal")).fillUniform(x, 1);
            gram.multiply(x, y);
            transposed.multiply(x, between);
            product.multiply(between, z);
            double apart = 0;
            double length = 0;
            for (int i = 0; i < n; i++) {
                apart = Math.fma(y[i] - z[i], y[i] - z[i], apart);
                length = Math.fma(y[i], y[i], length);
            }
            if (!(apart <= EQUAL * EQUAL * length)) {
                return OptionalDouble.empty();
            }
        }
        Arnoldi.Found found = Arnoldi.find(n, gram, MOST_PRODUCTS, Seed.of(1), Arnoldi.BASIS);
        return found.isConverged() ? OptionalDouble.of(Math.sqrt(found.modulus())) : OptionalDouble.empty();
    }
}
