package org.hopwise.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The derivative of the outputs by each input, averaged over trials, one block a hop. */
final class MeanJacobian {

    private MeanJacobian() {}

    /** Blocks inputs x outputs for hops 2 to steps + 1. */
    static List<DMatrixRMaj> blocks(RecurrentNetwork network, INDArray inputs) {
        INDArray states = network.run(inputs).states();
        double[] h = Nd.values("states", states, 3);
        int steps = (int) states.size(0);
        int trials = (int) states.size(1);
        Matrices m = network.weights().matrices();
        int hidden = network.weights().hidden();
        List<DMatrixRMaj> sums = new ArrayList<>(Collections.nCopies(steps, null));
        for (int trial = 0; trial < trials; trial++) {
            // G = dy / dh_t, outputs x hidden; multiplied by f' of step t it is dy by the summed input of that step.
            DMatrixRMaj g = m.output().copy();
            for (int t = steps - 1; t >= 0; t--) {
                scaleColumns(g, h, (t * trials + trial) * hidden, network.activation());
                DMatrixRMaj block = CommonOps_DDRM.mult(g, m.input(), null);
                int index = steps - 1 - t;
                sums.set(index, sums.get(index) == null ? block : CommonOps_DDRM.add(sums.get(index), block, null));
                g = CommonOps_DDRM.mult(g, m.recurrent(), null);
            }
        }
        for (DMatrixRMaj sum : sums) {
            CommonOps_DDRM.transpose(sum);
            CommonOps_DDRM.scale(1.0 / trials, sum);
        }
        return sums;
    }

    private static void scaleColumns(DMatrixRMaj g, double[] states, int offset, Activation activation) {
        for (int column = 0; column < g.numCols; column++) {
            double slope = activation.slopeAtState(states[offset + column]);
            for (int row = 0; row < g.numRows; row++) {
                g.data[row * g.numCols + column] *= slope;
            }
        }
    }
}
