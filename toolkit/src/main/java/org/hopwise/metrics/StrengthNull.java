package org.hopwise.metrics;

import org.hopwise.internal.Check;

/**
 * What node strengths would be if weights were independent with mean zero: the null model beside which trained
 * strengths are held. [D], checked by Monte Carlo; related work has the fluctuation without the factor 1 - 1 / units
 * and without biases.
 *
 * @param units how many nodes the layer has
 * @param nodeVariance the variance of the strength of one node over networks
 * @param covariance the covariance of the strengths of two nodes of the layer: two hidden units share the two links
 *     between them
 */
public record StrengthNull(int units, double nodeVariance, double covariance) {

    /**
     * Checks the numbers.
     *
     * @param units how many nodes the layer has
     * @param nodeVariance 0 or more
     * @param covariance 0 or more
     */
    public StrengthNull {
        Check.positive("units", units);
        Check.notNegative("node variance", nodeVariance);
        Check.notNegative("covariance", covariance);
    }

    /**
     * Hidden units of a folded recurrent network: node variance s^2 (in + out + 2 n + 2) + s_b^2, where a self-loop
     * counts twice, and covariance 2 s^2.
     *
     * @param inputs how many inputs
     * @param hidden how many hidden units n
     * @param outputs how many outputs
     * @param weightVariance s^2, the variance of a weight
     * @param biasVariance s_b^2, the variance of a hidden bias
     * @return the null
     */
    public static StrengthNull recurrent(
            int inputs, int hidden, int outputs, double weightVariance, double biasVariance) {
        Check.positive("inputs", inputs);
        Check.positive("hidden", hidden);
        Check.positive("outputs", outputs);
        Check.notNegative("weight variance", weightVariance);
        Check.notNegative("bias variance", biasVariance);
        double links = (double) inputs + outputs + 2.0 * hidden + 2;
        return new StrengthNull(hidden, weightVariance * links + biasVariance, 2 * weightVariance);
    }

    /**
     * Units of a hidden layer of a fully connected network: node variance s^2 (in + out) + s_b^2, covariance 0.
     *
     * @param inputs how many units the layer before has
     * @param units how many units the layer has
     * @param outputs how many units the layer after has
     * @param weightVariance s^2, the variance of a weight
     * @param biasVariance s_b^2, the variance of a bias
     * @return the null
     */
    public static StrengthNull layer(int inputs, int units, int outputs, double weightVariance, double biasVariance) {
        Check.positive("inputs", inputs);
        Check.positive("outputs", outputs);
        Check.notNegative("weight variance", weightVariance);
        Check.notNegative("bias variance", biasVariance);
        return new StrengthNull(units, weightVariance * ((double) inputs + outputs) + biasVariance, 0);
    }

    /**
     * The expected square of the layer fluctuation, (1 - 1 / units) (node variance - covariance); for a recurrent
     * network (1 - 1 / n) (s^2 (in + out + 2 n) + s_b^2).
     *
     * @return 0 or more
     */
    public double squaredFluctuation() {
        return (1 - 1.0 / units) * (nodeVariance - covariance);
    }

    /**
     * The root of {@link #squaredFluctuation}.
     *
     * @return 0 or more
     */
    public double fluctuation() {
        return Math.sqrt(squaredFluctuation());
    }
}
