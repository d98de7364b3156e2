package org.hopwise.network;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;

/** Recurrent weights as a product of two factors, units x rank and rank x units, each told from its shape. */
final class Factors {

    private Factors() {}

    /** How many units two factors connect. */
    static long units(Taken taken) {
        ArrayHeader left = taken.arrays.get(Role.RECURRENT).get(0);
        ArrayHeader right = taken.arrays.get(Role.RECURRENT).get(1);
        boolean matrices = left.isMatrix() && right.isMatrix();
        if (!matrices
                || Math.max(left.rows(), left.columns()) != Math.max(right.rows(), right.columns())
                || Math.min(left.rows(), left.columns()) != Math.min(right.rows(), right.columns())
                || Math.min(left.rows(), left.columns()) == 0) {
            throw FileRefusedException.of(
                    Kind.SHAPE,
                    "array " + FileRefusedException.quote(right.name()),
                    "is %s and does not fit to %s, %s; factors are units x rank and rank x units."
                            .formatted(right.sizes(), FileRefusedException.quote(left.name()), left.sizes()));
        }
        return Math.max(left.rows(), left.columns());
    }

    static long rank(Taken taken) {
        ArrayHeader left = taken.arrays.get(Role.RECURRENT).get(0);
        return Math.min(left.rows(), left.columns());
    }

    /** left times right, times a factor, over a divisor; long sides become units. */
    static DMatrixRMaj product(DMatrixRMaj left, DMatrixRMaj right, double factor, double divisor) {
        DMatrixRMaj tall = left.numRows >= left.numCols ? left : CommonOps_DDRM.transpose(left, null);
        DMatrixRMaj wide = right.numRows <= right.numCols ? right : CommonOps_DDRM.transpose(right, null);
        DMatrixRMaj product = new DMatrixRMaj(tall.numRows, wide.numCols);
        CommonOps_DDRM.mult(tall, wide, product);
        CommonOps_DDRM.scale(factor, product);
        CommonOps_DDRM.divide(product, divisor);
        return product;
    }
}
