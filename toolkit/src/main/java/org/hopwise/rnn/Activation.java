package org.hopwise.rnn;

import java.util.Locale;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.InverseErf;
import org.hopwise.internal.array.HyperbolicTangent;

/**
 * The function f that a unit applies to its summed input. {@link #TANH} and {@link #ERF} are odd, saturate at -1 and 1
 * and have slope 1 at 0, so a large network with independent couplings leaves rest when their gain exceeds 1.
 */
public enum Activation {
    /** f(x) = x. */
    LINEAR,
    /** f(x) = tanh x. */
    TANH,
    /** f(x) = max(0, x). */
    RELU,
    /**
     * f(x) = erf(sqrt(pi) x / 2), whose Gaussian averages have closed forms (arXiv 2409.01969,
     * equation 15).
     */
    ERF,
    /** f(x) = log(1 + exp x), smooth and positive; f(0) = log 2. */
    SOFTPLUS;

    private static final double HALF_ROOT_PI = Math.sqrt(Math.PI) / 2;

    /**
     * f of one value. The hyperbolic tangent is within 1e-15 (relative) of the exact one.
     *
     * @param x the summed input
     * @return the state
     */
    public double apply(double x) {
        return switch (this) {
            case LINEAR -> x;
            case TANH -> HyperbolicTangent.of(x);
            case RELU -> Math.max(0, x);
            case ERF -> Erf.value(HALF_ROOT_PI * x);
            case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
        };
    }

    /**
     * The slope f' at an input; for ReLU the slope at 0 is 0.
     *
     * @param x the summed input
     * @return f'(x)
     */
    public double slope(double x) {
        return switch (this) {
            case LINEAR -> 1;
            case TANH -> 1 - Math.pow(HyperbolicTangent.of(x), 2);
            case RELU -> x > 0 ? 1 : 0;
            case ERF -> Math.exp(-Math.PI / 4 * x * x);
            case SOFTPLUS -> 1 / (1 + StrictMath.exp(-x));
        };
    }

    /**
     * The slope f' at the input that led to this state; for ReLU the slope at 0 is 0.
     *
     * @param state f(x)
     * @return f'(x)
     */
    public double slopeAtState(double state) {
        return switch (this) {
            case LINEAR -> 1;
            case TANH -> 1 - state * state;
            case RELU -> state > 0 ? 1 : 0;
            case ERF -> Math.exp(-Math.pow(InverseErf.value(state), 2));
            case SOFTPLUS -> -StrictMath.expm1(-state);
        };
    }

    /** The name in lower case, as tables show it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
