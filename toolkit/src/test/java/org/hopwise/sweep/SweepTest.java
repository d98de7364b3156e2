package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.Trainer;
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
        assertEquals(List.of("task", "beta", "seed", "result", "outcome", "advice"), table.columnNames());
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
    void aFailingRunStopsTheSweepWithItsPointNamed() {
        var failure = assertThrows(
                IllegalStateException.class,
                () -> SWEEP.threads(3).run(p -> {
                    if (p.number("beta") == 0.2) {
                        throw new ArithmeticException("no root");
                    }
                    return draw(p);
                }));
        assertTrue(
                failure.getMessage().matches("the run at task = sparse, beta = 0.2, seed = [0-3] failed: no root"),
                failure.getMessage());
        assertInstanceOf(ArithmeticException.class, failure.getCause());
    }

    @Test
    void afterAFailureNoOtherRunBegins() {
        AtomicInteger begun = new AtomicInteger();
        assertThrows(
                IllegalStateException.class,
                () -> SWEEP.threads(1).run(p -> {
                    begun.incrementAndGet();
                    throw new ArithmeticException("no root");
                }));
        assertEquals(1, begun.get());
    }

    @Test
    void anUnknownAxisIsRefusedWithTheKnownOnes() {
        var refusal = assertThrows(
                IllegalStateException.class,
                () -> SWEEP.threads(1).run(p -> Table.create(DoubleColumn.create("x", p.number("gamma")))));
        assertEquals(
                "the run at task = sparse, beta = 0.1, seed = 0 failed: axis 'gamma' is unknown; the sweep has [task, beta].",
                refusal.getMessage());
    }

    @Test
    void aRunThatDivergesIsRecordedWithItsAdviceAndTheRestGoesOn() {
        Table table = Sweep.over("rate", List.of(1e300, 1e-3)).seeds(2).run(SweepTest::train);
        assertEquals(4, table.rowCount());
        assertEquals(
                List.of("diverged", "diverged", "finished", "finished"),
                table.stringColumn("outcome").asList());
        assertTrue(table.getString(0, "advice").contains("Lower the learning rate"), table.getString(0, "advice"));
        assertTrue(table.column("loss").isMissing(0));
        assertTrue(Double.isFinite(table.doubleColumn("loss").get(2)));
        assertEquals("", table.getString(2, "advice"));
    }

    @Test
    void aSweepOfWhichEveryRunDivergesStillGivesATable() {
        Table table = Sweep.over("rate", List.of(1e300)).run(SweepTest::train);
        assertEquals(List.of("rate", "seed", "outcome", "advice"), table.columnNames());
        assertEquals(1, table.rowCount());
    }

    private static Table train(SweepPoint point) {
        var task = Tasks.averaging().size(4, 2).steps(3);
        var start = RecurrentNetwork.random(task, 4, Activation.TANH, point.seed());
        var losses = Trainer.adam(point.number("rate"))
                .updates(5)
                .batch(4)
                .train(start, task)
                .history()
                .toTable()
                .doubleColumn("loss");
        return Table.create(DoubleColumn.create("loss", losses.get(4)));
    }

    @Test
    void anExperimentThatChangesItsColumnsIsRefusedWithThePointNamed() {
        var refusal = assertThrows(
                UnfinishedSweepException.class,
                () -> SWEEP.run(p -> Table.create(DoubleColumn.create("b" + p.number("beta"), 1))));
        assertEquals(
                "the experiment returned columns [b0.2 (DOUBLE)] at task = sparse, beta = 0.2, seed = 0 and [b0.1 (DOUBLE)] before; it must return the same at every point.",
                refusal.getMessage());
    }

    @Test
    void anExperimentWhoseColumnHidesAnAxisIsRefused() {
        var refusal = assertThrows(
                IllegalStateException.class, () -> SWEEP.run(p -> Table.create(DoubleColumn.create("Beta", 1))));
        assertTrue(refusal.getMessage().contains("column 'Beta'"), refusal.getMessage());
    }
}
