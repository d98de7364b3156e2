package org.hopwise.train;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.hopwise.internal.Check;
import org.hopwise.rnn.Weights;

/**
 * A cost of weights that is added to the loss, with its exact gradient (sign 0 counts as 0). L1 constrains single
 * weights; the resolvent penalties constrain the walks from inputs to outputs.
 *
 * <p>With hop blocks (A^k)_io, k = 2 to L + 1, of the adjacency as it is (dividing by the spectral radius would let a
 * network lower its penalty by raising that radius): the summed form is the one that a summary of arXiv 2605.03598
 * describes; keeping alpha^k inside it, and the forms hop by hop and on absolute walks, are our own readings. Cost of
 * value and gradient: L hidden^2 inputs, never hidden^3.
 */
public interface Penalty extends Serializable {

    /**
     * The value.
     *
     * @param weights the weights
     * @return what is added to the loss
     */
    double cost(Weights weights);

    /**
     * The gradient of {@link #cost}.
     *
     * @param weights the weights
     * @return one derivative a weight, in the shape and orientation of the weights
     */
    Weights gradient(Weights weights);

    /**
     * This penalty plus another.
     *
     * @param other the other
     * @return the sum
     */
    default Penalty plus(Penalty other) {
        return new PenaltySum(List.of(this, other));
    }

    /**
     * This penalty by a schedule. The trainer applies the schedule update by update; {@link #cost} and {@link #gradient}
     * are those of the full penalty.
     *
     * @param schedule when the penalty comes into force
     * @return the scheduled penalty
     */
    default Penalty from(Schedule schedule) {
        return new ScheduledPenalty(this, Objects.requireNonNull(schedule, "schedule"));
    }

    /**
     * This penalty on what one step of a leaky network does instead of its weights, with the leak a of the network in
     * training: on a W_in, (1 - a) I + a W and W_out. Walks then count steps in place of synapses. Over all lags R-sum
     * with damping alpha a step is R-sum on the weights with gamma = alpha a / (1 - alpha (1 - a)) a synapse, times
     * alpha / gamma; R-hop differs, since each step mixes numbers of synapses.
     *
     * @return the penalty; outside training {@link #cost} refuses it, since weights alone have no leak
     */
    default Penalty leaky() {
        return new LeakyPenalty(this, Double.NaN);
    }

    /**
     * This penalty on what one step of a network with a leak does, whatever leak is trained.
     *
     * @param leak a, above 0 and at most 1
     * @return the penalty
     */
    default Penalty leaky(double leak) {
        if (Double.isNaN(leak)) {
            throw new IllegalArgumentException("leak is NaN; it must be above 0 and at most 1.");
        }
        return new LeakyPenalty(this, leak);
    }

    /**
     * The penalty in force at a moment of training; this one itself unless a schedule says otherwise.
     *
     * @param progress updates already made, as a fraction of all, from 0 to 1
     * @return the penalty of the next update
     */
    default Penalty at(double progress) {
        return this;
    }

    /**
     * No penalty.
     *
     * @return a penalty that is always 0
     */
    static Penalty none() {
        return new PenaltySum(List.of());
    }

    /**
     * L1: beta times the sum of absolute weights of all three matrices. Biases are free.
     *
     * @param beta the strength, 0 or more
     * @return the penalty
     */
    static Penalty l1(double beta) {
        return new WeightPenalty(Check.notNegative("beta", beta));
    }

    /**
     * L2: beta times the sum of squares of all three matrices. Biases are free.
     *
     * @param beta the strength, 0 or more
     * @return the penalty
     */
    static Penalty l2(double beta) {
        return new SquaresPenalty(Check.notNegative("beta", beta));
    }

    /**
     * R-sum as networks with a leak use it: 10 hops and alpha 0.8, on the weights, so that hops are synapses and the cost
     * does not grow with the number of steps.
     *
     * @param beta the strength, 0 or more
     * @return the penalty
     */
    static Penalty resolvent(double beta) {
        return resolvent(beta, 0.8, 10);
    }

    /**
     * R-hop as networks with a leak use it: 10 hops and alpha 0.8, on the weights, so that hops are synapses and the cost
     * does not grow with the number of steps.
     *
     * @param beta the strength, 0 or more
     * @return the penalty
     */
    static Penalty hopwise(double beta) {
        return hopwise(beta, 0.8, 10);
    }

    /**
     * The resolvent penalty on the summed map (R-sum): beta times sum over input-output pairs of
     * |sum over k of alpha^k (A^k)_io|. Hops of opposite sign may cancel.
     *
     * @param beta the strength, 0 or more
     * @param alpha the damping a hop, above 0
     * @param length the number of time steps L
     * @return the penalty
     */
    static Penalty resolvent(double beta, double alpha, int length) {
        return new SummedPenalty(beta, alpha, length, false);
    }

    /**
     * The resolvent penalty hop by hop (R-hop): beta times sum over k of alpha^k times the sum of |(A^k)_io|. No hop can
     * hide behind another.
     *
     * @param beta the strength, 0 or more
     * @param alpha the damping a hop, above 0
     * @param length the number of time steps L
     * @return the penalty
     */
    static Penalty hopwise(double beta, double alpha, int length) {
        return new HopwisePenalty(beta, alpha, length);
    }

    /**
     * The resolvent penalty on absolute walks (R-abs), a path norm: the summed form on |A|.
     *
     * @param beta the strength, 0 or more
     * @param alpha the damping a hop, above 0
     * @param length the number of time steps L
     * @return the penalty
     */
    static Penalty absoluteWalks(double beta, double alpha, int length) {
        return new SummedPenalty(beta, alpha, length, true);
    }

    /**
     * The resolvent penalty on the normalised map: beta times sum over input-output pairs of
     * |sum over k of (alpha / rho)^k (A^k)_io|, rho the spectral radius of W_hh. It exists to show why it should not be
     * used: raising rho by a loop that no input drives lowers the penalty at no cost to the walks, so a network can buy
     * itself off without communicating less.
     *
     * <p>The gradient is exact and includes that of rho, d|lambda| = Re(conj(lambda) / |lambda| u' dW v / (u' v)) with
     * right and left eigenvectors v and u of the leading eigenvalue lambda, which may be one of a complex pair. Where
     * several eigenvalues other than a pair share the largest modulus there is no gradient, and that of one of them
     * stands. Cost: L hidden^2 inputs and about 30 hidden^3. Source: the warning is from a summary of arXiv 2605.03598,
     * the experiment is ours.
     *
     * @param beta the strength, 0 or more
     * @param alpha the damping a hop, above 0
     * @param length the number of time steps L
     * @return the penalty; it throws IllegalArgumentException for weights of spectral radius 0
     */
    static Penalty normalisedResolvent(double beta, double alpha, int length) {
        return new NormalisedPenalty(beta, alpha, length);
    }
}
