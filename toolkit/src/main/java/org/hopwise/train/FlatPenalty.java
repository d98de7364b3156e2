package org.hopwise.train;

import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Workspace;
import org.hopwise.rnn.Weights;

/** A penalty that works on flat arrays, as the training loop does. */
interface FlatPenalty extends Penalty {

    /** Adds the gradient to an accumulator and returns the value. */
    double accumulate(Parameters p, Parameters gradient, Workspace work);

    @Override
    default double cost(Weights weights) {
        Parameters p = Parameters.of(weights, Precision.DOUBLE.reals());
        return accumulate(p, p.zeros(), new Workspace(p.precision));
    }

    @Override
    default Weights gradient(Weights weights) {
        Parameters p = Parameters.of(weights, Precision.DOUBLE.reals());
        Parameters gradient = p.zeros();
        accumulate(p, gradient, new Workspace(p.precision));
        return gradient.toWeights();
    }
}
