package org.hopwise.task;

import org.hopwise.Seed;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A task that has the trials of one batch and no others. */
final class FixedBatch implements Task {

    private final TaskBatch batch;
    private final float[] inputs;
    private final float[] targets;

    FixedBatch(TaskBatch batch) {
        this.batch = batch;
        inputs =
                new float[batch.shape().steps() * batch.trials() * batch.shape().inputs()];
        targets = new float[batch.trials() * batch.shape().outputs()];
        batch.copyInputs(inputs);
        batch.copyTargets(targets);
    }

    @Override
    public String name() {
        return "%d fixed trials".formatted(batch.trials());
    }

    @Override
    public TaskShape shape() {
        return batch.shape();
    }

    @Override
    public TaskBatch batch(int trials, Seed seed) {
        batch.requireFit(this, trials);
        return batch;
    }

    @Override
    public void draw(int trials, Seed seed, float[] into, float[] intoTargets) {
        batch.requireFit(this, trials);
        System.arraycopy(inputs, 0, into, 0, inputs.length);
        System.arraycopy(targets, 0, intoTargets, 0, targets.length);
    }

    @Override
    public INDArray optimalMap() {
        throw noMap();
    }

    @Override
    public INDArray optimalMap(int hop) {
        throw noMap();
    }

    private IllegalStateException noMap() {
        return new IllegalStateException(
                "task '%s' is data, so its optimal map is not known; use a HierarchicalTask for one that is."
                        .formatted(name()));
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
