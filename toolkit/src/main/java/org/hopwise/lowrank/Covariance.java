package org.hopwise.lowrank;

/** The form in which noise is fitted. */
public enum Covariance {
    /** Any covariance, through its Cholesky factor. */
    FULL,
    /** A variance for every latent. */
    DIAGONAL,
    /** One variance for all latents. */
    SCALAR
}
