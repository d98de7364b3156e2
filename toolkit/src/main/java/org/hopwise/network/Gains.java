package org.hopwise.network;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;
import org.hopwise.rnn.Form;

/**
 * Means over trials and steps that turn a nonlinear network into weights of one step: of f' for the recurrent drive, of f'
 * for the read-out (the same but where the bias stands inside f), and of x^2 for a cubic leak. One each a unit.
 */
final class Gains {

    final double[] recurrent;
    final double[] output;
    final double[] squares;

    private Gains(int units) {
        recurrent = new double[units];
        output = new double[units];
        squares = new double[units];
    }

    /** Units that are linear with slope 1. */
    static Gains ones(int units) {
        Gains ones = new Gains(units);
        Arrays.fill(ones.recurrent, 1);
        Arrays.fill(ones.output, 1);
        return ones;
    }

    /**
     * Runs the network.
     *
     * @param inputs steps x trials x inputs, the last index running fastest
     * @param steps how many of them drive a state
     */
    static Gains of(
            Matrices m,
            UnitFunction f,
            double leak,
            Form form,
            double cubicLeak,
            boolean biasInside,
            double[] start,
            double[] inputs,
            int steps,
            int trials) {
        int units = start.length;
        int channels = m.input().numCols;
        double[][] states = new double[trials][];
        for (int trial = 0; trial < trials; trial++) {
            states[trial] = start.clone();
        }
        Gains means = new Gains(units);
        double share = 1.0 / ((double) steps * trials);
        double[] sent = new double[units];
        double[] drive = new double[units];
        for (int step = 0; step < steps; step++) {
            for (int trial = 0; trial < trials; trial++) {
                double[] x = states[trial];
                for (int j = 0; j < units; j++) {
                    double argument = biasInside ? x[j] + m.hiddenBias().data[j] : x[j];
                    sent[j] = form == Form.CURRENT ? f.value(argument) : x[j];
                }
                int at = (step * trials + trial) * channels;
                for (int i = 0; i < units; i++) {
                    drive[i] = row(m.recurrent(), i, sent, 0)
                            + row(m.input(), i, inputs, at)
                            + (biasInside ? 0 : m.hiddenBias().data[i]);
                }
                for (int i = 0; i < units; i++) {
                    double before = x[i];
                    double target = form == Form.CURRENT ? drive[i] : f.value(drive[i]);
                    x[i] = (1 - leak) * before + leak * (target - cubicLeak * before * before * before);
                    double argument = form == Form.CURRENT ? x[i] : drive[i];
                    means.output[i] += share * f.derivative(argument);
                    means.recurrent[i] +=
                            share * f.derivative(biasInside ? argument + m.hiddenBias().data[i] : argument);
                    means.squares[i] += share * before * before;
                }
            }
        }
        return means;
    }

    private static double row(DMatrixRMaj matrix, int row, double[] vector, int from) {
        double sum = 0;
        int at = row * matrix.numCols;
        for (int j = 0; j < matrix.numCols; j++) {
            sum += matrix.data[at + j] * vector[from + j];
        }
        return sum;
    }
}
