package org.hopwise.lowrank;

import java.io.Serializable;
import org.hopwise.internal.Nd;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is seen of a stochastic network: a drive d from latents or units, and noise around it. Shapes are checked by
 * {@link StochasticNetwork#of}. */
public sealed interface Observation extends Serializable permits GaussianObservation, PoissonObservation {

    /**
     * What the channels see.
     *
     * @return latents, currents or rates
     */
    Readout readout();

    /**
     * B or gains, a copy.
     *
     * @return channels x rank, or one a unit; null for gains of 1
     */
    INDArray weights();

    /**
     * b, a copy.
     *
     * @return one a channel; null for zeros
     */
    INDArray bias();

    /**
     * Gaussian channels that see the latents: y = B z + b + noise.
     *
     * @param weights B, channels x rank
     * @param bias b, one a channel
     * @param variance of the noise, one a channel, above 0
     * @return the observation
     */
    static Observation latents(INDArray weights, INDArray bias, INDArray variance) {
        return new GaussianObservation(Readout.LATENTS, weights, bias, variance);
    }

    /**
     * Gaussian channels that see the current of every unit: y = M z + W_u v + noise.
     *
     * @param variance of the noise, one a unit, above 0
     * @return the observation
     */
    static Observation units(INDArray variance) {
        return new GaussianObservation(Readout.CURRENTS, null, null, variance);
    }

    /**
     * Gaussian channels that see the current of every unit with the same noise.
     *
     * @param variance of the noise, above 0
     * @return the observation
     */
    static Observation units(double variance) {
        return units(Nd.array(new double[] {variance}, 1));
    }

    /**
     * Gaussian channels that see scaled currents: y = gain (M z + W_u v) + b + noise.
     *
     * @param gain one a unit
     * @param bias b, one a unit
     * @param variance of the noise, one a unit, above 0
     * @return the observation
     */
    static Observation units(INDArray gain, INDArray bias, INDArray variance) {
        return new GaussianObservation(Readout.CURRENTS, gain, bias, variance);
    }

    /**
     * Gaussian channels that see the rate of every unit: y = gain phi(M z + W_u v; h) + b + noise.
     *
     * @param gain one a unit
     * @param bias b, one a unit
     * @param variance of the noise, one a unit, above 0
     * @return the observation
     */
    static Observation rates(INDArray gain, INDArray bias, INDArray variance) {
        return new GaussianObservation(Readout.RATES, gain, bias, variance);
    }

    /**
     * Poisson counts whose mean is a function of the latents: y ~ Poisson(g(B z + b)).
     *
     * @param weights B, channels x rank
     * @param bias b, one a channel
     * @param link g
     * @return the observation
     */
    static Observation poisson(INDArray weights, INDArray bias, Link link) {
        return new PoissonObservation(Readout.LATENTS, weights, bias, link);
    }

    /**
     * Poisson counts of every unit: y ~ Poisson(g(gain (M z + W_u v) + b)).
     *
     * @param gain one a unit
     * @param bias b, one a unit
     * @param link g
     * @return the observation
     */
    static Observation poissonUnits(INDArray gain, INDArray bias, Link link) {
        return new PoissonObservation(Readout.CURRENTS, gain, bias, link);
    }

    /**
     * Poisson counts from the rates of every unit: y ~ Poisson(g(gain phi(M z + W_u v; h) + b)).
     *
     * @param gain one a unit
     * @param bias b, one a unit
     * @param link g
     * @return the observation
     */
    static Observation poissonRates(INDArray gain, INDArray bias, Link link) {
        return new PoissonObservation(Readout.RATES, gain, bias, link);
    }
}
