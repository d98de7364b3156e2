package org.hopwise.lowrank;

import java.util.Objects;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Cores;
import org.hopwise.internal.machine.Memory;
import org.hopwise.internal.machine.Parallel;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The likelihood of trials under a stochastic network, by particles that are drawn, weighed and resampled at every step. exp of
 * the estimated log likelihood is unbiased for any number of particles, so the log is low by about half its variance.
 *
 * <p>Immutable: a setting returns a copy. Unless set: 64 particles, systematic resampling, seed 0. Cost: about 2 N R
 * operations a trial, particle and step and X R^2 a trial and step (bootstrap and encoder: 2 X R a particle more). The same
 * numbers on any number of threads. Source: arXiv 2406.16749; Doucet and Johansen (2009).
 */
public final class ParticleFilter {

    private record Settings(
            Proposal proposal, Encoder encoder, int particles, Resampling resampling, Seed seed, boolean missing) {}

    private final Settings settings;

    private ParticleFilter(Settings settings) {
        this.settings = settings;
    }

    private ParticleFilter with(String name, Object value) {
        return new ParticleFilter(org.hopwise.internal.Settings.with(settings, name, value));
    }

    private static ParticleFilter of(Proposal proposal, Encoder encoder) {
        return new ParticleFilter(new Settings(proposal, encoder, 64, Resampling.SYSTEMATIC, Seed.of(0), false));
    }

    /**
     * Particles drawn from what the network and the present observation say together; for Gaussian observations of latents or
     * currents.
     *
     * @return the filter
     */
    public static ParticleFilter optimal() {
        return of(Proposal.OPTIMAL, null);
    }

    /**
     * Particles drawn from what the network says; for any observation.
     *
     * @return the filter
     */
    public static ParticleFilter bootstrap() {
        return of(Proposal.BOOTSTRAP, null);
    }

    /**
     * Particles drawn from what the network and an encoder of the observations so far say together; for any observation, with
     * diagonal noise.
     *
     * @param encoder such as a fit returns it
     * @return the filter
     */
    public static ParticleFilter encoder(Encoder encoder) {
        return of(Proposal.ENCODER, Objects.requireNonNull(encoder, "encoder"));
    }

    /**
     * How many particles; 64 unless set.
     *
     * @param particles K, at least 1
     * @return a copy with the setting
     */
    public ParticleFilter particles(int particles) {
        Check.positive("particles", particles);
        return with("particles", particles);
    }

    /**
     * How ancestors are drawn; systematic unless set.
     *
     * @param resampling the rule
     * @return a copy with the setting
     */
    public ParticleFilter resampling(Resampling resampling) {
        Objects.requireNonNull(resampling, "resampling");
        return with("resampling", resampling);
    }

    /**
     * The randomness; seed 0 unless set. Trial i draws from child i of the stream {@code "particles"}.
     *
     * @param seed the seed
     * @return a copy with the setting
     */
    public ParticleFilter seed(Seed seed) {
        Objects.requireNonNull(seed, "seed");
        return with("seed", seed);
    }

    /**
     * Takes NaN among the observations for values that were not measured, and leaves them out of the weights.
     *
     * @return a copy with the setting
     */
    public ParticleFilter skipMissing() {
        return with("missing", true);
    }

    /**
     * Filters.
     *
     * @param n the network
     * @param y the trials
     * @return what was found
     * @throws IllegalArgumentException if trials and network do not fit, or the proposal does not suit the network
     * @throws IllegalStateException if all weights of a step are 0
     */
    public Filtered run(StochasticNetwork n, Trials y) {
        Model m = n.model();
        check(m, y);
        int trials = y.count();
        int steps = y.steps();
        int particles = settings.particles;
        double numbers = (double) trials * steps * particles * (m.rank() + 1);
        String what = "Particles of %d trials".formatted(trials);
        Memory.requireArray(what, numbers, "Use fewer particles or trials");
        Memory.require(what, 3 * Double.BYTES * numbers, "Use fewer particles or trials");
        double[] latents = new double[trials * steps * particles * m.rank()];
        double[] ancestors = new double[trials * steps * particles];
        double[] logMeans = new double[trials * steps];
        double[] effective = new double[trials * steps];
        each(m, y, settings.seed, (trial, pass) -> {
            System.arraycopy(pass.logMeans, 0, logMeans, trial * steps, steps);
            System.arraycopy(pass.effective, 0, effective, trial * steps, steps);
            for (int i = 0; i < steps * particles; i++) {
                ancestors[trial * steps * particles + i] = pass.ancestors[i];
            }
            pass.latentsInto(latents, trial * steps * particles * m.rank());
        });
        double sum = 0;
        IntColumn which = IntColumn.create("trial");
        IntColumn when = IntColumn.create("time");
        for (int i = 0; i < logMeans.length; i++) {
            sum += logMeans[i];
            which.append(i / steps);
            when.append(i % steps);
        }
        Table perStep = Table.create(
                "particle filter",
                which,
                when,
                DoubleColumn.create("logMean", logMeans),
                DoubleColumn.create("effectiveSampleSize", effective));
        return new Filtered(
                sum,
                sum / steps / trials,
                perStep,
                Nd.array(latents, trials, steps, particles, m.rank()),
                Nd.array(ancestors, trials, steps, particles));
    }

    /**
     * The bound alone, with memory for one trial a thread: log p(y) a step, the mean over trials.
     *
     * @param n the network
     * @param y the trials
     * @return the bound
     */
    public double bound(StochasticNetwork n, Trials y) {
        double[] bounds = bounds(n, y);
        double sum = 0;
        for (double bound : bounds) {
            sum += bound;
        }
        return sum / bounds.length;
    }

    /**
     * The bound of every trial: log p(y) a step.
     *
     * @param n the network
     * @param y the trials
     * @return one a trial
     */
    public double[] bounds(StochasticNetwork n, Trials y) {
        check(n.model(), y);
        double[] bounds = new double[y.count()];
        each(n.model(), y, settings.seed, (trial, pass) -> {
            double sum = 0;
            for (double logMean : pass.logMeans) {
                sum += logMean;
            }
            bounds[trial] = sum / y.steps();
        });
        return bounds;
    }

    /**
     * Several estimates of the log likelihood, each with its own randomness: the number of the repeat, {@code logLikelihood} and
     * {@code bound}.
     *
     * @param n the network
     * @param y the trials
     * @param repeats how many, at least 1; repeat i has the seed's child i
     * @return one row a repeat
     */
    public Table logLikelihoods(StochasticNetwork n, Trials y, int repeats) {
        Check.positive("repeats", repeats);
        IntColumn repeat = IntColumn.create("repeat");
        DoubleColumn likelihood = DoubleColumn.create("logLikelihood");
        DoubleColumn bound = DoubleColumn.create("bound");
        for (int i = 0; i < repeats; i++) {
            double mean = seed(settings.seed.child(i)).bound(n, y);
            repeat.append(i);
            likelihood.append(mean * y.steps() * y.count());
            bound.append(mean);
        }
        return Table.create("log likelihoods", repeat, likelihood, bound);
    }

    private void check(Model m, Trials y) {
        m.requireFit(y, settings.missing, false);
        if (settings.proposal == Proposal.OPTIMAL) {
            m.requireOptimal();
        }
        if (settings.proposal == Proposal.ENCODER) {
            m.requireDiagonal();
            settings.encoder.requireFit(m);
        }
    }

    private interface Receiver {
        void filtered(int trial, TrialPass pass);
    }

    private void each(Model m, Trials y, Seed seed, Receiver receiver) {
        Prepared prepared = new Prepared(m, settings.proposal);
        TrialData data = new TrialData(y, m);
        Seed own = seed.named("particles");
        Passes passes = new Passes(m, settings.particles, y.steps());
        Parallel.run(
                Cores.count(),
                y.count(),
                trial -> passes.with(pass -> {
                    pass.draw(new Draws(own.child(trial)), settings.resampling);
                    Encoder.Moments moments =
                            settings.proposal == Proposal.ENCODER ? settings.encoder.moments(data, trial) : null;
                    pass.trial(prepared, data, trial, moments);
                    pass.forward(settings.resampling);
                    receiver.filtered(trial, pass);
                }));
    }

    @Override
    public String toString() {
        return "particle filter (%s, %d particles, %s resampling, seed %d)"
                .formatted(
                        settings.proposal.name().toLowerCase(java.util.Locale.ROOT),
                        settings.particles,
                        settings.resampling.name().toLowerCase(java.util.Locale.ROOT),
                        settings.seed.value());
    }
}
