package org.hopwise.internal.array;

/**
 * Discrete Fourier transforms of {@link #LINES} complex lines side by side: number j of all lines stands in one stretch of
 * {@code 2 LINES} doubles, their real parts first. Every line is computed by the same operations whatever stands beside
 * it, with the JDK's Vector API or without it: the same bits.
 *
 * <p>It is made for convolutions. Waves come out where {@link #place} says (decimation in frequency) and the way back takes
 * them from there (decimation in time), so that nothing is ever put in order. Lengths are powers of two: butterflies of
 * four, and of eight or four at the end, each part of a line as a whole before the next, so that it stays in the cache.
 */
public final class FourierLines {

    /** Lines side by side: as many as a vector has lanes. */
    public static final int LINES = Products.VECTORS ? VectorFourier.LANES : 4;

    private static final int SHORTEST = 8;

    private final int length;
    /** For each size of butterflies of four: cos and -sin of one, two and three turns of j / size, j by j. */
    private final double[][] turns;

    /** For a length that it {@linkplain #knows knows}. */
    public FourierLines(int length) {
        this.length = length;
        this.turns = new double[Integer.numberOfTrailingZeros(length) / 2][];
        for (int stage = 0, size = length; size > SHORTEST; stage++, size /= 4) {
            turns[stage] = new double[6 * (size / 4)];
            for (int i = 0; i < turns[stage].length; i += 2) {
                int place = i / 6;
                double angle = 2 * Math.PI * place * (i % 6 / 2 + 1) / size;
                turns[stage][i] = StrictMath.cos(angle);
                turns[stage][i + 1] = -StrictMath.sin(angle);
            }
        }
    }

    /** Whether lines of this length, and as many beside each other, can be had: powers of two from 8 on. */
    public static boolean knows(int length) {
        return length >= SHORTEST && Integer.bitCount(length) == 1 && length % LINES == 0;
    }

    /** Where the forward transform leaves the number that belongs to a wave number from 0 to the length - 1. */
    public int place(int wave) {
        int place = 0;
        int size = length;
        int rest = wave;
        while (size > SHORTEST) {
            size /= 4;
            place += rest % 4 * size;
            rest /= 4;
        }
        if (size == SHORTEST) {
            place += rest % 2 * 4;
            rest /= 2;
        }
        return place + rest;
    }

    /** sum_x z_x exp(-2 pi i k x / length), in place, for the lines that begin at {@code at}. */
    public void forward(double[] z, int at) {
        forward(z, at, length, 0);
    }

    private void forward(double[] z, int at, int size, int stage) {
        if (size <= SHORTEST) {
            ends(z, at, size, 1, false);
            return;
        }
        int quarter = size / 4;
        if (Products.VECTORS) {
            VectorFourier.apart(z, at, quarter, turns[stage]);
        } else {
            PlainFourier.apart(z, at, quarter, turns[stage], LINES);
        }
        if (quarter <= SHORTEST) {
            ends(z, at, quarter, 4, false);
        } else {
            for (int part = 0; part < 4; part++) {
                forward(z, at + part * quarter * 2 * LINES, quarter, stage + 1);
            }
        }
    }

    /** sum_k z_k exp(2 pi i k x / length), in place, from the places of {@link #forward}: the way back, times the length. */
    public void inverse(double[] z, int at) {
        inverse(z, at, length, 0);
    }

    private void inverse(double[] z, int at, int size, int stage) {
        if (size <= SHORTEST) {
            ends(z, at, size, 1, true);
            return;
        }
        int quarter = size / 4;
        if (quarter <= SHORTEST) {
            ends(z, at, quarter, 4, true);
        } else {
            for (int part = 0; part < 4; part++) {
                inverse(z, at + part * quarter * 2 * LINES, quarter, stage + 1);
            }
        }
        if (Products.VECTORS) {
            VectorFourier.together(z, at, quarter, turns[stage]);
        } else {
            PlainFourier.together(z, at, quarter, turns[stage], LINES);
        }
    }

    /** The shortest transforms, {@code count} of them behind each other. */
    private static void ends(double[] z, int at, int size, int count, boolean back) {
        if (Products.VECTORS) {
            VectorFourier.ends(z, at, size, count, back);
        } else {
            PlainFourier.ends(z, at, size, count, back, LINES);
        }
    }

    /** Multiplies {@code count} numbers of each line with factors that stand in the same way. */
    public static void multiply(double[] z, int at, double[] factors, int factorsAt, int count) {
        if (Products.VECTORS) {
            VectorFourier.multiply(z, at, factors, factorsAt, count);
        } else {
            PlainFourier.multiply(z, at, factors, factorsAt, count, LINES);
        }
    }

    /**
     * z / sqrt(1 + |z|^2) for {@code count} numbers of each line, up to the first place where 1 + |z|^2 is not finite.
     *
     * @return how many were done
     */
    public static int squash(double[] z, int at, int count) {
        return Products.VECTORS ? VectorFourier.squash(z, at, count) : PlainFourier.squash(z, at, count, LINES);
    }
}
