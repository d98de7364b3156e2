package org.hopwise.train;

import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Workspace;

/**
 * A penalty on what one step of a leaky network does, a W_in, M = (1 - a) I + a W and W_out, instead of the weights:
 * d W_in = a d (a W_in) and dW = a dM. A leak of NaN stands for that of the network in training.
 */
record LeakyPenalty(Penalty onStep, double leak) implements FlatPenalty {

    LeakyPenalty {
        if (!Double.isNaN(leak) && !(leak > 0 && leak <= 1)) {
            throw new IllegalArgumentException("leak is %s; it must be above 0 and at most 1.".formatted(leak));
        }
    }

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        double a = Double.isNaN(leak) ? p.leak : leak;
        if (Double.isNaN(a)) {
            throw new IllegalArgumentException(
                    "leaky() takes the leak of a network in training, and weights alone have none; use leaky(a).");
        }
        Parameters step = work.zeros(p);
        Parameters slope = work.zeros(p);
        step.input.add(a, p.input);
        step.recurrent.add(a, p.recurrent);
        step.output.add(1, p.output);
        for (int i = 0; i < p.hidden; i++) {
            int at = i * p.hidden + i;
            step.recurrent.set(at, step.recurrent.get(at) + 1 - a);
        }
        double cost = PenaltySum.accumulate(onStep, step, slope, work);
        gradient.input.add(a, slope.input);
        gradient.recurrent.add(a, slope.recurrent);
        gradient.output.add(1, slope.output);
        return cost;
    }

    @Override
    public Penalty at(double progress) {
        Penalty now = onStep.at(progress);
        return now == onStep ? this : new LeakyPenalty(now, leak);
    }

    @Override
    public String toString() {
        return "%s on the steps of a leak%s".formatted(onStep, Double.isNaN(leak) ? "" : " of " + leak);
    }
}
