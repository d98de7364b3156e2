package org.hopwise.train;

import org.hopwise.rnn.Weights;
import org.hopwise.task.TaskShape;

/**
 * A loss that is a function of the weights alone, exact over all trials, for {@link Trainer#train(
 * org.hopwise.rnn.RecurrentNetwork, ExactLoss)}. {@code org.hopwise.linear.PopulationLoss} is the one that the toolkit
 * brings, for linear networks; a loss of your own needs the four methods below.
 */
public interface ExactLoss {

    /**
     * The name of the task, as provenance shows it.
     *
     * @return the name
     */
    String name();

    /**
     * Inputs, outputs and steps of the task.
     *
     * @return the shape
     */
    TaskShape shape();

    /**
     * The loss.
     *
     * @param weights of as many inputs and outputs as the task
     * @return the loss, 0 or more
     */
    double error(Weights weights);

    /**
     * The gradient of {@link #error}.
     *
     * @param weights of as many inputs and outputs as the task
     * @return one derivative a weight and bias, in the shape and orientation of the weights
     */
    Weights gradient(Weights weights);
}
