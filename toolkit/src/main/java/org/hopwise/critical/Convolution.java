package org.hopwise.critical;

import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.DoubleFFT_2D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * A periodic convolution: Z becomes F^-1{factors F{Z}}, in place, on interleaved numbers (re, im, re, im, ...), row after
 * row. JTransforms transforms single rows and columns of any length (mixed radices, Bluestein for large primes); rows and
 * columns are shared among all cores. Who transforms which row changes no bit.
 */
final class Convolution {

    static {
        // Its own threads would come in at 8,192 sites and have ways of summing of their own.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    /** Below this a thread costs more than it does. */
    private static final int SITES_WORTH_THREADS = 1 << 14;

    /** Columns transformed together: as many complex numbers as a cache line holds. */
    private static final int BLOCK = 4;

    /** What is done to sites from..to - 1 of the result, by whoever has just computed them. */
    interface AfterRows {
        void accept(int from, int to);
    }

    private final Shape shape;
    /** Column after column for a sheet, so that they are read as they are used. */
    private final double[] factors;

    private final DoubleFFT_1D alongRow;
    private final DoubleFFT_1D alongColumn;

    /** For factors re, im, re, im, ... in the order of wave numbers. */
    Convolution(Shape shape, double[] factors) {
        this.shape = shape;
        this.alongRow = new DoubleFFT_1D(shape.columns());
        this.alongColumn = shape.isRing() ? null : new DoubleFFT_1D(shape.rows());
        this.factors = new double[factors.length];
        for (int site = 0; site < shape.sites(); site++) {
            int at = site % shape.columns() * shape.rows() + site / shape.columns();
            this.factors[2 * at] = factors[2 * site] / shape.sites();
            this.factors[2 * at + 1] = factors[2 * site + 1] / shape.sites();
        }
    }

    /** The transform alone, of a copy. */
    static double[] forward(Shape shape, double[] z) {
        double[] transformed = z.clone();
        if (shape.isRing()) {
            new DoubleFFT_1D(shape.columns()).complexForward(transformed);
        } else {
            new DoubleFFT_2D(shape.rows(), shape.columns()).complexForward(transformed);
        }
        return transformed;
    }

    void apply(double[] z) {
        apply(z, (from, to) -> {});
    }

    void apply(double[] z, AfterRows after) {
        if (shape.isRing()) {
            alongRow.complexForward(z, 0);
            multiply(z, shape.columns(), 0);
            alongRow.complexInverse(z, 0, false);
            after.accept(0, shape.sites());
            return;
        }
        split(shape.rows(), (from, to) -> {
            for (int row = from; row < to; row++) {
                alongRow.complexForward(z, 2 * row * shape.columns());
            }
        });
        int blocks = (shape.columns() + BLOCK - 1) / BLOCK;
        split(blocks, (from, to) -> {
            double[] buffer = new double[BLOCK * 2 * shape.rows()];
            for (int block = from; block < to; block++) {
                columns(z, block * BLOCK, Math.min(shape.columns(), (block + 1) * BLOCK), buffer);
            }
        });
        split(shape.rows(), (from, to) -> {
            for (int row = from; row < to; row++) {
                alongRow.complexInverse(z, 2 * row * shape.columns(), false);
            }
            after.accept(from * shape.columns(), to * shape.columns());
        });
    }

    private void columns(double[] z, int first, int end, double[] buffer) {
        int rows = shape.rows();
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < end - first; c++) {
                int from = 2 * (row * shape.columns() + first + c);
                buffer[2 * (c * rows + row)] = z[from];
                buffer[2 * (c * rows + row) + 1] = z[from + 1];
            }
        }
        for (int c = 0; c < end - first; c++) {
            alongColumn.complexForward(buffer, 2 * c * rows);
        }
        multiply(buffer, (end - first) * rows, 2 * first * rows);
        for (int c = 0; c < end - first; c++) {
            alongColumn.complexInverse(buffer, 2 * c * rows, false);
        }
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < end - first; c++) {
                int to = 2 * (row * shape.columns() + first + c);
                z[to] = buffer[2 * (c * rows + row)];
                z[to + 1] = buffer[2 * (c * rows + row) + 1];
            }
        }
    }

    private void multiply(double[] z, int count, int factorsFrom) {
        for (int i = 0; i < 2 * count; i += 2) {
            double re = z[i];
            double im = z[i + 1];
            double c = factors[factorsFrom + i];
            double s = factors[factorsFrom + i + 1];
            z[i] = c * re - s * im;
            z[i + 1] = c * im + s * re;
        }
    }

    private void split(int count, AfterRows work) {
        int parts = shape.sites() < SITES_WORTH_THREADS ? 1 : Math.min(count, 4 * threads());
        if (parts == 1) {
            work.accept(0, count);
        } else {
            IntStream.range(0, parts)
                    .parallel()
                    .forEach(part -> work.accept(cut(count, part, parts), cut(count, part + 1, parts)));
        }
    }

    private static int cut(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }

    private static int threads() {
        return ForkJoinTask.inForkJoinPool()
                ? ForkJoinTask.getPool().getParallelism()
                : Runtime.getRuntime().availableProcessors();
    }
}
