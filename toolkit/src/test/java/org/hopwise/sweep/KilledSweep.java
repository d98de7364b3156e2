package org.hopwise.sweep;

import java.nio.file.Path;
import java.util.List;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.TableStart;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** A sweep in a Java virtual machine of its own, for {@link SweepKillTest} to kill. Says one byte a finished run. */
final class KilledSweep {

    static {
        TableStart.load();
    }

    static final int RUNS = 160;
    /** Some 10 ms of work, so that kills fall into runs and into writing alike. */
    private static final int DRAWS = 400_000;

    static final Sweep SWEEP = Sweep.over("task", List.of(Tasks.sparse(), Tasks.onOff()))
            .and("beta", List.of(0.1, 0.2, 0.3, 0.4))
            .seeds(RUNS / 8)
            .threads(2);

    private KilledSweep() {}

    static Table mean(SweepPoint point) {
        Draws draws = new Draws(
                point.seed().named(point.value("task", HierarchicalTask.class).name()));
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            sum += draws.gaussian() * point.number("beta");
        }
        return Table.create(
                IntColumn.create("part", new int[] {1, 2}), DoubleColumn.create("mean", sum / DRAWS, -sum / DRAWS));
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        SWEEP.in(Path.of(arguments[0]))
                .listen(progress -> {
                    System.out.write('.');
                    System.out.flush();
                })
                .run(KilledSweep::mean);
    }
}
