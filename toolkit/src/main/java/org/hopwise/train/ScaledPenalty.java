package org.hopwise.train;

import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Workspace;

/** A penalty times a number. */
record ScaledPenalty(double factor, Penalty whole) implements FlatPenalty {

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        Parameters slope = work.zeros(p);
        double cost = PenaltySum.accumulate(whole, p, slope, work);
        gradient.add(factor, slope);
        return factor * cost;
    }

    @Override
    public String toString() {
        return "%s times %s".formatted(factor, whole);
    }
}
