/**
 * Weights, the network, and its forward run.
 *
 * <p>Row = target, column = source: {@code h_t = f(W_in x_t + W_hh h_(t-1) + b)}, {@code y = W_out h_L + c}, with
 * {@code h_0 = 0}. {@link org.hopwise.rnn.Weights} holds the five arrays, {@link org.hopwise.rnn.RecurrentNetwork} adds
 * the {@link org.hopwise.rnn.Activation}, {@link org.hopwise.rnn.Trajectory} is what a run leaves behind. Weights make
 * pruned and disturbed copies of themselves; {@link org.hopwise.rnn.TwoModules} draws networks of given modularity.
 *
 * @serial exclude
 */
package org.hopwise.rnn;
