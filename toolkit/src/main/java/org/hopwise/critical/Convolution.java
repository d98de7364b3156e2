package org.hopwise.critical;

import java.util.stream.IntStream;
import org.hopwise.internal.array.FourierLines;
import org.hopwise.internal.machine.Cores;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.DoubleFFT_2D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * A periodic convolution, Z becomes F^-1{factors F{Z}}, in place, again and again. Sheets whose sides are powers of two are
 * transformed several rows, then several columns at a time by {@link FourierLines}; JTransforms transforms single rows and
 * columns of any other length (mixed radices, Bluestein for large primes). Rows and columns are shared among all cores;
 * who transforms which changes no bit.
 *
 * <p>Between two steps the state is transformed along rows, so that a step goes over the sheet twice: columns there and
 * back; then rows back, the rest of the step, rows there.
 */
final class Convolution {

    static {
        // Its own threads would come in at 8,192 sites and have ways of summing of their own.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    /** Below this a thread costs more than it does. */
    private static final int SITES_WORTH_THREADS = 1 << 14;

    /** Columns transformed after each other, at least: as many complex numbers as a cache line holds. */
    private static final int BLOCK = 4;

    /** What is done to sites from..to - 1 of the result, whole rows side by side, by whoever has just computed them. */
    interface AfterRows {
        void accept(int from, int to);
    }

    /** Transforms of lines side by side, beginning at a place. */
    private interface Lines {
        void forward(double[] z, int at);

        /** Without the factor 1 / length. */
        void inverse(double[] z, int at);

        int place(int wave);
    }

    private record SideBySide(FourierLines transform) implements Lines {
        @Override
        public void forward(double[] z, int at) {
            transform.forward(z, at);
        }

        @Override
        public void inverse(double[] z, int at) {
            transform.inverse(z, at);
        }

        @Override
        public int place(int wave) {
            return transform.place(wave);
        }
    }

    private record Single(DoubleFFT_1D transform) implements Lines {
        @Override
        public void forward(double[] z, int at) {
            transform.complexForward(z, at);
        }

        @Override
        public void inverse(double[] z, int at) {
            transform.complexInverse(z, at, false);
        }

        @Override
        public int place(int wave) {
            return wave;
        }
    }

    private final Shape shape;
    private final Layout layout;
    /** Rows, and columns, side by side. */
    private final int lines;
    /** Columns that a thread takes at a time. */
    private final int block;

    private final Lines alongRow;
    private final Lines alongColumn;
    /** Block after block of columns, each as its columns stand when they are transformed. */
    private final double[] factors;
    /** One block of columns for each part of the work. */
    private final double[][] columns;

    /** For factors re, im, re, im, ... in the order of wave numbers. */
    Convolution(Shape shape, double[] factors) {
        this.shape = shape;
        this.layout = Layout.of(shape);
        this.lines = layout.lines();
        this.block = Math.max(lines, BLOCK);
        this.alongRow = lines(shape.columns());
        this.alongColumn = lines(shape.rows());
        int parts = parts((shape.columns() + block - 1) / block);
        this.columns = new double[shape.isRing() ? 0 : parts][2 * block * shape.rows()];
        this.factors = new double[factors.length];
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.columns(); column++) {
                int at = inColumns(alongColumn.place(row), alongRow.place(column));
                int site = row * shape.columns() + column;
                this.factors[at] = factors[2 * site] / shape.sites();
                this.factors[at + lines] = factors[2 * site + 1] / shape.sites();
            }
        }
    }

    private Lines lines(int length) {
        return lines > 1 ? new SideBySide(new FourierLines(length)) : new Single(new DoubleFFT_1D(length));
    }

    /** Where a number stands when columns stand side by side. */
    private int inColumns(int row, int column) {
        return 2 * (column / lines * lines * shape.rows() + row * lines) + column % lines;
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

    /** How a state must stand. */
    Layout layout() {
        return layout;
    }

    /** Once, of numbers re, im, re, im, ... */
    void apply(double[] interleaved) {
        double[] z = layout.arranged(interleaved);
        begin(z);
        step(z, (from, to) -> {}, false);
        System.arraycopy(layout.interleaved(z), 0, interleaved, 0, z.length);
    }

    /** From a state to what {@link #step} takes. */
    void begin(double[] z) {
        split(shape.rows() / lines, (part, from, to) -> {
            for (int stripe = from; stripe < to; stripe++) {
                alongRow.forward(z, stripe * 2 * lines * shape.columns());
            }
        });
    }

    /** The convolution and what comes after it; then, if it goes on at once, the {@link #begin} of the next step. */
    void step(double[] z, AfterRows after, boolean goesOn) {
        if (shape.isRing()) {
            multiply(z, 0, shape.columns());
        } else {
            split((shape.columns() + block - 1) / block, (part, from, to) -> {
                for (int i = from; i < to; i++) {
                    columns(z, i * block, Math.min(shape.columns(), (i + 1) * block), columns[part]);
                }
            });
        }
        split(shape.rows() / lines, (part, from, to) -> {
            for (int stripe = from; stripe < to; stripe++) {
                int at = stripe * 2 * lines * shape.columns();
                alongRow.inverse(z, at);
                after.accept(stripe * lines * shape.columns(), (stripe + 1) * lines * shape.columns());
                if (goesOn) {
                    alongRow.forward(z, at);
                }
            }
        });
    }

    private void columns(double[] z, int first, int end, double[] buffer) {
        int rows = shape.rows();
        for (int row = 0; row < rows; row += lines) {
            for (int column = first; column < end; column++) {
                int from = layout.at(row, column);
                int to = inColumns(row, column - first);
                for (int i = 0; i < lines; i++) {
                    buffer[to + 2 * lines * i] = z[from + i];
                    buffer[to + 2 * lines * i + lines] = z[from + i + lines];
                }
            }
        }
        for (int at = 0; at < 2 * (end - first) * rows; at += 2 * lines * rows) {
            alongColumn.forward(buffer, at);
        }
        multiply(buffer, 2 * first * rows, (end - first) * rows);
        for (int at = 0; at < 2 * (end - first) * rows; at += 2 * lines * rows) {
            alongColumn.inverse(buffer, at);
        }
        for (int row = 0; row < rows; row += lines) {
            for (int column = first; column < end; column++) {
                int to = layout.at(row, column);
                int from = inColumns(row, column - first);
                for (int i = 0; i < lines; i++) {
                    z[to + i] = buffer[from + 2 * lines * i];
                    z[to + i + lines] = buffer[from + 2 * lines * i + lines];
                }
            }
        }
    }

    private void multiply(double[] z, int factorsAt, int count) {
        if (lines > 1) {
            FourierLines.multiply(z, 0, factors, factorsAt, count / lines);
            return;
        }
        for (int i = 0; i < 2 * count; i += 2) {
            double re = z[i];
            double im = z[i + 1];
            double c = factors[factorsAt + i];
            double s = factors[factorsAt + i + 1];
            z[i] = c * re - s * im;
            z[i + 1] = c * im + s * re;
        }
    }

    private interface Part {
        void run(int part, int from, int to);
    }

    private int parts(int count) {
        return shape.sites() < SITES_WORTH_THREADS ? 1 : Math.min(count, 4 * Cores.count());
    }

    private void split(int count, Part work) {
        int parts = parts(count);
        if (parts == 1) {
            work.run(0, 0, count);
        } else {
            IntStream.range(0, parts)
                    .parallel()
                    .forEach(part -> work.run(part, cut(count, part, parts), cut(count, part + 1, parts)));
        }
    }

    private static int cut(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }
}
