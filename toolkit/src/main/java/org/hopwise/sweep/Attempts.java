package org.hopwise.sweep;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hopwise.DivergedException;
import org.hopwise.internal.Texts;
import tech.tablesaw.api.Table;

/** The runs of a sweep as a job: an experiment, the points it is to run at, and what determines each run. */
final class Attempts implements Engine.Job {

    private final List<SweepPoint> points;
    /** One a point if runs are kept; else none. Made by the sweep, so that an engine elsewhere cannot make others. */
    private final List<String> keys;

    private final Function<SweepPoint, Table> experiment;
    /** What was thrown here; elsewhere nobody asks. */
    private final transient Map<Integer, Throwable> causes = new ConcurrentHashMap<>();

    Attempts(List<SweepPoint> points, List<String> keys, Function<SweepPoint, Table> experiment) {
        this.points = List.copyOf(points);
        this.keys = List.copyOf(keys);
        this.experiment = experiment;
    }

    private Object readResolve() {
        return new Attempts(points, keys, experiment);
    }

    @Override
    public int runs() {
        return points.size();
    }

    @Override
    public Engine.Answer attempt(int run) {
        long start = System.nanoTime();
        try {
            String kept = run(points.get(run)).toText(key(run));
            return new Engine.Answer(run, kept, null, System.nanoTime() - start);
        } catch (Throwable failure) {
            causes.put(run, failure);
            String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            return new Engine.Answer(run, null, reason, System.nanoTime() - start);
        }
    }

    private Run run(SweepPoint point) {
        try {
            return Run.finished(Rows.checked(point, experiment.apply(point)));
        } catch (DivergedException diverged) {
            return Run.diverged(diverged);
        }
    }

    SweepPoint point(int run) {
        return points.get(run);
    }

    /** All that determines a run; empty if it is not kept. */
    String key(int run) {
        return keys.isEmpty() ? "" : keys.get(run);
    }

    /** What a run threw, if it was attempted here. */
    Throwable cause(int run) {
        return causes.get(run);
    }

    @Override
    public String toString() {
        return "job of " + Texts.count(runs(), "run");
    }
}
