package org.hopwise.graph;

import java.util.Locale;

/** Thrown when the influence of walks of all lengths is asked for and the sum does not converge. */
public final class DivergentWalksException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The bound of alpha below which the sum converges. */
    private final double largestAlpha;

    DivergentWalksException(double alpha, double radius) {
        super(String.format(
                Locale.ROOT,
                "alpha = %.3g times spectral radius %.4g is %.4g; walks of all lengths sum only below 1. "
                        + "Use alpha < %.4g, normalise the measure, or truncate it.",
                alpha,
                radius,
                alpha * radius,
                1 / radius));
        this.largestAlpha = 1 / radius;
    }

    DivergentWalksException(String measure, int hops) {
        super("The measure '%s' had not converged after walks of %d edges; normalise it or truncate it."
                .formatted(measure, hops));
        this.largestAlpha = Double.NaN;
    }

    private DivergentWalksException(String message) {
        super(message);
        this.largestAlpha = Double.NaN;
    }

    /** For a sum that converges, but to more than a double can hold. */
    static DivergentWalksException tooLarge() {
        return new DivergentWalksException(
                "communicability is above 1.8e308; normalise the measure, or scale the weights.");
    }

    /**
     * The bound below which alpha must stay, 1 / spectral radius; NaN for a measure without an alpha.
     *
     * @return the largest admissible alpha
     */
    public double largestAlpha() {
        return largestAlpha;
    }
}
