package org.hopwise.graph;

/**
 * A wiring whose edges are kept elsewhere, such as in the executors of a cluster, since no machine holds them all: what
 * {@link HopDecomposition} asks of it.
 */
public interface RemoteWiring {

    /**
     * How many units there are.
     *
     * @return at least 1
     */
    int units();

    /**
     * The place of a unit in the order of all.
     *
     * @param name its name
     * @return from 0 to units - 1
     * @throws IllegalArgumentException if there is no such unit
     */
    int unit(String name);

    /**
     * One edge further: the sum over the edges to a unit of weight times what has reached the edge's source.
     *
     * @param reached what has reached each unit, units x columns, row by row
     * @param columns how many sources or groups of them
     * @return the same for walks one edge longer, of the same shape
     */
    double[] step(double[] reached, int columns);
}
