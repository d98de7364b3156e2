package org.hopwise.spark.closure;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An object of a notebook as bytes that any Java virtual machine with the toolkit can turn into the object again.
 *
 * <p>The bytes hold the object, the classes behind it that no application loader can give, and the values of the notebook's
 * variables (static fields that are not final) that their code can read, all as they are when it is packed. Final static
 * fields are computed anew where it is unpacked. Two things go unseen: what a run changes inside a captured object stays
 * where it ran and is shared by the runs that share the unpacked object; what it prints goes to the log there.
 */
public final class PackedClosure {

    /** A broadcast of this size takes about a second; data larger than that belong into a file. */
    static final int MOST_BYTES = 64_000_000;

    private static final int JOBS_KEPT = 4;

    private static final Map<UUID, Object> JOBS = new LinkedHashMap<>(2 * JOBS_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Object> eldest) {
            return size() > JOBS_KEPT;
        }
    };

    private PackedClosure() {}

    /**
     * Packs an object. Every call packs a job of its own: unpacked, two of them share nothing.
     *
     * @param object what to pack; a lambda must have a serialisable type
     * @return the bytes
     * @throws IllegalArgumentException if something cannot travel (a notebook variable that is not serialisable, an
     *     enclosing object, a variable that the code changes) or all takes more than 64 MB, by its name in the notebook
     * @throws IllegalStateException if the notebook's kernel does not give the code of a cell
     */
    public static byte[] pack(Serializable object) {
        return new Packing(MOST_BYTES).pack(object);
    }

    /**
     * The object that was packed. The last four jobs are kept, so that all runs of a job on an executor share one object
     * and one set of classes.
     *
     * @param packed what {@link #pack} returned
     * @return the object; the same one again while its job is kept
     * @throws IllegalArgumentException if the bytes cannot be read, or need a class that is not here
     */
    public static Object unpack(byte[] packed) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
            UUID job = new UUID(in.readLong(), in.readLong());
            synchronized (JOBS) {
                Object known = JOBS.get(job);
                if (known == null) {
                    known = Unpacking.read(in);
                    JOBS.put(job, known);
                }
                return known;
            }
        } catch (IOException | ReflectiveOperationException | LinkageError unreadable) {
            throw new IllegalArgumentException(
                    "these %,d bytes cannot be unpacked here: %s. Give bytes of PackedClosure.pack, and the executors the driver's libraries."
                            .formatted(packed.length, unreadable),
                    unreadable);
        }
    }
}
