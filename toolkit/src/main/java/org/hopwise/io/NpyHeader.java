package org.hopwise.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;

/**
 * The header of an array in NumPy's format (versions 1 to 3, NEP 1): a Python dict of literals with exactly {@code
 * descr}, {@code fortran_order} and {@code shape}.
 *
 * @param type as NumPy writes it, such as {@code <f4}, or the text of a list of fields
 * @param columnOrder whether the first index runs fastest
 * @param shape the sizes
 * @param bytes how long magic number and header are together
 */
record NpyHeader(String type, boolean columnOrder, List<Long> shape, int bytes) {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final Map<String, NumberType> NUMBERS = Map.ofEntries(
            Map.entry("f2", NumberType.FLOAT16),
            Map.entry("f4", NumberType.FLOAT32),
            Map.entry("f8", NumberType.FLOAT64),
            Map.entry("b1", NumberType.BOOL),
            Map.entry("i1", NumberType.INT8),
            Map.entry("i2", NumberType.INT16),
            Map.entry("i4", NumberType.INT32),
            Map.entry("i8", NumberType.INT64),
            Map.entry("u1", NumberType.UINT8),
            Map.entry("u2", NumberType.UINT16),
            Map.entry("u4", NumberType.UINT32),
            Map.entry("u8", NumberType.UINT64),
            // Letters without a size, which NumPy reads and the npy library that we write with uses for bytes.
            Map.entry("e", NumberType.FLOAT16),
            Map.entry("f", NumberType.FLOAT32),
            Map.entry("d", NumberType.FLOAT64),
            Map.entry("?", NumberType.BOOL),
            Map.entry("b", NumberType.INT8),
            Map.entry("h", NumberType.INT16),
            Map.entry("i", NumberType.INT32),
            Map.entry("q", NumberType.INT64),
            Map.entry("B", NumberType.UINT8),
            Map.entry("H", NumberType.UINT16),
            Map.entry("I", NumberType.UINT32),
            Map.entry("Q", NumberType.UINT64));

    /**
     * Reads a header from the start of a stream.
     *
     * @param name the array's name, for messages
     * @param length how many bytes the stream has
     */
    static NpyHeader read(InputStream from, String name, long length) throws IOException {
        String place = Refusals.array(name);
        byte[] start = from.readNBytes(8);
        if (start.length < 8) {
            throw Refusals.truncated(place, 8, start.length);
        }
        if (!startsWithMagic(start)) {
            throw Refusals.corrupt(place, "does not begin as an npy array does");
        }
        int version = start[6];
        if (version < 1 || version > 3 || start[7] != 0) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    place,
                    "has npy version %d.%d; write it anew with numpy.save.".formatted(version & 0xff, start[7] & 0xff));
        }
        int width = version == 1 ? 2 : 4;
        byte[] stated = from.readNBytes(width);
        if (stated.length < width) {
            throw Refusals.truncated(place, 8L + width, 8L + stated.length);
        }
        ByteBuffer number = ByteBuffer.wrap(stated).order(ByteOrder.LITTLE_ENDIAN);
        long size = version == 1 ? number.getShort() & 0xffff : number.getInt() & 0xffffffffL;
        if (size > length - 8 - width) {
            throw Refusals.truncated(place, 8 + width + size, length);
        }
        if (size > Limits.NPY_HEADER) {
            throw Refusals.tooLarge(
                    place, "has a header of %d bytes; at most %d are believed".formatted(size, Limits.NPY_HEADER));
        }
        byte[] text = from.readNBytes((int) size);
        if (text.length < size) {
            throw Refusals.truncated(place, 8 + width + size, 8L + width + text.length);
        }
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            String literal = charset.newDecoder().decode(ByteBuffer.wrap(text)).toString();
            return new PythonLiteral(literal, place).header(8 + width + (int) size);
        } catch (CharacterCodingException broken) {
            throw Refusals.corrupt(place, "has a header that is not UTF-8");
        }
    }

    static boolean startsWithMagic(byte[] bytes) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes.length <= i || bytes[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** The numbers' type, or null if they are no numbers, such as text and objects. */
    NumberType number() {
        return NUMBERS.get(type.replaceFirst("^[<>|=]", ""));
    }

    /** How the numbers are written; only where they are numbers. */
    NumberStream numbers() {
        return new NumberStream(
                number(), type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, columnOrder);
    }

    /** Long doubles are numbers that no Java type holds; everything else that is no number can be left out. */
    void requireKnown(String name) {
        if (type.matches("[<>|=][fg](12|16)")) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    Refusals.array(name),
                    "has type %s, which has no place in a double; save it as array.astype('f8').".formatted(type));
        }
    }

    /** Data must be as long as the shape wants, not more and not less. */
    void requireLength(String name, long length) {
        long data = Refusals.bytes(name, shape, number());
        long wanted = data > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + data;
        if (length < wanted) {
            throw Refusals.truncated(Refusals.array(name), wanted, length);
        }
        if (length > wanted) {
            throw Refusals.corrupt(
                    Refusals.array(name),
                    "has %d bytes more than its shape wants (two arrays in one file?)".formatted(length - wanted));
        }
    }
}
