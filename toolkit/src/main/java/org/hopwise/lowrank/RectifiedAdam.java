package org.hopwise.lowrank;

/**
 * RAdam (Liu et al., arXiv 1908.03265) as PyTorch has it: decay rates 0.9 and 0.999, 1e-8 added after the square root; while the
 * variance of the step is not yet bounded, the bias-corrected mean gradient alone. Minimises.
 */
final class RectifiedAdam {

    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double EPSILON = 1e-8;

    final double[] first;
    final double[] second;
    int updates;

    RectifiedAdam(int parameters) {
        first = new double[parameters];
        second = new double[parameters];
    }

    /** Moves the parameters against the gradient. */
    void update(double[] parameters, double[] gradient, double rate) {
        updates++;
        double firstLeft = 1 - Math.pow(FIRST, updates);
        double power = Math.pow(SECOND, updates);
        double limit = 2 / (1 - SECOND) - 1;
        double length = limit - 2 * updates * power / (1 - power);
        boolean isBounded = length > 5;
        double rectified = isBounded
                ? Math.sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length))
                        * Math.sqrt(1 - power)
                : 0;
        for (int i = 0; i < parameters.length; i++) {
            double g = gradient[i];
            first[i] = FIRST * first[i] + (1 - FIRST) * g;
            second[i] = SECOND * second[i] + (1 - SECOND) * g * g;
            double mean = first[i] / firstLeft;
            parameters[i] -= rate * mean * (isBounded ? rectified / (Math.sqrt(second[i]) + EPSILON) : 1);
        }
    }
}
