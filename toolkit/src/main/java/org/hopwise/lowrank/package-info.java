/**
 * Low-rank networks with noise, fitted to data, all their fixed points, and their hops (Pals et al., arXiv 2406.16749).
 *
 * <p>{@link org.hopwise.lowrank.LowRank} is the network, {@link org.hopwise.lowrank.StochasticNetwork} adds noise and
 * what is observed and simulates {@link org.hopwise.lowrank.Trials}. {@link org.hopwise.lowrank.ParticleFilter} tells how
 * likely trials are, {@link org.hopwise.lowrank.Kalman} does so exactly for linear units, and
 * {@link org.hopwise.lowrank.LatentFit} finds the network that makes them likely.
 * {@link org.hopwise.lowrank.FixedPoints} finds every fixed point of a piecewise-linear network in polynomial time.
 *
 * @serial exclude
 */
package org.hopwise.lowrank;
