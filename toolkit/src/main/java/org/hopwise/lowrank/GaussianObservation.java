package org.hopwise.lowrank;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gaussian channels. Made by the factories of {@link Observation}.
 *
 * @param readout what the channels see
 * @param weights B (channels x rank) for latents, otherwise one gain a unit; null for gains of 1
 * @param bias one a channel; null for zeros
 * @param variance of the noise, one a channel; a single one serves all
 */
public record GaussianObservation(Readout readout, INDArray weights, INDArray bias, INDArray variance)
        implements Observation {

    /**
     * Copies the arrays.
     *
     * @param readout what the channels see
     * @param weights B or gains
     * @param bias b
     * @param variance of the noise, one a channel; a single one serves all
     */
    public GaussianObservation {
        weights = weights == null ? null : weights.dup('c');
        bias = bias == null ? null : bias.dup('c');
        variance = variance.dup('c');
    }

    /**
     * B or gains, a copy.
     *
     * @return channels x rank, or one a unit; null for gains of 1
     */
    @Override
    public INDArray weights() {
        return weights == null ? null : weights.dup('c');
    }

    /**
     * b, a copy.
     *
     * @return one a channel; null for zeros
     */
    @Override
    public INDArray bias() {
        return bias == null ? null : bias.dup('c');
    }

    /**
     * The variances, a copy.
     *
     * @return one a channel, or a single one
     */
    @Override
    public INDArray variance() {
        return variance.dup('c');
    }
}
