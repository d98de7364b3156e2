package org.hopwise.task;

import java.util.Arrays;
import org.hopwise.Described;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
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

    private final String name;
    private final HierarchyRule rule;
    private final ModulePairs modules;
    private final int steps;
    private final SignalHops signal;
    private final double noise;

    private HierarchicalTask(
            String name, HierarchyRule rule, ModulePairs modules, int steps, SignalHops signal, double noise) {
        this.name = name;
        this.rule = rule;
        this.modules = modules;
        this.steps = steps;
        this.signal = signal;
        this.noise = noise;
    }

    private static HierarchicalTask of(String name, HierarchyRule rule) {
        return new HierarchicalTask(name, rule, new ModulePairs(32, 4), 10, new SignalHops(1, 0), 1);
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
        return of(name, new HierarchyRule.Linear(own / norm, sibling / norm));
    }

    /**
     * A task whose target is the product of the own and the sibling module's mean.
     *
     * @param name a name for tables
     * @return the task with 32 units, 4 modules, 10 steps, signal at every step and noise 1
     */
    public static HierarchicalTask product(String name) {
        return of(name, new HierarchyRule.Product());
    }

    /**
     * Another name.
     *
     * @param name a name for tables
     * @return a copy with the name
     */
    public HierarchicalTask named(String name) {
        return new HierarchicalTask(name, rule, modules, steps, signal, noise);
    }

    /**
     * Units and modules; 32 and 4 unless set. Resets the pairing to neighbours.
     *
     * @param units how many input units, and as many outputs
     * @param modules how many modules; must divide the units
     * @return a copy with the sizes
     */
    public HierarchicalTask size(int units, int modules) {
        return new HierarchicalTask(name, rule, new ModulePairs(units, modules), steps, signal, noise);
    }

    /**
     * Time steps; 10 unless set.
     *
     * @param steps how many steps L
     * @return a copy with the length
     */
    public HierarchicalTask steps(int steps) {
        Check.positive("steps", steps);
        return new HierarchicalTask(name, rule, modules, steps, signal.within(steps), noise);
    }

    /**
     * Which modules are siblings; modules 2a and 2a + 1 unless set.
     *
     * @param siblings for each module the number of its sibling, counted from 0; each module must be its sibling's
     *     sibling
     * @return a copy with the pairing
     */
    public HierarchicalTask siblings(int... siblings) {
        return new HierarchicalTask(name, rule, modules.paired(siblings), steps, signal, noise);
    }

    /**
     * Signal on hops k with k % period == phase, whatever the number of steps; every hop unless set.
     *
     * @param period at least 1
     * @param phase from 0 to period - 1
     * @return a copy with the rule
     */
    public HierarchicalTask signalEvery(int period, int phase) {
        return new HierarchicalTask(name, rule, modules, steps, new SignalHops(period, phase), noise);
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
        SignalHops listed = new SignalHops(signal.period(), signal.phase(), sorted).within(this.steps);
        return new HierarchicalTask(name, rule, modules, this.steps, listed, noise);
    }

    /**
     * Standard deviation of the input at steps without signal; 1 unless set.
     *
     * @param noise 0 or more
     * @return a copy with the noise
     */
    public HierarchicalTask noise(double noise) {
        Check.notNegative("noise", noise);
        return new HierarchicalTask(name, rule, modules, steps, signal, noise);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TaskShape shape() {
        return new TaskShape(modules.units(), modules.units(), steps);
    }

    /**
     * How many modules there are.
     *
     * @return the number of modules
     */
    public int modules() {
        return modules.modules();
    }

    /**
     * The hops that carry signal, rising, each from 2 to L + 1.
     *
     * @return the hops
     * @throws IllegalStateException if no hop of this length carries signal
     */
    public int[] signalHops() {
        return signal.of(name, steps);
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
        if (!(rule instanceof HierarchyRule.Linear)) {
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
        float[] inputs = new float[steps * trials * modules.units()];
        float[] targets = new float[trials * modules.units()];
        draw(trials, seed, inputs, targets, new float[targets.length]);
        return TaskBatch.of(shape(), trials, inputs, targets);
    }

    /** Numbers of single precision; the sums over signal steps are gathered where the targets will stand. */
    @Override
    public void draw(int trials, Seed seed, float[] inputs, float[] targets, float[] weights) {
        Check.positive("trials", trials);
        Arrays.fill(weights, 1);
        boolean[] carries = signalAt();
        int slab = trials * modules.units();
        new Gaussians(seed).fill(inputs, 0, steps * slab);
        HierarchyRule.Signal shape = rule.signal(modules, trials, seed);
        Arrays.fill(targets, 0);
        for (int t = 0; t < steps; t++) {
            int at = t * slab;
            if (carries[t]) {
                shape.shape(inputs, at, slab);
                Singles.add(inputs, at, targets, 0, slab);
            } else if (noise != 1) {
                scale(inputs, at, at + slab, (float) noise);
            }
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
        return Nd.array(map(), modules.units(), modules.units());
    }

    @Override
    public INDArray optimalMap(int hop) {
        boolean carries = Arrays.stream(signalHops()).anyMatch(k -> k == hop);
        int units = modules.units();
        return Nd.array(carries ? map() : new double[units * units], units, units);
    }

    /** Every setting, so that tasks of the same text give the same trials. */
    @Override
    public String toString() {
        return "%s (%s, own %s, sibling %s, %s, steps %s, signal %s, noise %s)"
                .formatted(name, rule, rule.own(), rule.sibling(), modules, steps, signal, noise);
    }

    private boolean[] signalAt() {
        boolean[] signal = new boolean[steps];
        for (int hop : signalHops()) {
            signal[steps - hop + 1] = true;
        }
        return signal;
    }

    /** Every unit holds the sum of its own signal; its module's sum and the sibling's make the target. */
    private void turnSumsIntoTargets(int trials, float[] values) {
        int[] siblings = siblings();
        int each = modules.unitsEach();
        double count = signalCount();
        double[] sums = new double[siblings.length];
        for (int at = 0; at < trials * modules.units(); at += modules.units()) {
            Arrays.fill(sums, 0);
            for (int module = 0, i = at; module < sums.length; module++) {
                for (int end = i + each; i < end; i++) {
                    sums[module] += values[i];
                }
            }
            for (int module = 0; module < sums.length; module++) {
                double target = rule.target(sums[module], sums[siblings[module]], count);
                Arrays.fill(values, at + module * each, at + (module + 1) * each, (float) target);
            }
        }
    }

    /** How many input values make up a module's signal, m |S|. */
    private double signalCount() {
        return (double) modules.unitsEach() * signalHops().length;
    }

    private int[] siblings() {
        return modules.siblings(name, rule.sibling() != 0);
    }

    private double[] map() {
        int[] siblings = siblings();
        int units = modules.units();
        double gain = rule.gain(signalCount());
        double[] map = new double[units * units];
        for (int from = 0; from < units; from++) {
            for (int to = 0; to < units; to++) {
                int source = from / modules.unitsEach();
                int target = to / modules.unitsEach();
                if (source == target) {
                    map[from * units + to] = gain * rule.own();
                } else if (source == siblings[target]) {
                    map[from * units + to] = gain * rule.sibling();
                }
            }
        }
        return map;
    }
}
