package org.hopwise.randommode.simulation;

import java.util.Locale;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.ProgressListener;
import org.hopwise.ProgressListener.Progress;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Settings;
import org.hopwise.internal.array.OddRational;
import org.hopwise.internal.array.PackedMatrix;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Parallel;
import org.hopwise.randommode.averages.GaussianAverages;
import org.hopwise.rnn.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a network of given couplings J from several random starts at once, as one product of J with a block of
 * trajectories a step: {@code dx/dt = -x + J phi(x)} by the Runge-Kutta method of order 4, or
 * {@code x(t + 1) = J phi(x(t))}. Any square matrix can be J: an ensemble, a trained network's recurrent weights, a
 * connectome. Time constant 1, no input, no noise. Immutable; cells may be run again.
 *
 * <p>Single precision: its products are 4 times as fast, and rounding (1e-7) acts on chaotic activity as another start
 * would. A trajectory has the same bits whatever the number of threads and of other trajectories. A step of one trajectory
 * takes 2 N^2 operations, four times that in continuous time.
 */
public final class Simulation {

    /** More trajectories than this in a product leave the second-level cache, fewer leave the processor idle. */
    private static final int WIDEST_BLOCK = 64;

    private static final double LARGEST_DRIVE = 1e30;

    private static final int REPORTS = 100;

    private final PackedMatrix couplings;
    private final int units;
    private final boolean isDiscrete;
    private final Choices settings;
    private final int threads;
    private final ProgressListener listener;

    /** All that determines a result beside the couplings. */
    private record Choices(
            Activation phi,
            int trajectories,
            double startDeviation,
            double settle,
            double record,
            double sampleEvery,
            double timeStep,
            Seed seed) {}

    private Simulation(
            PackedMatrix couplings,
            int units,
            boolean isDiscrete,
            Choices settings,
            int threads,
            ProgressListener listener) {
        this.couplings = couplings;
        this.units = units;
        this.isDiscrete = isDiscrete;
        this.settings = settings;
        this.threads = threads;
        this.listener = listener;
    }

    private static Simulation of(INDArray couplings, boolean isDiscrete, Choices settings) {
        DMatrixRMaj square = Nd.square("couplings", couplings);
        requireDrives(square);
        return new Simulation(
                PackedMatrix.of(square.data, square.numRows, square.numCols),
                square.numRows,
                isDiscrete,
                settings,
                Runtime.getRuntime().availableProcessors(),
                progress -> {});
    }

    private Simulation with(String name, Object value) {
        return new Simulation(couplings, units, isDiscrete, Settings.with(settings, name, value), threads, listener);
    }

    /** Outputs are at most 1, so no drive exceeds a row's sum of moduli, and no state then can overflow. */
    private static void requireDrives(DMatrixRMaj couplings) {
        for (int i = 0; i < couplings.numRows; i++) {
            double sum = 0;
            for (int j = 0; j < couplings.numCols; j++) {
                sum += Math.abs(couplings.get(i, j));
            }
            if (sum > LARGEST_DRIVE) {
                throw new IllegalArgumentException(
                        "couplings onto unit %d add up to %.3g; single precision holds %.0g. Divide them by a common factor."
                                .formatted(i, sum, LARGEST_DRIVE));
            }
        }
    }

    /**
     * In continuous time, {@code dx/dt = -x + J phi(x)}.
     *
     * @param couplings J, units x units, finite; entry (i, j) is the coupling from unit j to unit i
     * @return the simulation
     */
    public static Simulation continuous(INDArray couplings) {
        return of(couplings, false, new Choices(Activation.ERF, 32, 1, 80, 120, 1, 0.2, Seed.of(0)));
    }

    /**
     * In discrete time, {@code x(t + 1) = J phi(x(t))}.
     *
     * @param couplings J, units x units, finite; entry (i, j) is the coupling from unit j to unit i
     * @return the simulation
     */
    public static Simulation discrete(INDArray couplings) {
        return of(couplings, true, new Choices(Activation.ERF, 32, 1, 100, 200, 1, 1, Seed.of(0)));
    }

    /**
     * The nonlinearity phi; erf unless set.
     *
     * @param nonlinearity erf or tanh
     * @return a copy with the setting
     */
    public Simulation nonlinearity(Activation nonlinearity) {
        return with("phi", GaussianAverages.requireSaturating(nonlinearity));
    }

    /**
     * The step of the Runge-Kutta method in time constants; 0.2 unless set. Halving it takes the error of a step down by
     * 32.
     *
     * @param step above 0, at most 1
     * @return a copy with the setting
     */
    public Simulation timeStep(double step) {
        if (isDiscrete || !(step > 0 && step <= 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "step is %s; it must be above 0 and at most 1%s.",
                    step,
                    isDiscrete ? ", and discrete time has steps of 1; use Simulation.continuous" : " time constant"));
        }
        return with("timeStep", step);
    }

    /**
     * How long to run before anything is recorded; 80 time constants, or 100 steps in discrete time, unless set.
     *
     * @param time 0 or more
     * @return a copy with the setting
     */
    public Simulation settle(double time) {
        return with("settle", Check.notNegative("settle", time));
    }

    /**
     * How long to record; 120 time constants, or 200 steps in discrete time, unless set.
     *
     * @param time above 0
     * @return a copy with the setting
     */
    public Simulation record(double time) {
        return with("record", Check.positive("record", time));
    }

    /**
     * The time between recorded states, rounded to whole steps; 1 unless set. The first is recorded when the network has
     * settled.
     *
     * @param time at least half a step
     * @return a copy with the setting
     */
    public Simulation sampleEvery(double time) {
        return with("sampleEvery", Check.positive("sampleEvery", time));
    }

    /**
     * How many random starts; 32 unless set. Multiples of 16 use the processor best; covariances between units need at
     * least 2.
     *
     * @param trajectories at least 1
     * @return a copy with the setting
     */
    public Simulation trajectories(int trajectories) {
        return with("trajectories", Check.positive("trajectories", trajectories));
    }

    /**
     * The standard deviation of the Gaussian starting states; 1 unless set.
     *
     * @param deviation above 0; far below 1 the network starts out linear
     * @return a copy with the setting
     */
    public Simulation startDeviation(double deviation) {
        return with("startDeviation", Check.positive("startDeviation", deviation));
    }

    /**
     * The randomness of the starts; seed 0 unless set. Of its stream {@code "starts"} each trajectory has a child of its
     * own, so that more trajectories do not change the first ones.
     *
     * @param seed the seed
     * @return a copy with the setting
     */
    public Simulation seed(Seed seed) {
        return with("seed", Objects.requireNonNull(seed, "seed"));
    }

    /**
     * How many threads; one a core unless set. Results do not depend on it. In a sweep over many networks use 1, since the
     * sweep keeps all cores busy.
     *
     * @param threads at least 1
     * @return a copy with the setting
     */
    public Simulation threads(int threads) {
        return new Simulation(couplings, units, isDiscrete, settings, Check.positive("threads", threads), listener);
    }

    /**
     * Who hears how many steps are done; nobody unless set.
     *
     * @param listener called from several threads, one at a time
     * @return a copy with the setting
     */
    public Simulation listen(ProgressListener listener) {
        return new Simulation(
                couplings, units, isDiscrete, settings, threads, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Runs the network.
     *
     * @return the recorded states and outputs
     * @throws org.hopwise.StoppedException if the calling thread is interrupted, within a step
     * @throws IllegalArgumentException if fewer than two moments would be recorded, or more than fit into memory
     */
    public Activity run() {
        int trajectories = settings.trajectories();
        double timeStep = settings.timeStep();
        int every = Math.max(1, (int) Math.round(settings.sampleEvery() / timeStep));
        long settlingSteps = Math.round(settings.settle() / timeStep);
        long samples = (long) Math.floor(settings.record() / (every * timeStep) * (1 + 1e-12));
        Recording.requireSize(trajectories, samples, units, 2);
        float[][] states = new float[trajectories][(int) samples * units];
        float[][] outputs = new float[trajectories][(int) samples * units];
        int width = Math.min(
                WIDEST_BLOCK, PackedMatrix.padded((trajectories + threads - 1) / Math.min(threads, trajectories)));
        int blocks = (trajectories + width - 1) / width;
        long steps = settlingSteps + (samples - 1) * every;
        Tally tally = new Tally(listener, blocks * steps);
        OddRational phi = settings.phi() == Activation.ERF ? OddRational.SCALED_ERF : OddRational.TANH;
        Parallel.run(threads, blocks, b -> {
            int first = b * width;
            int count = Math.min(width, trajectories - first);
            TrajectoryBlock block = new TrajectoryBlock(couplings, units, phi, PackedMatrix.padded(count));
            for (int k = 0; k < count; k++) {
                block.start(
                        k,
                        settings.startDeviation(),
                        settings.seed().named("starts").child(first + k));
            }
            advance(block, settlingSteps, tally);
            for (int sample = 0; sample < samples; sample++) {
                advance(block, sample == 0 ? 0 : every, tally);
                for (int k = 0; k < count; k++) {
                    block.record(k, states[first + k], outputs[first + k], sample * units);
                }
            }
        });
        return new Activity(
                new Recording(states, units, every * timeStep, threads),
                new Recording(outputs, units, every * timeStep, threads));
    }

    private void advance(TrajectoryBlock block, long steps, Tally tally) {
        for (long step = 0; step < steps; step++) {
            Interruption.check();
            if (isDiscrete) {
                block.map();
            } else {
                block.rungeKutta((float) settings.timeStep());
            }
            tally.add();
        }
    }

    /** Counts steps of all blocks and reports about a hundred times. */
    private static final class Tally {
        private final ProgressListener listener;
        private final long total;
        private long done;

        Tally(ProgressListener listener, long total) {
            this.listener = listener;
            this.total = total;
        }

        synchronized void add() {
            done++;
            if (done == total || done % Math.max(1, total / REPORTS) == 0) {
                listener.progressed(new Progress("simulation", done, total, ""));
            }
        }
    }

    /** All settings but threads and listener, which have no effect on results; of the couplings only how many units. */
    @Override
    public String toString() {
        return "%s simulation of %d units (%s)"
                .formatted(isDiscrete ? "discrete" : "continuous", units, Settings.text(settings));
    }
}
