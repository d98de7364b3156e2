package org.hopwise.internal.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    private static final byte[] OLD = {1};
    private static final byte[] NEW = {2, 3};

    @TempDir
    Path folder;

    @Test
    void filesAreWrittenIntoAFolderThatDidNotExist() throws IOException {
        Path deep = folder.resolve("a").resolve("b");
        AtomicFiles.write(deep, Map.of("x.csv", NEW));
        assertArrayEquals(NEW, Files.readAllBytes(deep.resolve("x.csv")));
    }

    @Test
    void nothingButTheFilesIsLeft() throws IOException {
        AtomicFiles.write(folder, Map.of("x.csv", NEW, "y.csv", NEW));
        assertEquals(2, count());
    }

    @Test
    void whenOneFileCannotBeWrittenTheOthersStayAsTheyWere() throws IOException {
        Files.write(folder.resolve("x.csv"), OLD);
        Files.createDirectories(folder.resolve("y.csv"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("x.csv", NEW);
        files.put("y.csv", NEW);
        assertThrows(UncheckedIOException.class, () -> AtomicFiles.write(folder, files));
        assertArrayEquals(OLD, Files.readAllBytes(folder.resolve("x.csv")));
        assertEquals(2, count());
    }

    @Test
    void aFailureNamesTheFolderTheReasonAndTheRemedy() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));
        var error = assertThrows(UncheckedIOException.class, () -> AtomicFiles.write(file, Map.of("x.csv", NEW)));
        assertEquals(
                "x.csv cannot be written in " + file
                        + ": a file or folder of that name is in the way. Free space there or choose a folder that you may write to; HOPWISE_OUTPUT sets that of figures and claims.",
                error.getMessage());
    }

    @Test
    void whatAKilledRunLeftIsRemoved() throws IOException {
        Path left = folder.resolve(".x.csv.999999999999.part");
        Files.write(left, OLD);
        AtomicFiles.write(folder, Map.of("x.csv", NEW));
        assertFalse(Files.exists(left));
    }

    @Test
    void whatARunningProcessWritesIsLeftAlone() throws IOException {
        // Process 1 runs wherever there are processes by number; if it does not, there is nothing to test.
        if (ProcessHandle.of(1).isEmpty()) {
            return;
        }
        Path other = folder.resolve(".x.csv.1.part");
        Files.write(other, OLD);
        AtomicFiles.write(folder, Map.of("x.csv", NEW));
        assertTrue(Files.exists(other));
    }

    private long count() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
