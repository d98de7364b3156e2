package org.hopwise.sweep;

import tech.tablesaw.api.Table;

/** Thrown when a sweep ends without its table; what ran is not lost. */
public final class UnfinishedSweepException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final transient Table finished;

    UnfinishedSweepException(String message, Throwable cause, Table finished) {
        super(message, cause);
        this.finished = finished;
    }

    /**
     * The rows of all runs that were finished, in grid order. A run that returned other columns than the rest has missing
     * cells in theirs.
     *
     * @return a table as {@link Sweep#run} gives, with fewer rows; without columns if no run was finished
     */
    public Table finished() {
        return finished.copy();
    }
}
