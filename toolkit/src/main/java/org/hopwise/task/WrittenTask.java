package org.hopwise.task;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;

/** A task whose trials are written one by one, each with a generator of its own. */
record WrittenTask(String name, TaskShape shape, Loss loss, Trial.Writer writer) implements Task {

    WrittenTask {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(writer, "writer");
    }

    @Override
    public TaskBatch batch(int trials, Seed seed) {
        shape.requireRoom(trials);
        double[] inputs = new double[shape.steps() * trials * shape.inputs()];
        double[] targets = new double[shape.reads() * trials * shape.outputs()];
        double[] weights = new double[targets.length];
        Map<String, double[]> conditions = new TreeMap<>();
        for (int trial = 0; trial < trials; trial++) {
            writer.accept(
                    new Trial(name, shape, trials, trial, inputs, targets, weights, conditions),
                    new Draws(seed.child(trial)));
        }
        return TaskBatch.written(this, trials, inputs, targets, weights, conditions);
    }

    /** Name and shape. */
    @Override
    public String toString() {
        return "%s (%s, %s)".formatted(name, shape, loss);
    }
}
