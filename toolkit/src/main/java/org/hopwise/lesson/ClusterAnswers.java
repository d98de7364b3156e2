package org.hopwise.lesson;

import java.util.Map;
import org.hopwise.internal.Texts;
import org.hopwise.lesson.Exercise.Check;

/** The exercises of lesson 08: bytes that are counted before machines are asked for. */
final class ClusterAnswers {

    static final Map<String, Check> CHECKS = Map.of(
            "08.1", ClusterAnswers::block,
            "08.2", ClusterAnswers::brain);

    private static final int BYTES_A_NUMBER = 8;
    private static final int BYTES_AN_EDGE = 12;
    private static final double SOURCES = 32;
    private static final double FLY_UNITS = 140_000;
    private static final double MOUSE_UNITS = 7e7;
    private static final double MOUSE_EDGES = 1e11;
    /** Answers may be rounded to two digits. */
    private static final double ROUNDING = 0.02;

    private ClusterAnswers() {}

    private static String block(Object[] answer) {
        double given = number(answer[0]);
        double numbers = FLY_UNITS * SOURCES / 1e6;
        if (isClose(given, numbers)) {
            return "%s million numbers, but not so many bytes. How many bytes does a double take?"
                    .formatted(Texts.number(numbers));
        }
        if (isClose(given, BYTES_AN_EDGE * numbers)) {
            return "what is sent are numbers and no edges; an edge also has to say where it comes from.";
        }
        return isClose(given, BYTES_A_NUMBER * numbers)
                ? ""
                : "a block of N units and c sources takes 8 N c bytes, and a megabyte is a million of them; %s is another number."
                        .formatted(Texts.number(given));
    }

    private static String brain(Object[] answer) {
        double numbers = MOUSE_UNITS * SOURCES;
        if (!isClose(number(answer[0]), BYTES_A_NUMBER * numbers / 1e9)) {
            return "the block is of another size than %s GB: 8 bytes for each of N units and 32 sources, in units of 10^9."
                    .formatted(Texts.number(number(answer[0])));
        }
        if (!isClose(number(answer[1]), BYTES_AN_EDGE * MOUSE_EDGES / 1e12)) {
            return "the block is right; the edges take another size than %s TB: a weight of 8 bytes and a source of 4 each."
                    .formatted(Texts.number(number(answer[1])));
        }
        return (Boolean) answer[2]
                ? "the sizes are right. An array has at most 2,147,483,647 entries, and the block has N times 32."
                : "";
    }

    private static double number(Object answer) {
        return ((Number) answer).doubleValue();
    }

    private static boolean isClose(double given, double right) {
        return Math.abs(given - right) <= ROUNDING * right;
    }
}
