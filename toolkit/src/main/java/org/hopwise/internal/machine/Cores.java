package org.hopwise.internal.machine;

import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/** Work on all cores: ranges fixed beforehand, each computed by one thread, so that who computes what changes no bit. */
public final class Cores {

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
        if (parts <= 1) {
            work.run(0, count);
        } else {
            IntStream.range(0, parts)
                    .parallel()
                    .forEach(part -> work.run(cut(count, part, parts), cut(count, part + 1, parts)));
        }
    }

    private static int cut(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }
}
