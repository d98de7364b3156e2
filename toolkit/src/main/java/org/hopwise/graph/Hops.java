package org.hopwise.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.array.TallMatrix;

/**
 * Walks from some sources to some targets, counted without forming powers of the adjacency: a block with one row a unit
 * and one column a source is propagated edge by edge and read out at the targets.
 */
interface Hops {

    /** Names of the sources. */
    List<String> from();

    /** Names of the targets. */
    List<String> to();

    /** The number of edges of the shortest walks that are counted. */
    int firstHop();

    /** The influence of each source on every unit that a walk may pass, before the first read-out: units x sources. */
    TallMatrix start();

    /** One edge further, written over what {@code next} holds. */
    void step(TallMatrix reached, TallMatrix next);

    /** What arrives at the targets: sources x targets. */
    DMatrixRMaj read(TallMatrix reached);
}
