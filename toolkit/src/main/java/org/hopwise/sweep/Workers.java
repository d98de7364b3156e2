package org.hopwise.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Runs the same work at many points on several threads. The first failure lets no more work begin.
 *
 * @param threads how many
 */
record Workers(int threads) {

    /** The result at each point, or the failure at the first of the points that failed, with the point named. */
    Map<SweepPoint, Run> run(List<SweepPoint> points, Function<SweepPoint, Run> work) {
        AtomicBoolean stopped = new AtomicBoolean();
        List<Callable<Optional<Run>>> calls = new ArrayList<>();
        for (SweepPoint point : points) {
            calls.add(() -> stopped.get() ? Optional.empty() : Optional.of(attempt(point, work, stopped)));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, Workers::daemon);
        try {
            Map<SweepPoint, Run> runs = new HashMap<>();
            List<Future<Optional<Run>>> results = pool.invokeAll(calls);
            for (int i = 0; i < results.size(); i++) {
                SweepPoint point = points.get(i);
                results.get(i).get().ifPresent(run -> runs.put(point, run));
            }
            return runs;
        } catch (ExecutionException failed) {
            throw (IllegalStateException) failed.getCause();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the sweep was interrupted; run it again.", stop);
        } finally {
            stopped.set(true);
            pool.shutdownNow();
        }
    }

    private static Run attempt(SweepPoint point, Function<SweepPoint, Run> work, AtomicBoolean stopped) {
        try {
            return work.apply(point);
        } catch (RuntimeException | Error failure) {
            stopped.set(true);
            String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            throw new IllegalStateException("the run at %s failed: %s".formatted(point, reason), failure);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hopwise-sweep");
        thread.setDaemon(true);
        return thread;
    }
}
