/**
 * Networks that others trained or mapped. {@link org.hopwise.network.FileContents} says what a file has,
 * {@link org.hopwise.network.NamedArray} is one of its arrays in double precision.
 */
package org.hopwise.network;
