/**
 * The bridge to Jupyter's Java kernels: JJava and IJava.
 *
 * <p>A {@code Figure}, a Tablesaw {@code Table} or a {@code Claim} as the last expression of a cell shows as a picture,
 * a formatted table or formatted text; {@link org.hopwise.notebook.Notebook#show} does so in the middle of a cell.
 * {@link org.hopwise.notebook.Progress#display} turns a long run into one line that updates in place.
 * Nothing here is needed outside a kernel, where all of it does nothing. What only JJava can do stands in
 * {@code notebook.kernel}.
 */
package org.hopwise.notebook;
