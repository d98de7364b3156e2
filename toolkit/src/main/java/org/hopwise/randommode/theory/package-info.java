/**
 * What comes out of large random networks, by theory.
 *
 * <p>{@link org.hopwise.randommode.theory.MeanField} for single units; for pairs of units
 * {@link org.hopwise.randommode.theory.DimensionTheory} in continuous and
 * {@link org.hopwise.randommode.theory.DiscreteDimension} in discrete time, both of which give a
 * {@link org.hopwise.randommode.theory.RankLine}; {@link org.hopwise.randommode.theory.HeterogeneousDimension} for
 * unequal units; {@link org.hopwise.randommode.theory.OverlapTheory} where left and right modes are related.
 */
package org.hopwise.randommode.theory;
