/**
 * Rate networks that live from their couplings alone, and the theory of how connectivity shapes their activity: D. G.
 * Clark, O. Marschall, A. van Meegen, A. Litwin-Kumar, "Connectivity structure and dynamics of nonlinear recurrent
 * neural networks", arXiv 2409.01969. This package is a door plate; the rooms are, from the ground floor up,
 * {@code coupling}, {@code averages}, {@code simulation} and {@code theory}.
 *
 * <p>{@code dx_i/dt = -x_i + sum_j J_ij phi(x_j)}, or {@code x(t + 1) = J phi(x(t))} in discrete time; row = target,
 * column = source; N units, time constant 1, no input, no noise.
 *
 * <p>Numbers in brackets are equations of the paper as printed (Phys. Rev. X 15, 041019, 2025), which was read in full:
 * {@code g_eff^2 = alpha <D^2>} is the gain, {@code alpha PR^D} the effective rank (12), its inverse 0 for independent
 * couplings. What the paper does not have (discrete time, input gains, states with overlaps, orthogonal couplings) is said
 * to be ours.
 */
package org.hopwise.randommode;
