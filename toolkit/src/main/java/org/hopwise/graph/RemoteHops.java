package org.hopwise.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.machine.Memory;

/**
 * The hops between groups of units of a wiring that is elsewhere: the mean over the pairs of units of two groups, added up
 * in the order in which {@link WiringWalks} does.
 */
final class RemoteHops {

    /** Rows of a block that are asked for at once. */
    private static final int ROWS = 1 << 16;

    private final RemoteWiring wiring;
    private final int[][] sources;
    private final int[][] targets;

    RemoteHops(RemoteWiring wiring, int[][] sources, int[][] targets) {
        this.wiring = wiring;
        this.sources = sources;
        this.targets = targets;
    }

    /** Hops 1 to {@code count}, each sources x targets. */
    List<DMatrixRMaj> blocks(int count) {
        Memory.require(
                "%d hop blocks of %d sources x %d targets".formatted(count, sources.length, targets.length),
                8.0 * count * sources.length * targets.length,
                "Use fewer hops, or groups");
        List<DMatrixRMaj> blocks = new ArrayList<>();
        RemoteWiring.Block reached = wiring.block(sources);
        try {
            for (int hop = 0; hop < count; hop++) {
                RemoteWiring.Block next = reached.next();
                reached.close();
                reached = next;
                blocks.add(read(reached));
            }
            return blocks;
        } finally {
            reached.close();
        }
    }

    private DMatrixRMaj read(RemoteWiring.Block reached) {
        int[] members = Arrays.stream(targets).flatMapToInt(Arrays::stream).toArray();
        int[] target = IntStream.range(0, targets.length)
                .flatMap(group -> IntStream.generate(() -> group).limit(targets[group].length))
                .toArray();
        DMatrixRMaj block = new DMatrixRMaj(sources.length, targets.length);
        for (int first = 0; first < members.length; first += ROWS) {
            double[][] rows = reached.rows(Arrays.copyOfRange(members, first, Math.min(first + ROWS, members.length)));
            for (int i = 0; i < rows.length; i++) {
                for (int source = 0; source < sources.length; source++) {
                    block.add(source, target[first + i], rows[i][source]);
                }
            }
        }
        for (int group = 0; group < targets.length; group++) {
            for (int source = 0; source < sources.length; source++) {
                block.set(source, group, block.get(source, group) / targets[group].length);
            }
        }
        return block;
    }
}
