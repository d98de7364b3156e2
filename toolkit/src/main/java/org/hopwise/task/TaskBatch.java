package org.hopwise.task;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some trials of a task: input sequences, the targets of the last steps that belong to them, and how much each target
 * counts. Immutable.
 */
public final class TaskBatch implements Serializable {

    /** How far targets of a moment may be from 1 together: they may have been rounded to single precision. */
    private static final double SHARES = 1e-5;

    private final TaskShape shape;
    private final int trials;
    private final double[] inputs;
    private final double[] targets;
    /** Nothing where every target counts 1. */
    private final double[] weights;

    private final Map<String, double[]> conditions;

    private TaskBatch(
            TaskShape shape,
            int trials,
            double[] inputs,
            double[] targets,
            double[] weights,
            Map<String, double[]> conditions) {
        this.shape = shape;
        this.trials = trials;
        this.inputs = inputs;
        this.targets = targets;
        this.weights = weights;
        this.conditions = conditions;
    }

    /**
     * A batch from arrays, with targets at the last step alone.
     *
     * @param inputs steps x trials x inputs
     * @param targets trials x outputs
     * @return the batch
     * @throws IllegalArgumentException if shapes do not agree or a value is not finite
     */
    public static TaskBatch of(INDArray inputs, INDArray targets) {
        double[] in = Nd.values("inputs", inputs, 3);
        double[] out = Nd.values("targets", targets, 2);
        if (inputs.size(1) != targets.size(0)) {
            throw new IllegalArgumentException("inputs hold %d trials and targets %d; they must be the same trials."
                    .formatted(inputs.size(1), targets.size(0)));
        }
        TaskShape shape = new TaskShape((int) inputs.size(2), (int) targets.size(1), (int) inputs.size(0));
        return new TaskBatch(shape, (int) inputs.size(1), in, out, null, Map.of());
    }

    /**
     * A batch from arrays, with targets at the last steps.
     *
     * @param inputs steps x trials x inputs
     * @param targets reads x trials x outputs, for the last so many steps
     * @param weights reads x trials x outputs, each 0 or more and not all 0: how much each target counts
     * @return the batch
     * @throws IllegalArgumentException if shapes do not agree, a value is not finite, or weights are negative or all 0
     */
    public static TaskBatch of(INDArray inputs, INDArray targets, INDArray weights) {
        double[] in = Nd.values("inputs", inputs, 3);
        double[] out = Nd.values("targets", targets, 3);
        double[] counts = Nd.values("weights", weights, 3);
        if (targets.size(1) != inputs.size(1) || targets.size(0) > inputs.size(0)) {
            throw new IllegalArgumentException(
                    "targets are %s and inputs %s; targets must be reads x trials x outputs for the same trials and at most as many steps."
                            .formatted(Arrays.toString(targets.shape()), Arrays.toString(inputs.shape())));
        }
        if (!Arrays.equals(targets.shape(), weights.shape())) {
            throw new IllegalArgumentException("weights are %s and targets %s; every target must have its weight."
                    .formatted(Arrays.toString(weights.shape()), Arrays.toString(targets.shape())));
        }
        TaskShape shape =
                new TaskShape((int) inputs.size(2), (int) targets.size(2), (int) inputs.size(0), (int) targets.size(0));
        requireWeights(shape, (int) inputs.size(1), counts, "weights");
        return new TaskBatch(shape, (int) inputs.size(1), in, out, counts, Map.of());
    }

    /**
     * A batch from flat row-major values, for tasks that draw them directly.
     *
     * @param shape the sizes of the task
     * @param trials how many trials
     * @param inputs steps x trials x inputs values, copied
     * @param targets reads x trials x outputs values, copied; each counts 1
     * @return the batch
     * @throws IllegalArgumentException if an array has the wrong length or a value is not finite
     */
    public static TaskBatch of(TaskShape shape, int trials, double[] inputs, double[] targets) {
        requireArrays(shape, trials, inputs, targets);
        return new TaskBatch(shape, trials, inputs.clone(), targets.clone(), null, Map.of());
    }

    /**
     * A batch from flat row-major values, with weights.
     *
     * @param shape the sizes of the task
     * @param trials how many trials
     * @param inputs steps x trials x inputs values, copied
     * @param targets reads x trials x outputs values, copied
     * @param weights reads x trials x outputs values, copied; each 0 or more and not all 0
     * @return the batch
     * @throws IllegalArgumentException if an array has the wrong length, a value is not finite, or weights are negative or
     *     all 0
     */
    public static TaskBatch of(TaskShape shape, int trials, double[] inputs, double[] targets, double[] weights) {
        requireArrays(shape, trials, inputs, targets);
        requireLength("weights", weights, targets.length);
        Check.finite("weights", weights, shape.outputs());
        requireWeights(shape, trials, weights, "weights");
        return new TaskBatch(shape, trials, inputs.clone(), targets.clone(), weights.clone(), Map.of());
    }

    private static void requireArrays(TaskShape shape, int trials, double[] inputs, double[] targets) {
        Check.positive("trials", trials);
        requireLength("inputs", inputs, (long) shape.steps() * trials * shape.inputs());
        requireLength("targets", targets, (long) shape.reads() * trials * shape.outputs());
        Check.finite("inputs", inputs, shape.inputs());
        Check.finite("targets", targets, shape.outputs());
    }

    /** What a task has written into arrays of its own; these very arrays. */
    static TaskBatch written(
            Task task,
            int trials,
            double[] inputs,
            double[] targets,
            double[] weights,
            Map<String, double[]> conditions) {
        requireWeights(task.shape(), trials, weights, "task '%s' writes weights that".formatted(task.name()));
        TaskBatch batch = new TaskBatch(task.shape(), trials, inputs, targets, weights, conditions);
        batch.requireFit(task, trials);
        return batch;
    }

    private static void requireWeights(TaskShape shape, int trials, double[] weights, String what) {
        double sum = 0;
        for (int at = 0; at < weights.length; at++) {
            if (!(weights[at] >= 0)) {
                int moment = at / shape.outputs();
                throw new IllegalArgumentException("%s have %s at step %d, trial %d, output %d; weights are at least 0."
                        .formatted(
                                what.replace(" that", ""),
                                weights[at],
                                shape.steps() - shape.reads() + moment / trials,
                                moment % trials,
                                at % shape.outputs()));
            }
            sum += weights[at];
        }
        if (sum == 0) {
            throw new IllegalArgumentException(
                    "%s are 0 at every step, trial and output; give some target a weight above 0.".formatted(what));
        }
    }

    /** A batch from numbers of single precision, all of which count. */
    static TaskBatch of(TaskShape shape, int trials, float[] inputs, float[] targets) {
        return new TaskBatch(shape, trials, widened(inputs), widened(targets), null, Map.of());
    }

    /** Some of these trials, some perhaps more than once. */
    TaskBatch picked(int[] chosen, Map<String, double[]> pickedConditions) {
        return new TaskBatch(
                shape,
                chosen.length,
                picked(inputs, shape.inputs(), chosen),
                picked(targets, shape.outputs(), chosen),
                weights == null ? null : picked(weights, shape.outputs(), chosen),
                pickedConditions);
    }

    private double[] picked(double[] from, int width, int[] chosen) {
        int steps = from.length / (trials * width);
        double[] into = new double[steps * chosen.length * width];
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < chosen.length; i++) {
                System.arraycopy(from, (t * trials + chosen[i]) * width, into, (t * chosen.length + i) * width, width);
            }
        }
        return into;
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    private static void requireLength(String name, double[] values, long length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "%s have %d values; this shape needs %d.".formatted(name, values.length, length));
        }
    }

    /**
     * Checks that these are the trials that a task was asked for.
     *
     * @param task the task, for its name and shape
     * @param wanted how many trials were asked for
     * @throws IllegalArgumentException if their number or their sizes differ
     */
    public void requireFit(Task task, int wanted) {
        if (trials != wanted) {
            throw new IllegalArgumentException(
                    "task '%s' gave %d trials where %d were asked for; ".formatted(task.name(), trials, wanted)
                            + "set the trainer's batch, or the number of test trials, to %d.".formatted(trials));
        }
        TaskShape said = task.shape();
        if (shape.reads() != said.reads()) {
            throw new IllegalArgumentException(
                    "task '%s' says that the last %d steps are read, but its batch has targets for %d; mend its shape or its batch."
                            .formatted(task.name(), said.reads(), shape.reads()));
        }
        if (!shape.equals(said)) {
            throw new IllegalArgumentException(
                    "task '%s' says %d inputs, %d outputs and %d steps, but its batch has %d, %d and %d; mend its shape or its batch."
                            .formatted(
                                    task.name(),
                                    said.inputs(),
                                    said.outputs(),
                                    said.steps(),
                                    shape.inputs(),
                                    shape.outputs(),
                                    shape.steps()));
        }
        if (task.loss() == Loss.CROSS_ENTROPY) {
            requireDistributions(task.name());
        }
    }

    /** Cross-entropy: one weight a moment, and targets that are shares of 1 where it is above 0. */
    private void requireDistributions(String task) {
        int width = shape.outputs();
        for (int moment = 0; moment < shape.reads() * trials; moment++) {
            double sum = 0;
            double least = 0;
            double weight = weight(moment * width);
            for (int at = moment * width; at < (moment + 1) * width; at++) {
                if (weight(at) != weight) {
                    throw new IllegalArgumentException(
                            "task '%s' weighs outputs at step %d, trial %d by %s and %s; cross-entropy wants one weight a moment, so write Trial.choice or use squares."
                                    .formatted(task, step(moment), moment % trials, weight, weight(at)));
                }
                sum += targets[at];
                least = Math.min(least, targets[at]);
            }
            if (weight > 0 && (least < 0 || Math.abs(sum - 1) > SHARES)) {
                throw new IllegalArgumentException(
                        "task '%s' has targets that add up to %s at step %d, trial %d, the least %s; cross-entropy wants shares of 1, so write Trial.choice or use squares."
                                .formatted(task, sum, step(moment), moment % trials, least));
            }
        }
    }

    private int step(int moment) {
        return shape.steps() - shape.reads() + moment / trials;
    }

    private double weight(int at) {
        return weights == null ? 1 : weights[at];
    }

    /**
     * The sizes of the task.
     *
     * @return inputs, outputs and steps
     */
    public TaskShape shape() {
        return shape;
    }

    /**
     * How many trials there are.
     *
     * @return the number of trials
     */
    public int trials() {
        return trials;
    }

    /**
     * One number of the input sequences, without a copy of them: for loops.
     *
     * @param step the time step, counted from 0
     * @param trial the trial
     * @param unit the input unit
     * @return the input
     * @throws IndexOutOfBoundsException if there is no such step, trial or unit
     */
    public double input(int step, int trial, int unit) {
        Objects.checkIndex(step, shape.steps());
        Objects.checkIndex(trial, trials);
        return inputs[(step * trials + trial) * shape.inputs() + Objects.checkIndex(unit, shape.inputs())];
    }

    /**
     * One number of the targets at the last step, without a copy of them: for loops.
     *
     * @param trial the trial, counted from 0
     * @param unit the output unit
     * @return the target
     * @throws IndexOutOfBoundsException if there is no such trial or unit
     */
    public double target(int trial, int unit) {
        return target(shape.steps() - 1, trial, unit);
    }

    /**
     * One number of the targets, without a copy of them: for loops.
     *
     * @param step the time step, counted from 0; one of the last that are read
     * @param trial the trial
     * @param unit the output unit
     * @return the target
     * @throws IndexOutOfBoundsException if the step is not read, or there is no such trial or unit
     */
    public double target(int step, int trial, int unit) {
        return targets[answer(step, trial, unit)];
    }

    /**
     * How much a target counts, without a copy of all weights: for loops.
     *
     * @param step the time step, counted from 0; one of the last that are read
     * @param trial the trial
     * @param unit the output unit
     * @return the weight
     * @throws IndexOutOfBoundsException if the step is not read, or there is no such trial or unit
     */
    public double weight(int step, int trial, int unit) {
        return weight(answer(step, trial, unit));
    }

    private int answer(int step, int trial, int unit) {
        int read = Objects.checkIndex(step - shape.steps() + shape.reads(), shape.reads());
        Objects.checkIndex(trial, trials);
        return (read * trials + trial) * shape.outputs() + Objects.checkIndex(unit, shape.outputs());
    }

    /**
     * The input sequences, a copy of all of them each time; in a loop ask once, or for {@link #input}.
     *
     * @return steps x trials x inputs
     */
    public INDArray inputs() {
        return Nd.array(inputs.clone(), shape.steps(), trials, shape.inputs());
    }

    /**
     * The targets, a copy of all of them each time; in a loop ask once, or for {@link #target}.
     *
     * @return trials x outputs where only the last step is read, else reads x trials x outputs
     */
    public INDArray targets() {
        return answers(targets.clone());
    }

    /**
     * How much each target counts, a copy of all weights each time; in a loop ask for {@link #weight}.
     *
     * @return trials x outputs where only the last step is read, else reads x trials x outputs
     */
    public INDArray weights() {
        double[] values = new double[targets.length];
        copyWeights(values);
        return answers(values);
    }

    private INDArray answers(double[] values) {
        return shape.reads() == 1
                ? Nd.array(values, trials, shape.outputs())
                : Nd.array(values, shape.reads(), trials, shape.outputs());
    }

    /**
     * What kinds of trials these are: for each condition that the task writes, its value in every trial; NaN in trials
     * that do not write it.
     *
     * @return values by name, in alphabetical order; a copy
     */
    public SortedMap<String, double[]> conditions() {
        SortedMap<String, double[]> copy = new TreeMap<>();
        conditions.forEach((name, values) -> copy.put(name, values.clone()));
        return copy;
    }

    /**
     * The trials of one kind.
     *
     * @param condition a condition of the task, such as {@code "context"}
     * @param value its value in these trials
     * @return a batch of them, in their order
     * @throws IllegalArgumentException if there is no such condition, or no trial of that value
     */
    public TaskBatch where(String condition, double value) {
        double[] values = conditions.get(condition);
        if (values == null) {
            throw new IllegalArgumentException(
                    "there is no condition '%s'; this batch has %s.".formatted(condition, conditions.keySet()));
        }
        int[] chosen = IntStream.range(0, trials)
                .filter(trial -> values[trial] == value)
                .toArray();
        if (chosen.length == 0) {
            throw new IllegalArgumentException("no trial has %s = %s; take one of %s, or draw more trials."
                    .formatted(
                            condition,
                            value,
                            Arrays.toString(
                                    Arrays.stream(values).distinct().sorted().toArray())));
        }
        SortedMap<String, double[]> kept = conditions();
        kept.replaceAll((name, all) ->
                Arrays.stream(chosen).mapToDouble(trial -> all[trial]).toArray());
        return picked(chosen, kept);
    }

    int inputCount() {
        return inputs.length;
    }

    int targetCount() {
        return targets.length;
    }

    /**
     * Copies the input sequences into an array, for loops that work on primitive arrays.
     *
     * @param into receives steps x trials x inputs values, row-major
     */
    public void copyInputs(double[] into) {
        System.arraycopy(inputs, 0, into, 0, inputs.length);
    }

    /**
     * Copies the input sequences into an array, rounded to single precision.
     *
     * @param into receives steps x trials x inputs values, row-major
     */
    public void copyInputs(float[] into) {
        round(inputs, into);
    }

    /**
     * Copies the targets into an array, rounded to single precision.
     *
     * @param into receives reads x trials x outputs values, row-major
     */
    public void copyTargets(float[] into) {
        round(targets, into);
    }

    /**
     * Copies the weights of the targets into an array, rounded to single precision.
     *
     * @param into receives reads x trials x outputs values, row-major
     */
    public void copyWeights(float[] into) {
        if (weights == null) {
            Arrays.fill(into, 0, targets.length, 1);
        } else {
            round(weights, into);
        }
    }

    /**
     * Copies the weights of the targets into an array.
     *
     * @param into receives reads x trials x outputs values, row-major
     */
    public void copyWeights(double[] into) {
        if (weights == null) {
            Arrays.fill(into, 0, targets.length, 1);
        } else {
            System.arraycopy(weights, 0, into, 0, weights.length);
        }
    }

    private static void round(double[] from, float[] into) {
        for (int i = 0; i < from.length; i++) {
            into[i] = (float) from[i];
        }
    }

    /**
     * Copies the targets into an array.
     *
     * @param into receives reads x trials x outputs values, row-major
     */
    public void copyTargets(double[] into) {
        System.arraycopy(targets, 0, into, 0, targets.length);
    }

    @Override
    public String toString() {
        return "%s of %s, %s and %s, %s"
                .formatted(
                        Texts.count(trials, "trial"),
                        Texts.count(shape.steps(), "step"),
                        Texts.count(shape.inputs(), "input"),
                        Texts.count(shape.outputs(), "output"),
                        weights == null ? Texts.mark(inputs, targets) : Texts.mark(inputs, targets, weights));
    }
}
