/**
 * Networks in and out of files. {@link org.hopwise.io.NetworkFile} is one documented format that NumPy reads with
 * {@code numpy.load}.
 */
package org.hopwise.io;
