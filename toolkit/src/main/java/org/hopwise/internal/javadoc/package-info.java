/** Reads Javadoc comments from the sources beside the class path, for help inside a notebook. */
package org.hopwise.internal.javadoc;
