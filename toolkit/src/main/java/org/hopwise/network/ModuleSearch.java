package org.hopwise.network;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.hopwise.internal.machine.Interruption;

/**
 * One search for modules: nodes move to the module of largest gain until none gains more than 1e-10 of Q, each module is then
 * built up anew from parts that join by positive gain, and the parts are the nodes of the next round. Every move raises the
 * one function Q, which has finitely many values, so the search ends, on directed graphs too.
 */
final class ModuleSearch {

    private static final double LEAST_GAIN = 1e-10;

    private final ModuleGraph graph;
    private final UniformRandomProvider random;
    private final int[] module;
    private final double[][] outs;
    private final double[][] ins;
    private final int[] size;

    /** Nodes in given modules, numbered below the number of nodes. */
    private ModuleSearch(ModuleGraph graph, int[] module, UniformRandomProvider random) {
        this.graph = graph;
        this.random = random;
        this.module = module.clone();
        this.outs = new double[graph.k.length][graph.nodes];
        this.ins = new double[graph.k.length][graph.nodes];
        this.size = new int[graph.nodes];
        for (int u = 0; u < graph.nodes; u++) {
            add(u, module[u], 1);
        }
    }

    /** A partition, modules numbered by first appearance; from single units, or from units thrown together at random. */
    static int[] run(ModuleGraph units, boolean thrown, UniformRandomProvider random) {
        int[] start = singles(units.nodes);
        int modules = thrown ? 1 + random.nextInt(units.nodes) : 0;
        for (int u = 0; u < start.length && thrown; u++) {
            start[u] = random.nextInt(modules);
        }
        int[] best = numbered(once(units, start, random));
        double q = units.modularity(best);
        // Once more from the modules found, with units free again, as long as that gains.
        while (true) {
            int[] next = numbered(once(units, best, random));
            double found = units.modularity(next);
            if (found <= q + LEAST_GAIN) {
                return best;
            }
            best = next;
            q = found;
        }
    }

    private static int[] singles(int nodes) {
        int[] singles = new int[nodes];
        Arrays.setAll(singles, u -> u);
        return singles;
    }

    private static int[] once(ModuleGraph units, int[] from, UniformRandomProvider random) {
        ModuleGraph graph = units;
        int[] node = singles(units.nodes);
        int[] start = from;
        while (true) {
            Interruption.check();
            ModuleSearch search = new ModuleSearch(graph, start, random);
            search.move();
            int[] modules = numbered(search.module);
            if (count(modules) == graph.nodes) {
                int[] found = new int[units.nodes];
                for (int u = 0; u < found.length; u++) {
                    found[u] = modules[node[u]];
                }
                return found;
            }
            // Parts can move on by themselves; where no two nodes join, whole modules can.
            int[] parts = numbered(search.parts(modules));
            int[] groups = count(parts) == graph.nodes ? modules : parts;
            int[] next = new int[count(groups)];
            for (int u = 0; u < graph.nodes; u++) {
                next[groups[u]] = modules[u];
            }
            for (int u = 0; u < node.length; u++) {
                node[u] = groups[node[u]];
            }
            start = numbered(next);
            graph = graph.grouped(groups, next.length);
        }
    }

    private static int count(int[] numbered) {
        return Arrays.stream(numbered).max().orElse(-1) + 1;
    }

    /** Numbers of modules by first appearance. */
    static int[] numbered(int[] module) {
        int[] number = new int[Arrays.stream(module).max().orElse(-1) + 1];
        Arrays.fill(number, -1);
        int[] renamed = new int[module.length];
        int count = 0;
        for (int u = 0; u < module.length; u++) {
            if (number[module[u]] < 0) {
                number[module[u]] = count++;
            }
            renamed[u] = number[module[u]];
        }
        return renamed;
    }

    private void add(int u, int m, int sign) {
        size[m] += sign;
        for (int layer = 0; layer < graph.k.length; layer++) {
            outs[layer][m] += sign * graph.out[layer][u];
            ins[layer][m] += sign * graph.in[layer][u];
        }
    }

    /** What u brings to a module that it is not in, given its links there; what it brings alone is left out. */
    private double joining(int u, int m, double links) {
        double gain = 2 * links;
        for (int layer = 0; layer < graph.k.length; layer++) {
            gain -= graph.k[layer] * (graph.out[layer][u] * ins[layer][m] + graph.in[layer][u] * outs[layer][m]);
        }
        return gain;
    }

    private int[] order() {
        int[] order = singles(graph.nodes);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /** Moves nodes until none gains. */
    private void move() {
        double[] links = new double[graph.nodes];
        boolean more = true;
        while (more) {
            more = false;
            for (int u : order()) {
                int old = module[u];
                add(u, old, -1);
                int to = best(u, old, links);
                add(u, to, 1);
                module[u] = to;
                more |= to != old;
            }
            Interruption.check();
        }
    }

    /** The module of largest gain over staying, ties to the lowest number; an empty one too, since a node may be best alone. */
    private int best(int u, int old, double[] links) {
        for (int at = graph.start[u]; at < graph.start[u + 1]; at++) {
            links[module[graph.other[at]]] += graph.link[at];
        }
        double stay = size[old] == 0 ? 0 : joining(u, old, links[old]);
        int to = old;
        double most = stay + LEAST_GAIN;
        // Modules without a link can gain too, where the expected links are negative; only few graphs have them.
        boolean everywhere = graph.k[1] != 0;
        if (everywhere) {
            for (int m = 0; m < graph.nodes; m++) {
                if (m != old && size[m] > 0) {
                    double gain = joining(u, m, links[m]);
                    if (gain > most) {
                        most = gain;
                        to = m;
                    }
                }
            }
        } else {
            for (int at = graph.start[u]; at < graph.start[u + 1]; at++) {
                int m = module[graph.other[at]];
                if (m != old && m != to) {
                    double gain = joining(u, m, links[m]);
                    if (gain > most || (gain == most && to != old && m < to)) {
                        most = gain;
                        to = m;
                    }
                }
            }
        }
        if (size[old] > 0 && 0 > most) {
            to = empty();
        }
        for (int at = graph.start[u]; at < graph.start[u + 1]; at++) {
            links[module[graph.other[at]]] = 0;
        }
        return to;
    }

    private int empty() {
        int m = 0;
        while (size[m] > 0) {
            m++;
        }
        return m;
    }

    /** Each module cut into parts that join by positive gain along links, so that none falls apart. */
    private int[] parts(int[] modules) {
        ModuleSearch parts = new ModuleSearch(graph, singles(graph.nodes), random);
        double[] links = new double[graph.nodes];
        for (int u : order()) {
            if (parts.size[parts.module[u]] > 1) {
                continue;
            }
            for (int at = graph.start[u]; at < graph.start[u + 1]; at++) {
                if (modules[graph.other[at]] == modules[u]) {
                    links[parts.module[graph.other[at]]] += graph.link[at];
                }
            }
            int to = parts.module[u];
            double most = LEAST_GAIN;
            for (int at = graph.start[u]; at < graph.start[u + 1]; at++) {
                int part = parts.module[graph.other[at]];
                if (modules[graph.other[at]] == modules[u] && part != parts.module[u] && part != to) {
                    double gain = parts.joining(u, part, links[part]);
                    if (gain > most || (gain == most && part < to)) {
                        most = gain;
                        to = part;
                    }
                }
            }
            for (int at = graph.start[u]; at < graph.start[u + 1]; at++) {
                links[parts.module[graph.other[at]]] = 0;
            }
            if (to != parts.module[u]) {
                parts.add(u, parts.module[u], -1);
                parts.add(u, to, 1);
                parts.module[u] = to;
            }
        }
        return parts.module;
    }
}
