/**
 * The same experiment over a grid of settings and several seeds, on all cores, as one tidy table. The table is the same
 * for any number of threads. See {@link org.hopwise.sweep.Sweep}.
 */
package org.hopwise.sweep;
