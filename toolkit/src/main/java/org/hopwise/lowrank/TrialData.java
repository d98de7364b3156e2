package org.hopwise.lowrank;

import org.apache.commons.math3.special.Gamma;

/** Trials as flat arrays, with what does not change during a fit. */
final class TrialData {

    final int trials;
    final int steps;
    final int channels;
    final int inputs;
    final double[] values;
    final double[] drives;
    /** Of every trial and step the sum of log y! over channels; Poisson only. */
    final double[] logFactorials;
    /** Whether something is missing in a trial and step. */
    final boolean[] incomplete;

    TrialData(Trials y, Model m) {
        trials = y.count();
        steps = y.steps();
        channels = m.channels();
        inputs = m.inputs();
        values = y.values();
        drives = y.inputValues(inputs);
        logFactorials = new double[trials * steps];
        incomplete = new boolean[trials * steps];
        for (int i = 0; i < values.length; i++) {
            int row = i / channels;
            if (Double.isNaN(values[i])) {
                incomplete[row] = true;
            } else if (m.isPoisson()) {
                logFactorials[row] += Gamma.logGamma(values[i] + 1);
            }
        }
    }

    double[] drive(int trial) {
        return java.util.Arrays.copyOfRange(drives, trial * steps * inputs, (trial + 1) * steps * inputs);
    }
}
