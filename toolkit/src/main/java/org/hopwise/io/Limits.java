package org.hopwise.io;

/**
 * How much of a file is believed. What states or needs more is refused before memory is taken.
 *
 * @param fileBytes the whole file, where numbers are read; 4 GiB unless set
 * @param entries arrays or entries of an archive; 10,000
 * @param visited values of an index, such as a checkpoint's; 1,000,000
 * @param arrayBytes one array in double precision; 2 GiB
 * @param totalBytes all arrays that are read together, in double precision; half of this JVM's heap
 * @param expansion how many times its stored size an entry above 64 MiB may have; 250
 * @param nesting how deep lists, elements or objects may lie in each other; 64
 */
public record Limits(
        long fileBytes, int entries, int visited, long arrayBytes, long totalBytes, int expansion, int nesting) {

    static final int NPY_HEADER = 64 << 10;
    static final int PICKLE = 64 << 20;
    static final int SAFETENSORS_HEADER = 100_000_000;
    static final int TEXT = 1 << 20;
    static final long UNSUSPICIOUS_ENTRY = 64L << 20;

    /**
     * The limits above.
     *
     * @return the defaults
     */
    public static Limits defaults() {
        return new Limits(
                4L << 30, 10_000, 1_000_000, 2L << 30, Runtime.getRuntime().maxMemory() / 2, 250, 64);
    }

    /**
     * Other limits for large files.
     *
     * @param bytes of the whole file
     * @return a copy
     */
    public Limits file(long bytes) {
        return new Limits(bytes, entries, visited, arrayBytes, totalBytes, expansion, nesting);
    }

    /**
     * Another limit for one array.
     *
     * @param bytes of the array in double precision
     * @return a copy
     */
    public Limits array(long bytes) {
        return new Limits(fileBytes, entries, visited, bytes, totalBytes, expansion, nesting);
    }

    /**
     * Another limit for all arrays together.
     *
     * @param bytes of the arrays in double precision
     * @return a copy
     */
    public Limits total(long bytes) {
        return new Limits(fileBytes, entries, visited, arrayBytes, bytes, expansion, nesting);
    }
}
