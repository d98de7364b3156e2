package org.hopwise.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** An entry as it comes out of its archive, held to the size and the checksum that the directory states. */
final class ZipEntryStream extends InputStream {

    private final InputStream stored;
    private final Zip.Entry entry;
    private final CRC32 checksum = new CRC32();
    private final Inflater inflater;
    private final byte[] packed;
    private long given;
    private boolean ended;

    ZipEntryStream(InputStream stored, Zip.Entry entry) {
        this.stored = stored;
        this.entry = entry;
        boolean deflated = entry.method() == Zip.DEFLATED;
        this.inflater = deflated ? new Inflater(true) : null;
        this.packed = deflated ? new byte[1 << 14] : null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        // One byte more than stated is asked for, so that a stream that goes on is found out.
        long left = entry.size() - given;
        byte[] target = left > 0 ? into : new byte[1];
        int got = ended ? -1 : next(target, left > 0 ? offset : 0, left > 0 ? (int) Math.min(wanted, left) : 1);
        if (got > 0) {
            given += got;
            if (given > entry.size()) {
                throw Refusals.corrupt(
                        entry.place(),
                        "unpacks to more than the %d bytes that the directory states".formatted(entry.size()));
            }
            checksum.update(into, offset, got);
            return got;
        }
        if (!ended) {
            ended = true;
            if (given < entry.size()) {
                throw Refusals.truncated(entry.place(), entry.size(), given);
            }
            if (checksum.getValue() != entry.checksum()) {
                throw Refusals.corrupt(entry.place(), "is damaged: its checksum (CRC-32) differs");
            }
        }
        return -1;
    }

    private int next(byte[] into, int offset, int wanted) throws IOException {
        if (inflater == null) {
            return stored.read(into, offset, wanted);
        }
        try {
            while (true) {
                int got = inflater.inflate(into, offset, wanted);
                if (got > 0) {
                    return got;
                }
                if (inflater.finished()) {
                    if (inflater.getRemaining() > 0 || stored.read() >= 0) {
                        throw Refusals.corrupt(entry.place(), "has bytes behind its packed data");
                    }
                    return -1;
                }
                if (inflater.needsDictionary()) {
                    throw Refusals.corrupt(entry.place(), "is packed with a dictionary that is not there");
                }
                int more = stored.read(packed, 0, packed.length);
                if (more < 0) {
                    throw Refusals.corrupt(entry.place(), "ends in the middle of its packed data");
                }
                inflater.setInput(packed, 0, more);
            }
        } catch (DataFormatException damaged) {
            throw Refusals.corrupt(entry.place(), "is damaged: it cannot be unpacked");
        }
    }

    @Override
    public void close() throws IOException {
        if (inflater != null) {
            inflater.end();
        }
        stored.close();
    }
}
