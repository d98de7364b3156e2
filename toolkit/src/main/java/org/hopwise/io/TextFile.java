package org.hopwise.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.machine.Memory;

/** Text of a file: UTF-8, or what a byte order mark says, or what the reader was told; no control characters. */
final class TextFile {

    private TextFile() {}

    static String read(Bytes file, Charset told) {
        if (file.length() > Memory.LONGEST_ARRAY) {
            throw Refusals.tooLarge("", "is a text of %d bytes".formatted(file.length()));
        }
        byte[] bytes = file.some(0, (int) file.length());
        int mark = mark(bytes);
        Charset otherwise = told == null ? StandardCharsets.UTF_8 : told;
        Charset charset = mark == 0 ? otherwise : charset(bytes, mark);
        boolean ascii = charset.equals(StandardCharsets.UTF_8) && isAscii(bytes, mark);
        // One byte a letter, where a decoder would take three.
        String text = ascii
                ? new String(bytes, mark, bytes.length - mark, StandardCharsets.ISO_8859_1)
                : decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark), charset);
        requirePrintable(text);
        return text;
    }

    /** The length of a byte order mark. */
    static int mark(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf) {
            return 3;
        }
        boolean wide = bytes.length >= 2
                && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                        || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
        return wide ? 2 : 0;
    }

    /** What a byte order mark of this length says. */
    static Charset charset(byte[] bytes, int mark) {
        if (mark == 3) {
            return StandardCharsets.UTF_8;
        }
        return bytes[0] == (byte) 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static String decode(ByteBuffer bytes, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer letters =
                CharBuffer.allocate((int) Math.ceil(bytes.remaining() * (double) decoder.maxCharsPerByte()));
        CoderResult result = decoder.decode(bytes, letters, true);
        letters.flip();
        if (result.isError()) {
            throw FileRefusedException.of(
                    Kind.SYNTAX,
                    "line " + line(letters, letters.length()),
                    "is not %s; save the file as UTF-8 or give its encoding.".formatted(charset));
        }
        return letters.toString();
    }

    private static boolean isAscii(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private static void requirePrintable(String text) {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter < ' ' && letter != '\t' && letter != '\n' && letter != '\r') {
                throw FileRefusedException.of(
                        Kind.SYNTAX,
                        "line " + line(text, at),
                        "holds the control character %d; this is no text, or a damaged one.".formatted((int) letter));
            }
        }
    }

    /** The line in which a place of a text lies, counted from 1. */
    static int line(CharSequence text, int place) {
        int line = 1;
        for (int at = 0; at < place; at++) {
            line += endsLine(text, at) ? 1 : 0;
        }
        return line;
    }

    /** Whether a line ends with this letter: a line feed, or a carriage return without one. */
    static boolean endsLine(CharSequence text, int at) {
        boolean beforeFeed = at + 1 < text.length() && text.charAt(at + 1) == '\n';
        return text.charAt(at) == '\n' || (text.charAt(at) == '\r' && !beforeFeed);
    }
}
