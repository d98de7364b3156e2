package org.hopwise.io;

import java.util.Arrays;

/** Numbers whose count is known only at the end of a text. */
final class Doubles {

    private final long limit;
    private double[] values = new double[16];
    private int length;

    Doubles(long limit) {
        this.limit = Math.min(limit, Integer.MAX_VALUE - 8);
    }

    void add(double value, String name) {
        if (length == limit) {
            throw Refusals.tooLarge(Refusals.array(name), "has more than %d numbers".formatted(limit));
        }
        if (length == values.length) {
            values = Arrays.copyOf(values, (int) Math.min(limit, 2L * length));
        }
        values[length++] = value;
    }

    int length() {
        return length;
    }

    double[] toArray() {
        return length == values.length ? values : Arrays.copyOf(values, length);
    }
}
