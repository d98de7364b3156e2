package org.hopwise.train;

import java.util.List;
import java.util.stream.Collectors;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Workspace;

/** Several penalties, added; none of them if the list is empty. A penalty that a user wrote works on whole weights. */
record PenaltySum(List<Penalty> parts) implements FlatPenalty {

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        double total = 0;
        for (int i = 0; i < parts.size(); i++) {
            total += accumulate(parts.get(i), p, gradient, work);
        }
        return total;
    }

    static double accumulate(Penalty penalty, Parameters p, Parameters gradient, Workspace work) {
        if (penalty instanceof FlatPenalty flat) {
            return flat.accumulate(p, gradient, work);
        }
        var weights = p.toWeights();
        gradient.add(1, Parameters.of(penalty.gradient(weights), p.precision));
        return penalty.cost(weights);
    }

    @Override
    public Penalty at(double progress) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).at(progress) != parts.get(i)) {
                return new PenaltySum(
                        parts.stream().map(part -> part.at(progress)).toList());
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return parts.isEmpty() ? "none" : parts.stream().map(Penalty::toString).collect(Collectors.joining(" + "));
    }
}
