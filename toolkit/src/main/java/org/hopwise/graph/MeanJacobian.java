package org.hopwise.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.DoublePanels;
import org.hopwise.internal.array.Products;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The derivative of the outputs by each input, averaged over trials, one block a hop. */
final class MeanJacobian {

    /** The derivatives of so many trials go through one product; at common sizes they stay in the cache. */
    private static final int TRIALS_TOGETHER = 16;

    private MeanJacobian() {}

    /** Blocks inputs x outputs for hops 2 to steps + 1. */
    static List<DMatrixRMaj> blocks(RecurrentNetwork network, INDArray inputs) {
        INDArray states = network.noiseless().run(inputs).activations();
        double[] h = Nd.values("states", states, 3);
        int steps = (int) states.size(0);
        int trials = (int) states.size(1);
        int hidden = network.weights().hidden();
        Matrices m = WeightsDoor.copy(network.weights());
        double[][] drives = new double[steps][m.output().getNumElements()];
        for (int first = 0; first < trials; first += TRIALS_TOGETHER) {
            Interruption.check();
            int count = Math.min(TRIALS_TOGETHER, trials - first);
            double[] slopes = new double[steps * count * hidden];
            for (int t = 0; t < steps; t++) {
                int from = (t * trials + first) * hidden;
                for (int i = 0; i < count * hidden; i++) {
                    slopes[t * count * hidden + i] = network.activation().slopeAtState(h[from + i]);
                }
            }
            addDrives(m, slopes, count, network.dynamics(), drives);
        }
        return blocks(m, drives, trials);
    }

    /** The same for given gains, steps x hidden, in place of the slopes of a trial. */
    static List<DMatrixRMaj> gainedBlocks(Weights weights, DMatrixRMaj gains) {
        Matrices m = WeightsDoor.copy(weights);
        double[][] drives = new double[gains.numRows][m.output().getNumElements()];
        addDrives(m, gains.data, 1, Dynamics.discrete(), drives);
        return blocks(m, drives, 1);
    }

    /**
     * Adds up over trials what is multiplied by W_in at each step, outputs x hidden. From the last step down, with G = dy /
     * dr_t by what later steps make of it. Current form: D_t = G f' + (1 - a) D_(t+1) is dy / dx_t, the block is a D_t
     * W_in, and the next G is a D_t W. Rate form: D_t = G + (1 - a) D_(t+1) is dy / dr_t, the block is a D_t f' W_in, and
     * the next G is a D_t f' W. W_in is the same in all trials, so it multiplies their sum.
     *
     * @param slopes f', steps x trials x hidden
     */
    private static void addDrives(Matrices m, double[] slopes, int trials, Dynamics dynamics, double[][] drives) {
        double a = dynamics.leak();
        boolean isCurrent = dynamics.form() == Form.CURRENT;
        int outputs = m.output().numRows;
        int hidden = m.output().numCols;
        int size = outputs * hidden;
        double[] g = new double[trials * size];
        for (int trial = 0; trial < trials; trial++) {
            System.arraycopy(m.output().data, 0, g, trial * size, size);
        }
        double[] d = new double[trials * size];
        double[] next = new double[trials * size];
        boolean isPacked = DoublePanels.gain(hidden, hidden);
        double[] recurrent = m.recurrent().data;
        if (isPacked) {
            recurrent = new double[DoublePanels.length(hidden, hidden)];
            DoublePanels.pack(m.recurrent().data, hidden, 1, hidden, hidden, recurrent);
        }
        for (int t = drives.length - 1; t >= 0; t--) {
            double[] drive = drives[t];
            for (int row = 0; row < trials * outputs; row++) {
                int slope = (t * trials + row / outputs) * hidden;
                int sum = row % outputs * hidden;
                for (int at = row * hidden; at < (row + 1) * hidden; at++, slope++, sum++) {
                    d[at] = (isCurrent ? g[at] * slopes[slope] : g[at]) + (1 - a) * d[at];
                    g[at] = a * (isCurrent ? d[at] : d[at] * slopes[slope]);
                    drive[sum] += g[at];
                }
            }
            if (isPacked) {
                DoublePanels.product(g, 0, recurrent, next, 0, trials * outputs, hidden, hidden, false);
            } else {
                Arrays.fill(next, 0);
                Products.addProduct(g, 0, recurrent, next, 0, trials * outputs, hidden, hidden);
            }
            double[] free = g;
            g = next;
            next = free;
        }
    }

    /** The mean drive of each step times W_in, from the last step, which is hop 2, to the first. */
    private static List<DMatrixRMaj> blocks(Matrices m, double[][] drives, int trials) {
        int outputs = m.output().numRows;
        int hidden = m.output().numCols;
        int inputs = m.input().numCols;
        List<DMatrixRMaj> blocks = new ArrayList<>();
        for (int t = drives.length - 1; t >= 0; t--) {
            double[] product = new double[outputs * inputs];
            Products.addProduct(drives[t], 0, m.input().data, product, 0, outputs, hidden, inputs);
            DMatrixRMaj block = DMatrixRMaj.wrap(outputs, inputs, product);
            CommonOps_DDRM.transpose(block);
            CommonOps_DDRM.scale(1.0 / trials, block);
            blocks.add(block);
        }
        return blocks;
    }
}
