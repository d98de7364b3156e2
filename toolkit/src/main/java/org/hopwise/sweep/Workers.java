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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.hopwise.StoppedException;

/**
 * Runs the same work at many points on several threads. The first failure lets no more work begin. When the caller is
 * told to stop, so are the workers, and the call ends when they have.
 *
 * @param threads how many
 */
record Workers(int threads) {

    /** How long to wait for workers that were told to stop; the toolkit's own calls take a fraction of it. */
    private static final long PATIENCE_MILLISECONDS = 400;

    /**
     * The result at each point, or the failure at the first of the points that failed, with the point named.
     *
     * @throws StoppedException without words if the caller was told to stop
     */
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
            throw (RuntimeException) failed.getCause();
        } catch (InterruptedException stop) {
            stopped.set(true);
            pool.shutdownNow();
            awaitEnd(pool);
            Thread.currentThread().interrupt();
            throw new StoppedException("");
        } finally {
            stopped.set(true);
            pool.shutdownNow();
        }
    }

    private static void awaitEnd(ExecutorService pool) {
        try {
            // Code that is not the toolkit's may not listen; its daemon threads are then left to end by themselves.
            pool.awaitTermination(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private static Run attempt(SweepPoint point, Function<SweepPoint, Run> work, AtomicBoolean stopped) {
        try {
            return work.apply(point);
        } catch (StoppedException stop) {
            stopped.set(true);
            throw stop;
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
