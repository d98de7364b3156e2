package org.hopwise.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.hopwise.ProgressListener;
import org.hopwise.ProgressListener.Progress;
import org.hopwise.internal.Check;
import org.hopwise.task.Task;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Runs an experiment at every point of a grid, for several seeds, and puts the results into one tidy table: one column
 * an axis, {@code seed}, and the experiment's own columns. Rows stand in grid order, last axis fastest, then seeds, for
 * any number of threads. Immutable.
 */
public final class Sweep {

    // Written only on a fresh copy, before anyone else sees it.
    private final Map<String, List<?>> axes;
    private int seeds = 1;
    private int threads = Runtime.getRuntime().availableProcessors();
    private ProgressListener listener = progress -> {};

    private Sweep(Map<String, List<?>> axes) {
        this.axes = axes;
    }

    private Sweep(Sweep other) {
        this(other.axes);
        seeds = other.seeds;
        threads = other.threads;
        listener = other.listener;
    }

    /**
     * A sweep over one axis.
     *
     * @param axis the axis' name, a column of the result
     * @param values its values: numbers, enum constants, tasks, or anything whose toString is a label
     * @return the sweep
     */
    public static Sweep over(String axis, List<?> values) {
        return new Sweep(Map.of()).and(axis, values);
    }

    /**
     * One more axis.
     *
     * @param axis the axis' name, a column of the result
     * @param values its values
     * @return a copy with the axis
     */
    public Sweep and(String axis, List<?> values) {
        Check.positive("the number of values of axis '" + axis + "'", values.size());
        if (axes.containsKey(axis) || axis.equals("seed")) {
            throw new IllegalArgumentException("axis '%s' is there already; choose another name.".formatted(axis));
        }
        Map<String, List<?>> more = new LinkedHashMap<>(axes);
        more.put(axis, List.copyOf(values));
        Sweep copy = new Sweep(more);
        copy.seeds = seeds;
        copy.threads = threads;
        copy.listener = listener;
        return copy;
    }

    /**
     * How many seeds at each point; 1 unless set.
     *
     * @param seeds at least 1
     * @return a copy with the setting
     */
    public Sweep seeds(int seeds) {
        Sweep copy = new Sweep(this);
        copy.seeds = Check.positive("seeds", seeds);
        return copy;
    }

    /**
     * How many runs at the same time; one a core unless set. The table does not depend on it.
     *
     * @param threads at least 1
     * @return a copy with the setting
     */
    public Sweep threads(int threads) {
        Sweep copy = new Sweep(this);
        copy.threads = Check.positive("threads", threads);
        return copy;
    }

    /**
     * Who hears about finished runs; nobody unless set.
     *
     * @param listener called from several threads
     * @return a copy with the setting
     */
    public Sweep listen(ProgressListener listener) {
        Sweep copy = new Sweep(this);
        copy.listener = Objects.requireNonNull(listener, "listener");
        return copy;
    }

    /**
     * Runs the experiment everywhere.
     *
     * @param experiment what to do at a point; returns a table of one or more rows, with the same columns at every point.
     *     It must take all randomness from the point's seed
     * @return the rows of all runs, axes and seed first
     */
    public Table run(Function<SweepPoint, Table> experiment) {
        List<SweepPoint> points = points();
        AtomicInteger done = new AtomicInteger();
        List<Callable<Table>> runs = new ArrayList<>();
        for (SweepPoint point : points) {
            runs.add(() -> {
                Table result = labelled(point, experiment.apply(point));
                listener.progressed(new Progress("sweep", done.incrementAndGet(), points.size(), ""));
                return result;
            });
        }
        Table all = null;
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, points.size()), Sweep::worker);
        try {
            for (Future<Table> run : pool.invokeAll(runs)) {
                Table rows = run.get();
                all = all == null ? rows : all.append(rows);
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a run of the sweep failed: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the sweep was interrupted; run it again.", stop);
        } finally {
            pool.shutdownNow();
        }
        return all;
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "hopwise-sweep");
        thread.setDaemon(true);
        return thread;
    }

    private List<SweepPoint> points() {
        List<Map<String, Object>> grid = List.of(Map.of());
        for (Map.Entry<String, List<?>> axis : axes.entrySet()) {
            List<Map<String, Object>> finer = new ArrayList<>();
            for (Map<String, Object> point : grid) {
                for (Object value : axis.getValue()) {
                    Map<String, Object> next = new LinkedHashMap<>(point);
                    next.put(axis.getKey(), value);
                    finer.add(next);
                }
            }
            grid = finer;
        }
        List<SweepPoint> points = new ArrayList<>();
        for (Map<String, Object> point : grid) {
            for (int replicate = 0; replicate < seeds; replicate++) {
                points.add(new SweepPoint(point, replicate));
            }
        }
        return points;
    }

    private static Table labelled(SweepPoint point, Table result) {
        List<Column<?>> columns = new ArrayList<>();
        point.values().forEach((axis, value) -> columns.add(constant(axis, value, result.rowCount())));
        columns.add(constant("seed", point.replicate(), result.rowCount()));
        columns.addAll(result.columns());
        return Table.create("sweep", columns);
    }

    private static Column<?> constant(String name, Object value, int rows) {
        if (value instanceof Integer whole) {
            IntColumn column = IntColumn.create(name);
            for (int row = 0; row < rows; row++) {
                column.append(whole.intValue());
            }
            return column;
        }
        if (value instanceof Number number) {
            DoubleColumn column = DoubleColumn.create(name);
            for (int row = 0; row < rows; row++) {
                column.append(number.doubleValue());
            }
            return column;
        }
        StringColumn column = StringColumn.create(name);
        for (int row = 0; row < rows; row++) {
            column.append(value instanceof Task task ? task.name() : value.toString());
        }
        return column;
    }
}
