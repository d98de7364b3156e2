package org.hopwise.task;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * One trial of a task as its writer sees it: everything is 0 until written, also the weights of the loss, and a later
 * word replaces an earlier one. Steps are counted from 0, and the end of a range is not part of it.
 */
public final class Trial {

    /** Writes one trial with the generator that belongs to it; as a lambda it can travel to another virtual machine. */
    @FunctionalInterface
    public interface Writer extends BiConsumer<Trial, RandomGenerator>, Serializable {}

    private final String task;
    private final TaskShape shape;
    private final int trials;
    private final int trial;
    private final double[] inputs;
    private final double[] targets;
    private final double[] weights;
    private final Map<String, double[]> conditions;

    Trial(
            String task,
            TaskShape shape,
            int trials,
            int trial,
            double[] inputs,
            double[] targets,
            double[] weights,
            Map<String, double[]> conditions) {
        this.task = task;
        this.shape = shape;
        this.trials = trials;
        this.trial = trial;
        this.inputs = inputs;
        this.targets = targets;
        this.weights = weights;
        this.conditions = conditions;
    }

    /**
     * What comes in.
     *
     * @param from the first step
     * @param to the step behind the last
     * @param channel the input, counted from 0
     * @param value what it carries at these steps
     * @throws IllegalArgumentException if a step or the channel does not exist, or the value is not finite
     */
    public void input(int from, int to, int channel, double value) {
        requireRange("input", channel, shape.inputs(), from, to, 0);
        requireFinite("input", channel, from, value);
        for (int t = from; t < to; t++) {
            inputs[(t * trials + trial) * shape.inputs() + channel] = value;
        }
    }

    /**
     * What should come out, with weight 1.
     *
     * @param from the first step
     * @param to the step behind the last
     * @param output the output, counted from 0
     * @param value the target
     * @throws IllegalArgumentException if a step is not read or the output does not exist, or the value is not finite
     */
    public void target(int from, int to, int output, double value) {
        target(from, to, output, value, 1);
    }

    /**
     * What should come out, and how much it counts.
     *
     * @param from the first step
     * @param to the step behind the last
     * @param output the output, counted from 0
     * @param value the target
     * @param weight 0 or more
     * @throws IllegalArgumentException if a step is not read or the output does not exist, a number is not finite, or the
     *     weight is negative
     */
    public void target(int from, int to, int output, double value, double weight) {
        requireRange("target", output, shape.outputs(), from, to, shape.steps() - shape.reads());
        requireFinite("target", output, from, value);
        requireWeight(output, from, weight);
        for (int t = from; t < to; t++) {
            int at = at(t, output);
            targets[at] = value;
            weights[at] = weight;
        }
    }

    /**
     * Which output should be the largest, with weight 1: its target is 1, that of all others 0.
     *
     * @param from the first step
     * @param to the step behind the last
     * @param output the output to choose, counted from 0
     * @throws IllegalArgumentException if a step is not read or there is no such output
     */
    public void choice(int from, int to, int output) {
        choice(from, to, output, 1);
    }

    /**
     * Which output should be the largest, and how much that counts.
     *
     * @param from the first step
     * @param to the step behind the last
     * @param output the output to choose, counted from 0
     * @param weight 0 or more, for all outputs at these steps
     * @throws IllegalArgumentException if a step is not read, there is no such output, or the weight is negative
     */
    public void choice(int from, int to, int output, double weight) {
        requireRange("choice", output, shape.outputs(), from, to, shape.steps() - shape.reads());
        for (int o = 0; o < shape.outputs(); o++) {
            target(from, to, o, o == output ? 1 : 0, weight);
        }
    }

    /**
     * What kind of trial this is, for {@link TaskBatch#conditions}.
     *
     * @param name of the condition, such as {@code "coherence"}
     * @param value its value in this trial
     */
    public void condition(String name, double value) {
        conditions
                .computeIfAbsent(name, unseen -> {
                    double[] missing = new double[trials];
                    Arrays.fill(missing, Double.NaN);
                    return missing;
                })[trial] = value;
    }

    private int at(int step, int output) {
        return ((step - shape.steps() + shape.reads()) * trials + trial) * shape.outputs() + output;
    }

    private void requireRange(String what, int channel, int channels, int from, int to, int first) {
        if (channel < 0 || channel >= channels) {
            throw new IllegalArgumentException("task '%s' writes %s %d; %s go from 0 to %d."
                    .formatted(task, what, channel, what.equals("input") ? "inputs" : "outputs", channels - 1));
        }
        if (from < first || to > shape.steps() || from > to) {
            throw new IllegalArgumentException(
                    "task '%s' writes %s %d from step %d to %d; steps go from %d to %d, the end not included."
                            .formatted(task, what, channel, from, to, first, shape.steps()));
        }
    }

    private void requireFinite(String what, int channel, int step, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("task '%s' writes %s to %s %d from step %d on; it must be finite."
                    .formatted(task, value, what, channel, step));
        }
    }

    private void requireWeight(int output, int step, double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "task '%s' gives target %d weight %s from step %d on; weights are finite and at least 0."
                            .formatted(task, output, weight, step));
        }
    }

    @Override
    public String toString() {
        return "trial %d of %d of task '%s'".formatted(trial + 1, trials, task);
    }
}
