package org.hopwise.internal.machine;

import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/**
 * Work on all cores: ranges fixed beforehand, each computed by one thread, so that who computes what changes no bit. A
 * caller that is told to stop ends the work of all threads within a slice of a range.
 */
public final class Cores {

    /** Slices of a range; between two of them a thread looks whether it should stop. */
    private static final int SLICES = 8;

    /** Shorter slices would cost more than they give. */
    private static final int SHORTEST_SLICE = 8;

    /** Work on the numbers from {@code from} to {@code to} - 1. */
    public interface Range {
        void run(int from, int to);
    }

    private Cores() {}

    /** How many ranges to make: the cores, or the threads of the fork-join pool that the caller runs in. */
    public static int count() {
        return ForkJoinTask.inForkJoinPool()
                ? ForkJoinTask.getPool().getParallelism()
                : Runtime.getRuntime().availableProcessors();
    }

    /** Work on 0 to {@code count} - 1 in {@code parts} ranges of nearly equal length. */
    public static void split(int count, int parts, Range work) {
        Thread caller = Thread.currentThread();
        if (parts <= 1) {
            Interruption.check(caller);
            work.run(0, count);
        } else {
            IntStream.range(0, parts)
                    .parallel()
                    .forEach(part -> slices(cut(count, part, parts), cut(count, part + 1, parts), caller, work));
        }
    }

    private static void slices(int from, int to, Thread caller, Range work) {
        int slices = Math.max(1, Math.min(SLICES, (to - from) / SHORTEST_SLICE));
        for (int slice = 0; slice < slices; slice++) {
            Interruption.check(caller);
            work.run(from + cut(to - from, slice, slices), from + cut(to - from, slice + 1, slices));
        }
    }

    private static int cut(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }
}
