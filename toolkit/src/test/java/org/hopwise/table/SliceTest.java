package org.hopwise.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SliceTest {

    private static final Table RUNS = Table.create(
            "runs",
            StringColumn.create("task", "sparse", "on-off", "sparse", "on-off", "sparse"),
            DoubleColumn.create("noise", 0.3, 0.3, 1, 1, -0.0),
            IntColumn.create("seed", 0, 1, 2, 3, 4));

    private static int[] seeds(Table t) {
        return t.intColumn("seed").asIntArray();
    }

    private static String message(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @Test
    void aSliceHasTheRowsWithAllValuesInTheirOrder() {
        assertArrayEquals(new int[] {0, 2, 4}, seeds(Slice.of(RUNS, "task", "sparse")));
        assertArrayEquals(new int[] {2}, seeds(Slice.of(RUNS, "task", "sparse", "noise", 1.0)));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, seeds(Slice.of(RUNS)));
    }

    @Test
    void numbersAreComparedAsNumbersAndOtherValuesByTheirTexts() {
        assertArrayEquals(new int[] {2, 3}, seeds(Slice.of(RUNS, "noise", 1)));
        assertArrayEquals(new int[] {4}, seeds(Slice.of(RUNS, "noise", 0)));
        assertArrayEquals(new int[] {3}, seeds(Slice.of(RUNS, "seed", 3.0)));
        assertArrayEquals(new int[] {1, 3}, seeds(Slice.of(RUNS, "task", java.nio.CharBuffer.wrap("on-off"))));
    }

    @Test
    void rowsWithAnyOfSomeValuesAndThoseWithoutThemMakeTheTable() {
        assertArrayEquals(new int[] {0, 1, 4}, seeds(Slice.anyOf(RUNS, "noise", 0, 0.3)));
        assertArrayEquals(new int[] {2, 3}, seeds(Slice.without(RUNS, "noise", 0, 0.3)));
        assertEquals(0, Slice.without(RUNS, "task", "sparse", "on-off").rowCount());
    }

    @Test
    void eachValueMakesOneThingInTheOrderOfFirstAppearance() {
        assertEquals(
                List.of("sparse[0, 2, 4]", "on-off[1, 3]"),
                Slice.each(RUNS, "task", (task, rows) -> task + Arrays.toString(seeds(rows))));
        assertEquals(List.of("0.3", "1.0", "0.0"), Slice.each(RUNS, "noise", (noise, rows) -> noise));
    }

    @Test
    void aSliceIsACopy() {
        Slice.of(RUNS).intColumn("seed").set(0, 9);
        assertEquals(0, RUNS.intColumn("seed").getInt(0));
    }

    @Test
    void whatNoRowHasIsRefusedWithWhatThereIs() {
        String slip = "task = 'spares' has no rows; the table has [sparse, on-off].";
        assertEquals(slip, message(() -> Slice.of(RUNS, "task", "spares")));
        assertEquals(slip, message(() -> Slice.anyOf(RUNS, "task", "sparse", "spares")));
        assertEquals(slip, message(() -> Slice.without(RUNS, "task", "spares")));
        assertEquals(
                "noise = '2' has no rows; the table has [0.3, 1.0, 0.0].", message(() -> Slice.of(RUNS, "noise", 2)));
        assertEquals(
                "no column 'tusk'; the table has task, noise, seed.", message(() -> Slice.of(RUNS, "tusk", "sparse")));
        assertEquals(
                "no row of the table 'runs' has all of [task, on-off, noise, 0]; leave one out.",
                message(() -> Slice.of(RUNS, "task", "on-off", "noise", 0)));
        assertEquals(
                "there are 3 columns and values; give a value for every column: column, value, column, value.",
                message(() -> Slice.of(RUNS, "task", "on-off", "noise")));
    }
}
