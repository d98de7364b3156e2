package org.hopwise.spark;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Whether a cluster can give what one machine would: asked before any run and any wiring. */
final class Readiness {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long LOOK_MILLISECONDS = 10;

    private static final Pattern LACKING =
            Pattern.compile("(?:ClassNotFoundException|NoClassDefFoundError): org[./]hopwise");

    private Readiness() {}

    static void requireRunning(JavaSparkContext context) {
        if (context.sc().isStopped()) {
            throw new IllegalStateException(
                    "the Spark context is stopped; make a new one, and SparkEngine.of(context) or the wiring with it.");
        }
    }

    /** How many tasks run at the same time. */
    static int workers(JavaSparkContext context) {
        requireRunning(context);
        int each = Math.max(1, context.getConf().getInt("spark.task.cpus", 1));
        return Math.max(1, context.defaultParallelism() / each);
    }

    /**
     * Waits for executors, and a little longer while they cannot keep so many bytes; then asks as many times as there are
     * cores who is there. Executors that join later are asked with their first run.
     *
     * @throws IllegalStateException if the context is stopped, has no executor in time, or one that would give other bits
     */
    static ExecutorMemory of(JavaSparkContext context, Fingerprint driver, Duration patience, double bytes)
            throws InterruptedException {
        ExecutorMemory memory = ExecutorMemory.of(context, patience, bytes);
        BlockingQueue<Fingerprint> found = new LinkedBlockingQueue<>();
        SimpleFutureAction<Object> done =
                Jobs.submit(context, workers(context), new Probe(driver.profile()), found::add);
        while (!done.isCompleted()) {
            Thread.sleep(LOOK_MILLISECONDS);
        }
        Throwable failure = Jobs.failure(done);
        if (failure != null
                && LACKING.matcher(String.valueOf(failure.getMessage())).find()) {
            throw new IllegalStateException(
                    "executors lack hopwise %s: set spark.jars to SparkEngine.jars() before you make the context, or spark.executor.extraClassPath where folders are shared."
                            .formatted(driver.toolkit()),
                    failure);
        }
        if (failure != null) {
            throw Jobs.broken(failure);
        }
        for (Fingerprint there : found) {
            driver.difference(there).ifPresent(fault -> {
                throw new IllegalStateException(fault);
            });
        }
        return memory;
    }
}
