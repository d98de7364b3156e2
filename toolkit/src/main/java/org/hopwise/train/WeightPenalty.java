package org.hopwise.train;

import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Workspace;

/** L1 on the three weight matrices. */
record WeightPenalty(double beta) implements FlatPenalty {

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        return gradient.input.addSigns(beta, p.input)
                + gradient.recurrent.addSigns(beta, p.recurrent)
                + gradient.output.addSigns(beta, p.output);
    }

    @Override
    public String toString() {
        return "L1 (beta %s)".formatted(beta);
    }
}
