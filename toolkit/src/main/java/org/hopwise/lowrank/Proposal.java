package org.hopwise.lowrank;

/** From what the next particles are drawn. */
enum Proposal {
    BOOTSTRAP,
    OPTIMAL,
    ENCODER
}
