package org.hopwise.graph;

import java.io.Serializable;
import org.hopwise.internal.Check;

/**
 * How walks of each length count: influence = sum over hops k of coefficient(k) A^k, taken over the input-output block.
 * Implement {@link #coefficient} for a measure of your own; the other methods have defaults.
 */
@FunctionalInterface
public interface WalkMeasure extends Serializable {

    /** The length of a measure that has not been truncated. */
    int UNLIMITED = Integer.MAX_VALUE;

    /**
     * The factor of walks with this many edges.
     *
     * @param hop the number of edges, at least 1
     * @return the factor
     */
    double coefficient(int hop);

    /**
     * Whether weights are divided by the spectral radius of the adjacency before walks are counted. That divides input
     * and output weights too, so hop k is divided by the k-th power.
     *
     * @return whether the measure is normalised; not unless {@link #normalised()} was called
     */
    default boolean isNormalised() {
        return false;
    }

    /**
     * The length L at which the sum stops, after walks of L + 1 edges: hops 2 to L + 1 of a network, those that a
     * sequence of L steps can use, and hops 1 to L + 1 of a wiring diagram, which counts direct edges too.
     *
     * @return L, or {@link #UNLIMITED}
     */
    default int length() {
        return UNLIMITED;
    }

    /**
     * This measure on weights divided by their spectral radius.
     *
     * @return the normalised measure
     */
    default WalkMeasure normalised() {
        return new Rule(this, true, length());
    }

    /**
     * This measure cut to walks of at most length + 1 edges: those that a sequence of this length can use. See
     * {@link #length()}.
     *
     * @param length the number of time steps L
     * @return the truncated measure
     */
    default WalkMeasure truncated(int length) {
        return new Rule(this, isNormalised(), Check.positive("length", length));
    }

    /**
     * The resolvent (I - alpha A)^-1 = sum of alpha^k A^k, the summed response of a leaky cascade. Without truncation it
     * is solved exactly and refuses to diverge. Source: arXiv 2605.03598.
     *
     * @param alpha the damping a hop; above 0, and below 1 when normalised and not truncated
     * @return the measure
     */
    static WalkMeasure resolvent(double alpha) {
        return new Resolvent(Check.positive("alpha", alpha), false, UNLIMITED);
    }

    /**
     * Communicability exp(A) = sum of A^k / k!. It converges for every network. Source: arXiv 2605.03598, after Estrada
     * and Hatano (2008).
     *
     * @return the measure
     */
    static WalkMeasure communicability() {
        return new Communicability();
    }

    /**
     * Every walk counts alike: the resolvent with alpha 1.
     *
     * @return the measure
     */
    static WalkMeasure powers() {
        return resolvent(1);
    }
}
