package org.hopwise.lowrank;

import org.hopwise.internal.Nd;
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
        weights = Nd.copy(weights);
        bias = Nd.copy(bias);
        java.util.Objects.requireNonNull(link, "link");
    }

    @Override
    public INDArray weights() {
        return Nd.copy(weights);
    }

    @Override
    public INDArray bias() {
        return Nd.copy(bias);
    }
}
