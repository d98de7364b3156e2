package org.hopwise.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.NamedArray;

/**
 * Numbers of one type from a stream, in pieces, so that an array costs its doubles and nothing else.
 *
 * @param type how each number is written
 * @param order of its bytes
 * @param columnOrder whether the first index runs fastest
 */
record NumberStream(NumberType type, ByteOrder order, boolean columnOrder) {

    private static final int PIECE = 1 << 16;

    /**
     * Reads all numbers of an array.
     *
     * @throws IOException from the stream
     */
    NamedArray read(InputStream from, ArrayHeader header) throws IOException {
        double[] values = new double[Math.toIntExact(header.length())];
        boolean[] rounded = new boolean[1];
        Places places = new Places(header.shape(), columnOrder);
        byte[] bytes = new byte[(int) Math.min(PIECE, (long) values.length * type.bytes())];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        for (int done = 0; done < values.length; ) {
            int count = Math.min(bytes.length / type.bytes(), values.length - done);
            int got = from.readNBytes(bytes, 0, count * type.bytes());
            if (got < count * type.bytes()) {
                long there = (long) done * type.bytes() + got;
                throw Refusals.truncated(Refusals.array(header.name()), (long) values.length * type.bytes(), there);
            }
            for (int i = 0; i < count; i++) {
                int at = i * type.bytes();
                values[places.next()] = type.decode(buffer, at);
                rounded[0] |= type.rounds(buffer, at);
            }
            done += count;
        }
        return new NamedArray(header, values, rounded[0]);
    }

    /** Where the numbers of a file go, one after the other. */
    private static final class Places {

        private final int[] sizes;
        private final int[] strides;
        private final int[] index;
        private final boolean inOrder;
        private int at;

        Places(List<Long> shape, boolean columnOrder) {
            int rank = shape.size();
            inOrder = !columnOrder || rank < 2 || shape.contains(0L);
            sizes = new int[rank];
            strides = new int[rank];
            index = new int[rank];
            int stride = 1;
            for (int axis = rank - 1; axis >= 0 && !inOrder; axis--) {
                sizes[axis] = Math.toIntExact(shape.get(axis));
                strides[axis] = stride;
                stride *= sizes[axis];
            }
        }

        int next() {
            int result = at;
            if (inOrder) {
                at++;
                return result;
            }
            for (int axis = 0; axis < sizes.length; axis++) {
                at += strides[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                at -= strides[axis] * sizes[axis];
                index[axis] = 0;
            }
            return result;
        }
    }
}
