package org.hopwise.internal.machine;

import java.util.Locale;
import java.util.function.Supplier;

/** Memory is asked for before it is taken: what cannot fit is refused with its size instead of an error half-way. */
public final class Memory {

    /** The longest array that every JVM allows. */
    public static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;

    private static final long RESERVE = 16L << 20;

    private Memory() {}

    /**
     * Refuses what this JVM has no room for.
     *
     * @param what a plural such as "hop blocks of 5 sources and 9 units"
     * @param bytes all that will be live at once
     * @param remedy what else to do than giving the JVM more memory, such as "Use fewer sources"
     * @return the bytes
     */
    public static long require(String what, double bytes, String remedy) {
        double limit = Runtime.getRuntime().maxMemory() - RESERVE;
        if (bytes > limit - used()) {
            // What is used may be garbage; only a collection can tell.
            System.gc();
            if (bytes > limit - used()) {
                throw refusal(what, bytes, remedy);
            }
        }
        return (long) bytes;
    }

    /** An array that is part of what was required, or a refusal: there may be room enough and yet none in one piece. */
    public static <T> T allocate(String what, double bytes, String remedy, Supplier<T> array) {
        try {
            return array.get();
        } catch (OutOfMemoryError none) {
            IllegalArgumentException refusal = refusal(what, bytes, remedy);
            refusal.initCause(none);
            throw refusal;
        }
    }

    private static IllegalArgumentException refusal(String what, double bytes, String remedy) {
        double limit = Runtime.getRuntime().maxMemory() - RESERVE;
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s need %s; this JVM has %s left of its %s, perhaps in pieces. %s, or give it more with -Xmx.",
                what,
                size(bytes),
                size(Math.max(0, limit - used())),
                size(limit),
                remedy));
    }

    /** Refuses more doubles than one array can hold. */
    public static int requireArray(String what, double length, String remedy) {
        return requireArray(what, length, Double.BYTES, remedy);
    }

    /** Refuses more numbers of so many bytes than one array can hold. */
    public static int requireArray(String what, double length, int bytes, String remedy) {
        if (length > LONGEST_ARRAY) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s are %.0f numbers, %s; one array holds at most %d. %s.",
                    what,
                    length,
                    size(bytes * length),
                    LONGEST_ARRAY,
                    remedy));
        }
        return (int) length;
    }

    /** Refuses square matrices of doubles that do not fit into arrays or into this JVM. */
    public static void square(String what, int units, int matrices, String remedy) {
        double entries = (double) units * units;
        requireArray(what, entries, remedy);
        require(what, 8 * matrices * entries, remedy);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Bytes in words: 5.2 GB, with 1 GB = 2^30 bytes as in -Xmx. */
    static String size(double bytes) {
        if (bytes >= 1L << 30) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / (1L << 30));
        }
        return String.format(Locale.ROOT, "%.1f MB", bytes / (1L << 20));
    }
}
