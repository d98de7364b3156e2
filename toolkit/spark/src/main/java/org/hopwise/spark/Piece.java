package org.hopwise.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.array.TallMatrix;

/** Some rows of a wiring, kept by an executor: those of the units from {@code first} on. */
record Piece(int first, SparseMatrix rows) implements Serializable {

    /** Draws a piece by its number. */
    record Draw(RandomRows drawn, int pieces) implements Function<Integer, Piece> {

        @Override
        public Piece call(Integer number) {
            int units = drawn.units();
            int first = (int) ((long) units * number / pieces);
            int end = (int) ((long) units * (number + 1) / pieces);
            long edges = drawn.before(end) - drawn.before(first);
            return new Piece(
                    first,
                    SparseMatrix.rows(end - first, units, drawn.edges(), edges, sink -> drawn.send(first, end, sink)));
        }
    }

    /** Multiplies a piece with the block that was sent to all. */
    record Multiply(Broadcast<byte[]> block, int units, int columns) implements Function<Piece, Part> {

        @Override
        public Part call(Piece piece) {
            TallMatrix reached = Blocks.decoded(block.value(), units, columns);
            TallMatrix next = new TallMatrix(piece.rows().size(), columns);
            piece.rows().multiply(reached, next);
            return new Part(piece.first(), Blocks.encode(next.rowByRow()));
        }
    }

    /** What a piece adds to the next block: its rows, from {@code first} on. */
    static final class Part implements Serializable {

        private final int first;
        private final byte[] values;

        Part(int first, byte[] values) {
            this.first = first;
            this.values = values;
        }

        int first() {
            return first;
        }

        int rows(int columns) {
            return values.length / Double.BYTES / columns;
        }

        /** Some of its rows, by their places in the whole. */
        byte[] slice(int from, int to, int columns) {
            int row = Double.BYTES * columns;
            return Arrays.copyOfRange(values, (from - first) * row, (to - first) * row);
        }

        void putInto(double[] next, int columns) {
            Blocks.decode(values, next, first * columns);
        }
    }
}
