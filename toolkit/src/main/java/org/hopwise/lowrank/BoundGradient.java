package org.hopwise.lowrank;

import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The bound of trials, a step, and its slopes in every array of a stochastic network, with the noise of the particles and
 * their ancestors held fixed: the term of choosing ancestors is left out, as in arXiv 2406.16749. Shapes are those of the arrays;
 * covariances have the symmetric G with d bound = sum of G_rs dQ_rs.
 *
 * @param bound the mean over trials
 * @param left slopes in M, units x rank
 * @param right in n, rank x units
 * @param bias in h, one a unit
 * @param input in W_u, units x inputs
 * @param decay in a
 * @param startMean in mu_0, one a latent
 * @param noise in Q, rank x rank
 * @param startNoise in Q_0, rank x rank
 * @param weights in B, channels x rank, or in the gains, one a unit
 * @param observationBias in b, one a channel
 * @param variance in r, one a channel; empty for counts
 */
public record BoundGradient(
        double bound,
        INDArray left,
        INDArray right,
        INDArray bias,
        INDArray input,
        double decay,
        INDArray startMean,
        INDArray noise,
        INDArray startNoise,
        INDArray weights,
        INDArray observationBias,
        INDArray variance) {

    static BoundGradient of(Model m, Gradient g) {
        int rank = m.rank();
        return new BoundGradient(
                g.bound,
                Nd.array(g.left, m.units(), rank),
                Nd.array(g.right, rank, m.units()),
                Nd.array(g.bias, m.units()),
                m.inputs() == 0 ? Nd.empty(m.units(), 0) : Nd.array(g.input, m.units(), m.inputs()),
                g.decay[0],
                Nd.array(g.mean, rank),
                Nd.array(g.noise, rank, rank),
                Nd.array(g.startNoise, rank, rank),
                m.readout() == Readout.LATENTS
                        ? Nd.array(g.weights, m.channels(), rank)
                        : Nd.array(g.weights, m.units()),
                Nd.array(g.shift, m.channels()),
                m.isPoisson() ? Nd.empty(0) : Nd.array(g.variance, m.channels()));
    }

    @Override
    public String toString() {
        return "slopes of the bound " + Texts.number(bound);
    }
}
