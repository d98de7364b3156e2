/**
 * JJava with the manners that a newcomer needs: the kernel that the project sets up.
 *
 * <p>{@link org.hopwise.notebook.kernel.KernelMain} starts JJava as JJava starts itself, with a connection of ours
 * between it and Jupyter: Shift-Tab answers with signature and Javadoc text, completion lists a type's own methods first,
 * errors say the line and the near names, Stop ends the cell's thread. {@link org.hopwise.notebook.kernel.HopwiseExtension}
 * is what a JJava started in another way finds on its class path: it shows the toolkit's values richly.
 *
 * <p>Nothing here is needed outside a kernel, and no class here loads without JJava's own.
 */
package org.hopwise.notebook.kernel;
