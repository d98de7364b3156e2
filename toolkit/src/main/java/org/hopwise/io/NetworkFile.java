package org.hopwise.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.FileContents;
import org.hopwise.network.GatedNetwork;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.network.NamedArray;
import org.hopwise.network.Naming;
import org.hopwise.rnn.RecurrentNetwork;
import org.openlca.npy.Npy;
import org.openlca.npy.NpyArray;
import org.openlca.npy.NpyByteArray;
import org.openlca.npy.NpyDoubleArray;

/**
 * Trained networks in and out of files. Any file of {@link ArrayFile} is read: which array is which is guessed from names
 * and shapes, turned so that row = target, and said by the result; what cannot be told is refused with the candidates.
 *
 * <p>Saved are npz archives of little-endian arrays in row order, row = target and column = source:
 *
 * <ul>
 *   <li>{@code input} float64, hidden x inputs;
 *   <li>{@code recurrent} float64, hidden x hidden;
 *   <li>{@code output} float64, outputs x hidden;
 *   <li>{@code hidden_bias} float64, hidden; {@code output_bias} float64, outputs;
 *   <li>{@code activation} int8, the ASCII letters of the function, such as tanh; in NumPy {@code
 *       bytes(archive["activation"]).decode()};
 *   <li>of a network with a leak also {@code dt} over {@code tau} = 1, float64, and {@code form} int8, the letters of
 *       current or rate; {@code initial_state} float64, hidden, where that is not 0.
 * </ul>
 *
 * <p>or safetensors with the same names, the activation as metadata as well.
 */
public final class NetworkFile {

    private NetworkFile() {}

    /**
     * Lists what is in a file without reading its numbers.
     *
     * @param file its path
     * @return names, types and shapes, and what is left out
     * @throws FileRefusedException if the file is missing, cut, contradicts itself, attacks its reader or is of no kind
     *     that is read
     * @throws UncheckedIOException if the file cannot be read
     */
    public static FileContents inspect(Path file) {
        return ArrayFile.inspect(file);
    }

    /**
     * Reads a trained network.
     *
     * @param file its path
     * @return the network; as text, what was taken and how it was turned
     * @throws FileRefusedException if the file is missing, damaged or hostile, an array is missing or no number, shapes do
     *     not agree, a weight is not finite, which array is which cannot be told, or units are gated
     * @throws UncheckedIOException if the file cannot be read
     */
    public static LoadedNetwork load(String file) {
        return load(Path.of(file));
    }

    /**
     * Reads a trained network.
     *
     * @param file its path
     * @return the network; as text, what was taken and how it was turned
     * @throws FileRefusedException as {@link #load(String)}
     * @throws UncheckedIOException if the file cannot be read
     */
    public static LoadedNetwork load(Path file) {
        return load(file, Naming.guessed());
    }

    /**
     * Reads a trained network whose file does not say everything itself.
     *
     * @param file its path
     * @param naming what it does not say
     * @return the network; as text, what was taken and how it was turned
     * @throws FileRefusedException as {@link #load(String)}
     * @throws UncheckedIOException if the file cannot be read
     */
    public static LoadedNetwork load(Path file, Naming naming) {
        return ArrayFile.with(file, bytes -> load(bytes, Format.name(file), naming, Limits.defaults()));
    }

    /**
     * Reads one layer of GRU or LSTM units of PyTorch, whose weights alone are no walk.
     *
     * @param file its path
     * @return the network, for its mean Jacobian
     * @throws FileRefusedException as {@link #load(String)}, and if there is no such layer
     * @throws UncheckedIOException if the file cannot be read
     */
    public static GatedNetwork loadGated(Path file) {
        return ArrayFile.with(file, bytes -> taken(bytes, Format.name(file), Limits.defaults(), GatedNetwork::of));
    }

    static LoadedNetwork load(Bytes bytes, String name, Naming naming, Limits limits) throws IOException {
        return taken(bytes, name, limits, (contents, reader) -> {
            requireNumbers(contents);
            return LoadedNetwork.of(contents, naming, reader);
        });
    }

    /** Makes something of those arrays of a file that it asks for. */
    private static <T> T taken(
            Bytes bytes, String name, Limits limits, BiFunction<FileContents, Function<String, NamedArray>, T> making)
            throws IOException {
        ArraySource source = ArrayFile.open(bytes, name, limits);
        FileContents contents = source.contents();
        Set<String> read = new HashSet<>();
        T made = making.apply(contents, array -> {
            read.add(array);
            List<ArrayHeader> wanted = contents.arrays().stream()
                    .filter(header -> read.contains(header.name()))
                    .toList();
            ArrayFile.requireRoom(bytes, wanted, limits);
            try {
                return source.read(array);
            } catch (IOException failure) {
                throw Bytes.unreadable(failure);
            }
        });
        // A damaged file is refused whichever of its arrays is hit.
        for (ArrayHeader header : contents.arrays()) {
            if (!read.contains(header.name())) {
                source.check(header.name());
            }
        }
        return made;
    }

    /** Weights of JSON that are lists of words are told from weights that are not there. */
    private static void requireNumbers(FileContents contents) {
        for (String name : List.of("W_inp", "W_rec", "W_out")) {
            if (contents.format().equals("json") && contents.skipped().containsKey(name)) {
                throw FileRefusedException.of(
                        Kind.NOT_NUMERIC, Refusals.array(name), "is no list of numbers; weights must be numbers.");
            }
        }
    }

    /**
     * Writes a network. The file appears whole or not at all.
     *
     * @param network the network
     * @param file a path that ends in .npz or .safetensors; npz where it ends in neither; replaced if it exists
     * @throws IllegalArgumentException if the network has noise, which the file does not keep
     * @throws UncheckedIOException if the file cannot be written; what was there before is then as it was
     */
    public static void save(RecurrentNetwork network, Path file) {
        save(SavedNetwork.of(network), file);
    }

    /**
     * Writes a network that was read from elsewhere, with rows as targets and factors multiplied; a leak below 1 is kept as
     * {@code dt} over {@code tau} = 1. The file appears whole or not at all.
     *
     * @param network the network
     * @param file a path that ends in .npz or .safetensors; npz where it ends in neither; replaced if it exists
     * @throws IllegalArgumentException if the network has what the file cannot keep: a slope, a shift, a cubic leak, a bias inside
     *     the recurrent drive, a last input that goes unused
     * @throws UncheckedIOException if the file cannot be written; what was there before is then as it was
     */
    public static void save(LoadedNetwork network, Path file) {
        save(SavedNetwork.of(network), file);
    }

    private static void save(SavedNetwork network, Path file) {
        Path target = file.toAbsolutePath();
        boolean safetensors = Format.name(file).toLowerCase(Locale.ROOT).endsWith(".safetensors");
        byte[] bytes = safetensors ? SafetensorsWriter.bytes(network) : npz(network);
        AtomicFiles.write(target.getParent(), Map.of(target.getFileName().toString(), bytes));
    }

    private static byte[] npz(SavedNetwork network) {
        Matrices m = network.matrices;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "input", matrix(m.input()));
            put(zip, "recurrent", matrix(m.recurrent()));
            put(zip, "output", matrix(m.output()));
            put(zip, "hidden_bias", NpyDoubleArray.vectorOf(m.hiddenBias().data));
            put(zip, "output_bias", NpyDoubleArray.vectorOf(m.outputBias().data));
            put(zip, "activation", letters(network.function));
            if (network.leak != 1) {
                put(zip, "dt", NpyDoubleArray.vectorOf(new double[] {network.leak}));
                put(zip, "tau", NpyDoubleArray.vectorOf(new double[] {1}));
            }
            if (!network.form.isEmpty()) {
                put(zip, "form", letters(network.form));
            }
            if (network.start.length > 0) {
                put(zip, "initial_state", NpyDoubleArray.vectorOf(network.start));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static NpyArray<?> letters(String word) {
        byte[] letters = word.getBytes(StandardCharsets.US_ASCII);
        return new NpyByteArray(new int[] {letters.length}, letters, false);
    }

    private static NpyArray<?> matrix(DMatrixRMaj matrix) {
        return NpyDoubleArray.rowOrderOf(matrix.data, matrix.numRows, matrix.numCols);
    }

    static void put(ZipOutputStream zip, String name, NpyArray<?> array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Npy.write(bytes, array);
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes.toByteArray());
        zip.closeEntry();
    }
}
