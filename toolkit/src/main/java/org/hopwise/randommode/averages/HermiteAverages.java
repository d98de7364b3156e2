package org.hopwise.randommode.averages;

import java.util.Arrays;
import org.hopwise.internal.Check;
import org.hopwise.rnn.Activation;

/**
 * Averages of any odd nonlinearity by Mehler's expansion: with phi(sqrt(C0) z) = sum_n a_n h_n(z), h_n the
 * orthonormal Hermite polynomials of the standard normal law, and r = c / C0,
 *
 * <p>F = sum a_n^2 r^n, G = C0 sum a_n^2 r^(n+1) / (n + 1), F' = sum n a_n^2 r^(n-1) / C0, mean slope a_1 / sqrt(C0).
 *
 * <p>All terms have one sign for c > 0, so nothing cancels.
 */
final class HermiteAverages implements GaussianAverages {

    /** Beyond 12 standard deviations the weight's square root is below 1e-15. */
    private static final double REACH = 12;

    /** The trapezoidal rule converges as exp(-2 pi d / step), d the distance of phi's poles from the real axis. */
    private static final double STEPS_PER_POLE_DISTANCE = 6;

    /** a_n^2 fall as exp(-2 d sqrt(2 n)); this leaves 1e-14 of their sum. */
    private static final double TAIL_EXPONENT = 36;

    private static final int MOST_TERMS = 16_000;

    private final double variance;
    /** a_n^2 for n = 1, 3, 5, ... */
    private final double[] squares;

    private final double meanSlope;

    private HermiteAverages(double variance, double[] squares, double meanSlope) {
        this.variance = variance;
        this.squares = squares;
        this.meanSlope = meanSlope;
    }

    /** The expansion of tanh, whose nearest pole lies at i pi / 2; of phi(sqrt(C0) z), at distance d below. */
    static HermiteAverages of(Activation phi, double variance) {
        Check.positive("variance", variance);
        double distance = Math.PI / 2 / Math.sqrt(variance);
        int terms = (int) (60 + Math.pow(TAIL_EXPONENT / (2 * distance), 2) / 2);
        if (terms > MOST_TERMS) {
            throw new IllegalArgumentException(
                    "Averages of %s at variance %.4g need %d terms, of which %d are allowed; use a smaller gain (of 15 or less), or erf, which has closed forms."
                            .formatted(phi, variance, terms, MOST_TERMS));
        }
        double step = Math.min(0.05, distance / STEPS_PER_POLE_DISTANCE);
        double[] a = new double[terms];
        double[] roots = new double[2 * terms + 1];
        Arrays.setAll(roots, Math::sqrt);
        for (double z = step; z < REACH; z += step) {
            // psi_n = h_n(z) exp(-z^2 / 4) stays bounded where h_n does not.
            double half = Math.exp(-z * z / 4);
            double weight = 2 * step / Math.sqrt(2 * Math.PI) * half * phi.apply(Math.sqrt(variance) * z);
            double before = half;
            double psi = z * half;
            for (int n = 1; n < 2 * terms; n++) {
                if ((n & 1) == 1) {
                    a[n >> 1] += weight * psi;
                }
                double next = (z * psi - roots[n] * before) / roots[n + 1];
                before = psi;
                psi = next;
            }
        }
        return new HermiteAverages(variance, Arrays.stream(a).map(v -> v * v).toArray(), a[0] / Math.sqrt(variance));
    }

    @Override
    public double variance() {
        return variance;
    }

    @Override
    public double covariance(double c) {
        double r = c / variance;
        double sum = 0;
        for (int i = squares.length - 1; i >= 0; i--) {
            sum = sum * r * r + squares[i];
        }
        return sum * r;
    }

    @Override
    public double integral(double c) {
        double r = c / variance;
        double sum = 0;
        for (int i = squares.length - 1; i >= 0; i--) {
            sum = sum * r * r + squares[i] / (2 * i + 2);
        }
        return sum * r * r * variance;
    }

    @Override
    public double meanSlope() {
        return meanSlope;
    }

    @Override
    public double slopeCovariance(double c) {
        double r = c / variance;
        double sum = 0;
        for (int i = squares.length - 1; i >= 0; i--) {
            sum = sum * r * r + (2 * i + 1) * squares[i];
        }
        return sum / variance;
    }

    /** Variance and number of terms. */
    @Override
    public String toString() {
        return "averages by %d terms at variance %.4g".formatted(squares.length, variance);
    }
}
