package org.hopwise.spark;

import java.time.Duration;
import java.util.Arrays;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What the executors of a context have room for.
 *
 * @param executors how many there are
 * @param each bytes of data that the smallest of them keeps
 * @param all bytes that all of them keep
 */
record ExecutorMemory(int executors, long each, long all) {

    /** Executors of one application come within seconds of each other. */
    private static final long SECONDS_AFTER_THE_FIRST = 3;

    private static final long LOOK_MILLISECONDS = 100;

    /** Waits until there is an executor, and a little longer while all of them cannot keep so many bytes. */
    static ExecutorMemory of(JavaSparkContext context, Duration patience, double bytes) throws InterruptedException {
        Readiness.requireRunning(context);
        long end = System.nanoTime() + patience.toNanos();
        long first = 0;
        // Spark lists the driver too, which does the work itself in local mode.
        String driver = context.isLocal()
                ? ""
                : context.sc().env().blockManager().blockManagerId().hostPort();
        while (true) {
            long[] rooms = Arrays.stream(context.statusTracker().getExecutorInfos())
                    .filter(executor -> !(executor.host() + ":" + executor.port()).equals(driver))
                    .mapToLong(SparkExecutorInfo::totalOnHeapStorageMemory)
                    // One that has just come has not yet told.
                    .filter(room -> room > 0)
                    .toArray();
            first = first == 0 && rooms.length > 0 ? System.nanoTime() : first;
            boolean isEnough = Arrays.stream(rooms).sum() >= bytes
                    || System.nanoTime() - first > SECONDS_AFTER_THE_FIRST * 1_000_000_000;
            if (rooms.length > 0 && isEnough) {
                return new ExecutorMemory(
                        rooms.length,
                        Arrays.stream(rooms).min().getAsLong(),
                        Arrays.stream(rooms).sum());
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "no executor of %s was there after %d s; start workers there, or ask for less memory and fewer cores an executor."
                                .formatted(context.master(), patience.toSeconds()));
            }
            Thread.sleep(LOOK_MILLISECONDS);
            Readiness.requireRunning(context);
        }
    }

    /** An executor's heap: it keeps 0.6 of what is above 300 MB. */
    double heap() {
        return each / 0.6 + 300e6;
    }
}
