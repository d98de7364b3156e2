/**
 * Couplings J of random networks, and what can be read off a matrix of any origin.
 *
 * <p>{@link org.hopwise.randommode.coupling.RandomModes} and {@link org.hopwise.randommode.coupling.Couplings} draw J;
 * {@link org.hopwise.randommode.coupling.EffectiveRank} and {@link org.hopwise.randommode.coupling.ModeOverlaps} read a
 * matrix; {@link org.hopwise.randommode.coupling.NullCouplings} makes controls of it.
 */
package org.hopwise.randommode.coupling;
