package org.hopwise.randommode.theory;

/** The Gauss-Legendre rule on [0, 1]. */
final class GaussLegendre {

    private static final int ORDER = 16;

    static final double[] NODES = new double[ORDER];
    static final double[] WEIGHTS = new double[ORDER];

    static {
        for (int i = 0; i < ORDER; i++) {
            double x = Math.cos(Math.PI * (ORDER - i - 0.25) / (ORDER + 0.5));
            double slope = 0;
            for (int newton = 0; newton < 8; newton++) {
                double before = 1;
                double p = x;
                for (int n = 1; n < ORDER; n++) {
                    double next = ((2 * n + 1) * x * p - n * before) / (n + 1);
                    before = p;
                    p = next;
                }
                slope = ORDER * (x * p - before) / (x * x - 1);
                x -= p / slope;
            }
            NODES[i] = (1 + x) / 2;
            WEIGHTS[i] = 1 / ((1 - x * x) * slope * slope);
        }
    }

    private GaussLegendre() {}
}
