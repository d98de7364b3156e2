package org.hopwise.spark;

import java.io.Serializable;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.SparseMatrix;

/** Rows of a random wiring, each with a stream of its own, so that any machine can draw any of them. */
record RandomRows(int units, long edges, Seed seed) implements Serializable {

    /** Edges to the units before a unit, and so the place of its first. */
    long before(int unit) {
        return unit * (edges / units) + Math.min(unit, edges % units);
    }

    /** Sends the edges to some units; row 0 is the first of them. */
    void send(int first, int end, SparseMatrix.Sink sink) {
        double deviation = Math.sqrt((double) units / edges);
        Seed rows = seed.named("row");
        for (int to = first; to < end; to++) {
            Draws draws = new Draws(rows.child(to));
            for (long edge = before(to); edge < before(to + 1); edge++) {
                int other = draws.below(units - 1);
                sink.entry(to - first, other < to ? other : other + 1, deviation * draws.gaussian());
            }
        }
    }
}
