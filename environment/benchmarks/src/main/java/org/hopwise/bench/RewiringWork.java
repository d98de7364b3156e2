package org.hopwise.bench;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hopwise.Seed;
import org.hopwise.graph.Wiring;
import org.hopwise.network.Nulls;

/** A first draw of the null model that keeps all degrees: 100 proposals an edge, refused ones included. */
final class RewiringWork implements Work {

    private final int units;
    private final Wiring wiring;

    RewiringWork(JsonObject request) {
        units = request.get("units").getAsInt();
        int degree = request.get("degree").getAsInt();
        long[] edges = LongStream.range(0, (long) units * degree)
                .map(edge -> edge / degree * units + Long.remainderUnsigned(Numbers.bits(6, edge), units))
                .filter(edge -> edge / units != edge % units)
                .distinct()
                .toArray();
        double[] ones = new double[edges.length];
        Arrays.fill(ones, 1);
        wiring = Wiring.of(
                IntStream.range(0, units).mapToObj(String::valueOf).toList(),
                Arrays.stream(edges).mapToInt(edge -> (int) (edge / units)).toArray(),
                Arrays.stream(edges).mapToInt(edge -> (int) (edge % units)).toArray(),
                ones);
    }

    private Wiring rewired() {
        return Nulls.degree().draws(wiring, 1, Seed.of(1)).get(0);
    }

    @Override
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            rewired();
        }
    }

    /** Edges that differ, sums of the squares of both degrees, and whether most edges have moved. */
    @Override
    public double[] check() {
        Set<List<String>> before = new HashSet<>();
        wiring.forEachEdge((from, to, weight) -> before.add(List.of(from, to)));
        Set<List<String>> after = new HashSet<>();
        double[] sent = new double[units];
        double[] received = new double[units];
        rewired().forEachEdge((from, to, weight) -> {
            after.add(List.of(from, to));
            sent[Integer.parseInt(from)]++;
            received[Integer.parseInt(to)]++;
        });
        int edges = after.size();
        after.removeAll(before);
        return new double[] {edges, squares(sent), squares(received), after.size() > edges / 2 ? 1 : 0};
    }

    private static double squares(double[] values) {
        return Arrays.stream(values).map(value -> value * value).sum();
    }
}
