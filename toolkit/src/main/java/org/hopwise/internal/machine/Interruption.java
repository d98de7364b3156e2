package org.hopwise.internal.machine;

import org.hopwise.StoppedException;

/**
 * The one question that every long loop asks: was its thread told to stop? Reading the status takes about a nanosecond
 * (a field of the thread), so loops whose rounds take a microsecond can afford it every round.
 */
public final class Interruption {

    private static final String NOTHING_KEPT = "Stopped before the result was complete; nothing is kept. Run it again.";

    private Interruption() {}

    /** Ends the call if its thread was told to stop; callers that keep something, or know how far they came, say so. */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new StoppedException(NOTHING_KEPT);
        }
    }

    /** Ends work that another thread does for a caller, if the caller was told to stop. */
    static void check(Thread caller) {
        if (caller.isInterrupted()) {
            throw new StoppedException(NOTHING_KEPT);
        }
    }
}
