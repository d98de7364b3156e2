package org.hopwise.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.Nd;
import org.hopwise.network.NamedArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads a matrix of numbers: text with one row a line as Excel, R, pandas and LibreOffice write it (tabs, semicolons,
 * commas or blanks between cells, decimal point or comma, lines that begin with # left out, headings and row labels
 * left out), or the one matrix in a file of {@link ArrayFile}. Wiring diagrams are read by {@link WiringFile}.
 */
public final class MatrixFile {

    private MatrixFile() {}

    /**
     * Reads a matrix. What rows and columns stand for is the file's own convention.
     *
     * @param file its path
     * @return rows x columns, double precision
     * @throws FileRefusedException if the file is missing, empty or damaged, a line has another number of entries than the
     *     first, or an entry is no finite number
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static INDArray read(Path file) {
        return ArrayFile.with(file, bytes -> read(bytes, Format.name(file), Limits.defaults()));
    }

    static INDArray read(Bytes bytes, String name, Limits limits) throws IOException {
        ArrayFile.requireLength(bytes, limits);
        return switch (Format.of(bytes, name)) {
            case TEXT -> numbers(TextTable.ofOneColumnOrMore(TextFile.read(bytes, null)));
            case XML ->
                throw FileRefusedException.of(
                        Kind.UNSUPPORTED, "", "is XML and no matrix; read a GraphML file with WiringFile.");
            default -> only(List.copyOf(ArrayFile.read(bytes, name, limits).values()));
        };
    }

    private static INDArray only(List<NamedArray> arrays) {
        List<NamedArray> matrices = arrays.stream()
                .filter(array -> array.header().shape().size() == 2)
                .toList();
        if (matrices.size() != 1) {
            throw FileRefusedException.of(
                    matrices.isEmpty() ? Kind.SHAPE : Kind.AMBIGUOUS,
                    "",
                    "has %d matrices where one is wanted: %s; use ArrayFile and take one by name."
                            .formatted(
                                    matrices.size(),
                                    Refusals.some(arrays.stream()
                                            .map(array -> array.header().toString())
                                            .toList())));
        }
        NamedArray matrix = matrices.get(0);
        for (int at = 0; at < matrix.length(); at++) {
            if (!Double.isFinite(matrix.value(at))) {
                throw FileRefusedException.of(
                        Kind.NOT_FINITE,
                        Refusals.array(matrix.header().name()),
                        "holds %s at place %d; every entry must be finite.".formatted(matrix.value(at), at));
            }
        }
        return matrix.array();
    }

    private static INDArray numbers(TextTable table) {
        int start = hasLabels(table) ? 1 : 0;
        int columns = table.columns() - start;
        if (table.rows() == 0) {
            throw FileRefusedException.of(
                    Kind.MISSING, "", "holds no numbers, only a header; a matrix has one row a line.");
        }
        double[] values = new double[Math.multiplyExact(table.rows(), columns)];
        for (int i = 0; i < table.rows(); i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = table.number(i, start + j);
            }
        }
        return Nd.array(values, table.rows(), columns);
    }

    /** Whether the first column holds names of rows: under an empty corner, or text beside numbers. */
    private static boolean hasLabels(TextTable table) {
        if (!table.hasHeader() || table.columns() < 2) {
            return false;
        }
        return table.header().get(0).isEmpty() || (table.rows() > 0 && !table.isNumber(0, 0) && table.isNumber(0, 1));
    }
}
