package org.hopwise.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hopwise.stats.Comparison;
import org.hopwise.stats.Correlation;
import org.hopwise.stats.Summary;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SummaryCriteriaTest {

    private static final Table SUMMARY = Summary.of(
            Table.create(
                    StringColumn.create(
                            "task", "one", "one", "one", "one", "one", "one", "two", "two", "two", "two", "two", "two"),
                    DoubleColumn.create("result", 1.0, 1.1, 1.2, 1.0, 1.1, 1.2, 3.0, 3.1, 3.2, 3.0, 3.1, 3.2)),
            "result",
            "task");

    private static Claim claim() {
        return Claim.of("summary", "Results are large.", "this test");
    }

    @Test
    void everyRowOfASummaryIsACriterionNamedByItsGroup() {
        Claim above = claim().above(SUMMARY, 0.5);
        assertEquals(List.of("one", "two"), above.table().stringColumn("what").asList());
        assertEquals(Verdict.HOLDS, above.verdict());
    }

    @Test
    void aClaimThatOneGroupFailsHoldsInPart() {
        assertEquals(Verdict.HOLDS_IN_PART, claim().above(SUMMARY, 2).verdict());
        assertEquals(Verdict.HOLDS_IN_PART, claim().below(SUMMARY, 2).verdict());
        assertEquals(Verdict.DOES_NOT_HOLD, claim().below(SUMMARY, 0.5).verdict());
    }

    @Test
    void arraysCorrelateOverAllTheirEntries() {
        var a = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
        assertEquals(-1, Correlation.of(a, a.mul(-2).add(7)), 1e-15);
    }

    /** Differences between x and y of seeds 0 to n - 1 in two tasks, all positive; the test of n pairs gives 2^(1-n). */
    private static Table tests(int n) {
        Table runs = Table.create(
                StringColumn.create("task"),
                StringColumn.create("method"),
                IntColumn.create("seed"),
                DoubleColumn.create("error"));
        for (String task : List.of("one", "two")) {
            for (int seed = 0; seed < n; seed++) {
                for (String method : List.of("x", "y")) {
                    runs.stringColumn("task").append(task);
                    runs.stringColumn("method").append(method);
                    runs.intColumn("seed").append(seed);
                    runs.doubleColumn("error").append(method.equals("x") ? 2 + seed : 1);
                }
            }
        }
        return Comparison.pairedTests(runs, "error", "method", "x", "y", "task");
    }

    @Test
    void twoTestsOfSixPairsCannotReachSignificanceAndSevenCan() {
        Claim six = claim().above(tests(6), 0);
        assertEquals(Verdict.NOT_ENOUGH_SEEDS, six.verdict());
        assertTrue(six.toString().contains("asked > 0, p < 0.05: undecided"), six.toString());
        assertEquals(Verdict.HOLDS, claim().above(tests(7), 0).verdict());
    }

    @Test
    void theTestStandsInTextAndTable() {
        Claim seven = claim().above(tests(7), 0);
        assertTrue(seven.toString().contains("n = 7; d = 1.9, p = 0.031"), seven.toString());
        Table table = seven.table();
        assertEquals(2.0 / 64, table.doubleColumn("p").get(1), 1e-15);
        assertEquals(4 / Math.sqrt(28.0 / 6), table.doubleColumn("effect").get(1), 1e-12);
        assertEquals(List.of("one", "two"), table.stringColumn("what").asList());
    }

    @Test
    void anIntervalAboveTheBoundIsNotEnoughWhenTheTestFails() {
        Table tests = tests(7);
        tests.doubleColumn("holm").set(0, 0.06);
        assertEquals(Verdict.HOLDS_IN_PART, claim().above(tests, 0).verdict());
    }

    @Test
    void rowsOfTwoSummariesHaveFirstWordsOfTheirOwn() {
        assertThrows(
                IllegalArgumentException.class, () -> claim().above(SUMMARY, 0).below(SUMMARY, 4));
        Claim both = claim().above("large", SUMMARY, 0).below("small", SUMMARY, 4);
        assertEquals(
                List.of("large: one", "large: two", "small: one", "small: two"),
                both.table().stringColumn("what").asList());
    }

    @Test
    void noDifferenceMeansTheWholeIntervalBetweenTheBounds() {
        assertEquals(Verdict.HOLDS, claim().within(SUMMARY, 0, 4).verdict());
        assertEquals(Verdict.HOLDS_IN_PART, claim().within(SUMMARY, 2, 4).verdict());
        assertEquals(Verdict.DOES_NOT_HOLD, claim().within(SUMMARY, 1.15, 3.05).verdict());
        assertEquals("0 to 4", claim().within(SUMMARY, 0, 4).table().getString(0, "bound"));
        assertThrows(IllegalArgumentException.class, () -> claim().within(SUMMARY, 4, 4));
    }
}
