package org.hopwise.internal.engine;

/**
 * Cross-entropy of logits beside distributions, moment by moment: - w sum of y* log softmax(y), whose gradient is
 * w (softmax(y) - y*). The largest logit is subtracted first, so that no exponential overflows.
 */
final class CrossEntropy {

    private CrossEntropy() {}

    /** Logits become factor times their gradient; returns factor times the loss. Exponentials have the same bits everywhere. */
    static double of(Reals logits, Reals targets, Reals weights, int outputs, double factor) {
        double[] shares = new double[outputs];
        double loss = 0;
        for (int row = 0; row < logits.length(); row += outputs) {
            double weight = weights.get(row);
            double largest = Double.NEGATIVE_INFINITY;
            for (int o = 0; o < outputs; o++) {
                // A NaN stays one, so that divergence is seen.
                largest = Math.max(largest, logits.get(row + o));
            }
            double sum = 0;
            for (int o = 0; o < outputs && weight > 0; o++) {
                shares[o] = StrictMath.exp(logits.get(row + o) - largest);
                sum += shares[o];
            }
            double log = weight > 0 ? StrictMath.log(sum) : 0;
            for (int o = 0; o < outputs; o++) {
                double target = targets.get(row + o);
                if (weight > 0) {
                    loss -= weight * target * (logits.get(row + o) - largest - log);
                    logits.set(row + o, factor * weight * (shares[o] / sum - target));
                } else {
                    logits.set(row + o, 0);
                }
            }
        }
        return factor * loss;
    }
}
