package org.hopwise.task;

import java.util.Locale;

/**
 * What is wrong with outputs y beside targets y*, with weights w over moments. Omega is the sum of weights: over all of
 * them for squares, over moments for cross-entropy.
 */
public enum Loss {
    /** Sum of w (y - y*)^2 over steps, trials and outputs, divided by Omega. */
    SQUARES,
    /**
     * Outputs are logits and targets a distribution at each moment: minus the sum of w y* log softmax(y), divided by Omega.
     * All outputs of a moment carry one weight.
     */
    CROSS_ENTROPY;

    /** The name in lower case, with a hyphen. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
