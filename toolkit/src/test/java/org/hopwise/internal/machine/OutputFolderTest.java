package org.hopwise.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

    @TempDir
    Path folder;

    @Test
    void theNearestFolderWithNotebooksAndAPomHoldsTheOutput() throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Path deep = Files.createDirectories(project.resolve("notebooks").resolve("drafts"));
        Files.createFile(project.resolve("pom.xml"));
        assertEquals(project.resolve("target").resolve("figures"), OutputFolder.under(deep));
    }

    @Test
    void elsewhereTheWorkingFolderHoldsTheOutput() {
        assertEquals(folder.resolve("target").resolve("figures"), OutputFolder.under(folder));
    }
}
