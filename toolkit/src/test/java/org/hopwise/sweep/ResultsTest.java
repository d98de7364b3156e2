package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ResultsTest {

    @TempDir
    Path folder;

    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void useThisFolder() {
        set("hopwise.root", folder.toString());
        set("hopwise.output", folder.resolve("out").toString());
    }

    @AfterEach
    void restore() {
        before.forEach(System::setProperty);
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, System.setProperty(name, value));
    }

    private static Table measured() {
        return Table.create(IntColumn.create("seed", 0, 1), DoubleColumn.create("share", 1 / 3.0, 0.5));
    }

    private static Table notComputed() {
        throw new AssertionError("a reference run computes nothing");
    }

    private Path written() {
        return folder.resolve("out").resolve("tables").resolve("fig1_a").resolve("shares.csv");
    }

    @Test
    void aComputedTableIsWrittenAndGivenBack() throws IOException {
        Table table = Results.table("fig1_a", "shares", ResultsTest::measured);
        assertEquals(measured().setName("").printAll(), table.setName("").printAll());
        assertEquals("\"seed\",\"share\"\n0,0.3333333333333333\n1,0.5\n", Files.readString(written()));
    }

    /** As a sweep gives it. */
    private static Table swept(String outcome, String advice) {
        return Table.create(
                DoubleColumn.create("error", 0.5, 0.4),
                StringColumn.create("outcome", "finished", outcome),
                StringColumn.create("advice", "", advice));
    }

    @Test
    void theOutcomeOfASweepIsKeptOnlyIfARunDiverged() {
        Table all = Results.table("fig1_a", "all", () -> swept("finished", ""));
        assertEquals(List.of("error"), all.columnNames());
        Table one = Results.table("fig1_a", "one", () -> swept("diverged", "Lower the learning rate."));
        assertEquals(List.of("error", "outcome", "advice"), one.columnNames());
        assertEquals("diverged", one.getString(1, "outcome"));
    }

    @Test
    void aReferenceRunReadsWhatWasKeptAndComputesNothing() throws IOException {
        Results.table("fig1_a", "shares", ResultsTest::measured);
        byte[] computed = Files.readAllBytes(written());
        Path kept = folder.resolve("data").resolve("reference").resolve("fig1_a");
        Files.createDirectories(kept);
        Files.move(written(), kept.resolve("shares.csv"));
        set("hopwise.profile", "REFERENCE");
        Table table = Results.table("fig1_a", "shares", ResultsTest::notComputed);
        assertEquals(1 / 3.0, table.doubleColumn("share").getDouble(0));
        assertEquals(measured().types(), table.types());
        assertArrayEquals(computed, Files.readAllBytes(written()));
    }

    @Test
    void aMissingReferenceIsSaidWithItsRemedy() {
        set("hopwise.profile", "REFERENCE");
        var refusal = assertThrows(
                IllegalStateException.class, () -> Results.table("fig1_a", "shares", ResultsTest::notComputed));
        assertTrue(refusal.getMessage().contains(Path.of("data/reference/fig1_a/shares.csv") + " in " + folder));
        assertTrue(refusal.getMessage().contains("environment/figures --profile full --keep fig1_a"));
    }

    @Test
    void aNameThatIsNoFileNameIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Results.table("../a", "shares", ResultsTest::measured));
        assertThrows(IllegalArgumentException.class, () -> Results.table("fig1_a", "", ResultsTest::measured));
    }
}
