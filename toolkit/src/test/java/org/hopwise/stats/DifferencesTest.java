package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
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
        Table differences = Statistics.differences(runs(), "error", "method", "x", "y", "task");
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
                () -> Statistics.differences(incomplete, "error", "method", "x", "y", "task"));
    }

    @Test
    void rowsThatCannotBeToldApartAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.differences(runs(), "error", "method", "x", "y"));
    }
}
