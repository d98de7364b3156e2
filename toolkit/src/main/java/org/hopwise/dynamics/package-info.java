/**
 * Rate networks that live from their couplings alone, and the theory of how connectivity shapes their activity: D. G.
 * Clark, O. Marschall, A. van Meegen, A. Litwin-Kumar, "Connectivity structure and dynamics of nonlinear recurrent
 * neural networks", arXiv 2409.01969.
 *
 * <p>{@code dx_i/dt = -x_i + sum_j J_ij phi(x_j)}, or {@code x(t + 1) = J phi(x(t))} in discrete time; row = target,
 * column = source; N units, time constant 1, no input, no noise. {@link org.hopwise.dynamics.Nonlinearity} is phi.
 * {@link org.hopwise.dynamics.RandomModes} and {@link org.hopwise.dynamics.Couplings} draw J,
 * {@link org.hopwise.dynamics.Simulation} runs it, {@link org.hopwise.dynamics.MeanField} and
 * {@link org.hopwise.dynamics.DimensionTheory} predict what comes out.
 * {@link org.hopwise.dynamics.EffectiveRank} and {@link org.hopwise.dynamics.ModeOverlaps} read a matrix of any origin,
 * {@link org.hopwise.dynamics.NullCouplings} makes controls of it;
 * {@link org.hopwise.dynamics.OverlapTheory} is the theory where left and right modes are related.
 *
 * <p>Only the abstracts of the paper could be read, so the documentation marks where a statement comes from: [S] read
 * from the source, [D] derived for this toolkit and checked numerically, [R] recalled or inferred and not checked
 * against the paper. Symbols, figure numbers and parameters of kind [R] may differ from the printed ones.
 */
package org.hopwise.dynamics;
