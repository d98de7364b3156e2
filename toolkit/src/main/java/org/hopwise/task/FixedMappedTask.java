package org.hopwise.task;

import org.hopwise.Seed;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A fixed training set of a task whose maps are known: trials from one, maps from the other. */
record FixedMappedTask(FixedTask trials, MappedTask maps) implements MappedTask {

    @Override
    public String name() {
        return trials.name();
    }

    @Override
    public TaskShape shape() {
        return trials.shape();
    }

    @Override
    public Loss loss() {
        return trials.loss();
    }

    @Override
    public TaskBatch batch(int count, Seed seed) {
        return trials.batch(count, seed);
    }

    @Override
    public void draw(int count, Seed seed, float[] inputs, float[] targets, float[] weights) {
        trials.draw(count, seed, inputs, targets, weights);
    }

    @Override
    public INDArray optimalMap() {
        return maps.optimalMap();
    }

    @Override
    public INDArray optimalMap(int hop) {
        return maps.optimalMap(hop);
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
