package org.hopwise.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.hopwise.stats.Statistics;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SummaryCriteriaTest {

    private static final Table SUMMARY = Statistics.summary(
            Table.create(
                    StringColumn.create("task", "one", "one", "one", "two", "two", "two"),
                    DoubleColumn.create("result", 1.0, 1.1, 1.2, 3.0, 3.1, 3.2)),
            "result",
            "task");

    private static Claim claim() {
        return Claim.of("summary", "Results are large.", "this test");
    }

    @Test
    void everyRowOfASummaryIsACriterionNamedByItsGroup() {
        Claim above = claim().above(SUMMARY, 0.5);
        assertEquals(List.of("one", "two"), above.table().stringColumn("what").asList());
        assertEquals(Verdict.HOLDS, above.verdict());
    }

    @Test
    void aClaimThatOneGroupFailsHoldsInPart() {
        assertEquals(Verdict.HOLDS_IN_PART, claim().above(SUMMARY, 2).verdict());
        assertEquals(Verdict.HOLDS_IN_PART, claim().below(SUMMARY, 2).verdict());
        assertEquals(Verdict.DOES_NOT_HOLD, claim().below(SUMMARY, 0.5).verdict());
    }

    @Test
    void arraysCorrelateOverAllTheirEntries() {
        var a = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
        assertEquals(-1, Statistics.correlation(a, a.mul(-2).add(7)), 1e-15);
    }
}
