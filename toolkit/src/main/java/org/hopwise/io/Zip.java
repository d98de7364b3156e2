package org.hopwise.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;

/**
 * The central directory of a zip archive, checked before anything is unpacked: names are unique and stay in their folder,
 * local entries have the directory's names and lie apart, nothing is encrypted, no size is beyond belief. The JDK's own
 * reader lets entries of one name, shared entries and wrong checksums pass. Format: PKWARE APPNOTE 6.3, sections 4.3 to
 * 4.5, with the 64-bit fields that NumPy writes and the data descriptors that PyTorch writes.
 */
final class Zip {

    /** One entry, as the directory states it; data begins at this byte of the file. */
    record Entry(String name, int method, long checksum, long stored, long size, long header, long data) {

        String place() {
            return "entry " + FileRefusedException.quote(name);
        }
    }

    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int DIRECTORY = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int LONGEST_END = 22 + 0xffff;
    private static final int STORED = 0;
    static final int DEFLATED = 8;
    /** Deflate makes at most 258 bytes of two bits. */
    private static final int MOST_DEFLATED = 1032;

    private final Bytes file;
    private final Limits limits;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Zip(Bytes file, Limits limits) {
        this.file = file;
        this.limits = limits;
        long[] directory = directory();
        List<Entry> listed = list(directory[0], directory[1], directory[2]);
        requireApart(listed, directory[0]);
        for (Entry entry : listed) {
            requireName(entry.name);
            if (entries.put(entry.name, entry) != null) {
                throw Refusals.corrupt(entry.place(), "stands twice in the archive");
            }
            requireSize(entry);
        }
    }

    /** The entries by name, in the directory's order. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** An entry's unpacked bytes; ends with an error if they are not those that the directory states. */
    InputStream open(Entry entry) {
        return new ZipEntryStream(file.stream(entry.data, entry.stored), entry);
    }

    /** All bytes of a small entry. */
    byte[] bytes(Entry entry, int most) throws IOException {
        if (entry.size > most) {
            throw Refusals.tooLarge(entry.place(), "has %d bytes; at most %d are believed".formatted(entry.size, most));
        }
        try (InputStream in = open(entry)) {
            byte[] bytes = in.readNBytes((int) entry.size);
            in.read();
            return bytes;
        }
    }

    /** Reads to the end of an entry and so checks it. */
    void check(Entry entry) throws IOException {
        byte[] piece = new byte[1 << 14];
        try (InputStream in = open(entry)) {
            while (in.read(piece, 0, piece.length) >= 0) {
                // Only the checksum is wanted.
            }
        }
    }

    /** Where the directory begins, its length in bytes and its number of entries. */
    private long[] directory() {
        byte[] tail = file.some(Math.max(0, file.length() - LONGEST_END), LONGEST_END);
        ByteBuffer bytes = little(tail);
        int end = tail.length - 22;
        while (end >= 0 && !(bytes.getInt(end) == END && end + 22 + u16(bytes, end + 20) == tail.length)) {
            end--;
        }
        if (end < 0) {
            throw FileRefusedException.of(
                    Kind.TRUNCATED, "", "is not a whole zip archive: its directory is missing; get the whole file.");
        }
        long position = file.length() - tail.length + end;
        long count = u16(bytes, end + 10);
        long length = u32(bytes, end + 12);
        long start = u32(bytes, end + 16);
        if (position >= 20 && (count == 0xffff || length == 0xffffffffL || start == 0xffffffffL)) {
            ByteBuffer locator = little(file.some(position - 20, 20));
            if (locator.getInt(0) == LOCATOR_64) {
                long record = locator.getLong(8);
                if (record < 0 || record > position - 76) {
                    throw Refusals.corrupt("", "points beyond itself for its directory");
                }
                ByteBuffer end64 = little(file.some(record, 56));
                if (end64.getInt(0) != END_64) {
                    throw Refusals.corrupt("", "has no directory where it says it has");
                }
                count = end64.getLong(32);
                length = end64.getLong(40);
                start = end64.getLong(48);
                position = record;
            }
        }
        if (start < 0 || length < 0 || start > position || length > position - start) {
            throw Refusals.corrupt("", "places its directory outside of itself");
        }
        if (count < 0 || count > limits.entries()) {
            throw Refusals.tooLarge(
                    "", "states %d entries; at most %d are believed".formatted(count, limits.entries()));
        }
        return new long[] {start, length, count};
    }

    private List<Entry> list(long start, long length, long count) {
        List<Entry> result = new ArrayList<>();
        long at = start;
        for (int i = 0; i < count; i++) {
            if (start + length - at < 46) {
                throw Refusals.truncated("the archive's directory", 46 * (count - i), start + length - at);
            }
            ByteBuffer record = little(file.some(at, 46));
            if (record.getInt(0) != DIRECTORY) {
                throw Refusals.corrupt("entry %d of the archive's directory".formatted(i + 1), "is damaged");
            }
            int nameLength = u16(record, 28);
            int extraLength = u16(record, 30);
            int more = nameLength + extraLength + u16(record, 32);
            if (more > start + length - at - 46) {
                throw Refusals.truncated("the archive's directory", 46L + more, start + length - at);
            }
            byte[] texts = file.some(at + 46, nameLength + extraLength);
            String name = name(texts, nameLength, u16(record, 8));
            result.add(entry(name, record, little(texts), nameLength));
            at += 46L + more;
        }
        if (at != start + length) {
            throw Refusals.corrupt("the archive's directory", "has bytes that belong to no entry");
        }
        return result;
    }

    private Entry entry(String name, ByteBuffer record, ByteBuffer texts, int extra) {
        String place = "entry " + FileRefusedException.quote(name);
        int flags = u16(record, 8);
        int method = u16(record, 10);
        if ((flags & 0x2041) != 0) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED, place, "is encrypted; write the archive without a password.");
        }
        if (method != STORED && method != DEFLATED) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    place,
                    "is packed by method %d; write the archive stored or deflated.".formatted(method));
        }
        // A field of all ones stands in the 64-bit extra instead, in this order.
        long[] fields = {u32(record, 24), u32(record, 20), u32(record, 42)};
        for (int at = extra; at + 4 <= texts.limit(); at += 4 + u16(texts, at + 2)) {
            if (u16(texts, at) == 1) {
                int value = at + 4;
                int end = Math.min(texts.limit(), value + u16(texts, at + 2));
                for (int i = 0; i < fields.length; i++) {
                    if (fields[i] == 0xffffffffL && value + 8 <= end) {
                        fields[i] = texts.getLong(value);
                        value += 8;
                    }
                }
                break;
            }
        }
        if (fields[0] < 0 || fields[1] < 0 || fields[2] < 0 || (method == STORED && fields[0] != fields[1])) {
            throw Refusals.corrupt(place, "states impossible sizes");
        }
        return new Entry(name, method, u32(record, 16), fields[1], fields[0], fields[2], -1);
    }

    /** Looks at every local entry: there, named as in the directory, and not over another one. */
    private void requireApart(List<Entry> listed, long directory) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            Entry entry = listed.get(i);
            if (entry.header > directory - 30) {
                throw Refusals.corrupt(entry.place(), "begins outside of the archive's data");
            }
            ByteBuffer local = little(file.some(entry.header, 30));
            int nameLength = u16(local, 26);
            long data = entry.header + 30 + nameLength + u16(local, 28);
            if (local.getInt(0) != LOCAL || data > directory || entry.stored > directory - data) {
                throw Refusals.corrupt(entry.place(), "is not where the directory says, or is cut short");
            }
            if (u16(local, 8) != entry.method
                    || (u16(local, 6) & 0x2041) != 0
                    || !name(file.some(entry.header + 30, nameLength), nameLength, u16(local, 6))
                            .equals(entry.name)) {
                throw Refusals.corrupt(entry.place(), "is another one than the directory says");
            }
            listed.set(
                    i,
                    new Entry(entry.name, entry.method, entry.checksum, entry.stored, entry.size, entry.header, data));
            order.add(i);
        }
        order.sort(Comparator.comparingLong(i -> listed.get(i).header));
        for (int i = 1; i < order.size(); i++) {
            Entry before = listed.get(order.get(i - 1));
            if (before.data + before.stored > listed.get(order.get(i)).header) {
                throw Refusals.corrupt(before.place(), "overlaps with another one");
            }
        }
    }

    private void requireSize(Entry entry) {
        if (entry.method == DEFLATED && entry.size / MOST_DEFLATED > entry.stored) {
            throw Refusals.corrupt(
                    entry.place(),
                    "states %d bytes, which its %d stored ones cannot become".formatted(entry.size, entry.stored));
        }
        if (entry.size > Limits.UNSUSPICIOUS_ENTRY && entry.size / limits.expansion() > entry.stored) {
            throw Refusals.tooLarge(
                    entry.place(),
                    "would grow from %d to %d bytes, more than %d times"
                            .formatted(entry.stored, entry.size, limits.expansion()));
        }
    }

    private static void requireName(String name) {
        boolean leaves = name.startsWith("/") || name.indexOf('\\') >= 0 || name.matches("[A-Za-z]:.*");
        for (String segment : name.split("/", -1)) {
            leaves |= segment.equals("..");
        }
        if (leaves || name.chars().anyMatch(Character::isISOControl)) {
            throw FileRefusedException.of(
                    Kind.HOSTILE,
                    "entry " + FileRefusedException.quote(name),
                    "has a name that leaves its folder; do not use this file.");
        }
    }

    private static String name(byte[] bytes, int length, int flags) {
        Charset charset = (flags & 0x800) != 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, Math.min(length, bytes.length)))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw Refusals.corrupt("the name of an entry", "is not UTF-8, as its flag says");
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int u16(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xffff;
    }

    private static long u32(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffffffffL;
    }
}
