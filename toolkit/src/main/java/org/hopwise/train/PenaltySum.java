package org.hopwise.train;

import java.util.List;
import java.util.stream.Collectors;

/** Several penalties, added; none of them if the list is empty. A penalty that a user wrote works on whole weights. */
record PenaltySum(List<Penalty> parts) implements FlatPenalty {

    @Override
    public double accumulate(Parameters p, Parameters gradient) {
        double total = 0;
        for (Penalty part : parts) {
            total += accumulate(part, p, gradient);
        }
        return total;
    }

    static double accumulate(Penalty penalty, Parameters p, Parameters gradient) {
        if (penalty instanceof FlatPenalty flat) {
            return flat.accumulate(p, gradient);
        }
        var weights = p.toWeights();
        gradient.add(1, Parameters.of(penalty.gradient(weights)));
        return penalty.cost(weights);
    }

    @Override
    public Penalty at(double progress) {
        return new PenaltySum(parts.stream().map(part -> part.at(progress)).toList());
    }

    @Override
    public String toString() {
        return parts.isEmpty() ? "none" : parts.stream().map(Penalty::toString).collect(Collectors.joining(" + "));
    }
}
