package org.hopwise.lowrank;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Poisson channels. Made by the factories of {@link Observation}.
 *
 * @param readout what the channels see
 * @param weights B (channels x rank) for latents, otherwise one gain a unit; null for gains of 1
 * @param bias one a channel; null for zeros
 * @param link how the drive becomes a mean count
 */
public record PoissonObservation(Readout readout, INDArray weights, INDArray bias, Link link) implements Observation {

    /**
     * Copies the arrays.
     *
     * @param readout what the channels see
     * @param weights B or gains
     * @param bias b
     * @param link how the drive becomes a mean count
     */
    public PoissonObservation {
        weights = weights == null ? null : weights.dup('c');
        bias = bias == null ? null : bias.dup('c');
        java.util.Objects.requireNonNull(link, "link");
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
}
