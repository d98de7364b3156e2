package org.hopwise.task;

import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.Draws;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A task whose trials are drawn, with replacement, from sequences that were drawn once. */
final class FixedTask implements Task {

    private final Task task;
    private final int sequences;
    private final double[] inputs;
    private final double[] targets;
    private final float[] roundedInputs;
    private final float[] roundedTargets;

    FixedTask(Task task, int sequences, Seed seed) {
        this.task = task;
        this.sequences = Check.positive("sequences", sequences);
        TaskBatch set = task.batch(sequences, seed.named("fixed set"));
        set.requireFit(task, sequences);
        TaskShape shape = task.shape();
        inputs = new double[shape.steps() * sequences * shape.inputs()];
        targets = new double[sequences * shape.outputs()];
        set.copyInputs(inputs);
        set.copyTargets(targets);
        roundedInputs = new float[inputs.length];
        roundedTargets = new float[targets.length];
        set.copyInputs(roundedInputs);
        set.copyTargets(roundedTargets);
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
    public TaskBatch batch(int trials, Seed seed) {
        shape().requireRoom(trials);
        Draws draws = new Draws(seed.named("choice"));
        int width = shape().inputs();
        int outputs = shape().outputs();
        double[] x = new double[shape().steps() * trials * width];
        double[] y = new double[trials * outputs];
        for (int trial = 0; trial < trials; trial++) {
            int chosen = draws.below(sequences);
            System.arraycopy(targets, chosen * outputs, y, trial * outputs, outputs);
            for (int t = 0; t < shape().steps(); t++) {
                System.arraycopy(inputs, (t * sequences + chosen) * width, x, (t * trials + trial) * width, width);
            }
        }
        return TaskBatch.of(shape(), trials, x, y);
    }

    @Override
    public void draw(int trials, Seed seed, float[] into, float[] intoTargets) {
        Check.positive("trials", trials);
        Draws draws = new Draws(seed.named("choice"));
        int width = shape().inputs();
        int outputs = shape().outputs();
        for (int trial = 0; trial < trials; trial++) {
            int chosen = draws.below(sequences);
            System.arraycopy(roundedTargets, chosen * outputs, intoTargets, trial * outputs, outputs);
            for (int t = 0; t < shape().steps(); t++) {
                System.arraycopy(
                        roundedInputs, (t * sequences + chosen) * width, into, (t * trials + trial) * width, width);
            }
        }
    }

    @Override
    public INDArray optimalMap() {
        return task.optimalMap();
    }

    @Override
    public INDArray optimalMap(int hop) {
        return task.optimalMap(hop);
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
