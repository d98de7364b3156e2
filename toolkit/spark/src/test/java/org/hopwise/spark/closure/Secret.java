package org.hopwise.spark.closure;

/** A test defines it anew, by a loader that shows nobody its bytes. */
public final class Secret implements Work {

    private static final long serialVersionUID = 1;

    @Override
    public Object call() {
        return 1;
    }
}
