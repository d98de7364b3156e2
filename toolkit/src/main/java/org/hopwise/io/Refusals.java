package org.hopwise.io;

import java.util.List;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.machine.Memory;
import org.hopwise.network.ArrayHeader;

/** The refusals that several readers share, in the same words. */
final class Refusals {

    private Refusals() {}

    static FileRefusedException truncated(String place, long wanted, long there) {
        return FileRefusedException.of(
                Kind.TRUNCATED,
                place,
                "states %d bytes, of which %d are there; get the whole file.".formatted(wanted, Math.max(0, there)));
    }

    static FileRefusedException corrupt(String place, String problem) {
        return FileRefusedException.of(Kind.CORRUPT, place, problem + "; write the file again.");
    }

    static FileRefusedException tooLarge(String place, String problem) {
        return FileRefusedException.of(Kind.TOO_LARGE, place, problem + "; set Limits if that is really meant.");
    }

    static String array(String name) {
        return name.isEmpty() ? "the array" : "array " + FileRefusedException.quote(name);
    }

    /** Names as a message can bear them: at most ten. */
    static String some(List<String> names) {
        String first = String.join(
                ", ", names.stream().limit(10).map(FileRefusedException::quote).toList());
        return names.size() > 10 ? first + " and %d more".formatted(names.size() - 10) : first;
    }

    /** The product of a shape, which a zero makes zero whatever the other sizes are. */
    static long product(String name, List<Long> shape) {
        if (shape.contains(0L)) {
            return 0;
        }
        try {
            return shape.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException overflow) {
            throw tooLarge(array(name), "states more than 2^63 numbers");
        }
    }

    /** How many bytes an array has in its file. */
    static long bytes(String name, List<Long> shape, NumberType type) {
        try {
            return Math.multiplyExact(product(name, shape), (long) type.bytes());
        } catch (ArithmeticException overflow) {
            throw tooLarge(array(name), "states more than 2^63 bytes");
        }
    }

    /** Refuses arrays that are too large to be read together, before any of them is. */
    static void requireRoom(List<ArrayHeader> arrays, Limits limits) {
        long total = 0;
        for (ArrayHeader array : arrays) {
            long numbers = product(array.name(), array.shape());
            if (numbers > limits.arrayBytes() / Double.BYTES || numbers > Memory.LONGEST_ARRAY) {
                throw tooLarge(
                        array(array.name()),
                        "states %d numbers; at most %d are believed".formatted(numbers, limits.arrayBytes() / 8));
            }
            total += numbers * Double.BYTES;
            if (total > limits.totalBytes()) {
                throw tooLarge(
                        array(array.name()),
                        "brings all arrays to %d bytes in double precision; the limit is %d"
                                .formatted(total, limits.totalBytes()));
            }
        }
    }
}
