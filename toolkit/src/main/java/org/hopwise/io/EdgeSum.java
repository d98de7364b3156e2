package org.hopwise.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.graph.Wiring;

/** Edges as they come out of a file: added up where named twice, left out where their weight is 0. */
final class EdgeSum {

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final boolean refuseDuplicates;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private double[] weights = new double[16];
    private int length;
    private int twice;

    EdgeSum(boolean refuseDuplicates) {
        this.refuseDuplicates = refuseDuplicates;
    }

    /** Adds a unit, or finds it. */
    int unit(String name) {
        return index.computeIfAbsent(name, added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    boolean has(String name) {
        return index.containsKey(name);
    }

    void edge(int source, int target, double weight) {
        if (length == from.length) {
            from = Arrays.copyOf(from, 2 * length);
            to = Arrays.copyOf(to, 2 * length);
            weights = Arrays.copyOf(weights, 2 * length);
        }
        from[length] = source;
        to[length] = target;
        weights[length++] = weight;
    }

    int length() {
        return length;
    }

    /** How many entries were further ones of an edge; known once the wiring is made. */
    int duplicates() {
        return twice;
    }

    /** The wiring over these units, sorted by name or in the order in which they were added. */
    Wiring wiring(boolean sorted) {
        List<String> order = new ArrayList<>(names);
        if (sorted) {
            order.sort(null);
        }
        int[] place = new int[names.size()];
        for (int i = 0; i < place.length; i++) {
            place[index.get(order.get(i))] = i;
        }
        long[] keys = new long[length];
        Integer[] byKey = new Integer[length];
        for (int edge = 0; edge < length; edge++) {
            keys[edge] = (long) place[from[edge]] * names.size() + place[to[edge]];
            byKey[edge] = edge;
        }
        // A stable sort: weights of one edge add up in the file's order, the same sum every time.
        Arrays.sort(byKey, (a, b) -> Long.compare(keys[a], keys[b]));
        return sum(order, keys, byKey);
    }

    private Wiring sum(List<String> order, long[] keys, Integer[] byKey) {
        int[] sources = new int[length];
        int[] targets = new int[length];
        double[] sums = new double[length];
        int count = 0;
        for (int at = 0; at < length; ) {
            long key = keys[byKey[at]];
            double sum = 0;
            int first = at;
            while (at < length && keys[byKey[at]] == key) {
                sum += weights[byKey[at++]];
            }
            String source = order.get((int) (key / names.size()));
            String target = order.get((int) (key % names.size()));
            twice += at - first - 1;
            requireSum(sum, at - first, source, target);
            if (sum != 0) {
                sources[count] = (int) (key / names.size());
                targets[count] = (int) (key % names.size());
                sums[count++] = sum;
            }
        }
        return Wiring.of(
                order, Arrays.copyOf(sources, count), Arrays.copyOf(targets, count), Arrays.copyOf(sums, count));
    }

    private void requireSum(double sum, int times, String source, String target) {
        if (Double.isFinite(sum) && (times == 1 || !refuseDuplicates)) {
            return;
        }
        String place = "the edge from %s to %s"
                .formatted(FileRefusedException.quote(source), FileRefusedException.quote(target));
        if (times > 1 && refuseDuplicates) {
            throw FileRefusedException.of(
                    Kind.CORRUPT, place, "is named %d times; every edge may stand once.".formatted(times));
        }
        throw FileRefusedException.of(Kind.NOT_FINITE, place, "adds up to infinity; scale the weights.");
    }

    /** The sentence on edges that were named twice, if there were any. */
    void note(List<String> notes) {
        if (twice == 1) {
            notes.add("1 edge was named again; its weights add up");
        } else if (twice > 1) {
            notes.add("%d times an edge was named again; weights add up".formatted(twice));
        }
    }
}
