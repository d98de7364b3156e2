package org.hopwise.graph;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopwise.internal.Texts;

/** How measures of walks say what they are. */
final class WalkTexts {

    /** Coefficients that are shown of a measure that a user wrote. */
    private static final int SHOWN = 4;

    /** Coefficients that tell such measures apart; walks are rarely counted further. */
    private static final int MARKED = 100;

    private WalkTexts() {}

    static String of(String name, WalkMeasure measure) {
        return name
                + (measure.isNormalised() ? ", normalised" : "")
                + (measure.length() == WalkMeasure.UNLIMITED
                        ? ""
                        : ", walks of at most %d edges".formatted(measure.length() + 1));
    }

    /** The measure's own text, or its coefficients if it is a lambda, whose text is only an address. */
    static String ofInner(WalkMeasure measure) {
        String text = measure.toString();
        if (!text.contains("$$Lambda")) {
            return text;
        }
        double[] coefficients = IntStream.rangeClosed(1, MARKED)
                .mapToDouble(measure::coefficient)
                .toArray();
        String first =
                Arrays.stream(coefficients).limit(SHOWN).mapToObj(Texts::number).collect(Collectors.joining(", "));
        return "walks of 1, 2, … edges count %s, …, %s".formatted(first, Texts.mark(coefficients));
    }
}
