package org.hopwise.lowrank;

import java.io.Serializable;
import java.util.Objects;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A low-rank network with noise in its latents, seen through noisy channels:
 * {@code z_0 = mu_0 + e_0}, {@code z_t = a z_{t-1} + n phi(M z_{t-1} + W_u v_{t-1}; h) + e_t} with e_0 ~ N(0, Q_0) and
 * e_t ~ N(0, Q). Unless set, Q is 0.01 times and Q_0 one times the identity, and mu_0 is 0. Immutable: a setting returns a
 * copy. Source: arXiv 2406.16749, equations 1 to 3, in the form of its public code.
 */
public final class StochasticNetwork implements Serializable {

    private final Model model;
    private final LowRank network;
    private final Observation observation;

    private StochasticNetwork(Model model, LowRank network, Observation observation) {
        this.model = model;
        this.network = network;
        this.observation = observation;
    }

    /**
     * A network and what is seen of it.
     *
     * @param n the network
     * @param o the channels
     * @return with the noise that stands above
     * @throws IllegalArgumentException if shapes do not fit or a variance is not above 0
     */
    public static StochasticNetwork of(LowRank n, Observation o) {
        return new StochasticNetwork(Model.of(n, o), n, o);
    }

    static StochasticNetwork of(Model m) {
        INDArray weights = m.readout() == Readout.LATENTS
                ? Nd.array(m.weights(), m.channels(), m.rank())
                : Nd.array(m.weights(), m.channels());
        INDArray bias = Nd.array(m.shift(), m.channels());
        Observation o = m.isPoisson()
                ? new PoissonObservation(m.readout(), weights, bias, m.link())
                : new GaussianObservation(m.readout(), weights, bias, Nd.array(m.variance(), m.channels()));
        LowRank n = new LowRank(
                m.decay(),
                Nd.array(m.left(), m.units(), m.rank()),
                Nd.array(m.right(), m.rank(), m.units()),
                Nd.array(m.bias(), m.units()),
                m.inputs() == 0 ? null : Nd.array(m.input(), m.units(), m.inputs()),
                m.ramp());
        return new StochasticNetwork(m, n, o);
    }

    /**
     * Independent noise of one size in every latent.
     *
     * @param sd its standard deviation, above 0
     * @return a copy with Q = sd^2 I
     */
    public StochasticNetwork noise(double sd) {
        Check.positive("sd", sd);
        return new StochasticNetwork(model.withNoise(Small.identity(sd * sd, model.rank())), network, observation);
    }

    /**
     * Noise of a covariance.
     *
     * @param covariance Q, rank x rank, symmetric and positive definite
     * @return a copy with Q
     */
    public StochasticNetwork noise(INDArray covariance) {
        return new StochasticNetwork(model.withNoise(covariance("noise", covariance)), network, observation);
    }

    /**
     * Where trials begin.
     *
     * @param mean mu_0, one value a latent
     * @param covariance Q_0, rank x rank, symmetric and positive definite
     * @return a copy with both
     */
    public StochasticNetwork start(INDArray mean, INDArray covariance) {
        double[] first = Nd.values("mean", mean, 1);
        if (first.length != model.rank()) {
            throw new IllegalArgumentException(
                    "mean has %d values; it must have %d, one a latent.".formatted(first.length, model.rank()));
        }
        return new StochasticNetwork(
                model.withStart(first, covariance("start covariance", covariance)), network, observation);
    }

    private double[] covariance(String name, INDArray covariance) {
        if (covariance.rank() != 2 || covariance.size(0) != model.rank() || covariance.size(1) != model.rank()) {
            throw new IllegalArgumentException("%s is %s; it must be rank x rank, %d x %d."
                    .formatted(name, LowRank.sizes(covariance.shape()), model.rank(), model.rank()));
        }
        double[] values = Nd.values(name, covariance, 2);
        Small.requireCovariance(name, values, model.rank());
        return values;
    }

    /**
     * Inputs as they are, v_t = u_t, instead of low-passed; the first latents then also move by
     * {@code (M' M)^-1 M' W_u v_0}.
     *
     * @return a copy with the setting
     */
    public StochasticNetwork rawInputs() {
        return new StochasticNetwork(model.withRawInputs(), network, observation);
    }

    /**
     * The network without noise.
     *
     * @return the network
     */
    public LowRank network() {
        return network;
    }

    /**
     * What is seen.
     *
     * @return the channels
     */
    public Observation observation() {
        return observation;
    }

    /**
     * Q, a copy.
     *
     * @return rank x rank
     */
    public INDArray noise() {
        return Nd.array(model.noise().clone(), model.rank(), model.rank());
    }

    /**
     * mu_0, a copy.
     *
     * @return one value a latent
     */
    public INDArray startMean() {
        return Nd.array(model.mean().clone(), model.rank());
    }

    /**
     * Q_0, a copy.
     *
     * @return rank x rank
     */
    public INDArray startNoise() {
        return Nd.array(model.startNoise().clone(), model.rank(), model.rank());
    }

    /**
     * The variance of every Gaussian channel.
     *
     * @return one a channel; empty for Poisson counts
     */
    public INDArray variance() {
        return model.isPoisson() ? Nd.empty(0) : Nd.array(model.variance().clone(), model.channels());
    }

    /**
     * The same network in the latents of {@link LowRank#canonical}; noise, start and readout turn with it, and nothing that
     * is observed changes.
     *
     * @return the network in canonical form
     */
    public StochasticNetwork canonical() {
        int rank = model.rank();
        LowRank turned = network.canonical();
        double[] p = network.toCanonical().data;
        double[] transposed = Small.transposed(p, rank, rank);
        double[] q = Small.symmetric(turn(p, model.noise(), transposed), rank);
        double[] q0 = Small.symmetric(turn(p, model.startNoise(), transposed), rank);
        double[] mean = Small.multiply(p, model.mean(), rank, rank, 1);
        double[] weights = model.weights();
        if (model.readout() == Readout.LATENTS) {
            org.ejml.data.DMatrixRMaj inverse = new org.ejml.data.DMatrixRMaj(rank, rank);
            if (!org.ejml.dense.row.CommonOps_DDRM.invert(network.toCanonical(), inverse)) {
                throw new IllegalStateException(
                        "left has columns that depend on each other, so there is no way back from canonical latents; use a lower rank.");
            }
            weights = Small.multiply(weights, inverse.data, model.channels(), rank, rank);
        }
        Model m = model;
        return of(new Model(
                m.units(),
                rank,
                m.channels(),
                m.inputs(),
                m.ramp(),
                m.readout(),
                m.link(),
                m.raw(),
                m.decay(),
                turned.leftMatrix().data,
                turned.rightMatrix().data,
                m.bias(),
                m.input(),
                mean,
                q,
                q0,
                weights,
                m.shift(),
                m.variance()));
    }

    private static double[] turn(double[] p, double[] covariance, double[] transposed) {
        int rank = (int) Math.round(Math.sqrt(p.length));
        return Small.multiply(p, Small.multiply(covariance, transposed, rank, rank, rank), rank, rank, rank);
    }

    /**
     * Trials of a network without inputs, or with inputs at 0.
     *
     * @param trials how many, at least 1
     * @param steps of each, at least 1
     * @param s the randomness; trial i draws from child i of its streams {@code "latent noise"} and {@code "observation noise"}
     * @return observations and latents
     * @throws IllegalStateException if a run overflows
     */
    public Trials simulate(int trials, int steps, Seed s) {
        Check.positive("trials", trials);
        Check.positive("steps", steps);
        requireRoom(trials, steps);
        double[] inputs = new double[trials * steps * model.inputs()];
        return simulate(inputs, trials, steps, s);
    }

    /**
     * Trials under inputs.
     *
     * @param inputs u, trials x steps x inputs
     * @param s the randomness, as above
     * @return observations, inputs and latents
     * @throws IllegalArgumentException if the inputs do not fit
     * @throws IllegalStateException if a run overflows
     */
    public Trials simulate(INDArray inputs, Seed s) {
        if (inputs.rank() != 3 || inputs.size(2) != model.inputs() || inputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "inputs are %s; they must be trials x steps x inputs, the network has %d."
                            .formatted(LowRank.sizes(inputs.shape()), model.inputs()));
        }
        requireRoom((int) inputs.size(0), (int) inputs.size(1));
        return simulate(Nd.values("inputs", inputs, 3), (int) inputs.size(0), (int) inputs.size(1), s);
    }

    private void requireRoom(int trials, int steps) {
        double numbers = (double) trials * steps * (model.channels() + model.rank() + model.inputs());
        String what = "Trials of %d steps".formatted(steps);
        Memory.requireArray(what, numbers, "Use fewer trials or steps");
        Memory.require(what, 4 * Double.BYTES * numbers, "Use fewer trials or steps");
    }

    private Trials simulate(double[] u, int trials, int steps, Seed s) {
        double[] y = new double[trials * steps * model.channels()];
        double[] z = new double[trials * steps * model.rank()];
        Seed latent = s.named("latent noise");
        Seed observed = s.named("observation noise");
        for (int trial = 0; trial < trials; trial++) {
            Draws e = new Draws(latent.child(trial));
            Draws xi = new Draws(observed.child(trial));
            double[] own = java.util.Arrays.copyOfRange(
                    u, trial * steps * model.inputs(), (trial + 1) * steps * model.inputs());
            Run run = run(own, steps, e::gaussian, model.isPoisson() ? xi::uniform : xi::gaussian);
            System.arraycopy(run.observations(), 0, y, trial * run.observations().length, run.observations().length);
            System.arraycopy(run.latents(), 0, z, trial * run.latents().length, run.latents().length);
        }
        return new Trials(
                Nd.array(y, trials, steps, model.channels()),
                model.inputs() == 0 ? null : Nd.array(u, trials, steps, model.inputs()),
                Nd.array(z, trials, steps, model.rank()));
    }

    /** Where the next number comes from. */
    interface Source {
        double next();
    }

    /** One run: low-passed inputs, latents, means and observations, each steps x its size. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Run(double[] filtered, double[] latents, double[] means, double[] observations) {}

    /**
     * One run with given draws: latent noise is the lower Cholesky factor times standard normal draws, Gaussian channels add
     * their deviation times a draw, a count is the smallest k whose cumulative probability is at least a uniform draw.
     */
    Run run(double[] u, int steps, Source latent, Source observed) {
        Model m = model;
        double[] v = m.filtered(u, steps);
        double[] z = new double[steps * m.rank()];
        double[] means = new double[steps * m.channels()];
        double[] y = new double[means.length];
        double[] push = new double[m.units()];
        double[] l0 = Small.cholesky(m.startNoise(), m.rank());
        double[] l = Small.cholesky(m.noise(), m.rank());
        double[] state = m.firstMean(v);
        double[] e = new double[m.rank()];
        for (int t = 0; t < steps; t++) {
            Interruption.check();
            if (t > 0) {
                m.push(v, t - 1, push);
                state = next(m, z, (t - 1) * m.rank(), push);
            }
            for (int r = 0; r < m.rank(); r++) {
                e[r] = latent.next();
            }
            double[] factor = t == 0 ? l0 : l;
            for (int r = 0; r < m.rank(); r++) {
                double sum = state[r];
                for (int q = 0; q <= r; q++) {
                    sum += factor[r * m.rank() + q] * e[q];
                }
                if (!Double.isFinite(sum)) {
                    throw new IllegalStateException(
                            "The generated run overflows at step %d; use a smaller right factor, less noise or fewer steps."
                                    .formatted(t));
                }
                z[t * m.rank() + r] = sum;
            }
            if (m.readout() != Readout.LATENTS) {
                m.push(v, t, push);
            }
            m.observedMean(z, t * m.rank(), push, means, t * m.channels());
            for (int i = 0; i < m.channels(); i++) {
                double mean = means[t * m.channels() + i];
                y[t * m.channels() + i] = m.isPoisson()
                        ? count(mean, observed.next(), t)
                        : mean + Math.sqrt(m.variance()[i]) * observed.next();
            }
        }
        return new Run(v, z, means, y);
    }

    private static double[] next(Model m, double[] z, int at, double[] push) {
        double[] next = new double[m.rank()];
        for (int r = 0; r < m.rank(); r++) {
            next[r] = m.decay() * z[at + r];
        }
        for (int i = 0; i < m.units(); i++) {
            double current = push[i];
            for (int r = 0; r < m.rank(); r++) {
                current += m.left()[i * m.rank() + r] * z[at + r];
            }
            double rate = m.ramp().rate(current, m.bias()[i]);
            for (int r = 0; r < m.rank(); r++) {
                next[r] += m.right()[r * m.units() + i] * rate;
            }
        }
        return next;
    }

    /** The smallest count whose cumulative probability is at least u; above a mean of 500 by the normal limit. */
    private static double count(double mean, double u, int step) {
        if (!(mean <= 1e12)) {
            throw new IllegalStateException(
                    "The generated run overflows at step %d: a mean count is %s; use a smaller readout or the link SOFTPLUS."
                            .formatted(step, mean));
        }
        if (mean > 500) {
            double normal = new org.apache.commons.math3.distribution.NormalDistribution(null, 0, 1)
                    .inverseCumulativeProbability(Math.max(u, 1e-300));
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal));
        }
        double probability = Math.exp(-mean);
        double cumulative = probability;
        int k = 0;
        while (cumulative < u && k < 2000) {
            k++;
            probability *= mean / k;
            cumulative += probability;
        }
        return k;
    }

    Model model() {
        return model;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StochasticNetwork o
                && network.equals(o.network)
                && observation.equals(o.observation)
                && java.util.Arrays.equals(model.noise(), o.model.noise())
                && java.util.Arrays.equals(model.startNoise(), o.model.startNoise())
                && java.util.Arrays.equals(model.mean(), o.model.mean())
                && model.raw() == o.model.raw();
    }

    @Override
    public int hashCode() {
        return Objects.hash(network, observation, java.util.Arrays.hashCode(model.noise()));
    }

    @Override
    public String toString() {
        return "%s, %s of %s, %d channels"
                .formatted(
                        network,
                        model.isPoisson() ? "Poisson counts" : "Gaussian observations",
                        model.readout().name().toLowerCase(java.util.Locale.ROOT),
                        model.channels());
    }
}
