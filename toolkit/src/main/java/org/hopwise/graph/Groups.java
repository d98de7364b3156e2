package org.hopwise.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Check;

/** Units put together by group, for maps averaged over groups. */
final class Groups {

    private final int[] fromIndex;
    private final int[] toIndex;
    private final List<String> from;
    private final List<String> to;

    Groups(List<String> fromGroups, List<String> toGroups, int sources, int targets) {
        requireOneEach("fromGroups", fromGroups, sources);
        requireOneEach("toGroups", toGroups, targets);
        fromIndex = new int[sources];
        toIndex = new int[targets];
        from = index(fromGroups, fromIndex);
        to = index(toGroups, toIndex);
    }

    private static void requireOneEach(String name, List<String> groups, int units) {
        if (groups.size() != units) {
            throw new IllegalArgumentException(
                    "%s has %d entries; it needs one for each of the %d units.".formatted(name, groups.size(), units));
        }
    }

    private static List<String> index(List<String> groups, int[] into) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < into.length; i++) {
            into[i] = seen.computeIfAbsent(groups.get(i), group -> seen.size());
        }
        return List.copyOf(seen.keySet());
    }

    List<String> from() {
        return from;
    }

    List<String> to() {
        return to;
    }

    /** The mean over the pairs of units of each pair of groups. */
    DMatrixRMaj mean(DMatrixRMaj map) {
        DMatrixRMaj means = new DMatrixRMaj(from.size(), to.size());
        int[] pairs = new int[means.getNumElements()];
        for (int a = 0; a < map.numRows; a++) {
            for (int b = 0; b < map.numCols; b++) {
                int at = means.getIndex(fromIndex[a], toIndex[b]);
                means.data[at] += map.get(a, b);
                pairs[at]++;
            }
        }
        for (int at = 0; at < pairs.length; at++) {
            means.data[at] /= pairs[at];
        }
        return means;
    }

    /** The sum of moduli over the pairs of units of each pair of groups. */
    DMatrixRMaj absoluteSums(DMatrixRMaj map) {
        DMatrixRMaj sums = new DMatrixRMaj(from.size(), to.size());
        for (int a = 0; a < map.numRows; a++) {
            for (int b = 0; b < map.numCols; b++) {
                sums.add(fromIndex[a], toIndex[b], Math.abs(map.get(a, b)));
            }
        }
        return sums;
    }

    /** The module of each unit, for modules of equal size: unit u of n in M modules stands in module u M / n. */
    static List<String> modules(String kind, int units, int modules) {
        Check.positive("modules", modules);
        Check.divides("modules", modules, kind, units);
        return IntStream.range(0, units)
                .mapToObj(i -> "module " + (i / (units / modules) + 1))
                .toList();
    }
}
