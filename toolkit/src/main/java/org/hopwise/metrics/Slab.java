package org.hopwise.metrics;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.array.TallProducts;
import org.hopwise.rnn.Activation;

/** One layer at one step, units x trials, and the moments of all steps so far. */
final class Slab {

    private final int units;
    private final int trials;
    private final TallMatrix z;
    private final TallMatrix h;
    private final TallMatrix scratch;
    private final Moments strength;
    private final Moments activation;

    Slab(int units, int trials) {
        this(units, trials, new Moments(units), new Moments(units));
    }

    private Slab(int units, int trials, Moments strength, Moments activation) {
        this.units = units;
        this.trials = trials;
        this.z = new TallMatrix(units, trials);
        this.h = new TallMatrix(units, trials);
        this.scratch = new TallMatrix(units, trials);
        this.strength = strength;
        this.activation = activation;
    }

    /** The same layer for another number of trials; the moments go on where these end. */
    Slab ofTrials(int count) {
        return new Slab(units, count, strength, activation);
    }

    /** Bytes that the states of such a layer take. */
    static double bytes(int units, int trials) {
        return 3 * TallMatrix.bytes(units, trials);
    }

    /** Inputs are their own activity: z = h = x, from rows of one trial each. */
    void take(double[] x, int from, double[] out) {
        for (int trial = 0; trial < trials; trial++) {
            for (int u = 0; u < units; u++) {
                z.data()[z.at(u) + trial] = x[from + trial * units + u];
            }
        }
        fire(Activation.LINEAR, out);
    }

    /** z = W h + b of another layer, which takes the place of what was there. */
    void arrive(DMatrixRMaj weights, Slab source, double[] bias) {
        TallProducts.multiply(weights, source.h, z);
        for (int u = 0; u < units; u++) {
            for (int at = z.at(u); at < z.at(u) + trials; at++) {
                z.data()[at] += bias[u];
            }
        }
    }

    /** z += W h of this layer one step before. */
    void recur(DMatrixRMaj weights) {
        TallProducts.multiply(weights, h, scratch);
        for (int u = 0; u < units; u++) {
            int from = scratch.at(u);
            for (int at = z.at(u); at < z.at(u) + trials; at++) {
                z.data()[at] += scratch.data()[from++];
            }
        }
    }

    /** h = f(z), strength = z + h out. */
    void fire(Activation f, double[] out) {
        for (int u = 0; u < units; u++) {
            int from = z.at(u);
            for (int at = from; at < from + trials; at++) {
                h.data()[at] = f.apply(z.data()[at]);
            }
            for (int at = from; at < from + trials; at++) {
                scratch.data()[at] = z.data()[at] + h.data()[at] * out[u];
            }
        }
        strength.add(scratch);
        activation.add(h);
    }

    /** The mean activity of each unit over the trials, for reading only. */
    double[] means() {
        return activation.meansAt(activation.steps());
    }

    void require(String layer, int step) {
        int bad = strength.firstBeyondRange();
        if (bad >= 0) {
            throw new IllegalArgumentException(
                    "unit %d of layer %s grows beyond double precision at step %d; use fewer steps or smaller weights."
                            .formatted(bad + 1, layer, step));
        }
    }

    Activity.Cases cases(String layer, int firstStep) {
        return new Activity.Cases(layer, firstStep, strength, activation);
    }
}
