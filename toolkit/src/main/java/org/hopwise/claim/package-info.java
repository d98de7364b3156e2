/**
 * Claims of a paper and what became of them. {@link org.hopwise.claim.Claim} states what is claimed and where, takes
 * the evidence with its interval, and says a {@link org.hopwise.claim.Verdict}.
 *
 * <p>A claim that fails is shown as failed, and one with too few seeds as undecided. {@code save} writes statement,
 * evidence and verdict beside the figures.
 */
package org.hopwise.claim;
