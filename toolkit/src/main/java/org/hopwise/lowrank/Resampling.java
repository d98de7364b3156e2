package org.hopwise.lowrank;

/** How the ancestors of the next particles are drawn from the weights of the present ones. */
public enum Resampling {
    /** One uniform number a step: positions (u + j) / K on the cumulative weights. */
    SYSTEMATIC,
    /** K independent uniform numbers a step. */
    MULTINOMIAL
}
