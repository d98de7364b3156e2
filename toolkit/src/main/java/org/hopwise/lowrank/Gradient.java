package org.hopwise.lowrank;

import java.util.List;

/**
 * The slopes of a bound in every array of a {@link Model}, and in the moments that an encoder proposes. Covariances have
 * the symmetric form G with d bound = sum of G_rs dQ_rs.
 */
final class Gradient {

    final double[] left;
    final double[] right;
    final double[] bias;
    final double[] input;
    final double[] mean;
    final double[] noise;
    final double[] startNoise;
    final double[] decay = new double[1];
    final double[] weights;
    final double[] shift;
    final double[] variance;
    /** The bound itself. */
    double bound;

    Gradient(Model m) {
        left = new double[m.left().length];
        right = new double[m.right().length];
        bias = new double[m.units()];
        input = new double[m.input().length];
        mean = new double[m.rank()];
        noise = new double[m.rank() * m.rank()];
        startNoise = new double[m.rank() * m.rank()];
        weights = new double[m.weights().length];
        shift = new double[m.channels()];
        variance = new double[m.variance().length];
    }

    private List<double[]> arrays() {
        return List.of(left, right, bias, input, mean, noise, startNoise, decay, weights, shift, variance);
    }

    /** Adds a fraction of another gradient. */
    void add(double factor, Gradient other) {
        List<double[]> to = arrays();
        List<double[]> from = other.arrays();
        for (int a = 0; a < to.size(); a++) {
            double[] sum = to.get(a);
            double[] more = from.get(a);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * more[i];
            }
        }
        bound += factor * other.bound;
    }

    void clear() {
        arrays().forEach(a -> java.util.Arrays.fill(a, 0));
        bound = 0;
    }
}
