package org.hopwise.network;

import java.io.Serializable;
import java.util.List;

/** Draws of a null model, one after the other; each chain has its own randomness. */
interface NullChain {

    /** Edges with the ends of the walks; a network's ends are its inputs and outputs, so it has none here. */
    final class Draw implements Serializable {

        private final EdgeList edges;
        private final int[] sources;
        private final int[] targets;

        Draw(EdgeList edges, int[] sources, int[] targets) {
            this.edges = edges;
            this.sources = sources;
            this.targets = targets;
        }

        EdgeList edges() {
            return edges;
        }

        int[] sources() {
            return sources;
        }

        int[] targets() {
            return targets;
        }

        @Override
        public String toString() {
            return "%d edges between %d units".formatted(edges.edges(), edges.units);
        }
    }

    /** The next draw. */
    Draw next();

    /** Goes on as after {@link #next}, without what nobody will look at. */
    default void skip() {
        next();
    }

    /** What a reader should know of the draws so far, in sentences. */
    default List<String> notes() {
        return List.of();
    }
}
