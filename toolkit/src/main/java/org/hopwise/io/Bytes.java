package org.hopwise.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.machine.Interruption;

/** The bytes of a file, or of an array, read where they are wanted; counts how many were read. */
final class Bytes implements Closeable {

    private final FileChannel channel;
    private final ByteBuffer memory;
    private final long length;
    private long read;

    private Bytes(FileChannel channel, ByteBuffer memory, long length) {
        this.channel = channel;
        this.memory = memory;
        this.length = length;
    }

    static Bytes of(byte[] memory) {
        return new Bytes(null, ByteBuffer.wrap(memory), memory.length);
    }

    static Bytes of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw FileRefusedException.of(Kind.MISSING, "", "does not exist; give the path of a file.");
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new Bytes(channel, null, channel.size());
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    long length() {
        return length;
    }

    /** How many bytes were read so far. */
    long bytesRead() {
        return read;
    }

    /** Reads all of a stretch that is known to lie in the file. */
    void read(long position, byte[] into, int offset, int count) {
        if (position < 0 || position > length || count > length - position) {
            throw Refusals.truncated("byte " + position, count, length - position);
        }
        Interruption.check();
        read += count;
        if (memory != null) {
            memory.get((int) position, into, offset, count);
            return;
        }
        ByteBuffer target = ByteBuffer.wrap(into, offset, count);
        try {
            while (target.hasRemaining()) {
                if (channel.read(target, position + count - target.remaining()) < 0) {
                    throw Refusals.truncated("byte " + position, count, count - target.remaining());
                }
            }
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** A stretch of at most as many bytes, fewer where the file ends. */
    byte[] some(long position, int most) {
        byte[] result = new byte[(int) Math.min(most, Math.max(0, length - position))];
        read(position, result, 0, result.length);
        return result;
    }

    /** A stretch as a stream that is only as long. */
    InputStream stream(long position, long count) {
        if (position < 0 || count < 0 || position > length || count > length - position) {
            throw Refusals.truncated("byte " + position, count, length - position);
        }
        return new InputStream() {
            private long at = position;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int wanted) {
                int some = (int) Math.min(wanted, position + count - at);
                if (some <= 0) {
                    return wanted == 0 ? 0 : -1;
                }
                Bytes.this.read(at, into, offset, some);
                at += some;
                return some;
            }
        };
    }

    static UncheckedIOException unreadable(IOException failure) {
        if (failure instanceof ClosedByInterruptException) {
            Interruption.check();
        }
        return new UncheckedIOException(
                "the file cannot be read (%s).".formatted(failure.getClass().getSimpleName()), failure);
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failure) {
                throw unreadable(failure);
            }
        }
    }
}
