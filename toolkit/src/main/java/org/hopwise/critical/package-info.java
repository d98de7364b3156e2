/**
 * Convolutional recurrent networks at their critical point (Chandra and Magnasco, arXiv 2405.13854; PNAS 122(10), 2025):
 * a wave medium whose input sets its own scales of time and space.
 *
 * <p>A {@link org.hopwise.critical.Dispersion} makes a {@link org.hopwise.critical.UnitaryKernel}, a kernel makes a {@link
 * org.hopwise.critical.CriticalLattice}; give it a {@link org.hopwise.critical.Field} to start from and a {@link
 * org.hopwise.critical.Drive}, and it gives a {@link org.hopwise.critical.LatticeRun}. What can be said in closed form
 * stands in {@link org.hopwise.critical.FreeDecay}, {@link org.hopwise.critical.SteadyWave}, {@link
 * org.hopwise.critical.Background} and {@link org.hopwise.critical.NoiseBackground}. {@link
 * org.hopwise.critical.LatticeJacobian} turns a state of the lattice into a {@link org.hopwise.graph.Wiring}, so that
 * hops, influence and resolvent of this toolkit apply to a wave medium.
 *
 * <p>The model is the source's; its own formulas could not be read. Every closed form here was derived anew and checked
 * against simulations, kernels are our choice, and no formula is an equation of the paper.
 */
package org.hopwise.critical;
