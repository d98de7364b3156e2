package org.hopwise.spark;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Map;
import java.util.WeakHashMap;
import org.hopwise.internal.array.TallMatrix;

/** Blocks of units x columns on their way: bytes, since Java writes these at once and doubles one by one. */
final class Blocks {

    /** Each block that was sent here, decoded; arrays are equal only to themselves. */
    private static final Map<byte[], TallMatrix> DECODED = new WeakHashMap<>();

    private Blocks() {}

    static byte[] encode(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, values.length));
        bytes.asDoubleBuffer().put(values);
        return bytes.array();
    }

    static void decode(byte[] bytes, double[] into, int at) {
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(into, at, bytes.length / Double.BYTES);
    }

    /** Rows that begin at a row of a matrix. */
    static void decode(byte[] bytes, TallMatrix into, int row) {
        DoubleBuffer values = ByteBuffer.wrap(bytes).asDoubleBuffer();
        for (int r = row; values.hasRemaining(); r++) {
            values.get(into.data(), into.at(r), into.columns());
        }
    }

    /** A block as a matrix, once for all pieces of an executor. */
    static synchronized TallMatrix decoded(byte[] bytes, int rows, int columns) {
        return DECODED.computeIfAbsent(bytes, sent -> {
            double[] values = new double[rows * columns];
            decode(sent, values, 0);
            TallMatrix block = new TallMatrix(rows, columns);
            block.setRows(values);
            return block;
        });
    }
}
