package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixFileTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("matrix.txt"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,2.5,-3\n4,0,6e-2\n", "1 2.5  -3\n4\t0 6e-2", " 1 ; 2.5; -3 \r\n\n# a remark\n4; 0; 0.06\n\n"})
    void allUsualSeparatorsAreRead(String text) throws IOException {
        var matrix = MatrixFile.read(file(text));
        assertArrayEquals(new long[] {2, 3}, matrix.shape());
        assertArrayEquals(
                new double[] {1, 2.5, -3, 4, 0, 0.06},
                matrix.reshape(matrix.length()).toDoubleVector());
    }

    @Test
    void aLineOfAnotherLengthIsNamed() throws IOException {
        assertRefused(file("1,2\n\n3\n"), "line 3 of '", "has 1 entries, the first row has 2");
    }

    @Test
    void whatIsNoNumberIsNamed() throws IOException {
        assertRefused(file("1,2\n3,north\n"), "line 2 of '", "has 'north' as entry 2");
        assertRefused(file("NaN 1\n"), "line 1 of '", "has 'NaN' as entry 1");
    }

    @Test
    void nothingIsNoMatrix() throws IOException {
        assertRefused(file("# only a remark\n"), "file '", "holds no numbers");
        assertRefused(folder.resolve("none.txt"), "file '", "does not exist");
    }

    private static void assertRefused(Path file, String start, String part) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> MatrixFile.read(file));
        assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
}
