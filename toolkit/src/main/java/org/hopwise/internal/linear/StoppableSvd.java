package org.hopwise.internal.linear;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.bidiagonal.BidiagonalDecompositionRow_DDRM;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;
import org.ejml.dense.row.decomposition.svd.implicitqr.SvdImplicitQrAlgorithm_DDRM;
import org.hopwise.internal.machine.Interruption;

/** EJML's singular value decomposition, which asks before every reflection and every sweep whether it shall stop. */
final class StoppableSvd extends SvdImplicitQrDecompose_DDRM {

    StoppableSvd() {
        super(false, true, true, false);
        bidiag = new Reflections();
        qralg = new Sweeps();
    }

    /** Each of them about n^2 operations. */
    private static final class Reflections extends BidiagonalDecompositionRow_DDRM {

        @Override
        protected void rank1UpdateMultL(DMatrixRMaj a, double gamma, int firstColumn, int from, int to) {
            Interruption.check();
            super.rank1UpdateMultL(a, gamma, firstColumn, from, to);
        }

        @Override
        protected void rank1UpdateMultR(DMatrixRMaj a, double gamma, int firstColumn, int from, int to) {
            Interruption.check();
            super.rank1UpdateMultR(a, gamma, firstColumn, from, to);
        }
    }

    /** Each of them at most about 6 n^2 operations. */
    private static final class Sweeps extends SvdImplicitQrAlgorithm_DDRM {

        @Override
        public void performImplicitSingleStep(double scale, double lambda, boolean byAngle) {
            Interruption.check();
            super.performImplicitSingleStep(scale, lambda, byAngle);
        }
    }
}
