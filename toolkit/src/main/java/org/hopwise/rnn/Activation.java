package org.hopwise.rnn;

import java.util.Locale;
import org.hopwise.internal.array.HyperbolicTangent;

/** The function f that a hidden unit applies to its summed input. */
public enum Activation {
    /** f(x) = x. */
    LINEAR,
    /** f(x) = tanh x. */
    TANH,
    /** f(x) = max(0, x). */
    RELU;

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
        };
    }

    /** The name in lower case, as tables show it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
