package org.hopwise.command;

import java.io.PrintWriter;
import org.hopwise.ProgressListener;

/** Progress on a terminal as one line that is drawn over; in a log as plain lines, one every ten seconds. */
final class ProgressLines implements ProgressListener {

    private static final long ON_TERMINAL = 200_000_000L;
    private static final long IN_LOG = 10_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private long last = System.nanoTime();
    private boolean open;

    ProgressLines(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public synchronized void progressed(Progress progress) {
        long now = System.nanoTime();
        boolean due = now - last >= (terminal ? ON_TERMINAL : IN_LOG);
        if (progress.done() != 0 && progress.done() != progress.total() && !due) {
            return;
        }
        last = now;
        String line = "%s: %d of %d%s"
                .formatted(
                        progress.what(),
                        progress.done(),
                        progress.total(),
                        progress.detail().isEmpty() ? "" : ", " + progress.detail());
        boolean stays = !terminal
                || progress.done() == progress.total()
                || !progress.detail().isEmpty();
        err.print((terminal ? "\r" : "") + line + (stays ? System.lineSeparator() : ""));
        err.flush();
        open = !stays;
    }

    /** Ends a line that is open. */
    synchronized void close() {
        if (open) {
            err.println();
            open = false;
        }
    }

    @Override
    public String toString() {
        return terminal ? "progress on a terminal" : "progress in lines";
    }
}
