package org.hopwise.network;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.Weights;

/**
 * Weights of one step of a leaky network with one gain g = mean f' a unit. Current form: a W_in, (1 - a) I + a W diag g,
 * W_out diag g; rate form: a diag g W_in, (1 - a) I + a diag g W, W_out. Both with g = 1 are the leaky weights.
 */
final class StepWeights {

    private StepWeights() {}

    /** The decay is taken from the diagonal: what a cubic leak adds, 3 a gamma mean x^2. */
    static Weights of(Matrices raw, double leak, Form form, Gains means, double cubicLeak) {
        double[] gains = means.recurrent;
        int units = gains.length;
        boolean current = form == Form.CURRENT;
        DMatrixRMaj input = raw.input().copy();
        DMatrixRMaj recurrent = raw.recurrent().copy();
        DMatrixRMaj output = raw.output().copy();
        for (int i = 0; i < units; i++) {
            double received = current ? leak : leak * gains[i];
            for (int j = 0; j < input.numCols; j++) {
                input.set(i, j, received * input.get(i, j));
            }
            for (int j = 0; j < units; j++) {
                double decay = 3 * leak * cubicLeak * means.squares[i];
                double stays = i == j ? 1 - leak - decay : 0;
                recurrent.set(i, j, stays + leak * gains[current ? j : i] * recurrent.get(i, j));
            }
        }
        for (int i = 0; i < output.numRows && current; i++) {
            for (int j = 0; j < units; j++) {
                output.set(i, j, output.get(i, j) * means.output[j]);
            }
        }
        return WeightsDoor.weights(
                new Matrices(input, recurrent, output, new DMatrixRMaj(units, 1), new DMatrixRMaj(output.numRows, 1)));
    }
}
