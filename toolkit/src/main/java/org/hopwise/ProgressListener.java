package org.hopwise;

/**
 * Hears how far a long run is. The library never prints; whoever wants to see progress passes a listener.
 *
 * <p>Called often and from the thread that works, so it must return fast; a listener shared by parallel runs must be
 * safe to call from several threads.
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called when some more is done.
     *
     * @param progress how far the run is
     */
    void progressed(Progress progress);

    /**
     * How far a run is.
     *
     * @param what what is running, such as {@code "training"}
     * @param done how many parts are done
     * @param total how many parts there are
     * @param detail a short remark such as the present loss; may be empty
     */
    record Progress(String what, long done, long total, String detail) {}
}
