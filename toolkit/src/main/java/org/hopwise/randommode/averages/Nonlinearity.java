package org.hopwise.randommode.averages;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erf;
import org.hopwise.internal.array.HyperbolicTangent;

/**
 * The function phi that turns a unit's state into its output. Both are odd, saturate at -1 and 1 and have slope 1 at 0,
 * so a large network with independent couplings leaves rest when their gain exceeds 1.
 */
public enum Nonlinearity {
    /**
     * phi(x) = erf(sqrt(pi) x / 2), whose Gaussian averages have closed forms [R: recalled as the choice of the paper].
     */
    ERF,
    /** phi(x) = tanh x [S: the choice of the authors' public code]. */
    TANH;

    private static final double HALF_ROOT_PI = Math.sqrt(Math.PI) / 2;

    /**
     * phi of one value.
     *
     * @param x the state
     * @return the output, from -1 to 1
     */
    public double apply(double x) {
        return switch (this) {
            case ERF -> Erf.value(HALF_ROOT_PI * x);
            case TANH -> HyperbolicTangent.of(x);
        };
    }

    /**
     * The slope phi' at a state.
     *
     * @param x the state
     * @return phi'(x), from 0 to 1
     */
    public double slope(double x) {
        return switch (this) {
            case ERF -> Math.exp(-Math.PI / 4 * x * x);
            case TANH -> 1 - Math.pow(HyperbolicTangent.of(x), 2);
        };
    }

    /**
     * Averages over two Gaussian states of this variance.
     *
     * @param variance C(0), above 0
     * @return the averages as functions of the covariance
     */
    public GaussianAverages averages(double variance) {
        return switch (this) {
            case ERF -> new ErfAverages(variance);
            case TANH -> HermiteAverages.of(this, variance);
        };
    }

    /**
     * The mean of phi(x)^2 over a Gaussian state.
     *
     * @param variance of the state, above 0
     * @return the mean square of the output
     */
    public double meanSquare(double variance) {
        return this == ERF ? averages(variance).covariance(variance) : gaussianMean(variance, x -> apply(x) * apply(x));
    }

    /**
     * The mean of phi'(x) over a Gaussian state.
     *
     * @param variance of the state, above 0
     * @return the mean slope, from 0 to 1
     */
    public double meanSlope(double variance) {
        return this == ERF ? averages(variance).meanSlope() : gaussianMean(variance, this::slope);
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

    /** The name in lower case, as tables show it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
