package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hopwise.FileRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of the samples is held to what is expected of it, and no reader is hurt by a file that is not meant for it. */
class ForeignFilesTest {

    private static final List<Consumer<Path>> READERS = List.of(
            ArrayFile::inspect,
            ArrayFile::read,
            NetworkFile::load,
            NetworkFile::loadGated,
            WiringFile::load,
            WiringFile::units,
            MatrixFile::read);

    static Set<String> files() {
        return Foreign.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyReaderReadsOrRefusesEveryFile(String file) {
        for (Consumer<Path> reader : READERS) {
            long before = Mutations.allocated();
            try {
                reader.accept(Foreign.file(file));
            } catch (FileRefusedException refusal) {
                assertTrue(
                        refusal.getMessage()
                                .contains(Path.of(file).getFileName().toString()),
                        refusal.getMessage());
            }
            long taken = Mutations.allocated() - before;
            assertTrue(taken < Mutations.MEMORY, "took %d bytes".formatted(taken));
        }
    }

    @Test
    void allAreComparedWithWhatIsExpected() {
        Set<String> compared = new TreeSet<>();
        Stream.of(
                        ArrayFileTest.good(),
                        ArrayFileTest.refused(),
                        LoadedNetworkTest.networks(),
                        LoadedNetworkTest.refused(),
                        WiringFileTest.graphs(),
                        WiringFileTest.matrices(),
                        WiringFileTest.refused(),
                        // Each of these in a test of its own, below and in WiringFileTest.
                        Stream.of("hostile/wrong_extension.npz", "csv/nodes.csv"))
                .forEach(files -> files.forEach(compared::add));
        assertEquals(new TreeSet<>(Foreign.all()), compared);
    }

    @Test
    void contentsAndNotTheNameOfAFileChooseTheReader() {
        assertEquals(
                "npy",
                ArrayFile.inspect(Foreign.file("hostile/wrong_extension.npz")).format());
    }
}
