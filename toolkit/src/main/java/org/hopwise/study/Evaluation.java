package org.hopwise.study;

import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;

/**
 * How well a network does a task on trials never seen in training.
 *
 * @param error mean squared error over trials and outputs
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
     */
    public static Evaluation of(RecurrentNetwork network, Task task, int trials, Seed seed) {
        if (trials < 2) {
            throw new IllegalArgumentException("trials is %d; a variance needs at least 2.".formatted(trials));
        }
        TaskBatch batch = task.batch(trials, seed.named("test"));
        batch.requireFit(task, trials);
        double[] outputs = Nd.values("outputs", network.run(batch.inputs()).outputs(), 2);
        int width = batch.shape().outputs();
        double[] targets = new double[trials * width];
        batch.copyTargets(targets);
        double squares = 0;
        double variance = 0;
        for (int output = 0; output < width; output++) {
            double sum = 0;
            boolean constant = true;
            for (int at = output; at < targets.length; at += width) {
                sum += targets[at];
                constant &= targets[at] == targets[output];
            }
            // The rounded mean of equal values need not be that value.
            double mean = constant ? targets[output] : sum / trials;
            for (int at = output; at < targets.length; at += width) {
                squares += (outputs[at] - targets[at]) * (outputs[at] - targets[at]);
                variance += (targets[at] - mean) * (targets[at] - mean);
            }
        }
        return new Evaluation(squares / targets.length, variance == 0 ? Double.NaN : squares / variance);
    }

    @Override
    public String toString() {
        return "error %s, of the targets' variance %s".formatted(Texts.number(error), Texts.number(normalisedError));
    }
}
