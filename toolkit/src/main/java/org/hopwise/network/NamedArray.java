package org.hopwise.network;

import org.hopwise.FileRefusedException;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One array of a file: its header and its numbers in double precision. */
public final class NamedArray {

    private final ArrayHeader header;
    private final double[] values;
    private final boolean rounded;

    /**
     * Puts an array together. The values are not copied, since a connectome's matrix fills a good part of the memory; the
     * caller gives them away.
     *
     * @param header name, type and shape
     * @param values all numbers, the last index running fastest
     * @param rounded whether integers beyond 2^53 lost digits
     */
    public NamedArray(ArrayHeader header, double[] values, boolean rounded) {
        if (header.length() != values.length) {
            throw new IllegalArgumentException("array %s has %d values; its shape wants %d."
                    .formatted(FileRefusedException.quote(header.name()), values.length, header.length()));
        }
        this.header = header;
        this.values = values;
        this.rounded = rounded;
    }

    /**
     * Name, type and shape.
     *
     * @return the header
     */
    public ArrayHeader header() {
        return header;
    }

    /**
     * One number.
     *
     * @param at its place when all are written one after the other, the last index running fastest; from 0
     * @return the number
     */
    public double value(int at) {
        return values[at];
    }

    /**
     * How many numbers there are.
     *
     * @return the product of the shape
     */
    public int length() {
        return values.length;
    }

    /**
     * Whether integers beyond 2^53 in modulus were rounded to doubles.
     *
     * @return true if at least one lost digits
     */
    public boolean isRounded() {
        return rounded;
    }

    /**
     * All numbers, the last index running fastest, a copy.
     *
     * @return as many as {@link #length}
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The array for further computing, a copy.
     *
     * @return an array of this shape in double precision
     */
    public INDArray array() {
        long[] shape = header.shape().stream().mapToLong(size -> size).toArray();
        return Nd.array(values, shape);
    }

    /** The numbers themselves, for packages of the toolkit that only read them. */
    double[] shared() {
        return values;
    }

    @Override
    public String toString() {
        return "%s, %s".formatted(header, Texts.mark(values));
    }
}
