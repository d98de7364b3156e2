/**
 * A network seen as a weighted graph of nodes, as complex-network theory looks at it: what the links of a node add up
 * to, and how unequal the nodes of a layer are.
 *
 * <p>{@link org.hopwise.metrics.NetworkMetrics} has link weights, node strength and layer fluctuation of weights alone,
 * and neurons strength and activation of weights that carry data; recurrent networks folded or unfolded over steps,
 * fully connected ones as a list of {@link org.hopwise.metrics.Layer}. {@link org.hopwise.metrics.StrengthNull} is what
 * random weights would give, {@link org.hopwise.metrics.Distributions} compares two samples of strengths,
 * {@link org.hopwise.metrics.Gauge} makes networks that do the same with other strengths, and
 * {@link org.hopwise.metrics.WalkTraffic} is the toolkit's own answer: what walks carry through each unit;
 * {@link org.hopwise.metrics.UnitRoles} holds both beside what a lesion does. Gated networks have no such metrics.
 *
 * <p>Marks in the documentation: [S] read in a source, [R] reconstructed by us, since the paper's full text could not
 * be read, [D] derived here, [O] our own addition. Sources: La Malfa, La Malfa, Nicosia and Latora, arXiv 2404.11172
 * (IJCAI 2024), 2110.02628 and 2209.05488.
 */
package org.hopwise.metrics;
