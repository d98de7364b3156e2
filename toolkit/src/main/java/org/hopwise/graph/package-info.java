/**
 * Walks on weights: how much influence reaches an output from an input along walks of each length.
 *
 * <p>{@link org.hopwise.graph.HopDecomposition} gives one map a hop; a {@link org.hopwise.graph.WalkMeasure} (resolvent,
 * communicability) says how hops are weighed; {@link org.hopwise.graph.InfluenceMap} is their weighted sum;
 * {@link org.hopwise.graph.Wiring} brings connectomes and other edge lists; {@link org.hopwise.graph.LeakyCascade} is the
 * dynamics that the resolvent sums; {@link org.hopwise.graph.Modularity} says how much of a map stays in modules. Entry (a, b) of every map is the influence from a to b.
 *
 * @serial exclude
 */
package org.hopwise.graph;
