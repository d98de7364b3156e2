package org.hopwise.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class FigureErrorsTest {

    private static Table table() {
        return Table.create(
                "t", StringColumn.create("task", "a", "a", "b"), DoubleColumn.create("score", 0.5, 0, Double.NaN));
    }

    private static String message(Executable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong).getMessage();
    }

    @Test
    void anUnknownColumnListsTheColumnsThereAre() {
        assertEquals(
                "no column 'hop'; the table has task, score.", message(() -> Figure.lines(table(), "hop", "score")));
        assertEquals(
                "no column 'seed'; the table has task, score.",
                message(() -> Figure.boxes(table(), "task", "score").by("seed")));
    }

    @Test
    void aLineThroughAColumnNeedsPoints() {
        assertEquals(
                "line does not fit bars; use points, or lines by a column.",
                message(() -> Figure.bars(table(), "task", "score").line("score")));
    }

    @Test
    void anEmptyTableIsRefused() {
        assertEquals(
                "the table 't' has 0 rows; there is nothing to draw.",
                message(() -> Figure.bars(table().emptyCopy(), "task", "score")));
    }

    @Test
    void aColumnOfMissingValuesIsRefused() {
        assertEquals(
                "column 'score' has only missing values; there is nothing to draw.",
                message(() -> Figure.boxes(table().dropRange(2), "task", "score")));
    }

    @Test
    void aLogarithmicAxisNamesTheFirstValueThatIsNotPositive() {
        assertTrue(message(() -> Figure.points(table(), "task", "score").logY())
                .startsWith("column 'score' is 0.0 in row 1; a logarithmic axis needs values above 0"));
    }

    @Test
    void anInfiniteValueIsNamed() {
        Table t = Table.create("t", DoubleColumn.create("x", 1, 2), DoubleColumn.create("y", 1, 1 / 0.0));
        assertTrue(message(() -> Figure.lines(t, "x", "y")).startsWith("column 'y' is Infinity in row 1"));
    }

    @Test
    void wordsAreNoValues() {
        assertEquals(
                "column 'task' is STRING; numbers are needed here.",
                message(() -> Figure.lines(table(), "score", "task")));
    }

    @Test
    void twoRowsForOneBarAreRefusedWithARemedy() {
        Figure bars = Figure.bars(table(), "task", "score");
        assertTrue(message(() -> bars.png(96)).startsWith("several rows have task 'a'"));
    }

    @Test
    void twoRowsForOneCellAreRefused() {
        Figure map = Figure.heatmap(table(), "task", "task", "score");
        assertTrue(message(() -> map.svg()).startsWith("several rows have task 'a' and task 'a'"));
    }

    @Test
    void limitsInTheWrongOrderAreRefused() {
        assertTrue(message(() -> Figure.boxes(table(), "task", "score").limits(1, 0))
                .startsWith("limits are 1.0 and 0.0"));
    }

    @Test
    void anIdWithASlashNamesTheRule() {
        assertEquals(
                "id is '../x'; use small letters, digits and underscores only, such as fig1_walks.",
                message(() -> Figure.boxes(table(), "task", "score").save("../x")));
    }

    @Test
    void aGridOfGridsIsRefused() {
        Figure grid = Figure.grid(1, Figure.boxes(table(), "task", "score"));
        assertTrue(message(() -> Figure.grid(1, grid)).startsWith("a panel is a grid itself"));
    }

    @Test
    void aSettingOfOnePanelIsRefusedOnAGrid() {
        Figure grid = Figure.grid(1, Figure.boxes(table(), "task", "score"));
        var error = assertThrows(IllegalStateException.class, () -> grid.logY());
        assertTrue(error.getMessage().startsWith("logY does not fit a grid"), error.getMessage());
    }
}
