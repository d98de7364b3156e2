/**
 * What several rooms share and no user sees: checks, matrices, the door to ND4J. Its own rooms are {@code array} (flat
 * arrays and fast loops), {@code engine} (what training runs on), {@code linear} (factorisations, eigenvalues) and
 * {@code machine} (memory, cores, files, interruption). Not API: all of it changes without notice.
 */
package org.hopwise.internal;
