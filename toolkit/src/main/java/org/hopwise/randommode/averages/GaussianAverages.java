package org.hopwise.randommode.averages;

import java.util.function.DoubleUnaryOperator;
import org.hopwise.rnn.Activation;

/**
 * Averages over two Gaussian states x, y of mean 0, equal variance and a given covariance, for a function phi that is odd
 * and saturates: {@link Activation#ERF}, with closed forms, or {@link Activation#TANH}, the choice of the authors'
 * public code, by Mehler's expansion.
 */
public interface GaussianAverages {

    /**
     * Averages over two Gaussian states of this variance.
     *
     * @param phi erf or tanh
     * @param variance C(0), above 0
     * @return the averages as functions of the covariance
     * @throws IllegalArgumentException if phi is neither
     */
    static GaussianAverages of(Activation phi, double variance) {
        return requireSaturating(phi) == Activation.ERF ? new ErfAverages(variance) : HermiteAverages.of(phi, variance);
    }

    /**
     * The mean of phi(x)^2 over a Gaussian state.
     *
     * @param phi erf or tanh
     * @param variance of the state, above 0
     * @return the mean square of the output
     */
    static double meanSquare(Activation phi, double variance) {
        return requireSaturating(phi) == Activation.ERF
                ? of(phi, variance).covariance(variance)
                : gaussianMean(variance, x -> phi.apply(x) * phi.apply(x));
    }

    /**
     * The mean of phi'(x) over a Gaussian state.
     *
     * @param phi erf or tanh
     * @param variance of the state, above 0
     * @return the mean slope, from 0 to 1
     */
    static double meanSlope(Activation phi, double variance) {
        return requireSaturating(phi) == Activation.ERF
                ? of(phi, variance).meanSlope()
                : gaussianMean(variance, phi::slope);
    }

    /**
     * Refuses functions for which a random network has no state of rest that loses its stability, or no bounds.
     *
     * @param phi the function of the units
     * @return phi
     * @throws IllegalArgumentException if phi is not erf or tanh
     */
    static Activation requireSaturating(Activation phi) {
        if (phi != Activation.ERF && phi != Activation.TANH) {
            throw new IllegalArgumentException(
                    "phi is %s; random-mode networks need an odd function that saturates, so use Activation.ERF or Activation.TANH."
                            .formatted(phi));
        }
        return phi;
    }

    /** The trapezoidal rule to nine standard deviations, four steps a unit of x and at least 20 a standard deviation. */
    private static double gaussianMean(double variance, DoubleUnaryOperator function) {
        double deviation = Math.sqrt(variance);
        double step = Math.min(0.05, 0.25 / deviation);
        double sum = function.applyAsDouble(0) / 2;
        for (double z = step; z < 9; z += step) {
            sum += Math.exp(-z * z / 2)
                    * (function.applyAsDouble(deviation * z) + function.applyAsDouble(-deviation * z))
                    / 2;
        }
        return 2 * step * sum / Math.sqrt(2 * Math.PI);
    }

    /**
     * The variance of both states.
     *
     * @return C(0), above 0
     */
    double variance();

    /**
     * F(c), the mean of phi(x) phi(y); odd in c.
     *
     * @param c the covariance, from -C(0) to C(0)
     * @return the covariance of the outputs
     */
    double covariance(double c);

    /**
     * G(c), the integral of F from 0 to c; even in c.
     *
     * @param c the covariance, from -C(0) to C(0)
     * @return the integral
     */
    double integral(double c);

    /**
     * The mean of phi'(x), which by Price's theorem is also the mean of phi(x) x over the variance.
     *
     * @return the mean slope
     */
    double meanSlope();

    /**
     * F'(c), the mean of phi'(x) phi'(y).
     *
     * @param c the covariance, from -C(0) to C(0)
     * @return the covariance of the slopes
     */
    double slopeCovariance(double c);
}
