package org.hopwise.internal.array;

/** The hyperbolic tangent in double precision, several times faster than {@link Math#tanh}. */
public final class HyperbolicTangent {

    /** Below this the quotient of polynomials is accurate to rounding; above it 1 - 2 / (e^2x + 1) loses one bit. */
    private static final double POLYNOMIAL_BOUND = 0.4;

    private HyperbolicTangent() {}

    /**
     * tanh x with a relative error below 1e-15. Near zero it is the continued fraction x / (1 + x^2 / (3 + x^2 / (5 +
     * ...))) cut after 13 and written as one quotient, elsewhere the exponential formula.
     */
    public static double of(double x) {
        double s = x * x;
        if (s < POLYNOMIAL_BOUND * POLYNOMIAL_BOUND) {
            double numerator = x * (135135 + s * (17325 + s * (378 + s)));
            double denominator = 135135 + s * (62370 + s * (3150 + s * 28));
            return numerator / denominator;
        }
        double magnitude = 1 - 2 / (Math.exp(2 * Math.abs(x)) + 1);
        return x < 0 ? -magnitude : magnitude;
    }
}
