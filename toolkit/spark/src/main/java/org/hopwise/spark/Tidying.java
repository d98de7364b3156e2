package org.hopwise.spark;

/** What is done when all is over, also after an interrupt. */
final class Tidying {

    private Tidying() {}

    /**
     * Does it as if nobody had interrupted, and leaves the interrupt to the caller: in a thread that was told to stop, calls
     * of Spark end before they have begun.
     */
    static void undisturbed(Runnable tidying) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            tidying.run();
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
