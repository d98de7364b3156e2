package org.hopwise.lowrank;

import org.hopwise.internal.machine.Interruption;

/**
 * The smallest signal that a moving weighted mean takes to a given one: with A the T x (T + taps - 1) matrix of the weights,
 * y = A' (A A' + eps^2 I)^-1 x. A A' has a band of taps - 1, so its Cholesky factor is found once for all channels; cost
 * T taps^2, and T taps a channel.
 */
final class Deconvolution {

    /** Below float's rounding of published data, above double's of the factor: windows have zeros in their spectrum. */
    private static final double RIDGE = 1e-5;

    private final double[] weights;
    private final int steps;
    /** Entry t, d is L(t, t - d). */
    private final double[][] factor;

    Deconvolution(double[] weights, int steps) {
        this.weights = weights;
        this.steps = steps;
        int band = weights.length - 1;
        double[] products = new double[weights.length];
        for (int d = 0; d <= band; d++) {
            for (int j = 0; j + d <= band; j++) {
                products[d] += weights[j] * weights[j + d];
            }
        }
        products[0] += RIDGE * RIDGE;
        factor = new double[steps][band + 1];
        for (int t = 0; t < steps; t++) {
            Interruption.check();
            for (int d = Math.min(band, t); d >= 0; d--) {
                int column = t - d;
                double sum = products[d];
                for (int k = Math.max(0, t - band); k < column; k++) {
                    sum -= factor[t][t - k] * factor[column][column - k];
                }
                factor[t][d] = d == 0 ? Math.sqrt(sum) : sum / factor[column][0];
            }
        }
    }

    /** The signal before the mean was taken: as long as {@code x} and a step less than the taps more. */
    double[] signal(double[] x) {
        Interruption.check();
        int band = weights.length - 1;
        double[] q = x.clone();
        for (int t = 0; t < steps; t++) {
            for (int d = 1; d <= Math.min(band, t); d++) {
                q[t] -= factor[t][d] * q[t - d];
            }
            q[t] /= factor[t][0];
        }
        for (int t = steps - 1; t >= 0; t--) {
            for (int d = 1; d <= band && t + d < steps; d++) {
                q[t] -= factor[t + d][d] * q[t + d];
            }
            q[t] /= factor[t][0];
        }
        double[] y = new double[steps + band];
        for (int t = 0; t < steps; t++) {
            for (int j = 0; j <= band; j++) {
                y[t + j] += weights[j] * q[t];
            }
        }
        return y;
    }
}
