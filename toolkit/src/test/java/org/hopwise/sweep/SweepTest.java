package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hopwise.internal.Draws;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

class SweepTest {

    private static final Sweep SWEEP = Sweep.over("task", List.of(Tasks.sparse(), Tasks.onOff()))
            .and("beta", List.of(0.1, 0.2, 0.3))
            .seeds(4);

    private static Table draw(SweepPoint point) {
        int hops = point.value("task", HierarchicalTask.class).signalHops().length;
        double drawn = new Draws(point.seed()).uniform();
        return Table.create(DoubleColumn.create("result", hops + point.number("beta") + drawn, hops));
    }

    @Test
    void theTableIsTheSameForAnyNumberOfThreads() {
        String one = SWEEP.threads(1).run(SweepTest::draw).printAll();
        String many = SWEEP.threads(7).run(SweepTest::draw).printAll();
        assertEquals(one, many);
    }

    @Test
    void rowsStandInGridOrderWithTheSeedLast() {
        Table table = SWEEP.run(SweepTest::draw);
        assertEquals(List.of("task", "beta", "seed", "result"), table.columnNames());
        assertEquals(2 * 3 * 4 * 2, table.rowCount());
        assertEquals("sparse", table.getString(0, "task"));
        assertEquals("on-off", table.getString(24, "task"));
        assertEquals("1", table.getString(2, "seed"));
        assertEquals(0.2, table.doubleColumn("beta").get(8));
    }

    @Test
    void aReplicateHasTheSameSeedAllOverTheGrid() {
        Table table = SWEEP.run(p -> Table.create(DoubleColumn.create("drawn", new Draws(p.seed()).uniform())));
        assertEquals(
                table.doubleColumn("drawn").get(1), table.doubleColumn("drawn").get(13));
    }

    @Test
    void progressCountsEveryRun() {
        AtomicInteger heard = new AtomicInteger();
        SWEEP.listen(p -> heard.incrementAndGet()).run(SweepTest::draw);
        assertEquals(24, heard.get());
    }

    @Test
    void aFailingRunIsReportedAsItself() {
        assertThrows(
                ArithmeticException.class,
                () -> SWEEP.run(p -> {
                    throw new ArithmeticException("one run");
                }));
    }

    @Test
    void anUnknownAxisIsRefusedWithTheKnownOnes() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> SWEEP.run(p -> Table.create(DoubleColumn.create("x", p.number("gamma")))));
        assertEquals("axis 'gamma' is unknown; the sweep has [task, beta].", refusal.getMessage());
    }
}
