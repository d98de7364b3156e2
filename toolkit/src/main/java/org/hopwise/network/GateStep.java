package org.hopwise.network;

/**
 * One step of gated units and its way back. Summed inputs come in two parts, W_ih u + b_ih and W_hh h + b_hh, since the reset
 * gate of a GRU multiplies the second alone.
 */
final class GateStep {

    /** Slopes of one output: of both parts of the summed inputs, and what reaches the states without passing weights. */
    static final class Slopes {

        private final double[] ofInput;
        private final double[] ofHidden;
        private final double[] hidden;
        private final double[] cell;

        private Slopes(double[] ofInput, double[] ofHidden, double[] hidden, double[] cell) {
            this.ofInput = ofInput;
            this.ofHidden = ofHidden;
            this.hidden = hidden;
            this.cell = cell;
        }

        double[] ofInput() {
            return ofInput;
        }

        double[] ofHidden() {
            return ofHidden;
        }

        double[] hidden() {
            return hidden;
        }

        double[] cell() {
            return cell;
        }
    }

    private final boolean reset;
    /** Values of the gates, stacked as the weights are. */
    private final double[] gate;
    /** What the reset gate multiplies. */
    private final double[] candidate;

    private final double[] hiddenBefore;
    private final double[] cellBefore;
    private final double[] hidden;
    private final double[] cell;

    private GateStep(boolean reset, double[] gate, double[] candidate, double[] hiddenBefore, double[] cellBefore) {
        int units = hiddenBefore.length;
        this.reset = reset;
        this.gate = gate;
        this.candidate = candidate;
        this.hiddenBefore = hiddenBefore;
        this.cellBefore = cellBefore;
        this.hidden = new double[units];
        this.cell = new double[units];
    }

    /** r, z = sigmoid; n = tanh(i_n + r h_n); h' = (1 - z) n + z h. */
    static GateStep gru(double[] fromInput, double[] fromHidden, double[] before) {
        int n = before.length;
        GateStep step = new GateStep(true, new double[3 * n], new double[n], before, new double[n]);
        for (int i = 0; i < n; i++) {
            step.gate[i] = sigmoid(fromInput[i] + fromHidden[i]);
            step.gate[n + i] = sigmoid(fromInput[n + i] + fromHidden[n + i]);
            step.candidate[i] = fromHidden[2 * n + i];
            step.gate[2 * n + i] = Math.tanh(fromInput[2 * n + i] + step.gate[i] * step.candidate[i]);
            step.hidden[i] = (1 - step.gate[n + i]) * step.gate[2 * n + i] + step.gate[n + i] * before[i];
        }
        return step;
    }

    /** i, f, o = sigmoid, g = tanh; c' = f c + i g; h' = o tanh c'. */
    static GateStep lstm(double[] fromInput, double[] fromHidden, double[] before, double[] cellBefore) {
        int n = before.length;
        GateStep step = new GateStep(false, new double[4 * n], new double[0], before, cellBefore);
        for (int row = 0; row < 4 * n; row++) {
            double sum = fromInput[row] + fromHidden[row];
            step.gate[row] = row / n == 2 ? Math.tanh(sum) : sigmoid(sum);
        }
        for (int i = 0; i < n; i++) {
            step.cell[i] = step.gate[n + i] * cellBefore[i] + step.gate[i] * step.gate[2 * n + i];
            step.hidden[i] = step.gate[3 * n + i] * Math.tanh(step.cell[i]);
        }
        return step;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    double[] hidden() {
        return hidden;
    }

    double[] cell() {
        return cell;
    }

    /** From the slopes of an output in h' and c' to those in the summed inputs, h and c. */
    Slopes back(double[] ofHidden, double[] ofCell) {
        return reset ? backGru(ofHidden) : backLstm(ofHidden, ofCell);
    }

    private Slopes backGru(double[] slope) {
        int n = slope.length;
        Slopes back = new Slopes(new double[3 * n], new double[3 * n], new double[n], new double[n]);
        for (int i = 0; i < n; i++) {
            double r = gate[i];
            double z = gate[n + i];
            double c = gate[2 * n + i];
            double ofCandidate = slope[i] * (1 - z) * (1 - c * c);
            back.ofInput[i] = ofCandidate * candidate[i] * r * (1 - r);
            back.ofInput[n + i] = slope[i] * (hiddenBefore[i] - c) * z * (1 - z);
            back.ofInput[2 * n + i] = ofCandidate;
            back.ofHidden[i] = back.ofInput[i];
            back.ofHidden[n + i] = back.ofInput[n + i];
            back.ofHidden[2 * n + i] = ofCandidate * r;
            back.hidden[i] = slope[i] * z;
        }
        return back;
    }

    private Slopes backLstm(double[] slope, double[] ofCell) {
        int n = slope.length;
        double[] sums = new double[4 * n];
        Slopes back = new Slopes(sums, sums, new double[n], new double[n]);
        for (int k = 0; k < n; k++) {
            double i = gate[k];
            double f = gate[n + k];
            double g = gate[2 * n + k];
            double o = gate[3 * n + k];
            double t = Math.tanh(cell[k]);
            double c = ofCell[k] + slope[k] * o * (1 - t * t);
            sums[k] = c * g * i * (1 - i);
            sums[n + k] = c * cellBefore[k] * f * (1 - f);
            sums[2 * n + k] = c * i * (1 - g * g);
            sums[3 * n + k] = slope[k] * t * o * (1 - o);
            back.cell[k] = c * f;
        }
        return back;
    }
}
