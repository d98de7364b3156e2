package org.hopwise.bench;

import java.util.stream.IntStream;

/** Numbers that every contestant draws alike: splitmix64, whose upper 24 bits are exact in single precision. */
final class Numbers {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private Numbers() {}

    /** 64 random bits: number {@code index}, counted from 0, of a stream. */
    static long bits(long stream, long index) {
        long z = (stream << 40) + (index + 1) * GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Between -1 and 1. */
    static double uniform(long stream, long index) {
        return (bits(stream, index) >>> 40) * 0x1p-23 - 1;
    }

    static double[] uniform(long stream, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> uniform(stream, (long) i))
                .toArray();
    }

    /** Rows x columns, row by row, times a factor. */
    static double[][] matrix(long stream, int rows, int columns, double factor) {
        double[][] matrix = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix[i][j] = uniform(stream, (long) i * columns + j) * factor;
            }
        }
        return matrix;
    }

    static double[][] transposed(double[][] matrix) {
        double[][] result = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }
}
