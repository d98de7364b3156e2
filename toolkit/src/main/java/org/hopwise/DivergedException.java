package org.hopwise;

/**
 * Thrown when numbers of a long computation stop being finite, which is an outcome of its settings and no fault of the
 * program: a sweep notes it with its advice and goes on.
 */
public abstract class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * What stopped being finite, when, and what to do about it.
     *
     * @param advice a short sentence for the table of a sweep
     */
    protected DivergedException(String advice) {
        super(advice);
    }
}
