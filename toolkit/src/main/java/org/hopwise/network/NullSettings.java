package org.hopwise.network;

import java.nio.file.Path;
import java.util.Objects;
import org.hopwise.ProgressListener;
import org.hopwise.internal.machine.Cores;
import org.hopwise.sweep.Engine;

/**
 * How draws of a null model are made. Nothing here changes a draw.
 *
 * @param engine what chains of draws run on; threads, one a core, unless set
 * @param listener hears of every draw, and of every chain that is drawn elsewhere; nobody unless set
 * @param folder where finished draws are kept, so that a call that was stopped goes on from there; null for nowhere
 */
public record NullSettings(Engine engine, ProgressListener listener, Path folder) {

    /**
     * Checks that there is an engine.
     *
     * @param engine what chains run on
     * @param listener hears of every draw
     * @param folder where finished draws are kept; null for nowhere
     */
    public NullSettings {
        Objects.requireNonNull(engine, "engine");
    }

    /**
     * All cores, nobody listens, nothing is kept.
     *
     * @return the defaults
     */
    public static NullSettings defaults() {
        return new NullSettings(Engine.threads(Cores.count()), progress -> {}, null);
    }

    /**
     * So many threads.
     *
     * @param count at least 1
     * @return a copy with the setting
     */
    public NullSettings threads(int count) {
        return on(Engine.threads(count));
    }

    /**
     * What the chains of draws run on, such as the executors of a cluster. Their 16 chains are its runs; the draws are the
     * same to the last bit everywhere. A folder keeps chains that run elsewhere once they are whole.
     *
     * @param other the engine
     * @return a copy with the setting
     */
    public NullSettings on(Engine other) {
        return new NullSettings(other, listener, folder);
    }

    /**
     * Somebody who hears of every draw.
     *
     * @param told the listener, which must be safe to call from several threads
     * @return a copy with the setting
     */
    public NullSettings listen(ProgressListener told) {
        return new NullSettings(engine, told, folder);
    }

    /**
     * A folder that keeps finished draws.
     *
     * @param where made if need be
     * @return a copy with the setting
     */
    public NullSettings in(Path where) {
        return new NullSettings(engine, listener, where);
    }

    /** Engine and folder. */
    @Override
    public String toString() {
        return "%s, %s".formatted(engine, folder == null ? "nothing kept" : "draws kept in " + folder);
    }
}
