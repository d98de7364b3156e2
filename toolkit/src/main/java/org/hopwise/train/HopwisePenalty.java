package org.hopwise.train;

import org.hopwise.internal.Check;
import org.hopwise.internal.engine.HopChain;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.Workspace;

/**
 * beta times the sum over k = 2 to L + 1 of alpha^k times the sum of |(A^k)_io|. The slope of hop k is beta alpha^k times
 * the signs of its block; {@link HopChain} takes it back to the weights.
 */
record HopwisePenalty(double beta, double alpha, int length) implements FlatPenalty {

    HopwisePenalty {
        Check.notNegative("beta", beta);
        Check.positive("alpha", alpha);
        Check.positive("length", length);
    }

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        int block = p.inputs * p.outputs;
        Reals reached = HopChain.reached(p.input, p.inputs, length, p, work);
        Reals slopes = HopChain.blocks(reached, p.inputs, length, p, work);
        double cost = 0;
        double factor = beta * alpha;
        for (int j = 0; j < length; j++) {
            factor *= alpha;
            cost += slopes.signs(factor, j * block, (j + 1) * block);
        }
        HopChain.accumulate(reached, slopes, p.inputs, length, p, gradient.input, gradient, work);
        return cost;
    }

    @Override
    public String toString() {
        return "R-hop (beta %s, alpha %s, length %d)".formatted(beta, alpha, length);
    }
}
