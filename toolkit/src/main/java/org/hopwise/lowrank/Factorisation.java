package org.hopwise.lowrank;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * A matrix as the product of orthonormal columns and the rows that they multiply, from its singular value decomposition.
 *
 * @param left units x rank, orthonormal columns with their largest entry positive
 * @param right rank x units, singular values times right vectors
 */
record Factorisation(DMatrixRMaj left, DMatrixRMaj right) {

    /** The first modes of a square matrix; about 20 n^3 operations. */
    static Factorisation of(DMatrixRMaj square, int rank) {
        return decompose(
                square, rank, CommonOps_DDRM.identity(square.numRows), CommonOps_DDRM.identity(square.numCols));
    }

    /** Of a product A B of rank R: through the R x R core of QR factors, so it never makes the large matrix. */
    static Factorisation ofProduct(DMatrixRMaj a, DMatrixRMaj b) {
        int rank = a.numCols;
        DMatrixRMaj[] first = qr(a);
        DMatrixRMaj[] second = qr(CommonOps_DDRM.transpose(b, null));
        DMatrixRMaj core = CommonOps_DDRM.multTransB(first[1], second[1], null);
        return decompose(core, rank, first[0], second[0]);
    }

    private static DMatrixRMaj[] qr(DMatrixRMaj tall) {
        var qr = DecompositionFactory_DDRM.qr(tall.numRows, tall.numCols);
        if (!qr.decompose(tall.copy())) {
            throw new IllegalStateException(
                    "The factors of a %d x %d matrix did not converge; check it for extreme values."
                            .formatted(tall.numRows, tall.numCols));
        }
        return new DMatrixRMaj[] {qr.getQ(null, true), qr.getR(null, true)};
    }

    private static Factorisation decompose(DMatrixRMaj core, int rank, DMatrixRMaj leftBasis, DMatrixRMaj rightBasis) {
        var svd = DecompositionFactory_DDRM.svd(core.numRows, core.numCols, true, true, true);
        if (!svd.decompose(core.copy())) {
            throw new IllegalStateException(
                    "The singular values of a %d x %d matrix did not converge; check it for extreme values."
                            .formatted(core.numRows, core.numCols));
        }
        double[] values = svd.getSingularValues();
        int[] order = IntStream.range(0, svd.numberOfSingularValues())
                .boxed()
                .sorted(Comparator.comparingDouble(r -> -values[r]))
                .mapToInt(r -> r)
                .toArray();
        DMatrixRMaj u = CommonOps_DDRM.mult(leftBasis, svd.getU(null, false), null);
        DMatrixRMaj v = CommonOps_DDRM.mult(rightBasis, svd.getV(null, false), null);
        DMatrixRMaj left = new DMatrixRMaj(u.numRows, rank);
        DMatrixRMaj right = new DMatrixRMaj(rank, v.numRows);
        for (int r = 0; r < rank; r++) {
            int mode = order[r];
            double sign = signOfLargest(u, mode);
            for (int i = 0; i < u.numRows; i++) {
                left.set(i, r, sign * u.get(i, mode));
            }
            for (int i = 0; i < v.numRows; i++) {
                right.set(r, i, sign * values[mode] * v.get(i, mode));
            }
        }
        return new Factorisation(left, right);
    }

    private static double signOfLargest(DMatrixRMaj u, int column) {
        double largest = 0;
        for (int i = 0; i < u.numRows; i++) {
            double entry = u.get(i, column);
            largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
        }
        return largest < 0 ? -1 : 1;
    }
}
