package org.hopwise;

/**
 * A value whose text lists all that it is: two of equal texts do the same. A sweep may know kept runs by such a text,
 * where a network prints its sizes only.
 */
public interface Described {

    /**
     * Every setting, in words and numbers that are the same whenever Java is started.
     *
     * @return the text
     */
    @Override
    String toString();
}
