package org.hopwise.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The derivative of the outputs by each input, averaged over trials, one block a hop. */
final class MeanJacobian {

    private MeanJacobian() {}

    /** Blocks inputs x outputs for hops 2 to steps + 1. */
    static List<DMatrixRMaj> blocks(RecurrentNetwork network, INDArray inputs) {
        INDArray states = network.noiseless().run(inputs).activations();
        double[] h = Nd.values("states", states, 3);
        int steps = (int) states.size(0);
        int trials = (int) states.size(1);
        int hidden = network.weights().hidden();
        Matrices m = WeightsDoor.copy(network.weights());
        DMatrixRMaj slopes = new DMatrixRMaj(steps, hidden);
        List<DMatrixRMaj> sums = new ArrayList<>(Collections.nCopies(steps, null));
        for (int trial = 0; trial < trials; trial++) {
            Interruption.check();
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < hidden; i++) {
                    double state = h[(t * trials + trial) * hidden + i];
                    slopes.set(t, i, network.activation().slopeAtState(state));
                }
            }
            addBlocks(m, slopes, network.dynamics(), sums);
        }
        return finished(sums, trials);
    }

    /** The same for given gains, steps x hidden, in place of the slopes of a trial. */
    static List<DMatrixRMaj> gainedBlocks(Weights weights, DMatrixRMaj gains) {
        List<DMatrixRMaj> blocks = new ArrayList<>(Collections.nCopies(gains.numRows, null));
        addBlocks(WeightsDoor.copy(weights), gains, Dynamics.discrete(), blocks);
        return finished(blocks, 1);
    }

    /**
     * From the last step down, with G = dy / dr_t by what later steps make of it. Current form: D_t = G f' + (1 - a)
     * D_(t+1) is dy / dx_t, the block is a D_t W_in, and the next G is a D_t W. Rate form: D_t = G + (1 - a) D_(t+1) is
     * dy / dr_t, the block is a D_t f' W_in, and the next G is a D_t f' W.
     */
    private static void addBlocks(Matrices m, DMatrixRMaj slopes, Dynamics dynamics, List<DMatrixRMaj> sums) {
        double a = dynamics.leak();
        boolean isCurrent = dynamics.form() == Form.CURRENT;
        DMatrixRMaj g = m.output().copy();
        DMatrixRMaj d = new DMatrixRMaj(g.numRows, g.numCols);
        for (int t = slopes.numRows - 1; t >= 0; t--) {
            DMatrixRMaj drive = g;
            for (int i = 0; i < g.data.length; i++) {
                double slope = slopes.get(t, i % g.numCols);
                d.data[i] = (isCurrent ? g.data[i] * slope : g.data[i]) + (1 - a) * d.data[i];
                drive.data[i] = a * (isCurrent ? d.data[i] : d.data[i] * slope);
            }
            DMatrixRMaj block = CommonOps_DDRM.mult(drive, m.input(), null);
            int index = slopes.numRows - 1 - t;
            sums.set(index, sums.get(index) == null ? block : CommonOps_DDRM.add(sums.get(index), block, null));
            g = CommonOps_DDRM.mult(drive, m.recurrent(), null);
        }
    }

    private static List<DMatrixRMaj> finished(List<DMatrixRMaj> sums, int trials) {
        for (DMatrixRMaj sum : sums) {
            CommonOps_DDRM.transpose(sum);
            CommonOps_DDRM.scale(1.0 / trials, sum);
        }
        return sums;
    }
}
