package org.hopwise.lowrank;

/** What the eigenvalues of the map at a fixed point say. */
public enum Stability {
    /** All inside the unit circle. */
    STABLE,
    /** Some inside, some outside. */
    SADDLE,
    /** All outside. */
    UNSTABLE,
    /** One within 1e-9 of the circle. */
    MARGINAL,
    /** The point lies on a kink, where the map has no derivative. */
    UNDECIDED
}
