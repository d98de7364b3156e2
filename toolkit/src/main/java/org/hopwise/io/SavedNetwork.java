package org.hopwise.io;

import java.util.Arrays;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.RecurrentNetwork;

/** What a file of ours keeps of a network; a network with more is refused, so that nothing is lost without a word. */
final class SavedNetwork {

    final Matrices matrices;
    final String function;
    /** 1 where there is none, and then it is not written. */
    final double leak;
    /** Empty where it is not known, or makes no difference. */
    final String form;
    /** The state before the first step; empty if it is 0. */
    final double[] start;

    private SavedNetwork(Matrices matrices, String function, double leak, String form, double[] start) {
        this.matrices = matrices;
        this.function = function;
        this.leak = leak;
        this.form = form;
        this.start = Arrays.stream(start).allMatch(x -> x == 0) ? new double[0] : start;
    }

    static SavedNetwork of(RecurrentNetwork network) {
        Dynamics dynamics = network.dynamics();
        if (dynamics.isNoisy()) {
            throw new IllegalArgumentException(
                    "the network has %s; a file keeps no noise, so save network.noiseless().".formatted(dynamics));
        }
        return new SavedNetwork(
                WeightsDoor.matrices(network.weights()),
                network.activation().toString(),
                dynamics.leak(),
                dynamics.equals(Dynamics.discrete()) ? "" : dynamics.form().toString(),
                network.start().stream().mapToDouble(x -> x).toArray());
    }

    static SavedNetwork of(LoadedNetwork network) {
        network.unkept().ifPresent(what -> {
            throw new IllegalArgumentException(
                    "the network has %s, which a file of ours does not keep; keep the file that it came from."
                            .formatted(what));
        });
        return new SavedNetwork(
                WeightsDoor.matrices(network.weights()),
                network.function().name(),
                network.leak(),
                network.form().map(Object::toString).orElse(""),
                network.initialState());
    }
}
