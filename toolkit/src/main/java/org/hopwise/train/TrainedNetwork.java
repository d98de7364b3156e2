package org.hopwise.train;

import org.hopwise.Provenance;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;

/**
 * What training gives: the network, the record of how its loss fell, and the settings that determined it.
 *
 * @param network the network after the last update
 * @param history loss and penalty of every update
 * @param provenance settings and versions
 */
public record TrainedNetwork(RecurrentNetwork network, TrainingHistory history, Provenance provenance) {

    /**
     * The weights after the last update.
     *
     * @return the weights of the network
     */
    public Weights weights() {
        return network.weights();
    }

    @Override
    public String toString() {
        return "trained " + network + "; " + history;
    }
}
