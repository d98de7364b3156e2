package org.hopwise.graph;

import java.util.Locale;

/**
 * What is known of a spectral radius after little work: an estimate, and a bound that is proved.
 *
 * @param value the largest modulus of an eigenvalue found so far
 * @param error how far off it may be: 1e-6 of the value where that is sure; else the residual of the eigenvector found, by
 *     which the value is off at most for normal matrices and, by experience, for random ones
 * @param atMost an upper bound from norms, as {@link Wiring#spectralRadiusAtMost} gives it
 */
public record RadiusEstimate(double value, double error, double atMost) {

    /** The estimate in words: about 1.002, within 0.013, at most 8.9. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "about %.6g, within %.2g, at most %.6g", value, error, atMost);
    }
}
