package org.hopwise.network;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.machine.Interruption;

/**
 * Walks of a leaky network sorted by how many recurrent synapses they cross. M = D + S with the decay D, diagonal, and the
 * synapses S; S_j is the sum over lags l below L of all products of l factors of which j are S. For D = (1 - a) I that is
 * sum over l of C(l, j) (1 - a)^(l - j) S^j.
 */
final class SynapseWalks {

    private SynapseWalks() {}

    /**
     * One block a number of synapses j = 0 to length - 1, inputs x outputs.
     *
     * @param step weights of one step
     * @param decay the diagonal of D
     */
    static List<DMatrixRMaj> of(Matrices step, double[] decay, int length) {
        int n = decay.length;
        DMatrixRMaj synapses = step.recurrent().copy();
        for (int i = 0; i < n; i++) {
            synapses.add(i, i, -decay[i]);
        }
        // reached[j]: units x inputs after so many lags by walks over j synapses; summed[j]: the same over all lags.
        List<DMatrixRMaj> reached = new ArrayList<>();
        List<DMatrixRMaj> summed = new ArrayList<>();
        for (int lag = 0; lag < length; lag++) {
            for (int j = lag; j >= 0; j--) {
                Interruption.check();
                DMatrixRMaj next = new DMatrixRMaj(n, step.input().numCols);
                if (lag == 0) {
                    next = step.input().copy();
                } else {
                    if (j < lag) {
                        next = reached.get(j).copy();
                        CommonOps_DDRM.multRows(decay, next);
                    }
                    if (j > 0) {
                        CommonOps_DDRM.multAdd(synapses, reached.get(j - 1), next);
                    }
                }
                if (j == lag) {
                    reached.add(next);
                    summed.add(next.copy());
                } else {
                    reached.set(j, next);
                    CommonOps_DDRM.addEquals(summed.get(j), next);
                }
            }
        }
        List<DMatrixRMaj> blocks = new ArrayList<>();
        for (DMatrixRMaj sum : summed) {
            DMatrixRMaj block = CommonOps_DDRM.mult(step.output(), sum, null);
            CommonOps_DDRM.transpose(block);
            blocks.add(block);
        }
        return blocks;
    }
}
