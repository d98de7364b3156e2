package org.hopwise;

/** Something with a name of its own, by which tables call it: an axis of a sweep shows tasks so. */
public interface Named {

    /**
     * The name, short enough for a column of a table.
     *
     * @return the name, the same at every call
     */
    String name();
}
