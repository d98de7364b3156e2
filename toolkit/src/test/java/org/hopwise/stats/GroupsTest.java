package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class GroupsTest {

    private static Table pairs() {
        return Table.create(
                IntColumn.create("seed", new int[] {0, 1, 2, 3, 0, 1, 2, 3}),
                StringColumn.create("kind", "a", "a", "a", "a", "b", "b", "b", "b"),
                DoubleColumn.create("v", 1.0, 2.0, 3.0, 4.0, 1.5, 2.25, 3.75, 4.5),
                StringColumn.create("task", "x", "x", "x", "x", "x", "x", "x", "x"));
    }

    private static void refused(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void aSeedTwiceInEitherGroupIsRefused() {
        Table once = pairs();
        assertEquals(
                0.125,
                Comparison.pairedTests(once, "v", "kind", "b", "a", "task")
                        .doubleColumn("p")
                        .get(0));
        Table twice = pairs().append(once.where(once.stringColumn("kind").isEqualTo("b")));
        refused("'b' has two rows", () -> Comparison.pairedTests(twice, "v", "kind", "b", "a", "task"));
        refused("'b' has two rows", () -> Comparison.pairedTests(twice, "v", "kind", "a", "b", "task"));
        refused("'b' has two rows", () -> Comparison.differences(twice, "v", "kind", "b", "a", "task"));
    }

    @Test
    void aMisspeltGroupIsRefusedWithTheGroupsThereAre() {
        Table t = pairs();
        refused(
                "'c' has no rows; the table has [a, b].",
                () -> Comparison.differences(t, "v", "kind", "c", "a", "task"));
        refused(
                "'A' has no rows; the table has [a, b].",
                () -> Comparison.pairedTests(t, "v", "kind", "b", "A", "task"));
        refused("'c' has no rows", () -> Comparison.matched(t, "seed", 1, "v", "kind", "a", "c", "task"));
        refused("no column 'kin'", () -> Comparison.differences(t, "v", "kin", "a", "b", "task"));
    }

    @Test
    void bothZerosAreOneGroup() {
        Table t = Table.create(
                DoubleColumn.create("x", 0.0, -0.0, 1.0, -0.0),
                IntColumn.create("seed", 0, 0, 0, 1),
                StringColumn.create("kind", "a", "b", "c", "a"),
                DoubleColumn.create("v", 1, 3, 5, 7));
        Table summary = Summary.of(t, "v", "x");
        assertEquals(2, summary.rowCount());
        assertEquals(3, summary.intColumn("count").get(0));
        Table pairs = Comparison.differences(t.first(2), "v", "kind", "a", "b", "x");
        assertEquals(1, pairs.rowCount());
        assertEquals(-2, pairs.doubleColumn("mean").get(0));
        Table zeros = Table.create(
                DoubleColumn.create("x", 0.0, -0.0, 1.0, 1.0),
                IntColumn.create("seed", 0, 1, 0, 1),
                DoubleColumn.create("v", 1, 2, 3, 4),
                StringColumn.create("task", "t", "t", "t", "t"));
        assertEquals(
                2,
                Comparison.differences(zeros, "v", "x", "0.0", "1.0", "task")
                        .intColumn("count")
                        .get(0));
    }

    @Test
    void groupsThatDifferInCaseAreTwo() {
        Table t = Table.create(StringColumn.create("cell", "mAL", "MAL", "mAL"), DoubleColumn.create("v", 1, 3, 5));
        Table summary = Summary.of(t, "v", "cell");
        assertEquals(2, summary.rowCount());
        assertEquals(3, summary.doubleColumn("mean").get(0));
    }

    @Test
    void columnsThatDifferInCaseFromTheResultsAreRefusedByName() {
        Table t = pairs();
        t.column("task").setName("Mean");
        refused("'Mean'", () -> Summary.of(t, "v", "Mean"));
        t.column("Mean").setName("Holm");
        refused("'Holm'", () -> Comparison.pairedTests(t, "v", "kind", "b", "a", "Holm"));
        t.column("Holm").setName("First");
        refused("'First'", () -> Comparison.differences(t, "v", "kind", "b", "a", "First"));
    }
}
