package org.hopwise.lowrank;

/** Parts of a stochastic network that a fit can change or keep. */
public enum Part {
    /** M. */
    LEFT,
    /** n. */
    RIGHT,
    /** h. */
    BIAS,
    /** W_u. */
    INPUT,
    /** mu_0. */
    START_MEAN,
    /** a. */
    DECAY,
    /** Q. */
    NOISE,
    /** Q_0. */
    START_NOISE,
    /** B of a readout from latents; gains are never fitted. */
    READOUT,
    /** b of the observations. */
    READOUT_BIAS,
    /** The variance of Gaussian channels. */
    VARIANCE,
    /** The encoder. */
    ENCODER
}
