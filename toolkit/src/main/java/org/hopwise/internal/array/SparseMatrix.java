package org.hopwise.internal.array;

import java.io.Serializable;
import java.util.Arrays;
import org.hopwise.internal.machine.Cores;
import org.hopwise.internal.machine.Memory;

/**
 * A square sparse matrix, made for products with a {@link TallMatrix}: compressed rows with 4 + 8 bytes an entry. Columns
 * are cut into bands of {@value #BAND} when rows are long enough, and entries are kept band by band, so that the rows of
 * the other factor that a band needs stay in the cache. Entries of one place add up.
 *
 * <p>Every entry of a product is one chain of fused multiply-adds in the stored order, with vectors or without, on any
 * number of threads: the same bits.
 */
public final class SparseMatrix implements Serializable {

    /** Columns in a band: 4 MB of a factor with 32 columns. */
    static final int BAND = 16_384;

    /** Mean entries a row and band; with fewer, going through the rows once more costs more than the cache gives. */
    private static final int LEAST_IN_BAND = 8;

    /** Equal shares of the entries into which the rows are cut for threads. */
    private static final int SHARES = 64;

    /** Multiplications below which a second thread costs more than it gives. */
    private static final double SMALL = 2e5;

    /** Takes entries, one by one. */
    public interface Sink {
        void entry(int row, int column, double value);
    }

    /** Gives all entries, each time it is asked, the same in the same order. */
    public interface Source {
        void send(Sink sink);
    }

    private static final String REMEDY = "Leave weak edges out";

    private final int size;
    private final int bands;
    private final int bandWidth;
    /** Entries of row i in band b stand from start[b size + i] on, to the next start. */
    private final int[] start;

    private final int[] column;
    private final double[] value;
    /** Share s of the rows ends before row share[s + 1]. */
    private final int[] share;

    private SparseMatrix(int size, int bandWidth, int bands, int[] start, int[] column, double[] value, int[] share) {
        this.size = size;
        this.bandWidth = bandWidth;
        this.bands = bands;
        this.start = start;
        this.column = column;
        this.value = value;
        this.share = share;
    }

    /** Entries from a source, which is asked twice: to count and to place. Nothing is kept twice. */
    public static SparseMatrix of(int size, long entries, Source source) {
        return rows(size, size, entries, entries, source);
    }

    /**
     * Some rows of a square matrix, numbered from 0, in the bands of the whole, so that their entries of a product have the
     * bits that the whole would give.
     *
     * @param rows how many rows
     * @param size rows and columns of the whole
     * @param all entries of the whole
     * @param entries entries of these rows
     * @param source sends these rows' entries
     */
    public static SparseMatrix rows(int rows, int size, long all, long entries, Source source) {
        int width = bandWidth(size, all);
        int bands = Math.max(1, (size + width - 1) / width);
        String what = "The edges of a wiring of %d units and %d edges".formatted(rows, entries);
        double cells = (double) bands * rows;
        int longest = Memory.requireArray(what, Math.max((double) entries, cells + 2), REMEDY);
        double bytes = 12.0 * entries + 4 * cells;
        Memory.require(what, bytes, REMEDY);
        // The largest array first, while the heap is least cut up.
        int count = (int) Math.min(entries, longest);
        double[] values = Memory.allocate(what, bytes, REMEDY, () -> new double[count]);
        int[] columns = Memory.allocate(what, bytes, REMEDY, () -> new int[count]);
        int[] start = new int[(int) cells + 2];
        // Counts two places ahead: after adding up, start[cell + 1] is where a cell begins and moves as it is filled.
        source.send((row, column, value) -> start[column / width * rows + row + 2]++);
        for (int cell = 2; cell < start.length; cell++) {
            start[cell] += start[cell - 1];
        }
        source.send((row, column, value) -> {
            int at = start[column / width * rows + row + 1]++;
            columns[at] = column;
            values[at] = value;
        });
        return new SparseMatrix(rows, width, bands, start, columns, values, shares(rows, bands, start, entries));
    }

    /** Columns in a band of a matrix with so many entries. */
    public static int bandWidth(int size, long entries) {
        long most = Math.max(1, entries / Math.max(1, size) / LEAST_IN_BAND);
        int bands = (int) Math.min(most, (size + BAND - 1) / BAND);
        return bands <= 1 ? Math.max(1, size) : (size + bands - 1) / bands;
    }

    /** Bytes that a matrix takes: its entries, and where each row begins in each band. */
    public static double bytes(int size, long entries) {
        int width = bandWidth(size, entries);
        long bands = ((long) size + width - 1) / width;
        return 12.0 * entries + 4.0 * size * bands;
    }

    private static int[] shares(int size, int bands, int[] start, long entries) {
        int[] share = new int[SHARES + 1];
        long seen = 0;
        int next = 1;
        for (int row = 0; row < size; row++) {
            for (int band = 0; band < bands; band++) {
                seen += start[band * size + row + 1] - start[band * size + row];
            }
            while (next < SHARES && seen * SHARES >= next * entries) {
                share[next++] = row + 1;
            }
        }
        Arrays.fill(share, next, SHARES + 1, size);
        return share;
    }

    public int size() {
        return size;
    }

    public int entries() {
        return value.length;
    }

    /** The same places with other values: new = map(column, old). */
    public SparseMatrix withValues(ValueMap map) {
        String what = "Other weights of %d edges".formatted(value.length);
        double bytes = 8.0 * value.length;
        Memory.require(what, bytes, REMEDY);
        double[] values = Memory.allocate(what, bytes, REMEDY, () -> new double[value.length]);
        for (int at = 0; at < values.length; at++) {
            values[at] = map.apply(column[at], value[at]);
        }
        return new SparseMatrix(size, bandWidth, bands, start, column, values, share);
    }

    /** A new value for an entry. */
    public interface ValueMap {
        double apply(int column, double value);
    }

    /** Sends the entries of one row, band by band. */
    public void row(int row, Sink sink) {
        for (int band = 0; band < bands; band++) {
            int cell = band * size + row;
            for (int at = start[cell]; at < start[cell + 1]; at++) {
                sink.entry(row, column[at], value[at]);
            }
        }
    }

    public int bands() {
        return bands;
    }

    /** Where the entries of a row in a band begin; they end where those of the next row begin. */
    public int begin(int band, int row) {
        return start[band * size + row];
    }

    public int columnAt(int at) {
        return column[at];
    }

    /** Y = M X, written over what Y holds. Cost: entries x columns. */
    public void multiply(TallMatrix x, TallMatrix y) {
        int parts = (double) value.length * x.stride < SMALL ? 1 : Math.min(SHARES, Cores.count());
        Cores.split(SHARES, parts, (from, to) -> rows(x, y, share[from], share[to], Products.VECTORS));
    }

    /**
     * What one band of columns adds to Y = M X, where X has the rows of that band alone; the first band begins Y. All bands
     * in order give the bits of the whole product.
     */
    public void multiply(int band, TallMatrix x, TallMatrix y) {
        int parts = (double) value.length / bands * x.stride < SMALL ? 1 : Math.min(SHARES, Cores.count());
        Cores.split(
                SHARES,
                parts,
                (from, to) -> band(band, band * bandWidth, x, y, share[from], share[to], Products.VECTORS));
    }

    void rows(TallMatrix x, TallMatrix y, int from, int to, boolean vectors) {
        for (int band = 0; band < bands; band++) {
            band(band, 0, x, y, from, to, vectors);
        }
    }

    /** Rows of one band; row 0 of X belongs to column {@code first}. */
    private void band(int band, int first, TallMatrix x, TallMatrix y, int from, int to, boolean vectors) {
        int cell = band * size;
        // May be below 0, and beyond an int on the way, where sums come round again.
        int origin = x.at(0) - first * x.stride;
        if (vectors) {
            VectorSparse.rows(start, cell, column, value, x.data, origin, y.data, y.at(0), x.stride, from, to);
        } else {
            plainRows(cell, origin, x, y, from, to);
        }
    }

    private void plainRows(int cell, int origin, TallMatrix x, TallMatrix y, int from, int to) {
        double[] out = y.data;
        for (int row = from; row < to; row++) {
            int c = y.at(row);
            if (cell == 0) {
                Arrays.fill(out, c, c + y.stride, 0);
            }
            for (int at = start[cell + row]; at < start[cell + row + 1]; at++) {
                int b = origin + column[at] * x.stride;
                double factor = value[at];
                for (int j = 0; j < x.stride; j++) {
                    out[c + j] = Math.fma(factor, x.data[b + j], out[c + j]);
                }
            }
        }
    }

    /** y = M x for one column, written over what y holds. */
    public void multiply(double[] x, double[] y) {
        int parts = value.length < SMALL ? 1 : Math.min(SHARES, Cores.count());
        Cores.split(SHARES, parts, (from, to) -> {
            for (int band = 0; band < bands; band++) {
                int cell = band * size;
                for (int row = share[from]; row < share[to]; row++) {
                    double sum = band == 0 ? 0 : y[row];
                    for (int at = start[cell + row]; at < start[cell + row + 1]; at++) {
                        sum = Math.fma(value[at], x[column[at]], sum);
                    }
                    y[row] = sum;
                }
            }
        });
    }

    /** Tells matrices apart whose sizes agree. */
    public String mark() {
        return "#%08x".formatted(31 * (31 * Arrays.hashCode(start) + Arrays.hashCode(column)) + Arrays.hashCode(value));
    }
}
