package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class MatrixTableTest {

    private static final InfluenceMap MAP =
            InfluenceMap.of(Nd4j.createFromArray(new double[][] {{0.12345, -2, 0}, {-0.0001, 1, 7}}));

    @Test
    void aMatrixHasARowASourceAndAColumnATarget() {
        Table matrix = MAP.toMatrixTable("mine", 3);
        assertEquals(List.of("map", "from", "out 1", "out 2", "out 3"), matrix.columnNames());
        assertEquals(List.of("in 1", "in 2"), matrix.stringColumn("from").asList());
        assertEquals(0.123, matrix.doubleColumn("out 1").getDouble(0));
        assertEquals("0.0", Double.toString(matrix.doubleColumn("out 1").getDouble(1)), "not -0.0");
    }

    @Test
    void backInPairsItIsTheMapUpToRounding() {
        Table pairs = InfluenceMap.pairs(MAP.toMatrixTable("mine", 15));
        Table direct = MAP.toTable("mine");
        assertEquals(direct.columnNames(), pairs.columnNames());
        assertEquals(
                direct.stringColumn("to").asList(), pairs.stringColumn("to").asList());
        for (int row = 0; row < direct.rowCount(); row++) {
            double expected = direct.doubleColumn("influence").getDouble(row);
            assertEquals(expected, pairs.doubleColumn("influence").getDouble(row), 1e-15);
        }
    }

    @Test
    void columnsInFrontStayAndTablesMayStandBelowEachOther() {
        Table two = MAP.toMatrixTable("a", 2).append(MAP.toMatrixTable("b", 2));
        two.insertColumn(0, IntColumn.create("seed", 0, 0, 1, 1));
        Table pairs = InfluenceMap.pairs(two);
        assertEquals(12, pairs.rowCount());
        assertEquals(1, pairs.intColumn("seed").get(11));
        assertEquals("b", pairs.stringColumn("map").get(11));
        assertEquals(7, pairs.doubleColumn("influence").get(11));
    }

    @Test
    void aTableThatIsNoMatrixIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> InfluenceMap.pairs(Table.create(IntColumn.create("x", 1))));
    }
}
