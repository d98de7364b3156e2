package org.hopwise.study;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Trajectory;
import org.hopwise.task.Loss;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;

/**
 * How well a network does a task on trials never seen in training.
 *
 * @param error mean squared error over trials and outputs, and over steps where several are read, by their weights
 * @param normalisedError the same divided by the mean variance of the outputs' targets: 0 is perfect, 1 is no better than
 *     a constant; NaN if no target varies, for then there is no variance to compare with
 */
public record Evaluation(double error, double normalisedError) {

    /**
     * Tests a network.
     *
     * @param network the network
     * @param task the task
     * @param trials how many fresh trials, at least 2
     * @param seed the randomness; the stream {@code "test"} of it is used, which no training draws from
     * @return the errors
     * @throws IllegalArgumentException if the task's loss is cross-entropy, whose outputs are no estimates of targets
     */
    public static Evaluation of(RecurrentNetwork network, Task task, int trials, Seed seed) {
        if (trials < 2) {
            throw new IllegalArgumentException("trials is %d; a variance needs at least 2.".formatted(trials));
        }
        if (task.loss() != Loss.SQUARES) {
            throw new IllegalArgumentException(
                    "task '%s' is trained by %s, so a squared error says nothing; use Decisions."
                            .formatted(task.name(), task.loss()));
        }
        TaskBatch batch = task.batch(trials, seed.named("test"));
        batch.requireFit(task, trials);
        TaskShape shape = batch.shape();
        int width = shape.outputs();
        double[] outputs = outputs(network.run(batch.inputs(), seed.named("test")), shape);
        double[] targets = new double[shape.reads() * trials * width];
        double[] weights = new double[targets.length];
        batch.copyTargets(targets);
        batch.copyWeights(weights);
        double squares = 0;
        double variance = 0;
        double all = 0;
        for (int output = 0; output < width; output++) {
            double sum = 0;
            double count = 0;
            double first = Double.NaN;
            boolean constant = true;
            for (int at = output; at < targets.length; at += width) {
                sum += weights[at] * targets[at];
                count += weights[at];
                if (weights[at] > 0) {
                    first = Double.isNaN(first) ? targets[at] : first;
                    constant &= targets[at] == first;
                }
            }
            // The rounded mean of equal values need not be that value.
            double mean = constant ? first : sum / count;
            for (int at = output; at < targets.length; at += width) {
                if (weights[at] > 0) {
                    squares += weights[at] * ((outputs[at] - targets[at]) * (outputs[at] - targets[at]));
                    variance += weights[at] * ((targets[at] - mean) * (targets[at] - mean));
                }
            }
            all += count;
        }
        return new Evaluation(squares / all, variance == 0 ? Double.NaN : squares / variance);
    }

    /** Outputs of the steps that are read. */
    private static double[] outputs(Trajectory run, TaskShape shape) {
        if (shape.reads() == 1) {
            return Nd.values("outputs", run.outputs(), 2);
        }
        double[] all = Nd.values("outputs", run.outputsOverTime(), 3);
        int read = all.length / shape.steps() * shape.reads();
        return Arrays.copyOfRange(all, all.length - read, all.length);
    }

    @Override
    public String toString() {
        return "error %s, of the targets' variance %s".formatted(Texts.number(error), Texts.number(normalisedError));
    }
}
