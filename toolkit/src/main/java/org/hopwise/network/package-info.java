/**
 * Networks that others trained or mapped, and what chance would make of them. {@link org.hopwise.network.LoadedNetwork} is a
 * trained network from a file: which array is which was guessed from names and shapes, turned so that rows are targets, and
 * said; {@link org.hopwise.network.Naming} tells what a file does not. {@link org.hopwise.network.LoadedWiring} is a wiring
 * diagram with what was made of its file, {@link org.hopwise.network.GatedNetwork} a GRU or LSTM, of which only the mean
 * Jacobian tells anything. {@link org.hopwise.network.HopProfile} says what every path length carries, and
 * {@link org.hopwise.network.NullComparison} whether that is more than the {@link org.hopwise.network.Nulls} give.
 * {@link org.hopwise.network.Communities} are modules, {@link org.hopwise.network.Lesions} what walks lose, and
 * {@link org.hopwise.network.InfluenceRanks} how sure an order of targets is.
 *
 * @serial exclude
 */
package org.hopwise.network;
