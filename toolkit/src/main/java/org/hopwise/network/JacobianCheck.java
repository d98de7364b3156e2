package org.hopwise.network;

/**
 * The Jacobian by back-propagation against central differences: y at u + s and at u - s, s = 1e-4 max(1, |u|), for every
 * trial, step and input. Where a ReLU switches inside the step the difference is no derivative; these are left out.
 *
 * @param distance norm of the difference of the two over the norm of the first, over all that was compared
 * @param compared how many differences, one a trial, step and input
 * @param leftOut how many more were left out
 */
public record JacobianCheck(double distance, long compared, long leftOut) {}
