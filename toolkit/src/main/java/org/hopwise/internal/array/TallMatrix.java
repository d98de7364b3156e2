package org.hopwise.internal.array;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.machine.Memory;

/**
 * A matrix of many rows and few columns, such as the influence of a few sources on every unit. Rows are padded with
 * zeros to whole cache lines, so that one edge of a graph touches one stretch of whole vectors.
 */
public final class TallMatrix {

    /** Doubles in a cache line, and in the longest vector that is used. */
    static final int LINE = 8;

    /** Large arrays begin at a cache line with a header of 16 bytes; behind six more doubles rows begin at one. */
    private static final int GAP = 6;

    private static final String REMEDY = "Use fewer sources, or groups of them";

    final int rows;
    final int columns;
    final int stride;
    final double[] data;

    public TallMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.stride = stride(columns);
        String what = "Hops over %d units from %d sources".formatted(rows, columns);
        int length = Memory.requireArray(what, (double) rows * stride + GAP, REMEDY);
        Memory.require(what, 8.0 * length, REMEDY);
        this.data = Memory.allocate(what, 8.0 * length, REMEDY, () -> new double[length]);
    }

    private static int stride(int columns) {
        return (columns + LINE - 1) / LINE * LINE;
    }

    /** Bytes that a matrix of this shape takes. */
    public static double bytes(int rows, int columns) {
        return 8.0 * rows * stride(columns);
    }

    /** A copy of an ordinary matrix. */
    public static TallMatrix of(DMatrixRMaj matrix) {
        TallMatrix tall = new TallMatrix(matrix.numRows, matrix.numCols);
        for (int row = 0; row < tall.rows; row++) {
            System.arraycopy(matrix.data, row * tall.columns, tall.data, tall.at(row), tall.columns);
        }
        return tall;
    }

    /** All rows with their padding, for fast loops; row r begins at {@code at(r)}. */
    public double[] data() {
        return data;
    }

    /** Where a row begins. */
    public int at(int row) {
        return GAP + row * stride;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public double get(int row, int column) {
        return data[at(row) + column];
    }

    public void add(int row, int column, double value) {
        data[at(row) + column] += value;
    }

    public void scale(double factor) {
        for (int i = 0; i < data.length; i++) {
            data[i] *= factor;
        }
    }

    /** The largest modulus of an entry; NaN if there is one. */
    public double maxAbs() {
        double largest = 0;
        for (double value : data) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** All entries row by row, without the padding. */
    public double[] rowByRow() {
        double[] values = new double[Math.multiplyExact(rows, columns)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(data, at(row), values, row * columns, columns);
        }
        return values;
    }

    /** Takes all entries from where {@link #rowByRow} would put them. */
    public void setRows(double[] values) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns, data, at(row), columns);
        }
    }

    /** Columns as rows, without the padding. */
    public DMatrixRMaj transposed() {
        DMatrixRMaj result = new DMatrixRMaj(columns, rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result.data[column * rows + row] = get(row, column);
            }
        }
        return result;
    }
}
