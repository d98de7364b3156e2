package org.hopwise.train;

import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Workspace;

/** A penalty that comes into force as training goes on. On weights alone, outside training, it counts in full. */
record ScheduledPenalty(Penalty full, Schedule schedule) implements FlatPenalty {

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        return PenaltySum.accumulate(full, p, gradient, work);
    }

    @Override
    public Penalty at(double progress) {
        double factor = schedule.factor(progress);
        if (factor == 0) {
            return Penalty.none();
        }
        return factor == 1 ? full.at(progress) : new ScaledPenalty(factor, full.at(progress));
    }

    @Override
    public String toString() {
        return "%s, %s".formatted(full, schedule);
    }
}
