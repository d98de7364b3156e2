/**
 * How sure a number is. {@link org.hopwise.stats.Interval} is an estimate with its bounds;
 * {@link org.hopwise.stats.Statistics} computes intervals by bootstrap, p values by permutation, their corrections for
 * several tests, effect sizes, correlation, and two measures of sparsity.
 *
 * <p>Whatever draws random numbers takes a {@code Seed}, so the same data and seed give the same interval everywhere.
 * {@code Statistics.summary} turns a tidy table of runs into one row a group, ready for a figure with bands.
 */
package org.hopwise.stats;
