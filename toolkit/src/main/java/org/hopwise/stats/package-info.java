/**
 * How sure a number is. {@link org.hopwise.stats.Interval} is an estimate with its bounds;
 * one small class a family computes it: {@link org.hopwise.stats.Bootstrap}, {@link org.hopwise.stats.PairedTests} with
 * their {@link org.hopwise.stats.TestResult}, {@link org.hopwise.stats.Corrections} for several tests,
 * {@link org.hopwise.stats.Correlation}, {@link org.hopwise.stats.RankCorrelation} and
 * {@link org.hopwise.stats.Sparsity}.
 *
 * <p>Whatever draws random numbers takes a {@code Seed}, so the same data and seed give the same interval everywhere.
 * {@link org.hopwise.stats.Summary} turns a tidy table of runs into one row a group, ready for a figure with bands;
 * {@link org.hopwise.stats.Comparison} compares two of its groups, paired by seed.
 */
package org.hopwise.stats;
