package org.hopwise.network;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.array.SparseMatrix;

/** Edges as three arrays, at most one from a unit to another and none of weight 0, in order of source and target. */
final class EdgeList implements Serializable {

    final int units;
    final int[] from;
    final int[] to;
    final double[] weight;

    /** Takes the arrays, which nobody changes from here on; in any order. */
    EdgeList(int units, int[] from, int[] to, double[] weight) {
        this.units = units;
        this.from = from;
        this.to = to;
        this.weight = weight;
    }

    /** Parallel edges added up. */
    static EdgeList of(Wiring wiring) {
        List<String> names = wiring.names();
        Map<String, Integer> index = new HashMap<>(2 * names.size());
        for (int i = 0; i < names.size(); i++) {
            index.put(names.get(i), i);
        }
        int n = names.size();
        long[] keys = new long[wiring.edges()];
        double[] weights = new double[keys.length];
        int[] count = new int[1];
        wiring.forEachEdge((source, target, value) -> {
            keys[count[0]] = (long) index.get(source) * n + index.get(target);
            weights[count[0]++] = value;
        });
        return summed(n, keys, weights);
    }

    /** The recurrent edges of a network; row = target. */
    static EdgeList of(DMatrixRMaj recurrent) {
        int n = recurrent.numRows;
        long[] keys = new long[recurrent.data.length];
        double[] weights = new double[keys.length];
        for (int at = 0; at < keys.length; at++) {
            keys[at] = (long) (at % n) * n + at / n;
            weights[at] = recurrent.data[at];
        }
        return summed(n, keys, weights);
    }

    private static EdgeList summed(int n, long[] keys, double[] weights) {
        Integer[] order = new Integer[keys.length];
        Arrays.setAll(order, i -> i);
        // Stable, so that weights of one edge add up in the order in which they came.
        Arrays.sort(order, (a, b) -> Long.compare(keys[a], keys[b]));
        int[] from = new int[keys.length];
        int[] to = new int[keys.length];
        double[] sums = new double[keys.length];
        int edges = 0;
        for (int at = 0; at < order.length; ) {
            long key = keys[order[at]];
            double sum = 0;
            while (at < order.length && keys[order[at]] == key) {
                sum += weights[order[at++]];
            }
            if (sum != 0) {
                from[edges] = (int) (key / n);
                to[edges] = (int) (key % n);
                sums[edges++] = sum;
            }
        }
        return new EdgeList(n, Arrays.copyOf(from, edges), Arrays.copyOf(to, edges), Arrays.copyOf(sums, edges));
    }

    int edges() {
        return weight.length;
    }

    /** Edges from a unit to itself, or all others. */
    EdgeList loops(boolean wanted) {
        int[] kept = new int[edges()];
        int count = 0;
        for (int edge = 0; edge < edges(); edge++) {
            if ((from[edge] == to[edge]) == wanted) {
                kept[count++] = edge;
            }
        }
        int[] some = Arrays.copyOf(kept, count);
        return new EdgeList(
                units,
                Arrays.stream(some).map(e -> from[e]).toArray(),
                Arrays.stream(some).map(e -> to[e]).toArray(),
                Arrays.stream(some).mapToDouble(e -> weight[e]).toArray());
    }

    /** These edges and others. */
    EdgeList and(EdgeList more) {
        int[] sources = Arrays.copyOf(from, edges() + more.edges());
        int[] targets = Arrays.copyOf(to, sources.length);
        double[] weights = Arrays.copyOf(weight, sources.length);
        System.arraycopy(more.from, 0, sources, edges(), more.edges());
        System.arraycopy(more.to, 0, targets, edges(), more.edges());
        System.arraycopy(more.weight, 0, weights, edges(), more.edges());
        return new EdgeList(units, sources, targets, weights);
    }

    /** The same edges with other weights. */
    EdgeList with(double[] weights) {
        return new EdgeList(units, from, to, weights);
    }

    boolean isNonNegative() {
        return Arrays.stream(weight).allMatch(value -> value >= 0);
    }

    /** Row = target: what reaches a unit stands in its row. */
    SparseMatrix incoming() {
        return SparseMatrix.of(units, edges(), sink -> {
            for (int edge = 0; edge < weight.length; edge++) {
                sink.entry(to[edge], from[edge], weight[edge]);
            }
        });
    }

    /** Row = target. */
    DMatrixRMaj recurrent() {
        DMatrixRMaj matrix = new DMatrixRMaj(units, units);
        for (int edge = 0; edge < weight.length; edge++) {
            matrix.add(to[edge], from[edge], weight[edge]);
        }
        return matrix;
    }

    Wiring wiring(List<String> names) {
        return Wiring.of(names, from, to, weight);
    }
}
