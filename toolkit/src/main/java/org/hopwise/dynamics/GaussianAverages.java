package org.hopwise.dynamics;

/** Averages over two Gaussian states x, y of mean 0, equal variance and a given covariance, for one nonlinearity. */
interface GaussianAverages {

    /** The variance of both states. */
    double variance();

    /** F(c), the mean of phi(x) phi(y) at covariance c; odd in c. */
    double covariance(double c);

    /** G(c), the integral of F from 0 to c; even in c. */
    double integral(double c);

    /** The mean of phi'(x), which by Price's theorem is also the mean of phi(x) x over the variance. */
    double meanSlope();

    /** F'(c), the mean of phi'(x) phi'(y) at covariance c. */
    double slopeCovariance(double c);
}
