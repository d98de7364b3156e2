/**
 * Values that every other package shares: {@link org.hopwise.Seed} (all randomness), {@link org.hopwise.Profile}
 * (quick or full sizes), {@link org.hopwise.Provenance} (how a result came to be), {@link org.hopwise.FigureId} (what a
 * figure, its tables and its claims are called) and {@link org.hopwise.ProgressListener} (how far a long run is). {@link org.hopwise.Named},
 * {@link org.hopwise.Described} and {@link org.hopwise.DivergedException} are what a sweep needs to know of tasks and
 * trainings.
 *
 * <p>Data flows one way: task, network, walks, table, figure. Numbers are {@code INDArray}, results are Tablesaw tables,
 * pictures are {@code Figure}.
 *
 * @serial exclude
 */
package org.hopwise;
