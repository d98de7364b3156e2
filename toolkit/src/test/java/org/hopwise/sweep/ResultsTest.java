package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.FigureId;
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
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
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
        Table table = Results.table(FigureId.of("fig1_a"), "shares", ResultsTest::measured);
        assertEquals(measured().setName("").printAll(), table.setName("").printAll());
        assertEquals("\"seed\",\"share\"\n0,0.3333333333333333\n1,0.5\n", Files.readString(written()));
    }

    private static Table squares(List<Double> done, double factor, double failing) {
        return Sweep.over("x", List.of(1.0, 2.0, 3.0)).threads(1).run(point -> {
            if (point.number("x") == failing) {
                throw new IllegalStateException("killed");
            }
            done.add(point.number("x"));
            return Table.create(DoubleColumn.create("y", factor * point.number("x")));
        });
    }

    @Test
    void aTableWhoseSweepWasStoppedGoesOnWhereItWas() {
        set("hopwise.unfinished", folder.resolve("unfinished").toString());
        List<Double> done = new ArrayList<>();
        assertThrows(IllegalStateException.class, () -> Results.table("fig1_a", "t", () -> squares(done, 1, 3)));
        Table table = Results.table("fig1_a", "t", () -> squares(done, 1, 0));
        assertEquals(List.of(1.0, 2.0, 3.0), done);
        assertArrayEquals(new double[] {1, 2, 3}, table.doubleColumn("y").asDoubleArray());
    }

    @Test
    void sweepsOfEqualPointsInOneTableAndInTwoAreKeptApart() {
        set("hopwise.unfinished", folder.resolve("unfinished").toString());
        List<Double> done = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            Table table = Results.table("fig1_a", "t", () -> squares(done, 1, 0).append(squares(done, 2, 0)));
            assertArrayEquals(
                    new double[] {1, 2, 3, 2, 4, 6}, table.doubleColumn("y").asDoubleArray());
            Table other = Results.table("fig1_a", "u", () -> squares(done, 3, 0));
            assertArrayEquals(new double[] {3, 6, 9}, other.doubleColumn("y").asDoubleArray());
        }
        assertEquals(9, done.size());
    }

    @Test
    void aSweepOutsideATableKeepsNothingByItself() {
        set("hopwise.unfinished", folder.resolve("unfinished").toString());
        squares(new ArrayList<>(), 1, 0);
        assertFalse(Files.exists(folder.resolve("unfinished")));
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
