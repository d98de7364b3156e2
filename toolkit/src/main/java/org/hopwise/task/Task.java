package org.hopwise.task;

import java.io.Serializable;
import org.hopwise.Named;
import org.hopwise.Seed;

/** A task for a recurrent network: sequences in, targets at the last steps, and how much each of them counts. */
public interface Task extends Named, Serializable {

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
     * @return inputs, outputs, steps and how many of these are read
     */
    TaskShape shape();

    /**
     * How outputs and targets are compared; by squares unless said otherwise.
     *
     * @return the loss
     */
    default Loss loss() {
        return Loss.SQUARES;
    }

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
     * @param targets receives reads x trials x outputs values, row-major
     * @param weights receives reads x trials x outputs values, row-major: how much each target counts
     * @throws IllegalArgumentException if the batch has another number of trials or another shape
     */
    default void draw(int trials, Seed seed, float[] inputs, float[] targets, float[] weights) {
        TaskBatch batch = batch(trials, seed);
        batch.requireFit(this, trials);
        batch.copyInputs(inputs);
        batch.copyTargets(targets);
        batch.copyWeights(weights);
    }

    /**
     * This task with a fixed training set: sequences are drawn once, and every batch picks from them, each trial at
     * random and with replacement. Our sweeps use 500. Test on the task itself; a test on this one measures the error
     * on the training set.
     *
     * @param sequences how many sequences there are, at least 1
     * @param seed the randomness of the set; the stream {@code "fixed set"} of it is used
     * @return a task with the same shape and loss, whose name tells the number of sequences
     */
    default Task fixed(int sequences, Seed seed) {
        return new FixedTask(this, sequences, seed);
    }

    /**
     * A task that has only these trials, all of them in every batch: training on data of your own, or on the same batch
     * again and again.
     *
     * @param batch the trials; a batch of another size is refused
     * @return a task of the batch's shape, with squares as loss
     */
    static Task fixed(TaskBatch batch) {
        return fixed(batch, Loss.SQUARES);
    }

    /**
     * A task that has only these trials, with a loss.
     *
     * @param batch the trials; a batch of another size is refused
     * @param loss how outputs and targets are compared
     * @return a task of the batch's shape
     * @throws IllegalArgumentException if the loss is cross-entropy and the targets are no distributions
     */
    static Task fixed(TaskBatch batch, Loss loss) {
        return new FixedBatch(batch, loss);
    }

    /**
     * A task of your own, trial by trial, compared by squares:
     *
     * <pre>{@code
     * Task recall = Task.of("recall", new TaskShape(1, 1, 50, 50), (trial, random) -> {
     *     double sign = random.nextBoolean() ? 1 : -1;
     *     trial.input(0, 10, 0, sign);
     *     trial.target(40, 50, 0, sign);
     *     trial.condition("sign", sign);
     * });
     * }</pre>
     *
     * @param name a name for tables
     * @param shape the sizes
     * @param writer writes one trial; its generator is a child of the batch's seed, so that a trial is the same in a batch
     *     of any size
     * @return the task
     */
    static Task of(String name, TaskShape shape, Trial.Writer writer) {
        return of(name, shape, Loss.SQUARES, writer);
    }

    /**
     * A task of your own, trial by trial.
     *
     * @param name a name for tables
     * @param shape the sizes
     * @param loss how outputs and targets are compared; for cross-entropy use {@link Trial#choice}
     * @param writer writes one trial with the generator that belongs to it
     * @return the task
     */
    static Task of(String name, TaskShape shape, Loss loss, Trial.Writer writer) {
        return new WrittenTask(name, shape, loss, writer);
    }
}
