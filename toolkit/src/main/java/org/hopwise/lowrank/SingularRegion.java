package org.hopwise.lowrank;

import java.util.Arrays;

/**
 * A region of the latents in which I - Jac is singular, with condition number above 1e12: there are no fixed points in it,
 * or infinitely many.
 *
 * @param pattern which units (for clipped units which kinks, first those at -h and then those at 0) are on
 */
public record SingularRegion(int[] pattern) {

    /**
     * Copies the pattern.
     *
     * @param pattern pieces
     */
    public SingularRegion {
        pattern = pattern.clone();
    }

    /**
     * The pieces, a copy.
     *
     * @return one a unit, or a kink
     */
    @Override
    public int[] pattern() {
        return pattern.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SingularRegion r && Arrays.equals(pattern, r.pattern);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pattern);
    }

    @Override
    public String toString() {
        return "singular region of " + Arrays.stream(pattern).sum() + " units that are on";
    }
}
