package org.hopwise.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipOutputStream;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.FileContents;
import org.hopwise.network.NamedArray;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openlca.npy.NpyDoubleArray;

/**
 * Reads arrays from files of other libraries: NumPy's npy and npz, PyTorch's checkpoints, safetensors, and the JSON of
 * trainRNNbrain. Contents choose the reader. No code in a file ever runs and no name in it becomes a path; lengths and
 * checksums are checked before memory is taken. What is no number is named and left out. Writes npz.
 */
public final class ArrayFile {

    private ArrayFile() {}

    /**
     * Lists names, types and shapes, and what would be left out. Reads headers only, whatever the size of the file (text
     * is read whole).
     *
     * @param file the file
     * @return what is in it
     * @throws FileRefusedException if the file is missing, cut, contradicts itself, attacks its reader or is of no kind
     *     that is read
     * @throws UncheckedIOException if the file cannot be read
     */
    public static FileContents inspect(Path file) {
        return with(file, bytes -> inspect(bytes, Format.name(file), Limits.defaults()));
    }

    /**
     * Reads all numeric arrays.
     *
     * @param file the file
     * @return the arrays by name, in the file's order
     * @throws FileRefusedException as {@link #inspect} does, and if an array is damaged or too large
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Map<String, NamedArray> read(Path file) {
        return read(file, Limits.defaults());
    }

    /**
     * Reads all numeric arrays, with limits of one's own.
     *
     * @param file the file
     * @param limits how much is believed
     * @return the arrays by name, in the file's order
     * @throws FileRefusedException as {@link #inspect} does, and if an array is damaged or too large
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Map<String, NamedArray> read(Path file, Limits limits) {
        return with(file, bytes -> read(bytes, Format.name(file), limits));
    }

    /**
     * Writes arrays as an npz archive, in float64 and row order; NumPy's {@code load} and {@link #read} give them back. The
     * file appears whole or not at all.
     *
     * @param arrays at least one array by name, in the order of the map; shapes are kept
     * @param file its path; replaced if it exists
     * @throws IllegalArgumentException if there is no array, an array is empty, or a name has a slash or is blank
     * @throws UncheckedIOException if the file cannot be written; what was there before is then as it was
     */
    public static void write(Map<String, INDArray> arrays, Path file) {
        if (arrays.isEmpty()) {
            throw new IllegalArgumentException("arrays are 0; give at least 1.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
                String name = entry.getKey();
                INDArray array = entry.getValue();
                if (name.isBlank() || name.contains("/") || name.contains("\\")) {
                    throw new IllegalArgumentException(
                            "an array's name is '%s'; it must be a word without slashes.".formatted(name));
                }
                if (array.isEmpty()) {
                    throw new IllegalArgumentException("array %s has no numbers; leave it out.".formatted(name));
                }
                int[] shape =
                        Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
                double[] values = array.castTo(DataType.DOUBLE)
                        .dup('c')
                        .reshape(array.length())
                        .toDoubleVector();
                NetworkFile.put(zip, name, new NpyDoubleArray(shape, values, false));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Path target = file.toAbsolutePath();
        AtomicFiles.write(target.getParent(), Map.of(target.getFileName().toString(), bytes.toByteArray()));
    }

    /** Something done with the bytes of an open file. */
    interface Work<T> {
        T with(Bytes bytes) throws IOException;
    }

    /** Opens a file for some work and gives its name to whatever is refused. */
    static <T> T with(Path file, Work<T> work) {
        try (Bytes bytes = Bytes.of(file)) {
            return work.with(bytes);
        } catch (FileRefusedException refused) {
            throw refused.in(file);
        } catch (IOException failure) {
            throw Bytes.unreadable(failure);
        }
    }

    static FileContents inspect(Bytes bytes, String name, Limits limits) throws IOException {
        return open(bytes, name, limits).contents();
    }

    static Map<String, NamedArray> read(Bytes bytes, String name, Limits limits) throws IOException {
        ArraySource source = open(bytes, name, limits);
        List<ArrayHeader> headers = source.contents().arrays();
        requireRoom(bytes, headers, limits);
        Map<String, NamedArray> result = new LinkedHashMap<>();
        for (ArrayHeader header : headers) {
            result.put(header.name(), source.read(header.name()));
        }
        return Collections.unmodifiableMap(result);
    }

    static void requireRoom(Bytes bytes, List<ArrayHeader> headers, Limits limits) {
        requireLength(bytes, limits);
        Refusals.requireRoom(headers, limits);
    }

    static void requireLength(Bytes bytes, Limits limits) {
        if (bytes.length() > limits.fileBytes()) {
            throw Refusals.tooLarge("", "has %d bytes; the limit is %d".formatted(bytes.length(), limits.fileBytes()));
        }
    }

    static ArraySource open(Bytes bytes, String name, Limits limits) throws IOException {
        Format format = Format.of(bytes, name);
        return switch (format) {
            case NPY -> NumpySource.npy(bytes);
            case ZIP -> archive(new Zip(bytes, limits), limits);
            case SAFETENSORS -> new SafetensorsSource(bytes, limits).requireTensors();
            case JSON -> {
                requireLength(bytes, limits);
                yield new JsonSource(bytes, limits);
            }
            case XML, TEXT ->
                throw FileRefusedException.of(
                        Kind.UNSUPPORTED, "", "is text and no file of arrays; read it with WiringFile or MatrixFile.");
        };
    }

    private static ArraySource archive(Zip zip, Limits limits) throws IOException {
        Set<String> names = zip.entries().keySet();
        if (names.stream().anyMatch(name -> name.equals("data.pkl") || name.endsWith("/data.pkl"))) {
            return new TorchSource(zip, limits);
        }
        if (names.contains("model.weights.h5")) {
            throw Format.keras();
        }
        if (names.stream().anyMatch(name -> name.startsWith("xl/") || name.equals("content.xml"))) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED, "", "is a spreadsheet; save it as CSV (UTF-8) and read that.");
        }
        return NumpySource.npz(zip);
    }
}
