/**
 * Training: loss, penalties, back-propagation through time and Adam.
 *
 * <p>{@link org.hopwise.train.Trainer} holds the settings and turns a network and a task into a
 * {@link org.hopwise.train.TrainedNetwork}. A {@link org.hopwise.train.Penalty} acts on weights and is added to the loss,
 * which acts on outputs; a {@link org.hopwise.train.Schedule} says when it comes into force. An update is one optimiser
 * step on freshly drawn trials. {@code org.hopwise.study.Evaluation} tests on trials never seen. For linear networks
 * {@code org.hopwise.linear.PopulationLoss} is an {@link org.hopwise.train.ExactLoss}.
 *
 * @serial exclude
 */
package org.hopwise.train;
