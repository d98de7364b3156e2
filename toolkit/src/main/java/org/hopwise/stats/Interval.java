package org.hopwise.stats;

import java.util.Locale;

/**
 * An estimate with the interval that holds the true value at a stated level of confidence.
 *
 * <p>The bounds are NaN, both of them, where an interval cannot be computed, as from a single value.
 *
 * @param estimate the estimate
 * @param low the lower bound, at most {@code high}, or NaN
 * @param high the upper bound, or NaN
 * @param level the confidence level, between 0 and 1, both excluded; 0.95 for most
 * @param count how many values the estimate comes from
 */
public record Interval(double estimate, double low, double high, double level, int count) {

    /**
     * Checks level, count and the order of the bounds.
     *
     * @param estimate the estimate
     * @param low the lower bound
     * @param high the upper bound
     * @param level the confidence level
     * @param count how many values
     */
    public Interval {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "level is %s; it must lie between 0 and 1, such as 0.95.".formatted(level));
        }
        if (count < 0) {
            throw new IllegalArgumentException("count is %d; it must be 0 or more.".formatted(count));
        }
        if (Double.isNaN(low) != Double.isNaN(high) || low > high) {
            throw new IllegalArgumentException(
                    "interval runs from %s to %s; low must not exceed high, or both must be NaN.".formatted(low, high));
        }
    }

    /** For reading, such as {@code 0.912 [0.887, 0.934], n = 10}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4g [%.4g, %.4g], n = %d", estimate, low, high, count);
    }
}
