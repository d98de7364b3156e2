package org.hopwise.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hopwise.internal.Nd;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads a matrix of numbers from text: one row a line, numbers separated by commas, semicolons, tabs or blanks; a point
 * before decimals. Empty lines and lines that begin with # are left out. Edge lists are read with
 * {@code Table.read().csv(file)} and {@code Wiring.of}.
 */
public final class MatrixFile {

    private MatrixFile() {}

    /**
     * Reads a matrix. What rows and columns stand for is the file's own convention.
     *
     * @param file a text file
     * @return rows x columns, double precision
     * @throws IllegalArgumentException if the file is missing or empty, a line has another number of entries than the
     *     first, or an entry is no finite number
     * @throws UncheckedIOException if the file cannot be read
     */
    public static INDArray read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "file '%s' does not exist; give the path of a text file with a matrix.".formatted(file));
        }
        List<double[]> rows = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    rows.add(numbers(line, file, i + 1));
                    requireLength(rows, file, i + 1);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "file '%s' cannot be read as text (%s).".formatted(file, failure.getMessage()), failure);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "file '%s' holds no numbers; a matrix has one row a line.".formatted(file));
        }
        int columns = rows.get(0).length;
        double[] values = new double[rows.size() * columns];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * columns, columns);
        }
        return Nd.array(values, rows.size(), columns);
    }

    private static double[] numbers(String line, Path file, int lineNumber) {
        String[] entries = line.split("\\s*[,;]\\s*|\\s+", -1);
        double[] row = new double[entries.length];
        for (int j = 0; j < entries.length; j++) {
            try {
                row[j] = Double.parseDouble(entries[j]);
            } catch (NumberFormatException noNumber) {
                row[j] = Double.NaN;
            }
            if (!Double.isFinite(row[j])) {
                throw new IllegalArgumentException(
                        "line %d of '%s' has '%s' as entry %d; every entry must be a finite number. Leave headings and names out, or begin their lines with #."
                                .formatted(lineNumber, file, entries[j], j + 1));
            }
        }
        return row;
    }

    private static void requireLength(List<double[]> rows, Path file, int lineNumber) {
        int expected = rows.get(0).length;
        int found = rows.get(rows.size() - 1).length;
        if (found != expected) {
            throw new IllegalArgumentException(
                    "line %d of '%s' has %d entries, the first row has %d; all rows must be equally long."
                            .formatted(lineNumber, file, found, expected));
        }
    }
}
