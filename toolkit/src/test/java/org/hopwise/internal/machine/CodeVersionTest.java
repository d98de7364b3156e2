package org.hopwise.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVersionTest {

    @TempDir
    Path folder;

    @Test
    void aReleaseIsItsVersion() {
        assertEquals("1.2.0", CodeVersion.of("1.2.0", CodeVersion.class));
    }

    @Test
    void aDevelopmentBuildIsItsClasses() {
        String version = CodeVersion.of("0.1.0-SNAPSHOT", CodeVersion.class);
        assertTrue(version.matches("0\\.1\\.0-SNAPSHOT [0-9a-f]{16}"), version);
        assertNotEquals(version, CodeVersion.of("0.1.0-SNAPSHOT", CodeVersionTest.class));
    }

    @Test
    void aJarHasTheHashOfItsClasses() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes/org/a"));
        Files.writeString(classes.resolve("B.class"), "b");
        Files.writeString(classes.resolve("C.class"), "c");
        try (FileSystem jar = FileSystems.newFileSystem(folder.resolve("a.jar"), Map.of("create", "true"))) {
            Path inside = Files.createDirectories(jar.getPath("/org/a"));
            Files.writeString(inside.resolve("C.class"), "c");
            Files.writeString(inside.resolve("B.class"), "b");
            Files.writeString(inside.resolve("readme.txt"), "not code");
            assertEquals(
                    CodeVersion.hashOfClasses(folder.resolve("classes")), CodeVersion.hashOfClasses(jar.getPath("/")));
        }
    }

    @Test
    void aChangedClassChangesTheHash() throws IOException {
        Path file = Files.writeString(folder.resolve("B.class"), "b");
        String before = CodeVersion.hashOfClasses(folder);
        Files.writeString(file, "c");
        assertNotEquals(before, CodeVersion.hashOfClasses(folder));
    }
}
