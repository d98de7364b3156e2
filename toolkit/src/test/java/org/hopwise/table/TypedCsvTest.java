package org.hopwise.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TypedCsvTest {

    private static Table again(Table table) {
        return TypedCsv.read("t", TypedCsv.write("t", table));
    }

    @Test
    void doublesComeBackToTheLastBit() {
        double[] values = {0.1 + 0.2, -0.0, 1, 1e300, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, Math.PI};
        DoubleColumn back =
                again(Table.create(DoubleColumn.create("x", values))).doubleColumn("x");
        assertArrayEquals(values, back.asDoubleArray());
        assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(back.getDouble(1)));
    }

    @Test
    void everyTypeComesBackAsItself() {
        Table table = Table.create(
                "t",
                StringColumn.create("word", "1", "true", "2.5"),
                IntColumn.create("whole", 1, 2, -3).setMissing(1),
                DoubleColumn.create("real", 1, 2, 3),
                BooleanColumn.create("truth", true, true, false).setMissing(1));
        Table back = again(table);
        assertEquals(table.types(), back.types());
        assertEquals(table.columnNames(), back.columnNames());
        assertEquals(table.printAll(), back.printAll());
    }

    @Test
    void columnsWithoutAnyValueKeepTheirTypes() {
        Table table = Table.create(
                IntColumn.create("whole", 1),
                DoubleColumn.create("real", Double.NaN),
                StringColumn.create("word", ""),
                BooleanColumn.create("truth", true).setMissing(0));
        Table back = again(table);
        assertEquals(table.types(), back.types());
        assertEquals(4, back.columns().stream().filter(c -> c.isMissing(0)).count());
    }

    @Test
    void stringsMayHoldWhatCsvIsMadeOf() {
        List<String> words = List.of("a,b", "say \"so\"", "two\nlines\r\n", " spaced ", "\"", "α");
        assertEquals(
                words,
                again(Table.create(StringColumn.create("a \"name\", quoted", words)))
                        .stringColumn(0)
                        .asList());
    }

    @Test
    void theTextIsPlain() {
        Table table = Table.create(StringColumn.create("task", "sparse"), IntColumn.create("seed", new int[] {0}))
                .addColumns(DoubleColumn.create("share", 0.25));
        assertEquals("\"task\",\"seed\",\"share\"\n\"sparse\",0,0.25\n", TypedCsv.write("t", table));
    }

    @Test
    void otherTypesComeBackAsTheirNumbersOrTexts() {
        Table back = again(Table.create(
                FloatColumn.create("share", new float[] {0.1f, Float.NaN}),
                ShortColumn.create("count", new short[] {-7, 3}),
                DateColumn.create("day", LocalDate.EPOCH, null)));
        assertArrayEquals(
                new double[] {0.1f, Double.NaN}, back.doubleColumn("share").asDoubleArray());
        assertEquals(List.of(-7, 3), back.intColumn("count").asList());
        assertEquals(List.of("1970-01-01", ""), back.stringColumn("day").asList());
    }

    @Test
    void anEmptyTableIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TypedCsv.write("t", Table.create(IntColumn.create("x"))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "'\"a\",\"b\"%1,2%3,'|does not end",
                "'\"a\",\"b\"%1,2%3%'|has 1 cells in row 2 and 2 in its header",
                "'\"a\"%'|has 1 lines",
                "'\"a\"%\"b%'|has a quote that is not closed",
                "'\"a\"%\"b\"c%'|has text after a closing quote in row 1",
                "'\"a\"%1%\"b\"%'|has a column 'a' of several types",
                "'\"a\"%1.5%b%'|has a column 'a' of several types",
            })
    void aDamagedFileIsSaidToBeOne(String text, String reason) {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> TypedCsv.read("fig1/t", text.replace('%', '\n')));
        assertTrue(refusal.getMessage().startsWith("table fig1/t " + reason), refusal.getMessage());
    }
}
