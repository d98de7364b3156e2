package org.hopwise.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableFormatTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "3, 3",
        "0.123456, 0.1235",
        "-2.5, -2.5",
        "1234.56, 1235",
        "123456.7, 123457",
        "0.00012345, 0.0001234",
        "1e-9, 1.000e-09",
        "12345678.9, 1.235e+07",
        "NaN, ''",
        "Infinity, ∞",
        "99999, 99999",
    })
    void numbersShowFourSignificantDigits(double value, String text) {
        assertEquals(text, TableFormat.number(value));
    }

    @Test
    void textIsEscaped() {
        Table table = Table.create("t", StringColumn.create("a<b", "<script>x & 'y'</script>"));
        String html = TableFormat.html(table);
        assertTrue(html.contains("a&lt;b"), html);
        assertTrue(html.contains("&lt;script&gt;x &amp; &#39;y&#39;&lt;/script&gt;"), html);
        assertFalse(html.contains("<script>"), html);
    }

    @Test
    void aLongTableShowsItsFirstTenAndLastFiveRowsAndTheirNumber() {
        String html = TableFormat.html(numbered(1234));
        assertTrue(html.contains(">10<") && !html.contains(">11<"), html);
        assertTrue(html.contains(">1230<") && !html.contains(">1229<"), html);
        assertTrue(html.endsWith("<p>… 1,234 rows</p>"), html);
    }

    @Test
    void aTableThatFitsShowsWhole() {
        String text = TableFormat.text(numbered(16));
        assertEquals(17, text.lines().count());
        assertFalse(text.contains("…"), text);
    }

    @Test
    void theTextIsAlignedAndLeavesMissingValuesEmpty() {
        DoubleColumn values = DoubleColumn.create("value", 1.5, Double.NaN);
        Table table = Table.create("t", StringColumn.create("name", "longer", "b"), values);
        assertEquals("name    value\nlonger    1.5\nb", TableFormat.text(table));
    }

    @Test
    void anEmptyTableShowsItsColumns() {
        Table table = Table.create("t", StringColumn.create("name"));
        assertEquals("name", TableFormat.text(table));
        assertTrue(TableFormat.html(table).contains(">name</th>"));
    }

    private static Table numbered(int rows) {
        return Table.create(
                "t", IntColumn.create("n", IntStream.rangeClosed(1, rows).toArray()));
    }
}
