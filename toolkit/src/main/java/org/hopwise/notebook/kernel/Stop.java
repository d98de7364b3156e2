package org.hopwise.notebook.kernel;

import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happens when the user presses Stop: the cell's threads are interrupted, as the toolkit's long calls and the JDK's
 * expect, and get time to end in good order. The kernel stops waiting for one that goes on, and ends its thread where the
 * JVM still can.
 */
final class Stop {

    /** The toolkit's calls end within half a second. */
    private static final long PATIENCE_MILLIS = 600;

    /** One that prints has ended by then: what it prints no longer comes back. */
    private static final long LAST_WORD_MILLIS = 60;

    private static final long LOOK_MILLIS = 20;

    /** From here on a thread can only end itself. */
    private static final int FIRST_WITHOUT_FORCE = 20;

    private final Cells cells;

    Stop(Cells cells) {
        this.cells = cells;
    }

    static boolean hasForce() {
        return Runtime.version().feature() < FIRST_WITHOUT_FORCE;
    }

    /** Stops the running cell; giveUp makes the kernel stop waiting for it. */
    void stop(Runnable giveUp) {
        Set<Thread> interrupted = new HashSet<>();
        try {
            if (cells.isRunning()) {
                cells.stopped(Cells.StopOutcome.ASKED);
            }
            // A cell of many statements may begin the next one meanwhile.
            await(
                    PATIENCE_MILLIS,
                    () -> cells.interrupt(
                            Cells.threads().stream().filter(interrupted::add).toList()));
            if (cells.isRunning()) {
                cells.abandon(left(interrupted));
                await(LAST_WORD_MILLIS, () -> {});
            }
            if (cells.isRunning()) {
                cells.stopped(Cells.StopOutcome.GIVEN_UP);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            giveUp.run();
        }
        List<Thread> left = left(interrupted);
        cells.abandon(left);
        left.forEach(Stop::force);
    }

    private static List<Thread> left(Set<Thread> interrupted) {
        return Cells.threads().stream().filter(interrupted::contains).toList();
    }

    private void await(long millis, Runnable meanwhile) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (cells.isRunning() && System.nanoTime() < end) {
            meanwhile.run();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** By name, since a JDK that has lost it, or will, warns of it. */
    private static void force(Thread thread) {
        if (!hasForce()) {
            return;
        }
        try {
            Thread.class.getMethod("stop").invoke(thread);
        } catch (InvocationTargetException | NoSuchMethodException | IllegalAccessException cannot) {
            // The user has been told that it goes on where this cannot be done.
        }
    }
}
