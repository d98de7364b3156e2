/**
 * Training: loss, penalties, back-propagation through time and Adam.
 *
 * <p>{@link org.hopwise.train.Trainer} holds the settings and turns a network and a task into a
 * {@link org.hopwise.train.TrainedNetwork}. A {@link org.hopwise.train.Penalty} acts on weights and is added to the loss,
 * which acts on outputs; a {@link org.hopwise.train.Schedule} says when it comes into force. An update is one optimiser
 * step on freshly drawn trials. {@link org.hopwise.train.Evaluation} tests on trials never seen. For linear networks
 * {@link org.hopwise.train.PopulationLoss} is exact and {@link org.hopwise.train.LinearOptimum} the best there is.
 */
package org.hopwise.train;
