package org.hopwise.network;

import java.util.Arrays;

/**
 * What modularity is a sum over: symmetric links V, sparse, minus products of sums, one for each layer: within a module V_mm -
 * sum over layers of k Out_m In_m. Nodes may stand for several units.
 */
final class ModuleGraph {

    final int nodes;
    /** Links of node u: other[start[u]] to other[start[u + 1] - 1], itself left out; each of both directions together, halved. */
    final int[] start;

    final int[] other;
    final double[] link;
    /** V_uu of each node. */
    final double[] inside;
    /** Sums out and in of each node, by layer. */
    final double[][] out;

    final double[][] in;
    /** k of each layer: its factor times gamma over its sum. */
    final double[] k;

    private ModuleGraph(
            int nodes,
            int[] start,
            int[] other,
            double[] link,
            double[] inside,
            double[][] out,
            double[][] in,
            double[] k) {
        this.nodes = nodes;
        this.start = start;
        this.other = other;
        this.link = link;
        this.inside = inside;
        this.out = out;
        this.in = in;
        this.k = k;
    }

    static ModuleGraph of(EdgeList edges, ModularityKind kind, double gamma) {
        int n = edges.units;
        double[] sums = new double[2];
        double[][] out = new double[2][n];
        double[][] in = new double[2][n];
        boolean absolute = kind == ModularityKind.ABSOLUTE;
        for (int e = 0; e < edges.edges(); e++) {
            int layer = absolute || edges.weight[e] > 0 ? 0 : 1;
            double weight = Math.abs(edges.weight[e]);
            sums[layer] += weight;
            out[layer][edges.from[e]] += weight;
            in[layer][edges.to[e]] += weight;
        }
        double[] factors = kind.factors(sums[0], sums[1]);
        double[] k = new double[2];
        for (int layer = 0; layer < 2; layer++) {
            k[layer] = sums[layer] == 0 ? 0 : factors[layer] * gamma / sums[layer];
        }
        double[] values = new double[edges.edges()];
        for (int e = 0; e < values.length; e++) {
            int layer = absolute || edges.weight[e] > 0 ? 0 : 1;
            values[e] = factors[layer] * Math.abs(edges.weight[e]);
        }
        return links(n, edges.from, edges.to, values, new double[n], out, in, k);
    }

    /** Symmetric links from directed ones. */
    private static ModuleGraph links(
            int n, int[] from, int[] to, double[] value, double[] inside, double[][] out, double[][] in, double[] k) {
        long[] keys = new long[2 * value.length];
        Integer[] order = new Integer[keys.length];
        for (int e = 0; e < value.length; e++) {
            keys[2 * e] = (long) from[e] * n + to[e];
            keys[2 * e + 1] = (long) to[e] * n + from[e];
        }
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(keys[a], keys[b]));
        int[] start = new int[n + 1];
        int[] other = new int[keys.length];
        double[] link = new double[keys.length];
        int count = 0;
        for (int at = 0; at < order.length; ) {
            long key = keys[order[at]];
            double sum = 0;
            while (at < order.length && keys[order[at]] == key) {
                sum += value[order[at++] / 2] / 2;
            }
            int u = (int) (key / n);
            int v = (int) (key % n);
            if (u == v) {
                inside[u] += sum;
            } else if (sum != 0) {
                start[u + 1]++;
                other[count] = v;
                link[count++] = sum;
            }
        }
        for (int u = 0; u < n; u++) {
            start[u + 1] += start[u];
        }
        return new ModuleGraph(n, start, Arrays.copyOf(other, count), Arrays.copyOf(link, count), inside, out, in, k);
    }

    /** The graph whose nodes are groups of nodes of this one, numbered from 0. */
    ModuleGraph grouped(int[] group, int groups) {
        double[] within = new double[groups];
        double[][] outs = new double[k.length][groups];
        double[][] ins = new double[k.length][groups];
        int[] from = new int[link.length];
        int[] to = new int[link.length];
        for (int u = 0; u < nodes; u++) {
            within[group[u]] += inside[u];
            for (int layer = 0; layer < k.length; layer++) {
                outs[layer][group[u]] += out[layer][u];
                ins[layer][group[u]] += in[layer][u];
            }
            for (int at = start[u]; at < start[u + 1]; at++) {
                from[at] = group[u];
                to[at] = group[other[at]];
            }
        }
        return links(groups, from, to, link, within, outs, ins, k);
    }

    /** Q of a partition. */
    double modularity(int[] module) {
        int modules = Arrays.stream(module).max().orElse(-1) + 1;
        double q = 0;
        double[][] outs = new double[k.length][modules];
        double[][] ins = new double[k.length][modules];
        for (int u = 0; u < nodes; u++) {
            q += inside[u];
            for (int at = start[u]; at < start[u + 1]; at++) {
                q += module[other[at]] == module[u] ? link[at] : 0;
            }
            for (int layer = 0; layer < k.length; layer++) {
                outs[layer][module[u]] += out[layer][u];
                ins[layer][module[u]] += in[layer][u];
            }
        }
        for (int layer = 0; layer < k.length; layer++) {
            for (int m = 0; m < modules; m++) {
                q -= k[layer] * outs[layer][m] * ins[layer][m];
            }
        }
        return q;
    }
}
