package org.hopwise.train;

import org.hopwise.rnn.Weights;

/** A penalty that works on flat arrays, as the training loop does. */
interface FlatPenalty extends Penalty {

    /** Adds the gradient to an accumulator and returns the value. */
    double accumulate(Parameters p, Parameters gradient);

    @Override
    default double cost(Weights weights) {
        Parameters p = Parameters.of(weights);
        return accumulate(p, p.zeros());
    }

    @Override
    default Weights gradient(Weights weights) {
        Parameters p = Parameters.of(weights);
        Parameters gradient = p.zeros();
        accumulate(p, gradient);
        return gradient.toWeights();
    }

    /** Writes factor times the sign of each value into {@code signs} and returns factor times the sum of moduli. */
    static double signs(double[] values, double factor, double[] signs) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            signs[i] = factor * Math.signum(values[i]);
            sum += Math.abs(values[i]);
        }
        return factor * sum;
    }
}
