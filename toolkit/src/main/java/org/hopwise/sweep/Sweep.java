package org.hopwise.sweep;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hopwise.ProgressListener;
import org.hopwise.StoppedException;
import org.hopwise.internal.Check;
import org.hopwise.internal.Settings;
import org.hopwise.internal.machine.CodeVersion;
import org.hopwise.internal.machine.Memory;
import tech.tablesaw.api.Table;

/**
 * Runs an experiment at every point of a grid, for several seeds, and puts the results into one tidy table: one column
 * an axis, {@code seed}, the experiment's own columns, {@code outcome} and {@code advice}. Rows stand in grid order,
 * last axis fastest, then seeds, for any number of threads. Immutable.
 *
 * <p>Outcome is {@code "finished"}, or {@code "diverged"} for a point whose training diverged: it has one row, in which
 * the experiment's columns are missing and the advice says what to do. Both columns are always there, so that the
 * columns depend on the code and never on luck. Any other exception stops the sweep and names the point.
 *
 * <p>With a folder ({@link #in}) finished runs are kept, one small file each, and never run again:
 *
 * <pre>{@code
 * Table table = Sweep.over("task", Tasks.all()).seeds(20)
 *     .in(Path.of("../target/sweeps/recovery")).setting("trainer", trainer)
 *     .run(point -> ...);
 * }</pre>
 */
public final class Sweep {

    /** A point, all that determines its run in words, its entry in the list of results, and the task that runs it. */
    private static final int BYTES_A_POINT = 600;

    private final Plan plan;

    /** What runs, how, and where it is kept. */
    private record Plan(
            Map<String, Axis> axes,
            int seeds,
            Engine engine,
            ProgressListener listener,
            Optional<Path> folder,
            NavigableMap<String, JsonElement> settings,
            String version) {}

    private Sweep(Plan plan) {
        this.plan = plan;
    }

    private Sweep with(String name, Object value) {
        return new Sweep(Settings.with(plan, name, value));
    }

    /**
     * A sweep over one axis.
     *
     * @param axis the axis' name, a column of the result
     * @param values its values: numbers, enum constants, tasks, or anything whose toString is a label, no two alike.
     *     Numbers of several types become one: whole ones longs, with fractions doubles; numbers among texts are texts
     * @return the sweep
     * @throws IllegalArgumentException if values could not be told apart in the table, or have no text of their own
     */
    public static Sweep over(String axis, List<?> values) {
        return new Sweep(new Plan(
                        Map.of(),
                        1,
                        Engine.threads(Runtime.getRuntime().availableProcessors()),
                        progress -> {},
                        Optional.empty(),
                        new TreeMap<>(),
                        ""))
                .and(axis, values);
    }

    /**
     * One more axis.
     *
     * @param axis the axis' name, a column of the result
     * @param values its values, as in {@link #over}
     * @return a copy with the axis
     * @throws IllegalArgumentException if a column of that name is there, capitals or not, or values could not be told
     *     apart in the table
     */
    public Sweep and(String axis, List<?> values) {
        if (Rows.isOwnColumn(axis) || plan.axes().keySet().stream().anyMatch(other -> Axis.isSameName(other, axis))) {
            throw new IllegalArgumentException(
                    "axis '%s' is there already (a table does not tell capitals from small letters); choose another name."
                            .formatted(axis));
        }
        Map<String, Axis> more = new LinkedHashMap<>(plan.axes());
        more.put(axis, Axis.of(axis, values));
        return with("axes", more);
    }

    /**
     * How many seeds at each point; 1 unless set.
     *
     * @param seeds at least 1
     * @return a copy with the setting
     */
    public Sweep seeds(int seeds) {
        return with("seeds", Check.positive("seeds", seeds));
    }

    /**
     * How many runs at the same time, on threads; one a core unless set. The table does not depend on it.
     *
     * @param threads at least 1
     * @return a copy with the setting
     */
    public Sweep threads(int threads) {
        return on(Engine.threads(threads));
    }

    /**
     * What runs are attempted on; threads, one a core, unless set. The table and the kept files do not depend on it, so
     * that a sweep which was begun on one engine goes on on another.
     *
     * @param engine such as {@link Engine#threads}, or the executors of a cluster
     * @return a copy with the setting
     */
    public Sweep on(Engine engine) {
        return with("engine", Objects.requireNonNull(engine, "engine"));
    }

    /**
     * Who hears about finished runs; nobody unless set.
     *
     * @param listener called from the thread that runs the sweep; the detail says how much time is left, how many runs
     *     diverged and which files were set aside
     * @return a copy with the setting
     */
    public Sweep listen(ProgressListener listener) {
        return with("listener", Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Keeps every finished run in a folder, and takes from there the runs that are kept already; unless set, nothing is
     * kept but what {@link Results#table} asks for. A sweep that was stopped, or killed, goes on where it was when it
     * is run again, and ends with the table that it would have had.
     *
     * <p>A run is known by its axis values, its seed, the settings given by {@link #setting}, the toolkit's version (for
     * a development build, its code), the version of Java, the type of machine, and the profile. What the experiment's
     * function does and which variables it uses cannot be seen: use one folder for one experiment, name those variables
     * by {@link #setting}, and take a new folder or setting when the function changes.
     *
     * <p>Files of runs that another version wrote, and damaged ones, are moved to {@code set-aside} inside the folder,
     * and the listener is told. Nothing there is ever read again; delete it when you like.
     *
     * @param folder made if needed
     * @return a copy with the folder
     */
    public Sweep in(Path folder) {
        return with("folder", Optional.of(folder));
    }

    /**
     * Something that the experiment uses beside its axes, such as a trainer or a number of trials. It tells kept runs
     * apart and has no other effect. Setting a name again replaces its value.
     *
     * @param name any name
     * @param value a text, a number, an enum constant, an array, a table, a collection of such, or whatever has a toString
     *     that lists all that matters
     * @return a copy with the setting
     * @throws IllegalArgumentException if the value has no toString of its own
     */
    public Sweep setting(String name, Object value) {
        NavigableMap<String, JsonElement> more = new TreeMap<>(plan.settings());
        more.put(name, Description.of("setting '" + name + "'", value));
        return with("settings", more);
    }

    /** For tests: as if the toolkit had this version. */
    Sweep version(String version) {
        return with("version", version);
    }

    /**
     * Runs the experiment everywhere.
     *
     * @param experiment what to do at a point; returns a table of one or more rows, with the same columns at every point.
     *     It must take all randomness from the point's seed
     * @return the rows of all runs, axes and seed first, outcome and advice last
     * @throws UnfinishedSweepException if a run fails otherwise than by divergence, or runs return different columns; its
     *     message names the point, its cause is the failure if that was in this virtual machine, and it holds the rows of
     *     all runs that were finished. Runs under way are finished, and kept if there is a folder; no others are begun
     * @throws IllegalArgumentException if there are more runs than this JVM has room for
     * @throws StoppedException if the calling thread is interrupted; finished runs are kept if there is a folder
     */
    public Table run(Experiment experiment) {
        return table(experiment);
    }

    /**
     * Runs a function that cannot travel, such as a variable of type {@code Function}, on threads; as
     * {@link #run(Experiment)} in all else.
     *
     * @param experiment what to do at a point
     * @return the rows of all runs
     * @throws IllegalArgumentException if the sweep runs on another engine than threads
     */
    public Table run(Function<SweepPoint, Table> experiment) {
        if (!(plan.engine() instanceof Threads) && !(experiment instanceof Experiment)) {
            throw new IllegalArgumentException(
                    "a plain Function cannot travel to %s; declare the variable as an Experiment, or write the lambda into run(...)."
                            .formatted(plan.engine()));
        }
        return table(experiment);
    }

    private Table table(Function<SweepPoint, Table> experiment) {
        List<SweepPoint> points = points();
        Optional<RunFolder> store = plan.folder()
                .or(Unfinished::nextSweep)
                .map(path -> RunFolder.open(
                        path, plan.version().isEmpty() ? CodeVersion.current() : plan.version(), plan.settings()));
        Map<SweepPoint, Run> runs = new HashMap<>();
        List<SweepPoint> missing = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (SweepPoint point : points) {
            Optional<String> key = store.map(folder -> folder.key(point));
            Optional<Run> kept = store.flatMap(folder -> folder.find(key.orElseThrow()));
            if (kept.isPresent()) {
                runs.put(point, kept.get());
            } else {
                missing.add(point);
                key.ifPresent(keys::add);
            }
        }
        int workers = missing.isEmpty() ? 1 : Math.max(1, Math.min(plan.engine().workers(), missing.size()));
        List<String> setAside = store.map(RunFolder::setAside).orElse(List.of());
        Tally tally = new Tally(plan.listener(), points.size(), workers, List.copyOf(runs.values()), setAside);
        Attempts attempts = new Attempts(missing, keys, experiment);
        Answers answers = new Answers(attempts, store, runs, tally);
        try {
            if (!missing.isEmpty()) {
                plan.engine().run(attempts, answers);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StoppedException(tally.stopped(store.isPresent()));
        } catch (IllegalStateException broken) {
            throw new UnfinishedSweepException(broken.getMessage(), broken, rows(points, runs));
        }
        if (answers.isStopped()) {
            throw new StoppedException(tally.stopped(store.isPresent()));
        }
        answers.failure().ifPresent(failure -> {
            throw new UnfinishedSweepException(failure.message(), failure.cause(), rows(points, runs));
        });
        Rows.differentColumns(points, runs).ifPresent(fault -> {
            throw new UnfinishedSweepException(fault, null, rows(points, runs));
        });
        return rows(points, runs);
    }

    private static Table rows(List<SweepPoint> points, Map<SweepPoint, Run> runs) {
        return Rows.table(points.stream().filter(runs::containsKey).toList(), runs);
    }

    private List<SweepPoint> points() {
        double runs = plan.seeds();
        for (Axis axis : plan.axes().values()) {
            runs *= axis.values().size();
        }
        String what = "The points of a sweep of %.0f runs".formatted(runs);
        Memory.requireArray(what, runs, "Use fewer seeds or values");
        Memory.require(what, BYTES_A_POINT * runs, "Use fewer seeds or values");
        List<SweepPoint> grid = List.of(new SweepPoint(Map.of(), Map.of(), 0));
        for (Map.Entry<String, Axis> axis : plan.axes().entrySet()) {
            List<SweepPoint> finer = new ArrayList<>();
            for (SweepPoint point : grid) {
                for (int i = 0; i < axis.getValue().values().size(); i++) {
                    finer.add(new SweepPoint(
                            with(
                                    point.values(),
                                    axis.getKey(),
                                    axis.getValue().values().get(i)),
                            with(
                                    point.cells(),
                                    axis.getKey(),
                                    axis.getValue().cells().get(i)),
                            0));
                }
            }
            grid = finer;
        }
        List<SweepPoint> points = new ArrayList<>();
        for (SweepPoint point : grid) {
            for (int replicate = 0; replicate < plan.seeds(); replicate++) {
                points.add(new SweepPoint(point.values(), point.cells(), replicate));
            }
        }
        return points;
    }

    @Override
    public String toString() {
        String over = plan.axes().entrySet().stream()
                .map(axis -> axis.getKey() + " (" + axis.getValue().values().size() + ")")
                .collect(Collectors.joining(" x "));
        return "sweep over %s: %d runs".formatted(over, points().size());
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
