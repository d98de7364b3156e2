package org.hopwise.lowrank;

import java.util.Arrays;

/**
 * A region of the latents in which I - Jac is singular, with condition number above 1e12: there are no fixed points in it,
 * or infinitely many.
 */
public final class SingularRegion {

    private final int[] pattern;

    SingularRegion(int[] pattern) {
        this.pattern = pattern.clone();
    }

    /**
     * Which units (for clipped units which kinks, first those at -h and then those at 0) are on, a copy.
     *
     * @return 1 for on, one a unit or kink
     */
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
