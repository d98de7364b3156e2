package org.hopwise.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.hopwise.graph.RemoteWiring;

/** A block that the driver keeps and sends to every executor at each hop. */
final class SentBlock implements RemoteWiring.Block {

    private final SparkWiring wiring;
    private final int columns;
    private final double[] values;

    private SentBlock(SparkWiring wiring, int columns, double[] values) {
        this.wiring = wiring;
        this.columns = columns;
        this.values = values;
    }

    static SentBlock of(SparkWiring wiring, int[][] sources) {
        int columns = sources.length;
        double[] values = new double[wiring.units() * columns];
        for (int group = 0; group < columns; group++) {
            for (int member : sources[group]) {
                values[member * columns + group] += 1.0 / sources[group].length;
            }
        }
        return new SentBlock(wiring, columns, values);
    }

    @Override
    public SentBlock next() {
        Broadcast<byte[]> sent = wiring.context().broadcast(Blocks.encode(values));
        try {
            List<Piece.Part> parts = wiring.run(() -> wiring.pieces()
                    .map(new Piece.Multiply(sent, wiring.units(), columns))
                    .collect());
            double[] next = new double[values.length];
            parts.forEach(part -> part.putInto(next, columns));
            return new SentBlock(wiring, columns, next);
        } finally {
            Tidying.undisturbed(sent::destroy);
        }
    }

    @Override
    public double[][] rows(int[] units) {
        return Arrays.stream(units)
                .mapToObj(unit -> Arrays.copyOfRange(values, unit * columns, (unit + 1) * columns))
                .toArray(double[][]::new);
    }

    @Override
    public void close() {
        // The array goes with this object.
    }
}
