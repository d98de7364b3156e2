package org.hopwise.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFolderTest {

    @TempDir
    Path folder;

    @Test
    void theNearestFolderWithNotebooksAndAPomIsTheProject() throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Path deep = Files.createDirectories(project.resolve("notebooks").resolve("drafts"));
        assertEquals(deep, ProjectFolder.above(deep));
        Files.createFile(project.resolve("pom.xml"));
        assertEquals(project, ProjectFolder.above(deep));
    }

    @Test
    void theBuildNamesTheProject() {
        assertEquals(Path.of(System.getProperty("hopwise.root")), ProjectFolder.current());
    }
}
