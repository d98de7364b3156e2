package org.hopwise.task;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hopwise.Described;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.Gaussians;
import org.hopwise.internal.array.Singles;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A hierarchically modular task: input and output units stand in modules, modules in sibling pairs, and each output
 * reports a combination of its own module's and the sibling module's signal.
 *
 * <p>With N units in M modules of m = N / M, signal steps S of L steps, and module signal
 * s_M = sum of x over the module's units and the signal steps, divided by sqrt(m |S|):
 *
 * <ul>
 *   <li>linear tasks: x is N(0, 1) at signal steps and N(0, noise^2) at others; the target is
 *       (u s_own + v s_sibling) / sqrt(u^2 + v^2), of unit variance; the optimal map is g u' on the own and g v' on the
 *       sibling module, g = 1 / sqrt(m |S|), primes for the divided weights;
 *   <li>the product task: x = a + N(0, 1/4) at signal steps with one a ~ U(0, 1) a trial and module; with A the mean of
 *       x over signal steps and units, the target is (A_own A_sibling - 1/4) / c, c its standard deviation; the optimal
 *       map is the mean Jacobian, 1 / (2 c m |S|) on both modules.
 * </ul>
 *
 * <p>Units of module q are numbers q m to (q + 1) m - 1, for inputs and outputs alike. Immutable: every setting returns
 * a changed copy. Source: arXiv 2605.03598 for the families; sizes and normalisation are our choice.
 */
public final class HierarchicalTask implements MappedTask, Described {

    private static final int[] NEIGHBOURS = {};
    /** Standard deviation of x about its module's level in the product task. */
    private static final float PRODUCT_NOISE = 0.5f;

    private static final double UNIFORM_VARIANCE = 1.0 / 12;

    // Written only on a fresh copy, before anyone else sees it.
    private String name;
    private int units = 32;
    private int modules = 4;
    private int steps = 10;
    private int[] siblings = NEIGHBOURS;
    private int period = 1;
    private int phase;
    private int[] signalSteps = {};
    private double noise = 1;
    private double own;
    private double sibling;
    private boolean product;

    private HierarchicalTask(String name, double own, double sibling, boolean product) {
        this.name = name;
        this.own = own;
        this.sibling = sibling;
        this.product = product;
    }

    private HierarchicalTask(HierarchicalTask other) {
        this(other.name, other.own, other.sibling, other.product);
        units = other.units;
        modules = other.modules;
        steps = other.steps;
        siblings = other.siblings;
        period = other.period;
        phase = other.phase;
        signalSteps = other.signalSteps;
        noise = other.noise;
    }

    /**
     * A task whose target is a weighted sum of the own and the sibling module's signal.
     *
     * @param name a name for tables
     * @param own the weight u of the own module
     * @param sibling the weight v of the sibling module; 0 for none
     * @return the task with 32 units, 4 modules, 10 steps, signal at every step and noise 1
     * @throws IllegalArgumentException if both weights are 0 or one is not finite
     */
    public static HierarchicalTask linear(String name, double own, double sibling) {
        double norm = Check.positive("the norm of the weights of own and sibling module", Math.hypot(own, sibling));
        return new HierarchicalTask(name, own / norm, sibling / norm, false);
    }

    /**
     * A task whose target is the product of the own and the sibling module's mean.
     *
     * @param name a name for tables
     * @return the task with 32 units, 4 modules, 10 steps, signal at every step and noise 1
     */
    public static HierarchicalTask product(String name) {
        return new HierarchicalTask(name, 1, 1, true);
    }

    /**
     * Another name.
     *
     * @param name a name for tables
     * @return a copy with the name
     */
    public HierarchicalTask named(String name) {
        HierarchicalTask copy = new HierarchicalTask(this);
        copy.name = name;
        return copy;
    }

    /**
     * Units and modules; 32 and 4 unless set. Resets the pairing to neighbours.
     *
     * @param units how many input units, and as many outputs
     * @param modules how many modules; must divide the units
     * @return a copy with the sizes
     */
    public HierarchicalTask size(int units, int modules) {
        Check.positive("units", units);
        Check.positive("modules", modules);
        Check.divides("modules", modules, "units", units);
        HierarchicalTask copy = new HierarchicalTask(this);
        copy.units = units;
        copy.modules = modules;
        copy.siblings = NEIGHBOURS;
        return copy;
    }

    /**
     * Time steps; 10 unless set.
     *
     * @param steps how many steps L
     * @return a copy with the length
     */
    public HierarchicalTask steps(int steps) {
        Check.positive("steps", steps);
        for (int t : signalSteps) {
            Check.between("signal step", t, 1, steps);
        }
        HierarchicalTask copy = new HierarchicalTask(this);
        copy.steps = steps;
        return copy;
    }

    /**
     * Which modules are siblings; modules 2a and 2a + 1 unless set.
     *
     * @param siblings for each module the number of its sibling, counted from 0; each module must be its sibling's
     *     sibling
     * @return a copy with the pairing
     */
    public HierarchicalTask siblings(int... siblings) {
        if (siblings.length != modules) {
            throw new IllegalArgumentException("siblings has %d entries; it needs one for each of the %d modules."
                    .formatted(siblings.length, modules));
        }
        for (int module = 0; module < siblings.length; module++) {
            int other = Check.between("sibling of module " + module, siblings[module], 0, siblings.length - 1);
            if (other == module || siblings[other] != module) {
                throw new IllegalArgumentException(
                        "module %d names %d as its sibling and module %d names %d; siblings must name each other."
                                .formatted(module, other, other, siblings[other]));
            }
        }
        HierarchicalTask copy = new HierarchicalTask(this);
        copy.siblings = siblings.clone();
        return copy;
    }

    /**
     * Signal on hops k with k % period == phase, whatever the number of steps; every hop unless set.
     *
     * @param period at least 1
     * @param phase from 0 to period - 1
     * @return a copy with the rule
     */
    public HierarchicalTask signalEvery(int period, int phase) {
        Check.positive("period", period);
        Check.between("phase", phase, 0, period - 1);
        HierarchicalTask copy = new HierarchicalTask(this);
        copy.period = period;
        copy.phase = phase;
        copy.signalSteps = new int[0];
        return copy;
    }

    /**
     * The steps that carry signal, as a list.
     *
     * @param steps times t, counted from 1 to the number of steps; t is read at hop L - t + 2
     * @return a copy with the steps
     */
    public HierarchicalTask signalSteps(int... steps) {
        int[] sorted = Arrays.stream(steps).sorted().distinct().toArray();
        Check.positive("the number of signal steps", sorted.length);
        for (int t : sorted) {
            Check.between("signal step", t, 1, this.steps);
        }
        HierarchicalTask copy = new HierarchicalTask(this);
        copy.signalSteps = sorted;
        return copy;
    }

    /**
     * Standard deviation of the input at steps without signal; 1 unless set.
     *
     * @param noise 0 or more
     * @return a copy with the noise
     */
    public HierarchicalTask noise(double noise) {
        Check.notNegative("noise", noise);
        HierarchicalTask copy = new HierarchicalTask(this);
        copy.noise = noise;
        return copy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TaskShape shape() {
        return new TaskShape(units, units, steps);
    }

    /**
     * How many modules there are.
     *
     * @return the number of modules
     */
    public int modules() {
        return modules;
    }

    /**
     * The hops that carry signal, rising, each from 2 to L + 1.
     *
     * @return the hops
     * @throws IllegalStateException if no hop of this length carries signal
     */
    public int[] signalHops() {
        int last = steps + 1;
        int[] hops = signalSteps.length > 0
                ? Arrays.stream(signalSteps).map(t -> last - t + 1).sorted().toArray()
                : IntStream.rangeClosed(2, last)
                        .filter(k -> k % period == phase)
                        .toArray();
        if (hops.length == 0) {
            throw new IllegalStateException(
                    "task '%s' has no signal: no hop from 2 to %d has hop %% %d == %d; use more steps."
                            .formatted(name, last, period, phase));
        }
        return hops;
    }

    /**
     * The variance of the input that hop k carries: 1 where it is signal and noise^2 where not. Inputs of a linear task
     * are independent with mean 0, so that its optimal maps and these variances determine the error of every linear
     * network.
     *
     * @param hop from 2 to L + 1
     * @return the variance
     * @throws IllegalStateException if this is a product task, whose inputs are neither white nor of mean 0
     */
    public double inputVariance(int hop) {
        if (product) {
            throw new IllegalStateException(
                    "task '%s' is a product, so its inputs are not white; use a task from HierarchicalTask.linear."
                            .formatted(name));
        }
        Check.between("hop", hop, 2, steps + 1);
        return signalAt()[steps - hop + 1] ? 1 : noise * noise;
    }

    @Override
    public TaskBatch batch(int trials, Seed seed) {
        shape().requireRoom(trials);
        float[] inputs = new float[steps * trials * units];
        float[] targets = new float[trials * units];
        draw(trials, seed, inputs, targets, new float[targets.length]);
        return TaskBatch.of(shape(), trials, inputs, targets);
    }

    /** Numbers of single precision; the sums over signal steps are gathered where the targets will stand. */
    @Override
    public void draw(int trials, Seed seed, float[] inputs, float[] targets, float[] weights) {
        Check.positive("trials", trials);
        Arrays.fill(weights, 1);
        boolean[] signal = signalAt();
        int slab = trials * units;
        new Gaussians(seed).fill(inputs, 0, steps * slab);
        float[] levels = product ? levels(trials, new Draws(seed.named("levels"))) : new float[0];
        Arrays.fill(targets, 0);
        for (int t = 0; t < steps; t++) {
            int at = t * slab;
            if (!signal[t]) {
                if (noise != 1) {
                    scale(inputs, at, at + slab, (float) noise);
                }
                continue;
            }
            if (product) {
                scale(inputs, at, at + slab, PRODUCT_NOISE);
                Singles.add(levels, 0, inputs, at, slab);
            }
            Singles.add(inputs, at, targets, 0, slab);
        }
        turnSumsIntoTargets(trials, targets);
    }

    private static void scale(float[] values, int begin, int end, float factor) {
        for (int i = begin; i < end; i++) {
            values[i] *= factor;
        }
    }

    @Override
    public INDArray optimalMap() {
        return Nd.array(map(), units, units);
    }

    @Override
    public INDArray optimalMap(int hop) {
        boolean carries = Arrays.stream(signalHops()).anyMatch(k -> k == hop);
        return Nd.array(carries ? map() : new double[units * units], units, units);
    }

    /** Every setting, so that tasks of the same text give the same trials. */
    @Override
    public String toString() {
        String signal = signalSteps.length > 0
                ? "at steps " + Arrays.toString(signalSteps)
                : "at hops %s modulo %s".formatted(phase, period);
        return "%s (%s, own %s, sibling %s, units %s, modules %s, siblings %s, steps %s, signal %s, noise %s)"
                .formatted(
                        name,
                        product ? "product" : "linear",
                        own,
                        sibling,
                        units,
                        modules,
                        siblings.length > 0 ? Arrays.toString(siblings) : "neighbours",
                        steps,
                        signal,
                        noise);
    }

    private boolean[] signalAt() {
        boolean[] signal = new boolean[steps];
        for (int hop : signalHops()) {
            signal[steps - hop + 1] = true;
        }
        return signal;
    }

    /** One level a trial and module of the product task, repeated for every unit of the module. */
    private float[] levels(int trials, Draws draws) {
        int perModule = units / modules;
        float[] levels = new float[trials * units];
        for (int at = 0; at < levels.length; at += perModule) {
            Arrays.fill(levels, at, at + perModule, (float) draws.uniform());
        }
        return levels;
    }

    /** Every unit holds the sum of its own signal; its module's sum and the sibling's make the target. */
    private void turnSumsIntoTargets(int trials, float[] values) {
        int[] siblings = pairing();
        int perModule = units / modules;
        double count = signalCount();
        double deviation = productDeviation();
        double[] sums = new double[modules];
        for (int trial = 0; trial < trials; trial++) {
            int at = trial * units;
            Arrays.fill(sums, 0);
            for (int module = 0, i = at; module < modules; module++) {
                for (int end = i + perModule; i < end; i++) {
                    sums[module] += values[i];
                }
            }
            for (int module = 0; module < modules; module++) {
                double ownSum = sums[module];
                double otherSum = sums[siblings[module]];
                double target = product
                        ? (ownSum / count * (otherSum / count) - 0.25) / deviation
                        : (own * ownSum + sibling * otherSum) / Math.sqrt(count);
                Arrays.fill(values, at + module * perModule, at + (module + 1) * perModule, (float) target);
            }
        }
    }

    /** How many input values make up a module's signal, m |S|. */
    private double signalCount() {
        return (double) units / modules * signalHops().length;
    }

    /** c: for independent A, A' of mean 1/2 and variance v the product has variance v^2 + v / 2. */
    private double productDeviation() {
        double v = UNIFORM_VARIANCE + PRODUCT_NOISE * PRODUCT_NOISE / signalCount();
        return Math.sqrt(v * v + v / 2);
    }

    private double[] map() {
        int[] siblings = pairing();
        int perModule = units / modules;
        double gain = product ? 0.5 / (productDeviation() * signalCount()) : 1 / Math.sqrt(signalCount());
        double[] map = new double[units * units];
        for (int from = 0; from < units; from++) {
            for (int to = 0; to < units; to++) {
                int source = from / perModule;
                int target = to / perModule;
                if (source == target) {
                    map[from * units + to] = gain * own;
                } else if (source == siblings[target]) {
                    map[from * units + to] = gain * sibling;
                }
            }
        }
        return map;
    }

    /** The sibling of each module; a module stands for its own where the task needs no sibling and has none. */
    private int[] pairing() {
        if (siblings.length > 0) {
            return siblings;
        }
        if (modules % 2 == 1 && sibling != 0) {
            throw new IllegalStateException("task '%s' pairs modules and has %d of them; use an even number of modules."
                    .formatted(name, modules));
        }
        return IntStream.range(0, modules)
                .map(q -> modules % 2 == 1 && q == modules - 1 ? q : q ^ 1)
                .toArray();
    }
}
