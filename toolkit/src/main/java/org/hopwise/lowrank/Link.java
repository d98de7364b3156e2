package org.hopwise.lowrank;

/** How a drive d becomes the mean count of a Poisson channel; the small summands keep logarithms finite. */
public enum Link {
    /** {@code exp(d) + 1e-10}. */
    EXP,
    /** {@code max(d, 0) + 1e-10}. */
    RELU,
    /** {@code log(1 + exp(d)) + 1e-6}. */
    SOFTPLUS;

    /**
     * The mean count of a drive.
     *
     * @param drive d
     * @return g(d), above 0
     */
    public double mean(double drive) {
        return switch (this) {
            case EXP -> Math.exp(drive) + 1e-10;
            case RELU -> Math.max(drive, 0) + 1e-10;
            case SOFTPLUS -> Math.max(drive, 0) + Math.log(1 + Math.exp(-Math.abs(drive))) + 1e-6;
        };
    }

    /** The slope of y log g(d) - g(d) in the drive. */
    double likelihoodSlope(double count, double drive) {
        return switch (this) {
            case EXP -> {
                double mean = Math.exp(drive);
                yield (count / (mean + 1e-10) - 1) * mean;
            }
            case RELU -> drive > 0 ? count / (drive + 1e-10) - 1 : 0;
            case SOFTPLUS -> {
                double e = Math.exp(-Math.abs(drive));
                double mean = Math.max(drive, 0) + Math.log(1 + e) + 1e-6;
                yield (count / mean - 1) * (drive > 0 ? 1 : e) / (1 + e);
            }
        };
    }
}
