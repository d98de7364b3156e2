package org.hopwise.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellRunnerTest {

    private static final CellRunner RUNNER = new CellRunner();

    @AfterAll
    static void close() {
        RUNNER.close();
    }

    @Test
    void cellsSeeTheToolkitAndEarlierCells() {
        assertEquals(Optional.empty(), RUNNER.run("import org.hopwise.Seed;\nvar seed = Seed.of(3);"));
        assertEquals(Optional.empty(), RUNNER.run("System.out.println(seed.value() + 1);"));
        assertEquals("4", RUNNER.printed().strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int x = \"text\";                       | does not compile",
                "Sed.of(1)                               | does not compile",
                "int f() { return missing(); }           | does not compile: a name is not defined",
                "throw new IllegalStateException(\"no\") | java.lang.IllegalStateException: no",
                "int y = (                               | incomplete code",
            })
    void aBrokenCellIsAFault(String cell, String fault) {
        Optional<String> found = RUNNER.run(cell);
        assertTrue(found.orElse("nothing").startsWith(fault), found.toString());
    }
}
