package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class DifferencesTest {

    /** Two tasks, two methods, three seeds; the second method's rows stand in another order. */
    private static Table runs() {
        return Table.create(
                StringColumn.create("task", "a", "a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "b"),
                StringColumn.create("method", "x", "x", "x", "y", "y", "y", "x", "x", "x", "y", "y", "y"),
                IntColumn.create("seed", 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0),
                DoubleColumn.create("error", 5, 6, 7, 3, 2, 1, 1, 1, 1, 2, 2, 2));
    }

    @Test
    void differencesArePairedBySeedWithinEachGroup() {
        Table differences = Comparison.differences(runs(), "error", "method", "x", "y", "task");
        assertEquals(2, differences.rowCount());
        assertEquals("a", differences.getString(0, "task"));
        assertEquals(4, differences.doubleColumn("mean").get(0));
        assertEquals(4, differences.doubleColumn("low").get(0), "every seed differs by 4, so there is no spread");
        assertEquals(-1, differences.doubleColumn("mean").get(1));
        assertEquals(3, differences.intColumn("count").get(0));
    }

    @Test
    void aSeedWithoutPartnerIsRefused() {
        Table incomplete = runs().dropRows(3);
        assertThrows(
                IllegalArgumentException.class,
                () -> Comparison.differences(incomplete, "error", "method", "x", "y", "task"));
        var other = assertThrows(
                IllegalArgumentException.class,
                () -> Comparison.differences(incomplete, "error", "method", "y", "x", "task"));
        assertTrue(other.getMessage().contains("use the same seeds"), other.getMessage());
    }

    @Test
    void rowsThatCannotBeToldApartAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Comparison.differences(runs(), "error", "method", "x", "y"));
    }

    @Test
    void pairedTestsAddEffectSizeAndAdjustedP() {
        Table runs = runs();
        runs.doubleColumn("error").set(3, 4.0);
        Table tests = Comparison.pairedTests(runs, "error", "method", "x", "y", "task");
        assertEquals(3.0 + 2.0 / 3, tests.doubleColumn("mean").get(0), 1e-12, "differences 4, 4 and 3");
        assertEquals(
                (3 + 2.0 / 3) / Math.sqrt(1 / 3.0), tests.doubleColumn("effect").get(0), 1e-12);
        assertEquals(0.25, tests.doubleColumn("p").get(0), "the least p of three pairs is 2^(1-3)");
        assertEquals(0.5, tests.doubleColumn("holm").get(0), "two tests");
        assertTrue(tests.doubleColumn("effect").isMissing(1), "no spread, no effect size");
    }

    @Test
    void aPairWithAMissingValueIsLeftOutOfTheTest() {
        Table runs = runs();
        runs.doubleColumn("error").setMissing(0);
        Table tests = Comparison.pairedTests(runs, "error", "method", "x", "y", "task");
        assertEquals(2, tests.intColumn("count").get(0));
        assertEquals(0.5, tests.doubleColumn("p").get(0));
    }

    @Test
    void correlationsListEveryTwoArraysInBothOrders() {
        var a = Nd4j.createFromArray(1.0, 2.0, 3.0);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("a", a);
        arrays.put("minus a", a.neg());
        Table t = Correlation.table(arrays);
        assertEquals(
                List.of("a", "a", "minus a", "minus a"), t.stringColumn("first").asList());
        assertEquals(
                List.of("a", "minus a", "a", "minus a"),
                t.stringColumn("second").asList());
        assertArrayEquals(
                new double[] {1, -1, -1, 1}, t.doubleColumn("correlation").asDoubleArray(), 1e-15);
    }
}
