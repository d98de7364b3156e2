package org.hopwise;

/**
 * A long call was stopped: the thread that made it, or that waited for it, was interrupted, as by the Stop button of a
 * notebook. The message says in one line how far it came, what is kept and how to go on. The thread's interrupt status
 * stays set.
 */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * A call that was stopped.
     *
     * @param message how far it came, what is kept, how to go on
     */
    public StoppedException(String message) {
        super(message);
    }
}
