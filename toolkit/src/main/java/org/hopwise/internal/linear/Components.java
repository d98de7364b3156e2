package org.hopwise.internal.linear;

import java.util.Arrays;
import org.hopwise.internal.array.SparseMatrix;

/**
 * The strongly connected components of a sparse matrix as a graph: units that reach each other along entries. Tarjan's
 * algorithm (1972) without recursion; cost units + entries.
 */
final class Components {

    private final int[] of;
    private final int[] sizes;

    private Components(int[] of, int[] sizes) {
        this.of = of;
        this.sizes = sizes;
    }

    /** How many there are. */
    int count() {
        return sizes.length;
    }

    /** How many units one has. */
    int size(int component) {
        return sizes[component];
    }

    /** The units of every component, in rising order. */
    int[][] members() {
        int[][] members = new int[sizes.length][];
        int[] filled = new int[sizes.length];
        Arrays.setAll(members, component -> new int[sizes[component]]);
        for (int unit = 0; unit < of.length; unit++) {
            members[of[unit]][filled[of[unit]]++] = unit;
        }
        return members;
    }

    static Components of(SparseMatrix matrix) {
        int n = matrix.size();
        int[] component = new int[n];
        int[] sizes = new int[n];
        int components = 0;
        // Number of a unit in order of discovery, from 1 on, and the lowest that is reached from it.
        int[] number = new int[n];
        int[] lowest = new int[n];
        int[] open = new int[n];
        int opened = 0;
        int[] path = new int[n];
        int[] band = new int[n];
        int[] at = new int[n];
        int numbered = 0;
        Arrays.fill(component, -1);
        for (int root = 0; root < n; root++) {
            int depth = -1;
            if (number[root] == 0) {
                path[++depth] = root;
            }
            while (depth >= 0) {
                int unit = path[depth];
                if (number[unit] == 0) {
                    number[unit] = ++numbered;
                    lowest[unit] = numbered;
                    open[opened++] = unit;
                    at[unit] = matrix.begin(0, unit);
                }
                int next = -1;
                while (next < 0 && band[unit] < matrix.bands()) {
                    if (at[unit] == matrix.begin(band[unit], unit + 1)) {
                        if (++band[unit] < matrix.bands()) {
                            at[unit] = matrix.begin(band[unit], unit);
                        }
                        continue;
                    }
                    int other = matrix.columnAt(at[unit]++);
                    if (number[other] == 0) {
                        next = other;
                    } else if (component[other] < 0) {
                        lowest[unit] = Math.min(lowest[unit], number[other]);
                    }
                }
                if (next >= 0) {
                    path[++depth] = next;
                    continue;
                }
                depth--;
                if (depth >= 0) {
                    lowest[path[depth]] = Math.min(lowest[path[depth]], lowest[unit]);
                }
                if (lowest[unit] == number[unit]) {
                    int member;
                    do {
                        member = open[--opened];
                        component[member] = components;
                        sizes[components]++;
                    } while (member != unit);
                    components++;
                }
            }
        }
        return new Components(component, Arrays.copyOf(sizes, components));
    }
}
