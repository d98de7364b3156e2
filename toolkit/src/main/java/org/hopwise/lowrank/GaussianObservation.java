package org.hopwise.lowrank;

import org.hopwise.internal.Nd;
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
        weights = Nd.copy(weights);
        bias = Nd.copy(bias);
        variance = variance.dup('c');
    }

    @Override
    public INDArray weights() {
        return Nd.copy(weights);
    }

    @Override
    public INDArray bias() {
        return Nd.copy(bias);
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
