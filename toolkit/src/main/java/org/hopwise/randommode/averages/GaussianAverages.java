package org.hopwise.randommode.averages;

/** Averages over two Gaussian states x, y of mean 0, equal variance and a given covariance, for one nonlinearity. */
public interface GaussianAverages {

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
