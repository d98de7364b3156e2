/**
 * Networks that others trained or mapped. {@link org.hopwise.network.LoadedNetwork} is a trained network from a file: which
 * array is which was guessed from names and shapes, turned so that rows are targets, and said;
 * {@link org.hopwise.network.Naming} tells what a file does not. {@link org.hopwise.network.LoadedWiring} is a wiring diagram
 * with what was made of its file,
 * {@link org.hopwise.network.GatedNetwork} a GRU or LSTM, of which only the mean Jacobian tells anything. {@link org.hopwise.network.FileContents} lists the arrays of a file.
 */
package org.hopwise.network;
