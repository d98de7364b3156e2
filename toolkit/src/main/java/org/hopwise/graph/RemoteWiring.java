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
     * What is there before the first edge: a column a group of sources, in which each member has 1 / members and all other
     * units 0.
     *
     * @param sources the members of each group, by their places
     * @return the block of units x groups
     * @throws IllegalArgumentException if a block of this size fits nowhere, before any of it is made
     */
    Block block(int[][] sources);

    /** What has reached each unit from each group of sources, wherever it is kept. */
    interface Block extends AutoCloseable {

        /**
         * One edge further: at every unit the sum, over the edges to it, of weight times what has reached the edge's source.
         *
         * @return another block of the same shape
         */
        Block next();

        /**
         * What has reached some units.
         *
         * @param units their places, in any order, also several times
         * @return a row each, with a number a group of sources
         */
        double[][] rows(int[] units);

        /** Gives its memory back. */
        @Override
        void close();
    }
}
