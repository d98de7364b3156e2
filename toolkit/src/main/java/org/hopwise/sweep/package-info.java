/**
 * The same experiment over a grid of settings and several seeds, on all cores, as one tidy table. The table is the same
 * for any number of threads, any order, and any number of times that the sweep was killed and run again: with a folder,
 * every finished run is kept in a small file named by a hash of what determines it. See {@link org.hopwise.sweep.Sweep}.
 *
 * @serial exclude
 */
package org.hopwise.sweep;
