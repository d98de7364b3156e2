package org.hopwise.task;

import org.hopwise.Described;
import org.hopwise.Seed;

/** One of the six tasks over time. Unlike one that a reader writes, its name says what it draws. */
final class StandardTask implements Task, Described {

    private final WrittenTask written;

    StandardTask(WrittenTask written) {
        this.written = written;
    }

    @Override
    public String name() {
        return written.name();
    }

    @Override
    public TaskShape shape() {
        return written.shape();
    }

    @Override
    public Loss loss() {
        return written.loss();
    }

    @Override
    public TaskBatch batch(int trials, Seed seed) {
        return written.batch(trials, seed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StandardTask task && name().equals(task.name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    /** Name and shape. */
    @Override
    public String toString() {
        return written.toString();
    }
}
