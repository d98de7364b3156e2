package org.hopwise.network;

import java.util.Arrays;
import org.hopwise.internal.machine.Interruption;

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
    static Gains of(StepRule rule, double[] inputs, int steps, int trials) {
        double[][] states = new double[trials][];
        for (int trial = 0; trial < trials; trial++) {
            states[trial] = rule.start();
        }
        Gains means = new Gains(rule.units());
        double share = 1.0 / ((double) steps * trials);
        double[] drive = new double[rule.units()];
        for (int step = 0; step < steps; step++) {
            for (int trial = 0; trial < trials; trial++) {
                Interruption.check();
                double[] x = states[trial];
                for (int i = 0; i < x.length; i++) {
                    means.squares[i] += share * x[i] * x[i];
                }
                rule.step(x, inputs, (step * trials + trial) * rule.channels(), drive);
                for (int i = 0; i < x.length; i++) {
                    means.output[i] += share * rule.outputSlope(x[i], drive[i]);
                    means.recurrent[i] += share * rule.recurrentSlope(x[i], drive[i], i);
                }
            }
        }
        return means;
    }
}
