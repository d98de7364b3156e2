package org.hopwise.task;

import org.hopwise.Named;
import org.hopwise.Seed;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A task for a recurrent network: sequences in, one target read at the last step. */
public interface Task extends Named {

    /**
     * A short name for tables and figures.
     *
     * @return the name
     */
    @Override
    String name();

    /**
     * The sizes of the task.
     *
     * @return inputs, outputs and steps
     */
    TaskShape shape();

    /**
     * Fresh trials. The same seed gives the same trials.
     *
     * @param trials how many, at least 1
     * @param seed the randomness
     * @return the trials
     */
    TaskBatch batch(int trials, Seed seed);

    /**
     * Fresh trials in arrays of single precision that a training loop keeps and uses again: those of {@link #batch},
     * rounded. A task that can draw straight into arrays overrides this, to save the objects in between.
     *
     * @param trials how many, at least 1
     * @param seed the randomness
     * @param inputs receives steps x trials x inputs values, row-major
     * @param targets receives trials x outputs values, row-major
     * @throws IllegalArgumentException if the batch has another number of trials or another shape
     */
    default void draw(int trials, Seed seed, float[] inputs, float[] targets) {
        TaskBatch batch = batch(trials, seed);
        batch.requireFit(this, trials);
        batch.copyInputs(inputs);
        batch.copyTargets(targets);
    }

    /**
     * The map that a perfect network would show: influence of each input on each output at a step that carries signal.
     *
     * @return inputs x outputs; entry (a, b) is the influence from input a on output b
     */
    INDArray optimalMap();

    /**
     * The part of the optimal map that walks of this many edges must carry. Hop k carries the input of time
     * t = L - (k - 2); hops outside 2 to L + 1 carry nothing.
     *
     * @param hop the number of edges from input to output, at least 0
     * @return inputs x outputs; zero where the hop carries no signal
     */
    INDArray optimalMap(int hop);

    /**
     * This task with a fixed training set: sequences are drawn once, and every batch picks from them, each trial at
     * random and with replacement. Our sweeps use 500. Test on the task itself; a test on this one measures the error
     * on the training set.
     *
     * @param sequences how many sequences there are, at least 1
     * @param seed the randomness of the set; the stream {@code "fixed set"} of it is used
     * @return a task with the same shape and optimal maps, whose name tells the number of sequences
     */
    default Task fixed(int sequences, Seed seed) {
        return new FixedTask(this, sequences, seed);
    }

    /**
     * A task that has only these trials, all of them in every batch: training on data of your own, or on the same batch
     * again and again.
     *
     * @param batch the trials; a batch of another size is refused
     * @return a task of the batch's shape, with no optimal maps
     */
    static Task fixed(TaskBatch batch) {
        return new FixedBatch(batch);
    }
}
