package org.hopwise.network;

import java.nio.file.Path;
import org.hopwise.ProgressListener;
import org.hopwise.internal.Check;
import org.hopwise.internal.machine.Cores;

/**
 * How draws of a null model are made. Nothing here changes a draw.
 *
 * @param threads how many; all cores unless set
 * @param listener hears of every draw; nobody unless set
 * @param folder where finished draws are kept, so that a call that was stopped goes on from there; null for nowhere
 */
public record NullSettings(int threads, ProgressListener listener, Path folder) {

    /**
     * Checks the number of threads.
     *
     * @param threads how many
     * @param listener hears of every draw
     * @param folder where finished draws are kept; null for nowhere
     */
    public NullSettings {
        Check.positive("threads", threads);
    }

    /**
     * All cores, nobody listens, nothing is kept.
     *
     * @return the defaults
     */
    public static NullSettings defaults() {
        return new NullSettings(Cores.count(), progress -> {}, null);
    }

    /**
     * So many threads.
     *
     * @param count at least 1
     * @return a copy with the setting
     */
    public NullSettings threads(int count) {
        return new NullSettings(count, listener, folder);
    }

    /**
     * Somebody who hears of every draw.
     *
     * @param told the listener, which must be safe to call from several threads
     * @return a copy with the setting
     */
    public NullSettings listen(ProgressListener told) {
        return new NullSettings(threads, told, folder);
    }

    /**
     * A folder that keeps finished draws.
     *
     * @param where made if need be
     * @return a copy with the setting
     */
    public NullSettings in(Path where) {
        return new NullSettings(threads, listener, where);
    }

    /** Threads and folder. */
    @Override
    public String toString() {
        return "%d threads, %s".formatted(threads, folder == null ? "nothing kept" : "draws kept in " + folder);
    }
}
