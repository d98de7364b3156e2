/**
 * Takes code of a notebook to executors, which have none of the notebook's classes and variables.
 *
 * <p>JShell makes a class of each statement and a static field of each variable, and both live in the kernel alone. {@link
 * org.hopwise.spark.closure.PackedClosure} packs an object together with the classes that its code can reach and the values
 * of the variables that this code reads, and unpacks it where neither is known. What cannot travel is refused by the name
 * that it has in the notebook, before anything runs.
 */
package org.hopwise.spark.closure;
