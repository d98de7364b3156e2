package org.hopwise.lowrank;

import java.util.Arrays;
import java.util.Locale;
import org.hopwise.internal.Texts;

/**
 * A state that the noise-free network keeps: z = a z + n phi(M z + W_u v; h). Made by {@link FixedPoints}. Immutable: arrays are
 * copied on the way in and out.
 */
public final class FixedPoint {

    private final double[] latent;
    private final int[] pattern;
    private final double[][] eigenvalues;
    private final Stability stability;
    private final boolean boundary;

    FixedPoint(double[] latent, int[] pattern, double[][] eigenvalues, Stability stability, boolean boundary) {
        this.latent = latent.clone();
        this.pattern = pattern.clone();
        this.eigenvalues = Arrays.stream(eigenvalues).map(double[]::clone).toArray(double[][]::new);
        this.stability = stability;
        this.boundary = boundary;
    }

    /**
     * z, a copy.
     *
     * @return one value a latent
     */
    public double[] latent() {
        return latent.clone();
    }

    /**
     * Which piece of its ramp every unit is on, a copy: for {@link Ramp#RELU} 0 silent and 1 active, for
     * {@link Ramp#CLIPPED} 0 below both kinks, 1 between them, 2 above.
     *
     * @return one a unit; without entries on a boundary
     */
    public int[] pattern() {
        return pattern.clone();
    }

    /**
     * The eigenvalues of the map's Jacobian a I + n D M, a copy: real and imaginary part, largest modulus first.
     *
     * @return rank rows of two; without entries on a boundary
     */
    public double[][] eigenvalues() {
        return Arrays.stream(eigenvalues).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * What the eigenvalues say.
     *
     * @return the stability; undecided on a boundary
     */
    public Stability stability() {
        return stability;
    }

    /**
     * Whether the point lies on a kink of some unit, where the map has no derivative.
     *
     * @return true on a kink
     */
    public boolean boundary() {
        return boundary;
    }

    /** The slope of every unit at the point. */
    double[] slopes(LowRank network) {
        if (boundary || pattern.length != network.units()) {
            throw new IllegalArgumentException(
                    boundary
                            ? "the point lies on a kink, where units have no slope; move the input a little."
                            : "the point has a pattern of %d units and the network %d; take a point of this network."
                                    .formatted(pattern.length, network.units()));
        }
        double[] h = network.biases();
        double[] slopes = new double[pattern.length];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = switch (network.ramp()) {
                case RELU -> pattern[i];
                case CLIPPED -> pattern[i] == 1 ? Math.signum(h[i]) : 0;
                default -> 1;
            };
        }
        return slopes;
    }

    /** The index of the point: the sign of det(I - Jac), from the eigenvalues; 0 on a boundary. */
    int index() {
        int sign = boundary ? 0 : 1;
        for (double[] value : eigenvalues) {
            // A complex pair gives a positive factor |1 - value|^2.
            if (value[1] == 0 && value[0] > 1) {
                sign = -sign;
            }
        }
        return sign;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FixedPoint p
                && Arrays.equals(latent, p.latent)
                && Arrays.equals(pattern, p.pattern)
                && Arrays.deepEquals(eigenvalues, p.eigenvalues)
                && stability == p.stability
                && boundary == p.boundary;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(latent);
    }

    @Override
    public String toString() {
        return "%s fixed point at (%s)%s"
                .formatted(
                        stability.name().toLowerCase(Locale.ROOT),
                        String.join(
                                ", ",
                                Arrays.stream(latent).mapToObj(Texts::number).toList()),
                        boundary ? ", on a kink" : "");
    }
}
