package org.hopwise.io;

import java.io.IOException;
import org.hopwise.network.FileContents;
import org.hopwise.network.NamedArray;

/** An open file of arrays: what is in it, known from its headers, and its numbers, read one array at a time. */
interface ArraySource {

    /** What the headers say; no number is read for it. */
    FileContents contents();

    /**
     * Reads the numbers of one array and checks its bytes.
     *
     * @param name as it stands in the contents
     * @throws IOException if the file cannot be read
     */
    NamedArray read(String name) throws IOException;

    /**
     * Checks the bytes of an array that is not wanted, where the format has checksums.
     *
     * @param name as it stands in the contents
     * @throws IOException if the file cannot be read
     */
    default void check(String name) throws IOException {
        // Only archives have checksums.
    }
}
