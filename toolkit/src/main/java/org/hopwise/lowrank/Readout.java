package org.hopwise.lowrank;

/** What the observed channels see. */
public enum Readout {
    /** {@code B z + b}: an affine map of the latents. */
    LATENTS,
    /** {@code gain (M z + W_u v) + b}: the current of every unit; its threshold does not enter. */
    CURRENTS,
    /** {@code gain phi(M z + W_u v; h) + b}: the rate of every unit. */
    RATES
}
