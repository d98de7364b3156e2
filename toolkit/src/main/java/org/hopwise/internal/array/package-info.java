/** Flat arrays and their fast loops: products, sparse and tall matrices, functions, random draws. */
package org.hopwise.internal.array;
