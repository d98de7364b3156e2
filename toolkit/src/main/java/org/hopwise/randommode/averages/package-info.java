/**
 * Averages over Gaussian states of the function phi that turns a unit's state into its output.
 *
 * <p>phi is an {@link org.hopwise.rnn.Activation}; its
 * {@link org.hopwise.randommode.averages.GaussianAverages} have closed forms for the error function and Mehler's
 * expansion for tanh; {@link org.hopwise.randommode.averages.MixtureAverages} mixes them over
 * {@link org.hopwise.randommode.averages.UnitClass classes} of units with unequal gains.
 */
package org.hopwise.randommode.averages;
