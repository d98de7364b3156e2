package org.hopwise.internal.engine;

import org.hopwise.Seed;
import org.hopwise.internal.array.Gaussians;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;

/**
 * The states of some trials, step by step, on arrays that are allocated once. The array of states is filled with b and
 * noise of as many steps as stay in the cache; each step adds W_in v + W r of the step before, one product of both side by
 * side, and turns its own numbers into r_t in place.
 */
public final class Forward {

    private final Activation activation;
    private final Dynamics dynamics;
    final int steps;
    final int trials;
    /** Steps x trials x inputs, not a copy; noise of the inputs is added here. */
    final Reals inputs;
    /** r_1 to r_T, steps x trials x hidden. */
    final Reals states;
    /** The values of f at each step: r itself, but for the rate form with a leak. */
    final Reals values;
    /** What leaks, x or r of the last step; nothing without a leak. */
    private final Reals kept;
    /** r_0, a row a trial; of use only where the run does not begin at rest. */
    final Reals startRates;

    /** Standard normal draws of the drive, added times the factor; nothing without noise. */
    private Noise recurrentNoise;

    /** So many numbers of states, and their gradients, are gone over again while they are in the cache. */
    private static final int STRETCH = 1 << 15;

    /** How many steps that is. */
    final int stretch;

    /** Adds its numbers from {@code begin} to {@code end}, times a factor; asked for in turn, from 0 on in each run. */
    public interface Noise {
        void add(double factor, Reals into, int begin, int end);
    }

    public Forward(int steps, int trials, int hidden, Activation activation, Dynamics dynamics, Reals inputs) {
        this.activation = activation;
        this.dynamics = dynamics;
        this.steps = steps;
        this.trials = trials;
        this.inputs = inputs;
        this.states = inputs.zeros(steps * trials * hidden);
        boolean leaks = dynamics.leak() < 1;
        this.kept = inputs.zeros(leaks ? trials * hidden : 0);
        this.values = leaks && dynamics.form() == Form.RATE ? inputs.zeros(states.length()) : states;
        this.startRates = inputs.zeros(trials * hidden);
        this.stretch = stretch(trials * hidden);
    }

    /** As many steps as stay in the cache, at least one, and whole blocks of noise. */
    private static int stretch(int slab) {
        int block = Gaussians.BLOCK / Math.min(Gaussians.BLOCK, Integer.lowestOneBit(slab));
        return Math.max(1, STRETCH / slab / block) * block;
    }

    /** How many numbers such a run keeps, for checks before memory is asked for. */
    static double numbers(double moments, int trials, int inputs, int hidden, Dynamics dynamics) {
        boolean leaks = dynamics.leak() < 1;
        boolean twice = leaks && dynamics.form() == Form.RATE;
        return moments * (inputs + (twice ? 2.0 : 1) * hidden) + (leaks ? 2.0 : 1) * trials * hidden;
    }

    /** The states, not a copy. */
    public Reals states() {
        return states;
    }

    /** The values of f, not a copy. */
    public Reals values() {
        return values;
    }

    /** Adds noise to the inputs that stand here, and draws that of the drive from now on. */
    public void noise(Seed ofInputs, Seed ofDrive) {
        if (dynamics.inputNoise() > 0) {
            gaussians(ofInputs).add(dynamics.noiseFactor() * dynamics.inputNoise(), inputs, 0, inputs.length());
        }
        if (dynamics.recurrentNoise() > 0) {
            recurrentNoise = gaussians(ofDrive);
        }
    }

    private static Noise gaussians(Seed seed) {
        return new Noise() {
            private Gaussians source;

            @Override
            public void add(double factor, Reals into, int begin, int end) {
                source = begin == 0 ? new Gaussians(seed) : source;
                into.addGaussians(source, factor, begin, end);
            }
        };
    }

    /** Noise of given draws. */
    public void noise(Noise ofInputs, Noise ofDrive) {
        ofInputs.add(dynamics.noiseFactor() * dynamics.inputNoise(), inputs, 0, inputs.length());
        recurrentNoise = ofDrive;
    }

    /** Runs all steps, a stretch at a time. Factors of products are taken from the workspace. */
    public void run(Parameters p, Workspace work) {
        int slab = trials * p.hidden;
        Reals input = work.factor(p.input, p.inputs, p.hidden);
        Reals both = work.factor(p.input, p.inputs, p.recurrent, p.hidden, p.hidden);
        boolean rests = begin(p);
        for (int t = 0; t < steps; t++) {
            Interruption.check();
            if (t % stretch == 0) {
                drive(t * slab, Math.min(t + stretch, steps) * slab, p);
            }
            int at = t * trials * p.inputs;
            if (t == 0 && rests) {
                states.product(0, inputs, 0, input, trials, p.inputs, p.hidden, true);
            } else {
                Reals before = t == 0 ? startRates : states;
                int from = t == 0 ? 0 : (t - 1) * slab;
                states.product(t * slab, inputs, at, p.inputs, before, from, p.hidden, both, trials, p.hidden, true);
            }
            turn(t * slab, slab);
        }
    }

    /** b and noise. */
    private void drive(int begin, int end, Parameters p) {
        states.fillRows(p.hiddenBias, begin, end);
        if (recurrentNoise != null) {
            recurrentNoise.add(dynamics.noiseFactor() * dynamics.recurrentNoise(), states, begin, end);
        }
    }

    /** From the drive of a step to its rates. */
    private void turn(int at, int slab) {
        if (dynamics.leak() == 1) {
            apply(activation, states, at, at + slab);
        } else if (dynamics.form() == Form.CURRENT) {
            states.leak(at, kept, dynamics.leak());
            apply(activation, states, at, at + slab);
        } else {
            apply(activation, states, at, at + slab);
            values.copy(at, states, at, slab);
            states.leak(at, kept, dynamics.leak());
        }
    }

    /** Sets x_0 and r_0; says whether r_0 is 0, so that nothing comes from it. */
    private boolean begin(Parameters p) {
        boolean rests = rests(p);
        if (!rests) {
            startRates.fillRows(p.start);
            if (dynamics.form() == Form.CURRENT) {
                apply(activation, startRates, 0, startRates.length());
            }
        }
        if (kept.length() > 0) {
            kept.fillRows(p.start);
        }
        return rests;
    }

    boolean rests(Parameters p) {
        boolean silent = dynamics.form() == Form.RATE || activation != Activation.SOFTPLUS;
        for (int i = 0; silent && i < p.hidden; i++) {
            silent = p.start.get(i) == 0;
        }
        return silent;
    }

    static void apply(Activation activation, Reals values, int begin, int end) {
        switch (activation) {
            case LINEAR -> {}
            case TANH -> values.tanh(begin, end);
            case RELU -> values.rectify(begin, end);
            case ERF -> values.erf(begin, end);
            case SOFTPLUS -> values.softplus(begin, end);
        }
    }
}
