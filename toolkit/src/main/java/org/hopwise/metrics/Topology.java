package org.hopwise.metrics;

import java.util.List;

/** A network as layers of nodes with links: what the metrics without data need of it. */
interface Topology {

    /** How many steps it is unfolded over; 0 for one that is not. */
    int steps();

    /** The pools of link weights, in order of layers. */
    List<Links> links();

    /** The nodes, layer by layer and within a layer step by step. */
    List<Nodes> nodes();

    /** What all node strengths must add up to, from the weights alone. */
    double total();
}
