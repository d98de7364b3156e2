package org.hopwise.internal.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** Factorisations and matrix functions, through EJML. */
public final class LinearAlgebra {

    private LinearAlgebra() {}

    /** The largest modulus of an eigenvalue of a square matrix; about 10 n^3 operations. */
    public static double spectralRadius(DMatrixRMaj square) {
        return modulus(leadingEigenvalue(square));
    }

    /** The first eigenvalue of largest modulus; of a complex pair, either. */
    static Complex_F64 leadingEigenvalue(DMatrixRMaj square) {
        var eigen = DecompositionFactory_DDRM.eig(square.numRows, false);
        if (!eigen.decompose(square.copy())) {
            // EJML's real QR steps can go round in circles on a harmless matrix; complex steps do not on the same one.
            return ComplexSchur.of(square).eigenvalue(0);
        }
        Complex_F64 leading = new Complex_F64(0, 0);
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            Complex_F64 value = eigen.getEigenvalue(i);
            leading = modulus(value) > modulus(leading) ? value : leading;
        }
        return leading;
    }

    static double modulus(Complex_F64 value) {
        return Math.hypot(value.real, value.imaginary);
    }

    /** Singular values in a column, largest first, and left and right vectors as columns. */
    public record Modes(DMatrixRMaj values, DMatrixRMaj left, DMatrixRMaj right) {}

    /** The singular value decomposition of a square matrix; about 20 n^3 operations. */
    public static Modes singularModes(DMatrixRMaj square) {
        int n = square.numRows;
        var svd = DecompositionFactory_DDRM.svd(n, n, true, true, false);
        if (!svd.decompose(square.copy())) {
            throw new IllegalStateException(
                    "The singular values of a %d x %d matrix did not converge; check it for extreme values."
                            .formatted(n, n));
        }
        DMatrixRMaj left = svd.getU(null, false);
        DMatrixRMaj right = svd.getV(null, false);
        double[] values = Arrays.copyOf(svd.getSingularValues(), n);
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(a -> -values[a]))
                .mapToInt(a -> a)
                .toArray();
        double[] ordered = Arrays.stream(order).mapToDouble(a -> values[a]).toArray();
        return new Modes(DMatrixRMaj.wrap(n, 1, ordered), columns(left, order), columns(right, order));
    }

    private static DMatrixRMaj columns(DMatrixRMaj matrix, int[] order) {
        DMatrixRMaj ordered = new DMatrixRMaj(matrix.numRows, order.length);
        for (int i = 0; i < matrix.numRows; i++) {
            for (int a = 0; a < order.length; a++) {
                ordered.set(i, a, matrix.get(i, order[a]));
            }
        }
        return ordered;
    }

    /** X with (I - g A) X = B. */
    public static DMatrixRMaj solveResolvent(DMatrixRMaj a, double g, DMatrixRMaj b) {
        DMatrixRMaj system = a.copy();
        CommonOps_DDRM.scale(-g, system);
        for (int i = 0; i < a.numRows; i++) {
            system.add(i, i, 1);
        }
        DMatrixRMaj x = new DMatrixRMaj(a.numRows, b.numCols);
        if (!CommonOps_DDRM.solve(system, b, x)) {
            throw new IllegalStateException("I - %s A is singular; use a smaller alpha.".formatted(g));
        }
        return x;
    }

    /**
     * exp(t A) B without forming the exponential: t is cut into steps with norm at most 1 and each step is a Taylor
     * series summed to rounding.
     */
    public static DMatrixRMaj exponentialTimes(DMatrixRMaj a, double t, DMatrixRMaj b) {
        int steps = Math.max(1, (int) Math.ceil(Math.abs(t) * NormOps_DDRM.normP1(a)));
        DMatrixRMaj result = b.copy();
        DMatrixRMaj next = new DMatrixRMaj(b.numRows, b.numCols);
        for (int step = 0; step < steps; step++) {
            DMatrixRMaj term = result.copy();
            for (int k = 1; NormOps_DDRM.normF(term) > 1e-17 * NormOps_DDRM.normF(result); k++) {
                CommonOps_DDRM.mult(t / steps / k, a, term, next);
                term.setTo(next);
                CommonOps_DDRM.addEquals(result, term);
            }
        }
        return result;
    }
}
