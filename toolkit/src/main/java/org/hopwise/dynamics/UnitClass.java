package org.hopwise.dynamics;

/**
 * Units that are alike: {@code J_ij = A_i Jhat_ij B_j} with these gains.
 *
 * @param share the fraction of all units
 * @param inputGain A
 * @param outputGain B
 */
record UnitClass(double share, double inputGain, double outputGain) {

    static final UnitClass ALL_ALIKE = new UnitClass(1, 1, 1);

    /** A^2. */
    double inputPower() {
        return inputGain * inputGain;
    }

    /** B^2. */
    double outputPower() {
        return outputGain * outputGain;
    }
}
