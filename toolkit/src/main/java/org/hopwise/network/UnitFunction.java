package org.hopwise.network;

import java.util.List;
import org.hopwise.internal.Check;

/**
 * The function of a unit, f(x) = g(slope (x - shift)) with g linear, tanh, relu, softplus or sigmoid. Slope and shift as in
 * trainRNNbrain's files (recalled, not read in the version that writes a shift).
 *
 * @param name of g
 * @param slope above 0
 * @param shift where g is at its origin
 */
public record UnitFunction(String name, double slope, double shift) {

    private static final List<String> NAMES = List.of("linear", "tanh", "relu", "softplus", "sigmoid");

    /**
     * Checks name and numbers.
     *
     * @param name of g
     * @param slope above 0
     * @param shift where g is at its origin
     */
    public UnitFunction {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("activation is '%s'; it must be one of %s.".formatted(name, NAMES));
        }
        Check.positive("slope", slope);
        if (!Double.isFinite(shift)) {
            throw new IllegalArgumentException("shift is %s; it must be finite.".formatted(shift));
        }
    }

    /**
     * A plain function.
     *
     * @param name linear, tanh, relu, softplus or sigmoid
     * @return slope 1, shift 0
     */
    public static UnitFunction of(String name) {
        return new UnitFunction(name, 1, 0);
    }

    /**
     * f of one value.
     *
     * @param x the summed input
     * @return f(x)
     */
    public double value(double x) {
        double z = slope * (x - shift);
        return switch (name) {
            case "linear" -> z;
            case "tanh" -> Math.tanh(z);
            case "relu" -> Math.max(0, z);
            case "softplus" -> Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
            default -> logistic(z);
        };
    }

    /**
     * The derivative of f; of ReLU 0 at its corner.
     *
     * @param x the summed input
     * @return f'(x)
     */
    public double derivative(double x) {
        double z = slope * (x - shift);
        return slope
                * switch (name) {
                    case "linear" -> 1;
                    case "tanh" -> 1 - Math.tanh(z) * Math.tanh(z);
                    case "relu" -> z > 0 ? 1 : 0;
                    case "softplus" -> logistic(z);
                    default -> logistic(z) * logistic(-z);
                };
    }

    /** Whether f is g itself. */
    boolean isPlain() {
        return slope == 1 && shift == 0;
    }

    private static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** The name, with slope and shift where they are not 1 and 0. */
    @Override
    public String toString() {
        return isPlain() ? name : "%s (slope %s, shift %s)".formatted(name, slope, shift);
    }
}
