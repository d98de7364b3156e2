/**
 * Networks run from random starts: {@link org.hopwise.randommode.simulation.Simulation} runs one,
 * {@link org.hopwise.randommode.simulation.Recording} tells variances, correlations and the dimension of what it did.
 */
package org.hopwise.randommode.simulation;
