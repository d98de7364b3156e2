package org.hopwise.lowrank;

/**
 * What a unit of a low-rank network makes of its current x and its threshold h. Source: Pals et al., arXiv 2406.16749,
 * and its public code.
 */
public enum Ramp {
    /** {@code max(x - h, 0)}. */
    RELU,
    /** {@code max(x + h, 0) - max(x, 0)}: for positive h it rises from 0 to h between -h and 0, for negative it falls. */
    CLIPPED,
    /** {@code tanh(x - h)}. */
    TANH,
    /** {@code x - h}: a linear network, for which the Kalman filter is exact. */
    IDENTITY;

    /**
     * The rate of a unit.
     *
     * @param current x
     * @param threshold h
     * @return phi(x; h)
     */
    public double rate(double current, double threshold) {
        return switch (this) {
            case RELU -> Math.max(current - threshold, 0);
            case CLIPPED -> Math.max(current + threshold, 0) - Math.max(current, 0);
            case TANH -> Math.tanh(current - threshold);
            case IDENTITY -> current - threshold;
        };
    }

    /** The slope of the rate in the current; 0 on a kink of {@link #RELU}. */
    double slope(double current, double threshold) {
        return switch (this) {
            case RELU -> current > threshold ? 1 : 0;
            case CLIPPED -> (current + threshold > 0 ? 1 : 0) - (current > 0 ? 1 : 0);
            case TANH -> {
                double rate = Math.tanh(current - threshold);
                yield 1 - rate * rate;
            }
            case IDENTITY -> 1;
        };
    }
}
