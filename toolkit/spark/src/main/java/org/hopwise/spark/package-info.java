/**
 * Sweeps on the executors of an Apache Spark cluster, with the table and the kept files that one machine would give.
 * Spark itself is not brought along: the cluster, or {@code environment/spark}, has it.
 */
package org.hopwise.spark;
