package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.graph.Wiring;
import org.hopwise.network.FileContents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeFileTest {

    private static final long FOUR_GIB = 4L << 30;

    @TempDir
    private Path folder;

    /** A file that states four GiB of numbers and takes a few blocks on disk. */
    private Path sparse() throws IOException {
        long data = FOUR_GIB - 8 - 256;
        String header =
                "{\"W\":{\"dtype\":\"F32\",\"shape\":[2,%d],\"data_offsets\":[0,%d]}}".formatted(data / 8, data);
        ByteBuffer start = ByteBuffer.allocate(8 + 256).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(256).put((header + " ".repeat(256 - header.length())).getBytes(StandardCharsets.US_ASCII));
        Path path = folder.resolve("large.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(start.array());
            file.setLength(FOUR_GIB);
        }
        return path;
    }

    @Test
    void fourGibibytesAreInspectedByTheirHeader() throws IOException {
        try (Bytes file = Bytes.of(sparse())) {
            long before = Mutations.allocated();
            FileContents contents = ArrayFile.inspect(file, "large.safetensors", Limits.defaults());
            assertTrue(Mutations.allocated() - before < 1 << 20, "allocated");
            assertTrue(file.bytesRead() < 1 << 10, file.bytesRead() + " bytes read");
            assertEquals(
                    List.of(2L, (FOUR_GIB - 264) / 8), contents.arrays().get(0).shape());
        }
    }

    @Test
    void anArrayBeyondTheLimitIsRefusedBeforeItIsRead() throws IOException {
        Path file = sparse();
        long before = Mutations.allocated();
        FileRefusedException refusal = assertThrows(FileRefusedException.class, () -> ArrayFile.read(file));
        assertEquals(Kind.TOO_LARGE, refusal.kind());
        assertTrue(Mutations.allocated() - before < 1 << 20, "allocated");
    }

    @Test
    void limitsAreSettings() {
        Path file = Foreign.file("numpy/plain.npz");
        assertEquals(5, ArrayFile.read(file, Limits.defaults().total(8 * 58)).size());
        for (Limits limits : List.of(
                Limits.defaults().total(8 * 57),
                Limits.defaults().array(8 * 24),
                Limits.defaults().file(1000))) {
            FileRefusedException refusal = assertThrows(FileRefusedException.class, () -> ArrayFile.read(file, limits));
            assertEquals(Kind.TOO_LARGE, refusal.kind());
        }
    }

    /** The larva's adjacency as NumPy would save it: 3013 x 3013 doubles, deflated. */
    private Path larva(Wiring wiring) throws IOException {
        int n = wiring.names().size();
        Map<String, Integer> index = new HashMap<>();
        wiring.names().forEach(name -> index.put(name, index.size()));
        ByteBuffer data = ByteBuffer.allocate(n * n * 8).order(ByteOrder.LITTLE_ENDIAN);
        wiring.forEachEdge((from, to, weight) -> data.putDouble(8 * (index.get(from) * n + index.get(to)), weight));
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }\n".formatted(n, n);
        Path file = folder.resolve("larva.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("adjacency.npy"));
            zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
            zip.write(header.getBytes(StandardCharsets.US_ASCII));
            zip.write(data.array());
            zip.closeEntry();
        }
        return file;
    }

    @Test
    void theLarvaAsADenseMatrixIsReadWithinTwiceItsSize() throws IOException {
        Wiring edges = WiringFile.load(
                        Path.of(System.getProperty("hopwise.root"), "data", "drosophila-larva", "edges.csv"))
                .wiring();
        Path file = larva(edges);
        long before = Mutations.allocated();
        Wiring dense = WiringFile.load(file).wiring();
        long taken = Mutations.allocated() - before;
        long size = 8L * edges.names().size() * edges.names().size();
        assertTrue(taken < 2 * size, "%d of %d bytes".formatted(taken, size));
        assertEquals(edges.edges(), dense.edges());
        assertEquals(edges.spectralRadius(), dense.spectralRadius(), 1e-9);
    }
}
