package org.hopwise.metrics;

import org.hopwise.rnn.RecurrentNetwork;

/** The trials of a recurrent network, which run anew when the reading changes. */
final class TrialRuns {

    private final RecurrentNetwork network;
    private final double[] x;
    private final int steps;
    private final int trials;

    TrialRuns(RecurrentNetwork network, double[] x, int steps, int trials) {
        this.network = network;
        this.x = x;
        this.steps = steps;
        this.trials = trials;
    }

    int steps() {
        return steps;
    }

    Activity run(Reading reading) {
        return Activity.of(network, x, steps, trials, reading);
    }
}
