package org.hopwise.lowrank;

import java.util.Optional;
import org.hopwise.Provenance;

/**
 * What a fit gives: the network, the encoder if one was fitted beside it, how the bound rose, and the settings.
 *
 * @param network after the last update
 * @param encoder after the last update; empty for other proposals
 * @param history the bound of every update
 * @param provenance settings and versions
 */
public record FittedNetwork(
        StochasticNetwork network, Optional<Encoder> encoder, FitHistory history, Provenance provenance) {

    @Override
    public String toString() {
        return "fitted " + network + "; " + history;
    }
}
