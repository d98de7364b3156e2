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
            case SOFTPLUS -> Math.max(drive, 0) + Math.log1p(Math.exp(-Math.abs(drive))) + 1e-6;
        };
    }

    /** The slope of the mean count in the drive. */
    double slope(double drive) {
        return switch (this) {
            case EXP -> Math.exp(drive);
            case RELU -> drive > 0 ? 1 : 0;
            case SOFTPLUS -> 1 / (1 + Math.exp(-drive));
        };
    }
}
