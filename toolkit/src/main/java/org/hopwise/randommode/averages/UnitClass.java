package org.hopwise.randommode.averages;

/**
 * Units that are alike: {@code J_ij = A_i Jhat_ij B_j} with these gains.
 *
 * @param share the fraction of all units
 * @param inputGain A
 * @param outputGain B
 */
public record UnitClass(double share, double inputGain, double outputGain) {

    /** All units, with gains 1. */
    public static final UnitClass ALL_ALIKE = new UnitClass(1, 1, 1);

    /**
     * A^2.
     *
     * @return the squared input gain
     */
    public double inputPower() {
        return inputGain * inputGain;
    }

    /**
     * B^2.
     *
     * @return the squared output gain
     */
    public double outputPower() {
        return outputGain * outputGain;
    }
}
