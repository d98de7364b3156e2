package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

class WiringTableTest {

    private static Wiring wiring(Column<?> weights) {
        return Wiring.of(
                List.of("a", "b"),
                Table.create(StringColumn.create("pre", "a", "b"), StringColumn.create("post", "b", "a"), weights),
                "pre",
                "post",
                "weight");
    }

    static Stream<Column<?>> numbers() {
        return Stream.of(
                DoubleColumn.create("weight", 2, 3),
                FloatColumn.create("weight", 2, 3),
                LongColumn.create("weight", 2, 3),
                IntColumn.create("weight", 2, 3),
                ShortColumn.create("weight", (short) 2, (short) 3));
    }

    static Stream<Column<?>> others() {
        return Stream.of(
                StringColumn.create("weight", "2", "3"),
                BooleanColumn.create("weight", true, false),
                DateColumn.create("weight", LocalDate.EPOCH, LocalDate.EPOCH),
                DateTimeColumn.create("weight", LocalDateTime.MIN, LocalDateTime.MIN),
                TimeColumn.create("weight", LocalTime.NOON, LocalTime.NOON));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void columnsOfNumbersAreWeights(Column<?> weights) {
        assertEquals(2, wiring(weights).couplings().getDouble(1, 0));
        assertEquals(3, wiring(weights).couplings().getDouble(0, 1));
    }

    @ParameterizedTest
    @MethodSource("others")
    void textTruthDatesAndTimesAreNoWeights(Column<?> weights) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> wiring(weights));
        assertTrue(refusal.getMessage().startsWith("column 'weight' holds "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("weights must be numbers"), refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aMissingWeightIsNamedByRowAndColumn(Column<?> weights) {
        weights.setMissing(1);
        var refusal = assertThrows(IllegalArgumentException.class, () -> wiring(weights));
        assertTrue(
                refusal.getMessage().startsWith("row 1 (counted from 0) of column 'weight' is missing"),
                refusal.getMessage());
    }

    @Test
    void aColumnThatIsNotThereListsThoseThatAre() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> wiring(DoubleColumn.create("strength", 2, 3)));
        assertTrue(refusal.getMessage().contains("'weight'; the table has pre, post, strength"), refusal.getMessage());
    }

    @Test
    void aPartHasTheEdgesAmongItsUnitsInTheirOrder() {
        Wiring all = Wiring.of(
                List.of("a", "b", "c"), new int[] {0, 1, 2, 2}, new int[] {1, 2, 0, 2}, new double[] {1, 2, 3, 4});
        Wiring part = all.among(List.of("c", "a"));
        assertEquals(List.of("c", "a"), part.names());
        StringBuilder edges = new StringBuilder();
        part.forEachEdge((from, to, weight) -> edges.append(from + to + weight + " "));
        assertEquals("cc4.0 ca3.0 ", edges.toString());
        assertThrows(IllegalArgumentException.class, () -> all.among(List.of("d")));
        assertThrows(IllegalArgumentException.class, () -> all.among(List.of("a", "a")));
    }
}
