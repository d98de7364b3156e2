package org.hopwise.io;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Number types of other libraries, each with its reading as a double. */
enum NumberType {
    FLOAT64(8),
    FLOAT32(4),
    FLOAT16(2),
    BFLOAT16(2),
    INT64(8),
    INT32(4),
    INT16(2),
    INT8(1),
    UINT64(8),
    UINT32(4),
    UINT16(2),
    UINT8(1),
    BOOL(1);

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    double decode(ByteBuffer from, int at) {
        return switch (this) {
            case FLOAT64 -> from.getDouble(at);
            case FLOAT32 -> from.getFloat(at);
            case FLOAT16 -> half(from.getShort(at));
            case BFLOAT16 -> Float.intBitsToFloat(from.getShort(at) << 16);
            case INT64 -> from.getLong(at);
            case INT32 -> from.getInt(at);
            case INT16 -> from.getShort(at);
            case INT8 -> from.get(at);
            case UINT64 -> unsigned(from.getLong(at));
            case UINT32 -> from.getInt(at) & 0xffffffffL;
            case UINT16 -> from.getShort(at) & 0xffff;
            case UINT8 -> from.get(at) & 0xff;
            case BOOL -> from.get(at) == 0 ? 0 : 1;
        };
    }

    /** Whether the integer there is none that a double holds. */
    boolean rounds(ByteBuffer from, int at) {
        if (this == INT64) {
            long value = from.getLong(at);
            return value != Long.MAX_VALUE ? (long) (double) value != value : true;
        }
        if (this == UINT64) {
            long value = from.getLong(at);
            // Even numbers of 63 bits and more keep what halving leaves, so both halves can be compared as signed ones.
            return value < 0 ? (value & 0x7ff) != 0 : (long) (double) value != value || value == Long.MAX_VALUE;
        }
        return false;
    }

    private static double unsigned(long value) {
        // Halved with its last bit kept sticky, a number from 2^63 on rounds as the whole one does.
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    /** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
    static double half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24;
        } else {
            magnitude = (0x400 + fraction) * Math.scalb(1.0, exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /** NumPy's name, such as bfloat16. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
