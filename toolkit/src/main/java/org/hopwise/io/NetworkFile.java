package org.hopwise.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.openlca.npy.Npy;
import org.openlca.npy.NpyArray;
import org.openlca.npy.NpyByteArray;
import org.openlca.npy.NpyDoubleArray;
import org.openlca.npy.NpyFormatException;
import org.openlca.npy.Npz;

/**
 * Saves and loads a network as an uncompressed npz archive of little-endian arrays in row order, row = target and
 * column = source:
 *
 * <ul>
 *   <li>{@code input} float64, hidden x inputs;
 *   <li>{@code recurrent} float64, hidden x hidden;
 *   <li>{@code output} float64, outputs x hidden;
 *   <li>{@code hidden_bias} float64, hidden; {@code output_bias} float64, outputs;
 *   <li>{@code activation} int8, the ASCII letters of linear, tanh or relu; in NumPy {@code
 *       bytes(archive["activation"]).decode()}.
 * </ul>
 *
 * <p>Loading accepts float32 and column order as well; biases and activation may be absent and are then zero and tanh.
 * Pickled entries are never read.
 */
public final class NetworkFile {

    private NetworkFile() {}

    /**
     * Writes a network. The file appears whole or not at all.
     *
     * @param network the network
     * @param file where to, usually ending in .npz; replaced if it exists
     * @throws UncheckedIOException if the file cannot be written; what was there before is then as it was
     */
    public static void save(RecurrentNetwork network, Path file) {
        Matrices m = network.weights().matrices();
        byte[] letters = network.activation().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "input", matrix(m.input()));
            put(zip, "recurrent", matrix(m.recurrent()));
            put(zip, "output", matrix(m.output()));
            put(zip, "hidden_bias", NpyDoubleArray.vectorOf(m.hiddenBias().data));
            put(zip, "output_bias", NpyDoubleArray.vectorOf(m.outputBias().data));
            put(zip, "activation", new NpyByteArray(new int[] {letters.length}, letters, false));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Path target = file.toAbsolutePath();
        AtomicFiles.write(target.getParent(), Map.of(target.getFileName().toString(), bytes.toByteArray()));
    }

    private static NpyArray<?> matrix(DMatrixRMaj matrix) {
        return NpyDoubleArray.rowOrderOf(matrix.data, matrix.numRows, matrix.numCols);
    }

    private static void put(ZipOutputStream zip, String name, NpyArray<?> array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Npy.write(bytes, array);
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes.toByteArray());
        zip.closeEntry();
    }

    /**
     * Reads a network.
     *
     * @param file an npz archive with the arrays above
     * @return the network
     * @throws IllegalArgumentException if the file is missing or no such archive, an array is missing or is not numeric,
     *     shapes do not agree, or a value is not finite
     */
    public static RecurrentNetwork load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "file '%s' does not exist; give the path of an .npz file.".formatted(file));
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            DMatrixRMaj input = matrix(zip, file, "input");
            DMatrixRMaj recurrent = matrix(zip, file, "recurrent");
            DMatrixRMaj output = matrix(zip, file, "output");
            Weights weights = Weights.of(new Matrices(
                    input,
                    recurrent,
                    output,
                    bias(zip, file, "hidden_bias", recurrent.numRows),
                    bias(zip, file, "output_bias", output.numRows)));
            return RecurrentNetwork.of(weights, activation(zip, file));
        } catch (IOException damaged) {
            throw new IllegalArgumentException(
                    "file '%s' is not a whole npz archive (%s); write it again.".formatted(file, damaged.getMessage()),
                    damaged);
        }
    }

    private static DMatrixRMaj matrix(ZipFile zip, Path file, String name) {
        NpyArray<?> array = require(zip, file, name);
        if (array.shape().length != 2) {
            throw new IllegalArgumentException("array '%s' in '%s' has shape %s; it must have two dimensions."
                    .formatted(name, file, Arrays.toString(array.shape())));
        }
        int rows = array.shape()[0];
        int columns = array.shape()[1];
        double[] values = numbers(array, file, name);
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, values[array.hasColumnOrder() ? j * rows + i : i * columns + j]);
            }
        }
        return matrix;
    }

    private static DMatrixRMaj bias(ZipFile zip, Path file, String name, int units) {
        if (zip.getEntry(name + ".npy") == null) {
            return new DMatrixRMaj(units, 1);
        }
        return new DMatrixRMaj(numbers(require(zip, file, name), file, name));
    }

    private static Activation activation(ZipFile zip, Path file) {
        if (zip.getEntry("activation.npy") == null) {
            return Activation.TANH;
        }
        double[] letters = numbers(require(zip, file, "activation"), file, "activation");
        StringBuilder name = new StringBuilder();
        for (double letter : letters) {
            name.append((char) letter);
        }
        try {
            return Activation.valueOf(name.toString().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "activation in '%s' is '%s'; it must be one of %s."
                            .formatted(file, name, Arrays.toString(Activation.values())),
                    unknown);
        }
    }

    private static NpyArray<?> require(ZipFile zip, Path file, String name) {
        if (zip.getEntry(name + ".npy") == null) {
            throw new IllegalArgumentException(
                    "file '%s' has no array '%s'; it has %s.".formatted(file, name, Npz.entries(zip)));
        }
        try {
            return Npz.read(zip, name + ".npy");
        } catch (NpyFormatException unreadable) {
            throw new IllegalArgumentException(
                    "array '%s' in '%s' cannot be read (%s); save it as a plain numeric array."
                            .formatted(name, file, unreadable.getMessage()),
                    unreadable);
        }
    }

    private static double[] numbers(NpyArray<?> array, Path file, String name) {
        if (!(array.isDoubleArray()
                || array.isFloatArray()
                || array.isByteArray()
                || array.isIntArray()
                || array.isLongArray())) {
            throw new IllegalArgumentException(
                    "array '%s' in '%s' has type %s; it must be numeric.".formatted(name, file, array.dataType()));
        }
        return array.asDoubleArray().data();
    }
}
