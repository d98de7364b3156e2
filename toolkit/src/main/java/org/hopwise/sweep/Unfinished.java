package org.hopwise.sweep;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where sweeps that compute a figure's table keep their runs until the figure is done, so that a notebook which was killed
 * goes on where it was. Whoever executes notebooks names the folder, by the system property {@code hopwise.unfinished} or
 * the environment variable {@code HOPWISE_UNFINISHED}: one for each state of a notebook, since what cells do cannot be
 * seen from here. Without it nothing is kept.
 */
final class Unfinished {

    private static final ThreadLocal<Unfinished> CURRENT = new ThreadLocal<>();

    private final Path table;
    private int sweeps;

    private Unfinished(Path table) {
        this.table = table;
    }

    /** Computes a table; its sweeps find their folders. */
    static <T> T table(String figureId, String name, Supplier<T> compute) {
        String folder = System.getProperty("hopwise.unfinished", System.getenv("HOPWISE_UNFINISHED"));
        if (folder == null || folder.isBlank()) {
            return compute.get();
        }
        CURRENT.set(new Unfinished(Path.of(folder.trim(), figureId, name)));
        try {
            return compute.get();
        } finally {
            CURRENT.remove();
        }
    }

    /** The folder of the next sweep of the table that this thread computes, if there is one; they are counted from 1. */
    static Optional<Path> nextSweep() {
        Unfinished current = CURRENT.get();
        return current == null
                ? Optional.empty()
                : Optional.of(current.table.resolve(Integer.toString(++current.sweeps)));
    }
}
