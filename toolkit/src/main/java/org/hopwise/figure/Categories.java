package org.hopwise.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Labels of categories so that XChart draws none over another: turned, or only every second, fifth, tenth and so on.
 *
 * @param shown a label for every category, blank where none is shown
 * @param rotation by how many degrees the labels rise
 */
record Categories(List<String> shown, int rotation) {

    /** XChart never finds room on a number axis for a longer label. */
    private static final int MOST_CHARACTERS = 20;

    private static final double LONGEST = 130;
    private static final double GAP = 8;
    private static final double DIAGONAL = Math.sqrt(0.5);

    /** Along the horizontal axis, with this many pixels a category; of numbers, where XChart leaves out what is wide. */
    static Categories across(List<String> labels, double spacing, boolean onNumbers) {
        List<String> shorter = labels.stream()
                .map(Charts::text)
                .map(label -> onNumbers ? shortened(label) : Fonts.fit(label, Fonts.TICK, LONGEST))
                .toList();
        double line = Fonts.lineHeight(Fonts.TICK);
        double widest = Fonts.width(shorter, Fonts.TICK);
        if (1.1 * widest + GAP <= spacing) {
            return new Categories(shorter, 0);
        }
        if (labels.stream().allMatch(label -> label.matches("-?[0-9]+(\\.[0-9]+)?")) || widest < 30) {
            return new Categories(thinned(shorter, widest + GAP, spacing), 0);
        }
        int rotation = 1.1 * DIAGONAL * (widest + line) < spacing || (!onNumbers && spacing > 2 * line) ? 45 : 90;
        return new Categories(thinned(shorter, line, spacing), rotation);
    }

    /** Down a vertical axis with this many pixels a category, at most this wide. */
    static List<String> down(List<String> labels, double spacing, double width) {
        return thinned(labels, spacing < 13 ? 1.5 * Fonts.lineHeight(Fonts.TICK) : 0, spacing).stream()
                .map(label -> Fonts.fit(Charts.text(label), Fonts.TICK, width))
                .toList();
    }

    /** Labels categories at 0, 1, 2 of a number axis; all that lies between or beyond them is blank. */
    static Function<Double, String> atIntegers(List<String> labels) {
        // XChart draws no ticks if both ends of the axis have the same label.
        return value -> {
            int index = (int) Math.rint(value);
            if (value != index || index < 0 || index >= labels.size()) {
                return value < 0 ? " " : "  ";
            }
            return labels.get(index);
        };
    }

    private static String shortened(String label) {
        return label.length() <= MOST_CHARACTERS ? label : label.substring(0, MOST_CHARACTERS - 1) + "\u2026";
    }

    /** Every step-th; where all labels end in numbers, those that the step divides, if there are two or more. */
    private static List<String> thinned(List<String> labels, double needed, double spacing) {
        int step = 1;
        while (step < labels.size() && spacing * step < needed) {
            int power = (int) Math.pow(10, Math.floor(Math.log10(step)));
            step = step == power ? 2 * step : step == 2 * power ? 5 * power : 10 * power;
        }
        List<String> divisible = new ArrayList<>();
        List<String> regular = new ArrayList<>();
        boolean numbered = step > 1 && labels.stream().allMatch(label -> label.matches(".*[0-9]"));
        for (int i = 0; i < labels.size(); i++) {
            divisible.add(numbered && lastDigits(labels.get(i)) % step == 0 ? labels.get(i) : " ");
            regular.add(i % step == 0 ? labels.get(i) : " ");
        }
        return divisible.stream().filter(label -> !label.isBlank()).count() >= 2 ? divisible : regular;
    }

    private static long lastDigits(String label) {
        String digits = label.replaceFirst(".*?([0-9]{1,9})$", "$1");
        return Long.parseLong(digits);
    }
}
