package org.hopwise.task;

import java.util.Map;
import java.util.TreeMap;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.Draws;

/** A task whose trials are drawn, with replacement, from sequences that were drawn once. */
final class FixedTask implements Task {

    private final Task task;
    private final int sequences;
    private final TaskBatch set;
    private final float[] inputs;
    private final float[] targets;
    private final float[] weights;

    FixedTask(Task task, int sequences, Seed seed) {
        this.task = task;
        this.sequences = Check.positive("sequences", sequences);
        set = task.batch(sequences, seed.named("fixed set"));
        set.requireFit(task, sequences);
        inputs = new float[set.inputCount()];
        targets = new float[set.targetCount()];
        weights = new float[set.targetCount()];
        set.copyInputs(inputs);
        set.copyTargets(targets);
        set.copyWeights(weights);
    }

    @Override
    public String name() {
        return "%s, %d fixed sequences".formatted(task.name(), sequences);
    }

    @Override
    public TaskShape shape() {
        return task.shape();
    }

    @Override
    public Loss loss() {
        return task.loss();
    }

    @Override
    public TaskBatch batch(int trials, Seed seed) {
        shape().requireRoom(trials);
        int[] chosen = chosen(trials, seed);
        Map<String, double[]> conditions = new TreeMap<>();
        set.conditions().forEach((name, values) -> {
            double[] picked = new double[trials];
            for (int trial = 0; trial < trials; trial++) {
                picked[trial] = values[chosen[trial]];
            }
            conditions.put(name, picked);
        });
        return set.picked(chosen, conditions);
    }

    @Override
    public void draw(int trials, Seed seed, float[] into, float[] intoTargets, float[] intoWeights) {
        Check.positive("trials", trials);
        int[] chosen = chosen(trials, seed);
        int outputs = shape().outputs();
        pick(inputs, shape().inputs(), shape().steps(), chosen, into);
        pick(targets, outputs, shape().reads(), chosen, intoTargets);
        pick(weights, outputs, shape().reads(), chosen, intoWeights);
    }

    private int[] chosen(int trials, Seed seed) {
        Draws draws = new Draws(seed.named("choice"));
        int[] chosen = new int[trials];
        for (int trial = 0; trial < trials; trial++) {
            chosen[trial] = draws.below(sequences);
        }
        return chosen;
    }

    private void pick(float[] from, int width, int steps, int[] chosen, float[] into) {
        for (int t = 0; t < steps; t++) {
            for (int trial = 0; trial < chosen.length; trial++) {
                System.arraycopy(
                        from,
                        (t * sequences + chosen[trial]) * width,
                        into,
                        (t * chosen.length + trial) * width,
                        width);
            }
        }
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
