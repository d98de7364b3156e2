package org.hopwise.task;

import org.hopwise.Seed;

/** A task that has the trials of one batch and no others. */
final class FixedBatch implements Task {

    private final TaskBatch batch;
    private final Loss loss;
    private final float[] inputs;
    private final float[] targets;
    private final float[] weights;

    FixedBatch(TaskBatch batch, Loss loss) {
        this.batch = batch;
        this.loss = loss;
        inputs = new float[batch.inputCount()];
        targets = new float[batch.targetCount()];
        weights = new float[batch.targetCount()];
        batch.copyInputs(inputs);
        batch.copyTargets(targets);
        batch.copyWeights(weights);
        batch.requireFit(this, batch.trials());
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
    public Loss loss() {
        return loss;
    }

    @Override
    public TaskBatch batch(int trials, Seed seed) {
        batch.requireFit(this, trials);
        return batch;
    }

    @Override
    public void draw(int trials, Seed seed, float[] into, float[] intoTargets, float[] intoWeights) {
        batch.requireFit(this, trials);
        System.arraycopy(inputs, 0, into, 0, inputs.length);
        System.arraycopy(targets, 0, intoTargets, 0, targets.length);
        System.arraycopy(weights, 0, intoWeights, 0, weights.length);
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
