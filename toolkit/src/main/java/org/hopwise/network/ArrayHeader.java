package org.hopwise.network;

import java.util.List;

/**
 * What a file says of one array before its numbers are read.
 *
 * @param name the array's name in the file; empty where a file holds one array without a name
 * @param type NumPy's name of the number type, such as float32 or bfloat16
 * @param shape the sizes; empty for a single number
 */
public record ArrayHeader(String name, String type, List<Long> shape) {

    /**
     * Copies the shape.
     *
     * @param name the array's name in the file; empty where a file holds one array without a name
     * @param type NumPy's name of the number type, such as float32 or bfloat16
     * @param shape the sizes; empty for a single number
     */
    public ArrayHeader {
        shape = List.copyOf(shape);
    }

    /**
     * How many numbers the array has.
     *
     * @return the product of the sizes
     * @throws ArithmeticException if it exceeds 2^63 - 1
     */
    public long length() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Whether the array has these sizes. */
    boolean is(long... sizes) {
        if (shape.size() != sizes.length) {
            return false;
        }
        for (int i = 0; i < sizes.length; i++) {
            if (shape.get(i) != sizes[i]) {
                return false;
            }
        }
        return true;
    }

    long rows() {
        return shape.get(0);
    }

    long columns() {
        return shape.get(1);
    }

    boolean isMatrix() {
        return shape.size() == 2;
    }

    boolean isSquare() {
        return isMatrix() && rows() == columns();
    }

    /** Name, type and shape, as in {@code W_rec float32 50 x 50}. */
    @Override
    public String toString() {
        return (name.isEmpty() ? "(no name)" : name) + " " + type + " " + sizes();
    }

    /** The shape in words: {@code 50 x 2}, {@code 50} or {@code one number}. */
    String sizes() {
        return shape.isEmpty()
                ? "one number"
                : String.join(" x ", shape.stream().map(String::valueOf).toList());
    }
}
