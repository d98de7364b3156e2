package org.hopwise.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Damages bytes as discs, networks and attackers do: the same damage for the same seed. */
final class Mutations {

    /** What a reader may take for a file of a few kilobytes. */
    static final long MEMORY = 64L << 20;

    private static final byte[][] TELLING = {
        {0}, {-1}, {'-'}, {'"'}, {'\n'}, {'9', '9', '9', '9', '9', '9', '9', '9', '9', '9'}, {-1, -1, -1, 127},
        {0, 0, 0, -128}, {'N', 'a', 'N'}, {'[', '[', '['}, {'<', '<'}, {'&', 'x', ';'}, {',', ';'}, {'.', '.', '/'}
    };

    private final SplittableRandom random;

    Mutations(long seed) {
        random = new SplittableRandom(seed);
    }

    byte[] mutate(byte[] original) {
        byte[] bytes = original;
        for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 0; times--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
        byte[] telling = TELLING[random.nextInt(TELLING.length)];
        return switch (random.nextInt(8)) {
            case 0, 1 -> with(bytes, at, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            case 2 -> with(bytes, at, new byte[] {(byte) random.nextInt(256)});
            case 3 -> with(bytes, at, telling);
            case 4 -> splice(bytes, at, 0, telling);
            case 5 -> splice(bytes, at, length, new byte[0]);
            case 6 -> splice(bytes, random.nextInt(bytes.length), 0, Arrays.copyOfRange(bytes, at, at + length));
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private static byte[] with(byte[] bytes, int at, byte[] put) {
        byte[] result = bytes.clone();
        System.arraycopy(put, 0, result, at, Math.min(put.length, result.length - at));
        return result;
    }

    private static byte[] splice(byte[] bytes, int at, int remove, byte[] insert) {
        byte[] result = new byte[bytes.length - remove + insert.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(insert, 0, result, at, insert.length);
        System.arraycopy(bytes, at + remove, result, at + insert.length, bytes.length - at - remove);
        return result;
    }

    /** An archive with one entry damaged before it was packed, so that all checksums are right. */
    byte[] mutateEntry(byte[] archive) {
        Map<String, byte[]> entries = entries(archive);
        String[] names = entries.keySet().toArray(String[]::new);
        String name = names[random.nextInt(names.length)];
        entries.put(name, mutate(entries.get(name)));
        return archive(entries);
    }

    byte[] mutateEntry(byte[] archive, String name) {
        Map<String, byte[]> entries = entries(archive);
        entries.put(name, mutate(entries.get(name)));
        return archive(entries);
    }

    static Map<String, byte[]> entries(byte[] archive) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        Zip zip = new Zip(Bytes.of(archive), Limits.defaults());
        try {
            for (Zip.Entry entry : zip.entries().values()) {
                entries.put(entry.name(), zip.bytes(entry, archive.length * 10));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return entries;
    }

    static byte[] archive(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Bytes that this thread has taken from the heap so far. */
    static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
