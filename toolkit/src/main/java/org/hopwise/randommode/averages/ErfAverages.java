package org.hopwise.randommode.averages;

import org.hopwise.internal.Check;

/**
 * The closed forms for phi(x) = erf(sqrt(pi) x / 2), with k = (pi / 2) / (1 + pi C0 / 2) and y = k c (arXiv
 * 2409.01969, 15):
 *
 * <p>F = (2 / pi) asin y, G = (2 / (pi k)) (y asin y + sqrt(1 - y^2) - 1), F' = (2 / pi) k / sqrt(1 - y^2), mean slope
 * 1 / sqrt(1 + pi C0 / 2).
 *
 * @param variance C0
 */
record ErfAverages(double variance) implements GaussianAverages {

    /** Below this G loses digits to the difference of its terms; the series then is exact to rounding. */
    private static final double SERIES_BOUND = 0.05;

    ErfAverages {
        Check.positive("variance", variance);
    }

    private double k() {
        return Math.PI / 2 / (1 + Math.PI / 2 * variance);
    }

    @Override
    public double covariance(double c) {
        return 2 / Math.PI * Math.asin(k() * c);
    }

    @Override
    public double integral(double c) {
        double y = k() * c;
        double s = y * y;
        double sum = Math.abs(y) < SERIES_BOUND
                ? s
                        * (1.0 / 2
                                + s
                                        * (1.0 / 24
                                                + s
                                                        * (1.0 / 80
                                                                + s
                                                                        * (5.0 / 896
                                                                                + s
                                                                                        * (7.0 / 2304
                                                                                                + s
                                                                                                        * (21.0
                                                                                                                / 11264))))))
                : y * Math.asin(y) + Math.sqrt((1 - y) * (1 + y)) - 1;
        return 2 / (Math.PI * k()) * sum;
    }

    @Override
    public double meanSlope() {
        return 1 / Math.sqrt(1 + Math.PI / 2 * variance);
    }

    @Override
    public double slopeCovariance(double c) {
        double y = k() * c;
        return 2 / Math.PI * k() / Math.sqrt((1 - y) * (1 + y));
    }
}
