package org.hopwise.metrics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.array.TallProducts;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;

/** One layer at one step, units x trials, and the moments of all steps so far. */
final class Slab {

    private final int units;
    private final int trials;
    private final TallMatrix z;
    private final TallMatrix h;
    private final TallMatrix scratch;
    /** What leaks in current form; null where nothing does. */
    private TallMatrix x;

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

    /** Bytes that the states of such a layer take at most. */
    static double bytes(int units, int trials) {
        return 4 * TallMatrix.bytes(units, trials);
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

    /** Before the first step: h = r_0 in every trial, which is returned, one value a unit. */
    double[] begin(RecurrentNetwork network) {
        boolean isCurrent = network.dynamics().form() == Form.CURRENT;
        x = isCurrent && network.dynamics().leak() < 1 ? new TallMatrix(units, trials) : null;
        double[] rates = new double[units];
        for (int u = 0; u < units; u++) {
            double start = network.start().get(u);
            rates[u] = isCurrent ? network.activation().apply(start) : start;
            Arrays.fill(h.data(), h.at(u), h.at(u) + trials, rates[u]);
            if (x != null) {
                Arrays.fill(x.data(), x.at(u), x.at(u) + trials, start);
            }
        }
        return rates;
    }

    /** h = f(z), strength = z + h out. */
    void fire(Activation f, double[] out) {
        fire(f, Dynamics.discrete(), out);
    }

    /** The rates h of a step whose drive is z, strength = z + h out. */
    void fire(Activation f, Dynamics dynamics, double[] out) {
        double a = dynamics.leak();
        for (int u = 0; u < units; u++) {
            int from = z.at(u);
            for (int at = from; at < from + trials; at++) {
                if (a == 1) {
                    h.data()[at] = f.apply(z.data()[at]);
                } else if (dynamics.form() == Form.CURRENT) {
                    x.data()[at] = (1 - a) * x.data()[at] + a * z.data()[at];
                    h.data()[at] = f.apply(x.data()[at]);
                } else {
                    h.data()[at] = (1 - a) * h.data()[at] + a * f.apply(z.data()[at]);
                }
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
