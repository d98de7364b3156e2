package org.hopwise.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every notebook keeps the rules; with the tag {@code notebooks}, every cell compiles and runs in QUICK. */
class NotebookTest {

    @TestFactory
    Stream<DynamicTest> everyNotebookKeepsTheRules() throws IOException {
        return perNotebook(path -> assertEquals(List.of(), NotebookLint.faults(stem(path), Files.readString(path))));
    }

    /** Left out by default: {@code environment/test} runs the notebooks in the real kernel. */
    @TestFactory
    @Tag("notebooks")
    Stream<DynamicTest> everyCellRuns() throws IOException {
        return perNotebook(NotebookTest::runAll);
    }

    @Test
    void thereIsAFolderOfNotebooks() {
        Path folder = folder();
        assertEquals(true, Files.isDirectory(folder), folder + " is a folder");
    }

    private static void runAll(Path path) throws IOException {
        List<String> cells = NotebookLint.codeCells(Files.readString(path));
        try (CellRunner runner = new CellRunner()) {
            for (int i = 0; i < cells.size(); i++) {
                int number = i + 1;
                runner.run(cells.get(i))
                        .ifPresent(fault -> fail("%s, code cell %d: %s".formatted(path.getFileName(), number, fault)));
            }
        }
    }

    private interface Check {
        void of(Path notebook) throws IOException;
    }

    private static Stream<DynamicTest> perNotebook(Check check) throws IOException {
        try (Stream<Path> paths = Files.list(folder())) {
            List<Path> notebooks = paths.filter(path -> path.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
            return notebooks.stream().map(path -> DynamicTest.dynamicTest(stem(path), () -> check.of(path)));
        }
    }

    static Path folder() {
        return Path.of(System.getProperty("hopwise.root"), "notebooks");
    }

    private static String stem(Path path) {
        return path.getFileName().toString().replaceFirst("\\.ipynb$", "");
    }
}
