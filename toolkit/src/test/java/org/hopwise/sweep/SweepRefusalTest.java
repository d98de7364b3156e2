package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hopwise.internal.Texts;
import org.hopwise.table.TypedCsv;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** What a sweep refuses before its first run, what it makes one, and what is left when it ends early. */
class SweepRefusalTest {

    private static Table one(SweepPoint point) {
        return Table.create(DoubleColumn.create("y", 1.5));
    }

    private static Column<?> axis(Object... values) {
        return Sweep.over("x", Arrays.asList(values)).run(SweepRefusalTest::one).column("x");
    }

    private static String refusal(Object... values) {
        return assertThrows(IllegalArgumentException.class, () -> Sweep.over("x", Arrays.asList(values)))
                .getMessage();
    }

    @Test
    void numbersThatMixBecomeOneType() {
        assertEquals(List.of(0.0, 0.5, 1.0), axis(0, 0.5, 1).asList());
        assertEquals(ColumnType.DOUBLE, axis(0.5f, 1L, (short) 2).type());
        assertEquals(List.of(1L, 2L), axis(1, 2L).asList());
        assertEquals(ColumnType.INTEGER, axis(1, (short) 2, (byte) 3).type());
    }

    @Test
    void longIdsStayExact() {
        assertEquals(
                List.of(9007199254740993L, 9007199254740992L),
                axis(9007199254740993L, 9007199254740992L).asList());
        assertTrue(refusal(9007199254740993L, 0.5).contains("would be rounded"));
        assertEquals(
                List.of((long) Integer.MIN_VALUE, 0L),
                axis(Integer.MIN_VALUE, 0).asList());
    }

    @Test
    void numbersAmongTextsAreTexts() {
        assertEquals(List.of("none", "0.5"), axis("none", 0.5).asList());
    }

    @Test
    void arraysAndCollectionsAreLabelledByTheirEntries() {
        assertEquals(
                List.of("[1, 2]", "[3]", "[[0.5], sparse]"),
                axis(new int[] {1, 2}, List.of(3), List.of(new double[] {0.5}, Tasks.sparse()))
                        .asList());
    }

    @Test
    void valuesOfOneLabelAreRefused() {
        assertTrue(refusal(Tasks.sparse(), Tasks.sparse().noise(0.5))
                .startsWith("axis 'x' has 'sparse' as values 0 and 1"));
        for (Object[] alike : new Object[][] {{1, 1.0}, {0.0, -0.0}, {"1", 1}, {new int[] {1}, List.of(1)}, {2L, 2}}) {
            assertTrue(refusal(alike).contains("could not be told apart"), Arrays.deepToString(alike));
        }
    }

    @Test
    void valuesWithoutATextOfTheirOwnAreRefusedWithoutTheNamesThatJavaMakesUp() {
        Function<String, String> function = text -> text;
        assertTrue(refusal(function).startsWith("axis 'x' holds a value that prints as 'a function'"));
        for (Object nameless : new Object[] {new Object(), List.of(new Object()), Map.entry("f", function)}) {
            String message = refusal(nameless);
            assertTrue(message.contains("give its class a toString"), message);
            assertFalse(message.contains("Lambda"), message);
        }
    }

    @Test
    void missingValuesAreRefused() {
        assertTrue(refusal(1, null).startsWith("axis 'x' has null as value 1"));
        assertTrue(refusal(Double.NaN, 1.0).contains("would be a missing value"));
        assertTrue(refusal(Long.MIN_VALUE).contains("would be a missing value"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "N", "Seed", "OUTCOME", "advice", " "})
    void namesThatATableCannotTellApartAreRefused(String name) {
        Sweep sweep = Sweep.over("n", List.of(1));
        assertThrows(IllegalArgumentException.class, () -> sweep.and(name, List.of(2)));
    }

    @Test
    void moreRunsThanTheJvmHoldsAreRefused() {
        Sweep endless = Sweep.over("x", List.of(1, 2)).seeds(Integer.MAX_VALUE);
        var refusal = assertThrows(IllegalArgumentException.class, () -> endless.run(SweepRefusalTest::one));
        assertTrue(refusal.getMessage().contains("Use fewer seeds"), refusal.getMessage());
    }

    @Test
    void longTextsAreCutInMessages() {
        Sweep sweep = Sweep.over("text", List.of("a".repeat(1_000_000)));
        var failure = assertThrows(IllegalStateException.class, () -> sweep.run(p -> null));
        assertTrue(
                failure.getMessage().length() < 300,
                () -> "length " + failure.getMessage().length());
        assertEquals("\u2026", Texts.cut("b".repeat(100)).substring(79));
    }

    @Test
    void whatWasFinishedBeforeAFailureIsInTheException() {
        Sweep sweep = Sweep.over("x", List.of(1, 2, 3)).threads(1);
        var end = assertThrows(
                UnfinishedSweepException.class,
                () -> sweep.run(p -> {
                    if (p.number("x") == 3) {
                        throw new ArithmeticException("no root");
                    }
                    return Table.create(DoubleColumn.create("y", 10 * p.number("x")));
                }));
        assertEquals(List.of(10.0, 20.0), end.finished().column("y").asList());
        assertEquals(List.of(1, 2), end.finished().column("x").asList());
    }

    @Test
    void runsOfOtherColumnsAreInTheExceptionToo() {
        Sweep sweep = Sweep.over("x", List.of(1, 2));
        var end = assertThrows(
                UnfinishedSweepException.class,
                () -> sweep.run(p -> p.number("x") == 1
                        ? Table.create(DoubleColumn.create("y", 0.5), IntColumn.create("z", new int[] {7}))
                        : Table.create(StringColumn.create("y", "half"))));
        assertEquals(List.of("0.5", "half"), end.finished().column("y").asList());
        assertEquals(7, end.finished().intColumn("z").get(0));
        assertTrue(end.finished().column("z").isMissing(1));
    }

    @Test
    void numbersOfRunsThatMixBecomeOneType() {
        Table table = Sweep.over("x", List.of(1, 2))
                .run(p -> Table.create(
                        p.number("x") == 1 ? IntColumn.create("y", new int[] {1}) : DoubleColumn.create("y", 0.5)));
        assertEquals(List.of(1.0, 0.5), table.column("y").asList());
    }

    @Test
    void aRunWithoutRowsIsRefused() {
        Sweep sweep = Sweep.over("x", List.of(1));
        var failure =
                assertThrows(IllegalStateException.class, () -> sweep.run(p -> Table.create(DoubleColumn.create("y"))));
        assertTrue(failure.getMessage().contains("0 rows"), failure.getMessage());
    }

    @Test
    void longsComeBackFromAFileAsLongs() {
        Table ids = Table.create(axis(5L, -7L, Long.MAX_VALUE), IntColumn.create("i", 1, -2, Integer.MAX_VALUE));
        Table back = TypedCsv.read("t", TypedCsv.write("t", ids));
        assertEquals(ids.types(), back.types());
        assertEquals(ids.column("x").asList(), back.column("x").asList());
        assertEquals(ids.column("i").asList(), back.column("i").asList());
    }
}
