/**
 * Rate networks that live from their couplings alone, and the theory of how connectivity shapes their activity: D. G.
 * Clark, O. Marschall, A. van Meegen, A. Litwin-Kumar, "Connectivity structure and dynamics of nonlinear recurrent
 * neural networks", arXiv 2409.01969. This package is a door plate; the rooms are, from the ground floor up,
 * {@code coupling}, {@code averages}, {@code simulation} and {@code theory}.
 *
 * <p>{@code dx_i/dt = -x_i + sum_j J_ij phi(x_j)}, or {@code x(t + 1) = J phi(x(t))} in discrete time; row = target,
 * column = source; N units, time constant 1, no input, no noise.
 *
 * <p>Only the abstracts of the paper could be read, so the documentation marks where a statement comes from: [S] read
 * from the source, [D] derived for this toolkit and checked numerically, [R] recalled or inferred and not checked
 * against the paper. Symbols, figure numbers and parameters of kind [R] may differ from the printed ones.
 */
package org.hopwise.randommode;
