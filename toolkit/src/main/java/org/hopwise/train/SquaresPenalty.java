package org.hopwise.train;

import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.Workspace;

/** L2 on the three weight matrices. */
record SquaresPenalty(double beta) implements FlatPenalty {

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        return add(p.input, gradient.input) + add(p.recurrent, gradient.recurrent) + add(p.output, gradient.output);
    }

    private double add(Reals weights, Reals gradient) {
        gradient.add(2 * beta, weights);
        return beta * weights.dot(weights);
    }

    @Override
    public String toString() {
        return "L2 (beta %s)".formatted(beta);
    }
}
