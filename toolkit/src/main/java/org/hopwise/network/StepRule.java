package org.hopwise.network;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;
import org.hopwise.rnn.Form;

/** One step of a leaky network in either form, with what its derivative needs. */
final class StepRule {

    private final Matrices m;
    private final UnitFunction f;
    private final double leak;
    private final boolean current;
    private final double cubicLeak;
    private final boolean biasInside;
    private final double[] start;

    StepRule(Matrices m, UnitFunction f, double leak, Form form, double cubicLeak, boolean biasInside, double[] start) {
        this.m = m;
        this.f = f;
        this.leak = leak;
        this.current = form == Form.CURRENT;
        this.cubicLeak = cubicLeak;
        this.biasInside = biasInside;
        this.start = start;
    }

    /** The run of a trial: states from the initial one on, and drives of each step, W (what is sent) + Win u + b. */
    static final class Run {

        private final double[][] states;
        private final double[][] drives;

        private Run(double[][] states, double[][] drives) {
            this.states = states;
            this.drives = drives;
        }

        double[] last() {
            return states[states.length - 1];
        }
    }

    int units() {
        return start.length;
    }

    int channels() {
        return m.input().numCols;
    }

    int outputs() {
        return m.output().numRows;
    }

    double[] start() {
        return start.clone();
    }

    /** Runs a trial of inputs steps x channels. */
    Run run(double[][] inputs) {
        double[][] states = new double[inputs.length + 1][];
        double[][] drives = new double[inputs.length][units()];
        states[0] = start();
        for (int step = 0; step < inputs.length; step++) {
            states[step + 1] = states[step].clone();
            step(states[step + 1], inputs[step], 0, drives[step]);
        }
        return new Run(states, drives);
    }

    /** One step on from x; the drive is given back too. */
    void step(double[] x, double[] inputs, int at, double[] drive) {
        double[] sent = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            sent[j] = current ? f.value(inside(x[j], j)) : x[j];
        }
        for (int i = 0; i < x.length; i++) {
            drive[i] = row(m.recurrent(), i, sent, 0)
                    + row(m.input(), i, inputs, at)
                    + (biasInside ? 0 : m.hiddenBias().data[i]);
        }
        for (int i = 0; i < x.length; i++) {
            double before = x[i];
            double target = current ? drive[i] : f.value(drive[i]);
            x[i] = (1 - leak) * before + leak * (target - cubicLeak * before * before * before);
        }
    }

    private double inside(double argument, int unit) {
        return biasInside ? argument + m.hiddenBias().data[unit] : argument;
    }

    /** f' of what a unit sends on after a step: to other units, and to the output, which differ where the bias stands inside. */
    double recurrentSlope(double state, double drive, int unit) {
        return f.derivative(inside(current ? state : drive, unit));
    }

    double outputSlope(double state, double drive) {
        return f.derivative(current ? state : drive);
    }

    /** y = Wout f(x) + c or Wout r + c. */
    double[] output(double[] state) {
        double[] sent = new double[state.length];
        for (int j = 0; j < sent.length; j++) {
            sent[j] = current ? f.value(state[j]) : state[j];
        }
        double[] y = new double[outputs()];
        for (int i = 0; i < y.length; i++) {
            y[i] = row(m.output(), i, sent, 0) + m.outputBias().data[i];
        }
        return y;
    }

    private static double row(DMatrixRMaj matrix, int row, double[] vector, int from) {
        double sum = 0;
        int at = row * matrix.numCols;
        for (int j = 0; j < matrix.numCols; j++) {
            sum += matrix.data[at + j] * vector[from + j];
        }
        return sum;
    }

    /** dy / du of every lag by back-propagation along a run: outputs x channels each. */
    double[][] jacobian(Run run) {
        int n = units();
        int steps = run.drives.length;
        double[][] lags = new double[steps][outputs() * channels()];
        for (int out = 0; out < outputs(); out++) {
            double[] g = new double[n];
            for (int i = 0; i < n; i++) {
                g[i] = m.output().get(out, i) * (current ? f.derivative(run.last()[i]) : 1);
            }
            for (int lag = 0; lag < steps; lag++) {
                double[] before = run.states[steps - lag - 1];
                double[] drive = run.drives[steps - lag - 1];
                double[] h = new double[n];
                double[] next = new double[n];
                double[] sent = new double[n];
                for (int j = 0; j < n; j++) {
                    sent[j] = current ? f.derivative(inside(before[j], j)) : 1;
                }
                for (int i = 0; i < n; i++) {
                    h[i] = leak * g[i] * (current ? 1 : f.derivative(drive[i]));
                    next[i] = g[i] * (1 - leak - 3 * leak * cubicLeak * before[i] * before[i]);
                    for (int c = 0; c < channels(); c++) {
                        lags[lag][out * channels() + c] += h[i] * m.input().get(i, c);
                    }
                }
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n && h[i] != 0; j++) {
                        next[j] += h[i] * m.recurrent().get(i, j) * sent[j];
                    }
                }
                g = next;
            }
        }
        return lags;
    }

    /** Whether two runs lie on the same side of every corner of a ReLU; always so for smooth functions. */
    boolean sameSides(Run one, Run other) {
        if (!f.name().equals("relu")) {
            return true;
        }
        for (int step = 0; step <= one.drives.length; step++) {
            for (int i = 0; i < units(); i++) {
                if (current) {
                    double a = one.states[step][i];
                    double b = other.states[step][i];
                    if (f.derivative(a) != f.derivative(b)
                            || f.derivative(inside(a, i)) != f.derivative(inside(b, i))) {
                        return false;
                    }
                } else if (step > 0
                        && f.derivative(one.drives[step - 1][i]) != f.derivative(other.drives[step - 1][i])) {
                    return false;
                }
            }
        }
        return true;
    }
}
