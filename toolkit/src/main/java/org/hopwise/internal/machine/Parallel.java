package org.hopwise.internal.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Numbered pieces of work on several threads. The first failure lets no more work begin; when the caller is told to stop,
 * so are the helpers, and none of them is left when the call ends.
 */
public final class Parallel {

    private Parallel() {}

    /** Does the work for 0 to count - 1, in any order, and returns when all is done; on the caller's thread if one is enough. */
    public static void run(int threads, int count, IntConsumer work) {
        Thread caller = Thread.currentThread();
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                try {
                    Interruption.check(caller);
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
        join(caller, helpers);
        if (failure.get() instanceof RuntimeException failed) {
            throw failed;
        }
        if (failure.get() instanceof Error failed) {
            throw failed;
        }
        Interruption.check();
    }

    /** Waits for the helpers, however often the caller is told to stop, and passes that on to them. */
    private static void join(Thread caller, List<Thread> helpers) {
        boolean stopped = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                if (stopped || caller.isInterrupted()) {
                    stopped = true;
                    helpers.forEach(Thread::interrupt);
                }
                try {
                    if (stopped) {
                        // The status would end every wait at once.
                        Thread.interrupted();
                    }
                    helper.join();
                } catch (InterruptedException stop) {
                    stopped = true;
                }
            }
        }
        if (stopped) {
            caller.interrupt();
        }
    }
}
