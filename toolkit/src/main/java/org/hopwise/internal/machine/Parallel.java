package org.hopwise.internal.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Numbered pieces of work on several threads. The first failure lets no more work begin. */
public final class Parallel {

    private Parallel() {}

    /** Does the work for 0 to count - 1, in any order, and returns when all is done; on the caller's thread if one is enough. */
    public static void run(int threads, int count, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                try {
                    work.accept(i);
                } catch (RuntimeException | Error failed) {
                    failure.compareAndSet(null, failed);
                }
            }
        };
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, count); i++) {
            Thread helper = new Thread(worker, "hopwise-helper");
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        worker.run();
        try {
            for (Thread helper : helpers) {
                helper.join();
            }
        } catch (InterruptedException stop) {
            failure.compareAndSet(null, new IllegalStateException("interrupted; run it again.", stop));
            Thread.currentThread().interrupt();
        }
        if (failure.get() instanceof RuntimeException failed) {
            throw failed;
        }
        if (failure.get() instanceof Error failed) {
            throw failed;
        }
    }
}
