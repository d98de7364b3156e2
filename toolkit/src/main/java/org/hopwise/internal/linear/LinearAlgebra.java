package org.hopwise.internal.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.internal.machine.Interruption;

/** Factorisations and matrix functions, through EJML. */
public final class LinearAlgebra {

    /** Steps of a Taylor series, each some twenty products, beyond which squaring the exponential is quicker. */
    private static final double MOST_STEPS = 500;

    private LinearAlgebra() {}

    /** The largest modulus of an eigenvalue of a square matrix; about 10 n^3 operations. */
    public static double spectralRadius(DMatrixRMaj square) {
        return modulus(leadingEigenvalue(square));
    }

    /** All eigenvalues of a square matrix, real and imaginary parts by turns; about 10 n^3 operations. */
    public static double[] eigenvalues(DMatrixRMaj square) {
        Interruption.check();
        var eigen = DecompositionFactory_DDRM.eig(square.numRows, false);
        if (!eigen.decompose(square.copy())) {
            ComplexSchur schur = ComplexSchur.of(square);
            return IntStream.range(0, square.numRows)
                    .mapToObj(schur::eigenvalue)
                    .flatMapToDouble(value -> DoubleStream.of(value.real, value.imaginary))
                    .toArray();
        }
        return IntStream.range(0, eigen.getNumberOfEigenvalues())
                .mapToObj(eigen::getEigenvalue)
                .flatMapToDouble(value -> DoubleStream.of(value.real, value.imaginary))
                .toArray();
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
        var svd = new StoppableSvd();
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

    /** The eigenvalues of a symmetric matrix, largest first; about 4/3 n^3 operations. */
    public static double[] symmetricEigenvalues(DMatrixRMaj symmetric) {
        int n = symmetric.numRows;
        var eigen = DecompositionFactory_DDRM.eig(n, false, true);
        if (!eigen.decompose(symmetric.copy())) {
            throw new IllegalStateException(
                    "The eigenvalues of a %d x %d matrix did not converge; check it for extreme values."
                            .formatted(n, n));
        }
        return IntStream.range(0, n)
                .mapToDouble(i -> -eigen.getEigenvalue(i).real)
                .sorted()
                .map(v -> -v)
                .toArray();
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

    /**
     * The condition of an inverse, whichever is smaller of | |A^-1| |A| | and | |A| |A^-1| | (Skeel 1979): 1 for diagonal
     * and permutation matrices, whatever the units of rows or columns are, and about 1e16 where A is singular in rounding.
     */
    public static double condition(DMatrixRMaj a, DMatrixRMaj inverse) {
        DMatrixRMaj modulus = a.copy();
        CommonOps_DDRM.abs(modulus);
        DMatrixRMaj inverted = inverse.copy();
        CommonOps_DDRM.abs(inverted);
        double rows =
                CommonOps_DDRM.elementMax(CommonOps_DDRM.sumRows(CommonOps_DDRM.mult(inverted, modulus, null), null));
        double columns =
                CommonOps_DDRM.elementMax(CommonOps_DDRM.sumCols(CommonOps_DDRM.mult(modulus, inverted, null), null));
        return Math.min(rows, columns);
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
     * exp(t A) B. Few steps of norm at most 1 are Taylor series summed to rounding, without the exponential; many are its
     * repeated square.
     */
    public static DMatrixRMaj exponentialTimes(DMatrixRMaj a, double t, DMatrixRMaj b) {
        double norm = Math.abs(t) * NormOps_DDRM.normP1(a);
        if (norm > MOST_STEPS) {
            return CommonOps_DDRM.mult(exponential(a, t), b, null);
        }
        int steps = Math.max(1, (int) Math.ceil(norm));
        DMatrixRMaj result = b.copy();
        for (int step = 0; step < steps; step++) {
            addSeries(a, t / steps, result.copy(), result);
        }
        return result;
    }

    /** exp(t A): the exponential of t A / 2^s, squared s times. */
    static DMatrixRMaj exponential(DMatrixRMaj a, double t) {
        double norm = Math.abs(t) * NormOps_DDRM.normP1(a);
        if (!Double.isFinite(norm)) {
            throw new IllegalArgumentException(
                    "time %s times the largest weights overflows; use an earlier time.".formatted(t));
        }
        int squarings = norm <= 1 ? 0 : Math.getExponent(norm) + 1;
        DMatrixRMaj power = CommonOps_DDRM.identity(a.numRows);
        addSeries(a, Math.scalb(t, -squarings), power.copy(), power);
        DMatrixRMaj square = power.createLike();
        for (int i = 0; i < squarings; i++) {
            Interruption.check();
            CommonOps_DDRM.mult(power, power, square);
            DMatrixRMaj swap = power;
            power = square;
            square = swap;
        }
        return power;
    }

    /** Adds the terms h A term / 1, (h A)^2 term / 2!, ... until they no longer count; the norm of h A is at most 1. */
    private static void addSeries(DMatrixRMaj a, double h, DMatrixRMaj term, DMatrixRMaj sum) {
        DMatrixRMaj next = term.createLike();
        for (int k = 1; NormOps_DDRM.normF(term) > 1e-17 * NormOps_DDRM.normF(sum); k++) {
            Interruption.check();
            CommonOps_DDRM.mult(h / k, a, term, next);
            term.setTo(next);
            CommonOps_DDRM.addEquals(sum, term);
        }
    }
}
