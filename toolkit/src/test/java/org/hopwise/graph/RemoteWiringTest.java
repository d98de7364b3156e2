package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteWiringTest {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int[] FROM = {0, 1, 2, 0};
    private static final int[] TO = {1, 2, 0, 2};
    private static final double[] WEIGHTS = {2, 3, 5, 7};

    /** Edges that only this object sees. */
    private static final RemoteWiring REMOTE = new RemoteWiring() {
        @Override
        public int units() {
            return NAMES.size();
        }

        @Override
        public int unit(String name) {
            return NAMES.indexOf(name);
        }

        @Override
        public Block block(int[][] sources) {
            double[][] reached = new double[NAMES.size()][sources.length];
            for (int group = 0; group < sources.length; group++) {
                for (int member : sources[group]) {
                    reached[member][group] += 1.0 / sources[group].length;
                }
            }
            return new Here(reached);
        }
    };

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Here(double[][] reached) implements RemoteWiring.Block {

        private static int open;

        Here {
            open++;
        }

        @Override
        public RemoteWiring.Block next() {
            double[][] next = new double[reached.length][reached[0].length];
            for (int edge = 0; edge < FROM.length; edge++) {
                for (int column = 0; column < next[0].length; column++) {
                    next[TO[edge]][column] += WEIGHTS[edge] * reached[FROM[edge]][column];
                }
            }
            return new Here(next);
        }

        @Override
        public double[][] rows(int[] units) {
            return Arrays.stream(units).mapToObj(unit -> reached[unit]).toArray(double[][]::new);
        }

        @Override
        public void close() {
            open--;
        }
    }

    @Test
    void everyBlockIsGivenBack() {
        HopDecomposition.of(REMOTE, NAMES, NAMES, 4);
        assertEquals(0, Here.open);
    }

    @Test
    void hopsAreThoseOfAWiringAtHand() {
        Wiring here = Wiring.of(NAMES, FROM, TO, WEIGHTS);
        List<String> from = List.of("a", "c");
        assertEquals(
                HopDecomposition.of(here, from, NAMES, 5).kernel(),
                HopDecomposition.of(REMOTE, from, NAMES, 5).kernel());
        assertEquals(
                7,
                HopDecomposition.of(REMOTE, from, NAMES, 1).hop(1).getDouble(0, 2),
                "hop 1 is the direct connection, from a to c");
    }

    @Test
    void groupsAreMeansOverPairs() {
        HopDecomposition hops =
                HopDecomposition.of(REMOTE, Map.of("from", List.of("a", "b")), Map.of("to", List.of("b", "c")), 1);
        assertEquals((2 + 7 + 3) / 4.0, hops.hop(1).getDouble(0, 0));
    }

    @Test
    void sourcesTargetsAndHopsAreAskedFor() {
        assertThrows(IllegalArgumentException.class, () -> HopDecomposition.of(REMOTE, List.of(), NAMES, 1));
        assertThrows(IllegalArgumentException.class, () -> HopDecomposition.of(REMOTE, NAMES, List.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> HopDecomposition.of(REMOTE, NAMES, NAMES, 0));
    }
}
