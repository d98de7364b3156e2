package org.hopwise.internal.linear;

import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * The spectral radius and its derivative by every entry, for a leading eigenvalue lambda that is simple and may be one of
 * a complex pair: d rho / dM_ij = Re(conj(lambda) / |lambda| u_i v_j / (u' v)), with M v = lambda v and u' M = lambda u'.
 *
 * <p>EJML gives no eigenvectors for complex eigenvalues. Here they come from inverse iteration on M - sigma I with sigma
 * next to lambda, written as a real system of twice the size: for z = x + iy,
 * (M - (a + ib) I) z = r is [M - a, b; -b, M - a] [x; y] = [Re r; Im r]. Transposed M gives the left one. A real lambda
 * goes through the same lines.
 */
public record SpectralRadiusSlope(double radius, DMatrixRMaj slope) {

    /** Relative distance of sigma from lambda: far above rounding, so that the system can be solved. */
    private static final double SHIFT = 1e-10;

    /** Each iteration shrinks the other eigenvectors by SHIFT over the relative gap: enough down to gaps of 1e-6. */
    private static final int ITERATIONS = 4;

    /** About 30 n^3 operations. Not for a radius of 0, which has no derivative. */
    public static SpectralRadiusSlope of(DMatrixRMaj square) {
        Complex_F64 lambda = LinearAlgebra.leadingEigenvalue(square);
        double radius = LinearAlgebra.modulus(lambda);
        if (radius == 0) {
            throw new IllegalArgumentException(
                    "the spectral radius is 0, where it has no derivative and weights cannot be "
                            + "normalised by it; use a penalty that is not normalised.");
        }
        int n = square.numRows;
        double[] v = eigenvector(square, lambda).data;
        double[] u = eigenvector(CommonOps_DDRM.transpose(square, null), lambda).data;
        Complex_F64 inner = new Complex_F64(0, 0);
        for (int i = 0; i < n; i++) {
            inner.real += u[i] * v[i] - u[n + i] * v[n + i];
            inner.imaginary += u[i] * v[n + i] + u[n + i] * v[i];
        }
        // q = conj(lambda) / (|lambda| u' v)
        double normSquared = inner.real * inner.real + inner.imaginary * inner.imaginary;
        double qReal = (lambda.real * inner.real - lambda.imaginary * inner.imaginary) / (radius * normSquared);
        double qImaginary = -(lambda.imaginary * inner.real + lambda.real * inner.imaginary) / (radius * normSquared);
        DMatrixRMaj slope = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            double real = qReal * u[i] - qImaginary * u[n + i];
            double imaginary = qReal * u[n + i] + qImaginary * u[i];
            for (int j = 0; j < n; j++) {
                slope.data[i * n + j] = real * v[j] - imaginary * v[n + j];
            }
        }
        return new SpectralRadiusSlope(radius, slope);
    }

    private static DMatrixRMaj eigenvector(DMatrixRMaj m, Complex_F64 lambda) {
        int n = m.numRows;
        double a = lambda.real * (1 + SHIFT);
        double b = lambda.imaginary * (1 + SHIFT);
        DMatrixRMaj system = new DMatrixRMaj(2 * n, 2 * n);
        CommonOps_DDRM.insert(m, system, 0, 0);
        CommonOps_DDRM.insert(m, system, n, n);
        for (int i = 0; i < n; i++) {
            system.add(i, i, -a);
            system.add(n + i, n + i, -a);
            system.set(i, n + i, b);
            system.set(n + i, i, -b);
        }
        var solver = LinearSolverFactory_DDRM.lu(2 * n);
        if (!solver.setA(system)) {
            throw new IllegalStateException(
                    "the leading eigenvector of a %d x %d matrix was not found; change a weight a ".formatted(n, n)
                            + "little, or use a penalty that is not normalised.");
        }
        DMatrixRMaj z = new DMatrixRMaj(2 * n, 1);
        // Any start that is not orthogonal to the eigenvector will do; uneven entries keep clear of symmetric ones.
        for (int i = 0; i < 2 * n; i++) {
            z.data[i] = 1 + 0.5 * Math.sin(i + 1.0);
        }
        DMatrixRMaj next = new DMatrixRMaj(2 * n, 1);
        for (int i = 0; i < ITERATIONS; i++) {
            solver.solve(z, next);
            CommonOps_DDRM.divide(next, NormOps_DDRM.normF(next), z);
        }
        return z;
    }
}
