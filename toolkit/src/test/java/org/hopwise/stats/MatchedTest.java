package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class MatchedTest {

    /** One seed a call: curve a from (0, 0) to (4, 4), curve b from (2, 0) to (6, 2), in any order of rows. */
    private static Table two(int seed, double lift) {
        return Table.create(
                StringColumn.create("method", "a", "b", "a", "b"),
                IntColumn.create("seed", seed, seed, seed, seed),
                DoubleColumn.create("sparsity", 4, 2, 0, 6),
                DoubleColumn.create("error", 4 + lift, 0, lift, 2));
    }

    private static Table matched(Table t) {
        return Comparison.matched(t, "sparsity", 1, "error", "method", "a", "b");
    }

    @Test
    void curvesAreComparedWhereBothReach() {
        Table row = matched(two(0, 0));
        // From 2 to 4 curve a is 3 on average and curve b 0.5; of 0 to 6 that is a third.
        assertEquals(2.5, row.doubleColumn("mean").get(0), 1e-12);
        assertEquals(1.0 / 3, row.doubleColumn("overlap").get(0), 1e-12);
    }

    /** Either curve is a single line of 4 in a reach of 6. */
    @Test
    void noLineIsDrawnWhereNoNetworkIs() {
        Table wide = matched(two(0, 0));
        assertEquals(4.0 / 6, wide.doubleColumn("gap").get(0), 1e-12);
        Table narrow = Comparison.matched(two(0, 0), "sparsity", 0.6, "error", "method", "a", "b");
        assertEquals(0, narrow.intColumn("count").get(0));
        assertEquals(0, narrow.doubleColumn("overlap").get(0));
    }

    /** With a third point of curve b at 3 the stretch from 2 to 3 stays, if curve a has a point at 1.5. */
    @Test
    void theStretchEndsWhereAGapBegins() {
        Table t = two(0, 0)
                .append(Table.create(
                        StringColumn.create("method", "b", "a"),
                        IntColumn.create("seed", 0, 0),
                        DoubleColumn.create("sparsity", 3, 1.5),
                        DoubleColumn.create("error", 0, 1.5)));
        Table row = Comparison.matched(t, "sparsity", 0.45, "error", "method", "a", "b");
        assertEquals(1.0 / 6, row.doubleColumn("overlap").get(0), 1e-12);
        assertEquals(2.5, row.doubleColumn("mean").get(0), 1e-12, "curve a is 2.5 on average, curve b 0");
        assertEquals(2.5 / 6, row.doubleColumn("gap").get(0), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> Comparison.matched(t, "sparsity", 0, "error", "method", "a", "b"));
    }

    @Test
    void kinksInsideTheStretchCount() {
        Table t = two(0, 0)
                .append(Table.create(
                        StringColumn.create("method", "a"),
                        IntColumn.create("seed", new int[] {0}),
                        DoubleColumn.create("sparsity", 3.0),
                        DoubleColumn.create("error", 13.0)));
        // From 2 to 3 curve a now rises from 26/3 to 13, then falls to 4.
        double a = ((26.0 / 3 + 13) / 2 + (13 + 4) / 2.0) / 2;
        assertEquals(a - 0.5, matched(t).doubleColumn("mean").get(0), 1e-12);
    }

    @Test
    void pointsOfTheSameXAreAveraged() {
        Table t = two(0, 0)
                .append(Table.create(
                        StringColumn.create("method", "a"),
                        IntColumn.create("seed", new int[] {0}),
                        DoubleColumn.create("sparsity", 4.0),
                        DoubleColumn.create("error", 8.0)));
        // The last point of curve a is now 6, so it runs from 3 to 6 within the stretch.
        assertEquals(4.5 - 0.5, matched(t).doubleColumn("mean").get(0), 1e-12);
    }

    @Test
    void aSeedWhoseCurvesDoNotMeetIsLeftOut() {
        Table apart = two(1, 0);
        apart.doubleColumn("sparsity").set(1, 5);
        Table row = matched(two(0, 0).append(apart));
        assertEquals(1, row.intColumn("count").get(0));
        assertEquals(2.5, row.doubleColumn("mean").get(0), 1e-12);
    }

    @Test
    void withoutAnyOverlapThereIsNoNumber() {
        Table apart = two(0, 0);
        apart.doubleColumn("sparsity").set(1, 5);
        Table row = matched(apart);
        assertEquals(0, row.intColumn("count").get(0));
        assertTrue(row.doubleColumn("mean").isMissing(0));
        assertEquals(0, row.doubleColumn("overlap").get(0));
    }

    @Test
    void differencesComeWithTheirTest() {
        Table t = two(0, 0)
                .append(two(1, 1))
                .append(two(2, 2))
                .append(two(3, 1))
                .append(two(4, 1))
                .append(two(5, 1));
        Table row = matched(t);
        assertEquals(6, row.intColumn("count").get(0));
        assertEquals(2.0 / 64, row.doubleColumn("p").get(0), 1e-12, "six pairs of one sign: 2 of 64 flips");
        double deviation = Math.sqrt(2.0 / 5);
        assertEquals(3.5 / deviation, row.doubleColumn("effect").get(0), 1e-9);
    }

    @Test
    void aGroupThatIsNotThereIsNamedWithThoseThatAre() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> Comparison.matched(two(0, 0), "sparsity", 1, "error", "method", "a", "c"));
        assertEquals("method = 'c' has no rows; the table has [a, b].", error.getMessage());
    }
}
