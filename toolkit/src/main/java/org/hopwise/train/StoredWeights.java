package org.hopwise.train;

import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.rnn.Dale;

/**
 * What the optimiser moves, and the weights in use that follow from it: the same arrays, but under reflection, where they
 * are signs times moduli. Masks hold in both.
 */
final class StoredWeights {

    final Parameters stored;
    final Parameters inUse;
    private final Mask held;
    private final Dale dale;
    private final int[] signs;

    /** Weights that begin as these, under a law or none. */
    StoredWeights(Parameters start, Dale dale, Mask held) {
        this.stored = start;
        this.held = held;
        this.dale = dale;
        this.signs = dale == null ? new int[0] : dale.signs(start.hidden);
        this.inUse = isReflected() ? start.zeros() : start;
        project();
        held.apply(stored);
        use();
    }

    private boolean isReflected() {
        return dale != null && dale.reflected();
    }

    /** W = s |V| m. */
    void use() {
        if (!isReflected()) {
            return;
        }
        for (int a = 0; a < stored.arrays.length; a++) {
            inUse.arrays[a].copy(0, stored.arrays[a]);
        }
        inUse.start.copy(0, stored.start);
        reflect(inUse, stored);
    }

    /** From the gradient by weights in use to that by stored ones: dV = dW s sign(V) m. */
    void chain(Parameters gradient) {
        if (isReflected()) {
            reflect(gradient, stored);
        } else if (dale != null && dale.excitatoryReadOut()) {
            // Nothing is read from inhibitory units, as under a mask.
            for (int i = 0; i < gradient.output.length(); i++) {
                if (signs[i / gradient.outputs] < 0) {
                    gradient.output.set(i, 0);
                }
            }
        }
        held.apply(gradient);
    }

    /** After a step of the optimiser: W = s max(0, s W), then the mask. */
    void moved() {
        project();
        if (dale != null && !dale.reflected()) {
            held.apply(stored);
        }
        use();
    }

    private void project() {
        if (dale == null || dale.reflected()) {
            return;
        }
        for (int i = 0; i < stored.recurrent.length(); i++) {
            project(stored.recurrent, i, signs[i / stored.hidden]);
        }
        for (int i = 0; dale.positiveInputs() && i < stored.input.length(); i++) {
            project(stored.input, i, 1);
        }
        for (int i = 0; dale.excitatoryReadOut() && i < stored.output.length(); i++) {
            project(stored.output, i, Math.max(0, signs[i / stored.outputs]));
        }
    }

    private static void project(Reals values, int i, int sign) {
        if (!(sign * values.get(i) > 0) && !Double.isNaN(values.get(i))) {
            values.set(i, 0);
        }
    }

    /** Weights become sign times their modulus; a gradient is multiplied by that sign and the sign of what is stored. */
    private void reflect(Parameters target, Parameters by) {
        for (int i = 0; i < by.recurrent.length(); i++) {
            reflect(target.recurrent, by.recurrent, i, signs[i / by.hidden]);
        }
        for (int i = 0; dale.positiveInputs() && i < by.input.length(); i++) {
            reflect(target.input, by.input, i, 1);
        }
        for (int i = 0; dale.excitatoryReadOut() && i < by.output.length(); i++) {
            reflect(target.output, by.output, i, Math.max(0, signs[i / by.outputs]));
        }
    }

    private static void reflect(Reals target, Reals by, int i, int sign) {
        double factor = sign * Math.signum(by.get(i));
        target.set(i, factor * target.get(i));
    }
}
