package org.hopwise.network;

import java.util.Arrays;
import org.hopwise.internal.machine.Memory;

/** Which units are joined, for a chain that asks and changes this ten million times a second. */
abstract class EdgeSet {

    /** 312 MB of bits. Above, a table of the edges is smaller. */
    private static final int MOST_UNITS_IN_BITS = 50_000;

    static EdgeSet of(EdgeList edges) {
        return of(edges, edges.units < MOST_UNITS_IN_BITS);
    }

    static EdgeSet of(EdgeList edges, boolean bits) {
        EdgeSet set = bits ? new Bits(edges.units) : new Table(edges.edges());
        for (int edge = 0; edge < edges.edges(); edge++) {
            set.add(edges.from[edge], edges.to[edge]);
        }
        return set;
    }

    abstract boolean has(int source, int target);

    /** Adds an edge that is not there. */
    abstract void add(int source, int target);

    /** Takes away an edge that is there. */
    abstract void remove(int source, int target);

    /** One bit a pair of units. */
    private static final class Bits extends EdgeSet {

        private final int words;
        private final long[] bits;

        Bits(int units) {
            words = (units + 63) / 64;
            Memory.require("Bits for the pairs of %d units".formatted(units), 8.0 * units * words, "Use fewer threads");
            bits = new long[units * words];
        }

        @Override
        boolean has(int source, int target) {
            return (bits[source * words + (target >> 6)] >>> target & 1) != 0;
        }

        @Override
        void add(int source, int target) {
            bits[source * words + (target >> 6)] |= 1L << target;
        }

        @Override
        void remove(int source, int target) {
            bits[source * words + (target >> 6)] &= ~(1L << target);
        }
    }

    /** Open addressing with linear probing; a removed edge moves those behind it up, so there are no gravestones. */
    private static final class Table extends EdgeSet {

        private static final long EMPTY = -1;

        private final long[] keys;
        private final int mask;

        Table(int edges) {
            int size = Math.max(4, Integer.highestOneBit(Math.max(1, Math.min(edges, 1 << 28))) * 4);
            Memory.require("A table of %d edges".formatted(edges), 8.0 * size, "Use fewer threads");
            keys = new long[size];
            mask = size - 1;
            Arrays.fill(keys, EMPTY);
        }

        private static long key(int source, int target) {
            return (long) source << 32 | target;
        }

        private int home(long key) {
            long mixed = key * 0x9E3779B97F4A7C15L;
            return (int) (mixed ^ mixed >>> 32) & mask;
        }

        private int find(long key) {
            int at = home(key);
            while (keys[at] != key && keys[at] != EMPTY) {
                at = at + 1 & mask;
            }
            return at;
        }

        @Override
        boolean has(int source, int target) {
            long key = key(source, target);
            return keys[find(key)] == key;
        }

        @Override
        void add(int source, int target) {
            long key = key(source, target);
            keys[find(key)] = key;
        }

        @Override
        void remove(int source, int target) {
            int hole = find(key(source, target));
            for (int at = hole + 1 & mask; keys[at] != EMPTY; at = at + 1 & mask) {
                // A key may fill the hole unless its home lies behind it.
                if ((at - home(keys[at]) & mask) >= (at - hole & mask)) {
                    keys[hole] = keys[at];
                    hole = at;
                }
            }
            keys[hole] = EMPTY;
        }
    }
}
