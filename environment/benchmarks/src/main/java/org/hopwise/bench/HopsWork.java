package org.hopwise.bench;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.rnn.Weights;

/** Hop blocks: of a dense network from its inputs to its outputs, or of sparse wiring between groups of its units. */
final class HopsWork implements Work {

    private final int first;
    private final int length;
    private final Supplier<HopDecomposition> blocks;

    private HopsWork(int first, int length, Supplier<HopDecomposition> blocks) {
        this.first = first;
        this.length = length;
        this.blocks = blocks;
    }

    static HopsWork of(JsonObject request) {
        int units = request.get("units").getAsInt();
        int degree = request.get("degree").getAsInt();
        int ends = request.get("ends").getAsInt();
        int length = request.get("length").getAsInt();
        if (degree == 0) {
            Weights weights = dense(units, ends);
            return new HopsWork(2, length, () -> HopDecomposition.of(weights, length));
        }
        Wiring wiring = sparse(units, degree);
        Map<String, List<String>> groups = groups(wiring.names(), ends);
        return new HopsWork(1, length, () -> HopDecomposition.of(wiring, groups, groups, length));
    }

    static Weights dense(int units, int ends) {
        return Weights.of(
                Numbers.transposed(Numbers.matrix(1, ends, units, 1)),
                Numbers.transposed(Numbers.matrix(2, units, units, 1 / Math.sqrt(units))),
                Numbers.transposed(Numbers.matrix(3, units, ends, 1)));
    }

    static Wiring sparse(int units, int degree) {
        int edges = units * degree;
        int[] from = IntStream.range(0, edges).map(edge -> edge / degree).toArray();
        int[] to = IntStream.range(0, edges)
                .map(edge -> (int) Long.remainderUnsigned(Numbers.bits(6, edge), units))
                .toArray();
        double[] weights = Numbers.uniform(2, edges);
        for (int edge = 0; edge < edges; edge++) {
            weights[edge] /= Math.sqrt(degree);
        }
        List<String> names =
                IntStream.range(0, units).mapToObj("unit %d"::formatted).toList();
        return Wiring.of(names, from, to, weights);
    }

    /** Unit i is in group i mod n; their names sort as their numbers do. */
    private static Map<String, List<String>> groups(List<String> names, int count) {
        Map<String, List<String>> groups = new TreeMap<>();
        for (int group = 0; group < count; group++) {
            int remainder = group;
            groups.put(
                    "group %03d".formatted(group),
                    IntStream.range(0, names.size())
                            .filter(unit -> unit % count == remainder)
                            .mapToObj(names::get)
                            .toList());
        }
        return groups;
    }

    @Override
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            if (blocks.get().hop(first) == null) {
                throw new AssertionError();
            }
        }
    }

    /** The mean modulus of every block. */
    @Override
    public double[] check() {
        HopDecomposition hops = blocks.get();
        return IntStream.range(first, first + length)
                .mapToDouble(hop -> hops.hop(hop).amean().getDouble(0))
                .toArray();
    }
}
