package org.hopwise.lowrank;

import org.hopwise.internal.Check;

/** One step of the latents without noise, under a constant input. */
final class Step {

    private final double decay;
    private final int units;
    private final int rank;
    private final double[] left;
    private final double[] right;
    private final double[] bias;
    private final Ramp ramp;
    /** W_u v. */
    private final double[] push;

    Step(LowRank network, double... input) {
        decay = network.decay();
        units = network.units();
        rank = network.rank();
        left = network.leftMatrix().data;
        right = network.rightMatrix().data;
        bias = network.biases();
        ramp = network.ramp();
        push = push(network, input);
    }

    /** W_u v, or zeros if no input is given. */
    static double[] push(LowRank network, double... input) {
        int inputs = network.inputs();
        if (input.length != 0 && input.length != inputs) {
            throw new IllegalArgumentException(
                    "input has %d values; the network has %d inputs.".formatted(input.length, inputs));
        }
        Check.finite("input values", input, 0);
        double[] push = new double[network.units()];
        double[] weights = network.inputMatrix().data;
        for (int i = 0; input.length > 0 && i < push.length; i++) {
            for (int u = 0; u < inputs; u++) {
                push[i] += weights[i * inputs + u] * input[u];
            }
        }
        return push;
    }

    double[] require(double[] latent) {
        if (latent.length != rank) {
            throw new IllegalArgumentException(
                    "latent has %d values; the network has rank %d.".formatted(latent.length, rank));
        }
        Check.finite("latent values", latent, 0);
        return latent.clone();
    }

    double[] step(double[] z) {
        double[] next = new double[rank];
        for (int r = 0; r < rank; r++) {
            next[r] = decay * z[r];
        }
        for (int i = 0; i < units; i++) {
            double current = push[i];
            for (int r = 0; r < rank; r++) {
                current += left[i * rank + r] * z[r];
            }
            double rate = ramp.rate(current, bias[i]);
            for (int r = 0; r < rank; r++) {
                next[r] += right[r * units + i] * rate;
            }
        }
        return next;
    }
}
