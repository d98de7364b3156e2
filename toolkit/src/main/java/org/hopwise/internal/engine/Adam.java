package org.hopwise.internal.engine;

/**
 * Adam (Kingma and Ba, 2015) with decay rates 0.9 and 0.999 and 1e-8 added after the square root, on bias-corrected
 * moments.
 */
public final class Adam {

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;

    private final Parameters parameters;
    private final Parameters first;
    private final Parameters second;
    private int updates;

    public Adam(Parameters parameters) {
        this.parameters = parameters;
        this.first = parameters.zeros();
        this.second = parameters.zeros();
    }

    public void update(Parameters gradient, double rate) {
        updates++;
        double firstScale = 1 / (1 - Math.pow(FIRST_DECAY, updates));
        double secondScale = 1 / (1 - Math.pow(SECOND_DECAY, updates));
        for (int a = 0; a < parameters.arrays.length; a++) {
            parameters.arrays[a].adam(
                    gradient.arrays[a], first.arrays[a], second.arrays[a], rate, firstScale, secondScale);
        }
    }
}
