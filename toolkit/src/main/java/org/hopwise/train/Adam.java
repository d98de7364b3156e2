package org.hopwise.train;

/**
 * Adam (Kingma and Ba, 2015) with decay rates 0.9 and 0.999 and 1e-8 added after the square root, on bias-corrected
 * moments.
 */
final class Adam {

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final double[][] parameters;
    private final double[][] first;
    private final double[][] second;
    private int updates;

    Adam(Parameters parameters) {
        this.parameters = parameters.arrays();
        this.first = parameters.zeros().arrays();
        this.second = parameters.zeros().arrays();
    }

    void update(Parameters gradient, double rate) {
        updates++;
        double firstScale = 1 / (1 - Math.pow(FIRST_DECAY, updates));
        double secondScale = 1 / (1 - Math.pow(SECOND_DECAY, updates));
        double[][] gradients = gradient.arrays();
        for (int a = 0; a < gradients.length; a++) {
            double[] w = parameters[a];
            double[] m = first[a];
            double[] v = second[a];
            double[] g = gradients[a];
            for (int i = 0; i < w.length; i++) {
                m[i] = FIRST_DECAY * m[i] + (1 - FIRST_DECAY) * g[i];
                v[i] = SECOND_DECAY * v[i] + (1 - SECOND_DECAY) * g[i] * g[i];
                w[i] -= rate * (m[i] * firstScale) / (Math.sqrt(v[i] * secondScale) + EPSILON);
            }
        }
    }
}
