package org.hopwise.spark;

import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.hopwise.internal.machine.TableStart;
import org.hopwise.spark.closure.PackedClosure;
import org.hopwise.sweep.Engine.Answer;
import org.hopwise.sweep.Engine.Job;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Attempts one run on an executor. */
final class Attempt extends AbstractFunction1<Iterator<Integer>, Answer> implements Serializable {

    static {
        // Of an executor's class path, hundreds of jars, Tablesaw would look through each.
        TableStart.load();
    }

    /** How long a run that was told to stop may hold its core; the toolkit's own calls take a fraction of it. */
    private static final long PATIENCE_MILLISECONDS = 400;

    private final Broadcast<byte[]> shipped;
    private final Fingerprint driver;

    Attempt(Broadcast<byte[]> shipped, Fingerprint driver) {
        this.shipped = shipped;
        this.driver = driver;
    }

    @Override
    public Answer apply(Iterator<Integer> number) {
        int run = number.next();
        Optional<String> fault = driver.difference(Fingerprint.here(driver.profile()));
        if (fault.isPresent()) {
            return new Answer(run, null, fault.get(), 0);
        }
        Job job;
        try {
            job = (Job) PackedClosure.unpack(shipped.value());
        } catch (RuntimeException | LinkageError unread) {
            return new Answer(run, null, unread.getMessage() == null ? unread.toString() : unread.getMessage(), 0);
        }
        return attempt(job, run, TaskContext.get().cpus());
    }

    /** In a pool of as many threads as Spark has set aside for a task, which the toolkit's loops keep to. */
    private static Answer attempt(Job job, int run, int threads) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ForkJoinPool pool = new ForkJoinPool(threads, owner -> thread(owner, loader), null, false);
        try {
            return pool.submit(() -> job.attempt(run)).get();
        } catch (InterruptedException stop) {
            pool.shutdownNow();
            awaitEnd(pool);
            throw new TaskKilledException("told to stop");
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } finally {
            pool.shutdown();
        }
    }

    /** Its threads see the classes that the task sees. */
    private static ForkJoinWorkerThread thread(ForkJoinPool owner, ClassLoader loader) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(owner);
        thread.setContextClassLoader(loader);
        return thread;
    }

    private static void awaitEnd(ForkJoinPool pool) {
        try {
            pool.awaitTermination(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
