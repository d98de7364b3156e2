package org.hopwise.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Labels of categories, laid out so that none overlaps another: on one line, on up to three lines, slanted, or only
 * every second, fifth, tenth and so on.
 *
 * @param shown which categories are labelled
 * @param lines the lines of each of these labels
 * @param slanted whether they rise at 45 degrees
 * @param height how much room they take below the axis
 */
record CategoryLabels(List<Integer> shown, List<List<String>> lines, boolean slanted, double height) {

    private static final double GAP = 8;
    private static final double LONGEST = 130;
    private static final double DIAGONAL = Math.sqrt(0.5);

    /** Along the horizontal axis, with this many pixels a category. */
    static CategoryLabels across(List<String> labels, double spacing, double mostHeight) {
        double line = Fonts.lineHeight(Fonts.TICK);
        List<Integer> all = every(labels, 1);
        if (Fonts.width(labels, Fonts.TICK) + GAP <= spacing) {
            return new CategoryLabels(all, single(labels, all, spacing), false, line);
        }
        if (areNumbers(labels) || Fonts.width(labels, Fonts.TICK) < 30) {
            List<Integer> shown = all;
            int step = 1;
            while (shown.size() > 1 && Fonts.width(labels, Fonts.TICK) + GAP > spacing * step) {
                step = next(step);
                shown = every(labels, step);
            }
            return new CategoryLabels(shown, single(labels, shown, LONGEST), false, line);
        }
        List<List<String>> wrapped = new ArrayList<>();
        int most = 1;
        for (String label : labels) {
            List<String> lines = Fonts.wrap(label, Fonts.TICK, spacing - GAP, 3);
            if (!String.join(" ", lines).equals(label.strip())) {
                return slanted(labels, spacing, mostHeight);
            }
            wrapped.add(lines);
            most = Math.max(most, lines.size());
        }
        return new CategoryLabels(all, wrapped, false, most * line);
    }

    private static CategoryLabels slanted(List<String> labels, double spacing, double mostHeight) {
        double line = Fonts.lineHeight(Fonts.TICK);
        int step = 1;
        while (spacing * step * DIAGONAL < line && step < labels.size()) {
            step = next(step);
        }
        List<Integer> shown = every(labels, step);
        double longest = Math.min(LONGEST, mostHeight / DIAGONAL - line);
        List<List<String>> lines = single(labels, shown, longest);
        double widest = lines.stream()
                .mapToDouble(one -> Fonts.width(one.get(0), Fonts.TICK))
                .max()
                .orElse(0);
        return new CategoryLabels(shown, lines, true, (widest + line) * DIAGONAL);
    }

    /** Which of the labels to show down a vertical axis with this many pixels a category. */
    static List<Integer> down(List<String> labels, double spacing) {
        int step = 1;
        while (spacing * step < 1.5 * Fonts.lineHeight(Fonts.TICK) && spacing < 13 && step < labels.size()) {
            step = next(step);
        }
        return every(labels, step);
    }

    /** How far slanted labels reach to the left of the first category's left edge. */
    double overhang(double spacing) {
        double overhang = 0;
        for (int i = 0; slanted && i < shown.size(); i++) {
            double reach = Fonts.width(lines.get(i).get(0), Fonts.TICK) * DIAGONAL + 4;
            overhang = Math.max(overhang, reach - (shown.get(i) + 0.5) * spacing);
        }
        return overhang;
    }

    /** Every step-th; where all labels end in numbers, those that the step divides, if there are two or more. */
    private static List<Integer> every(List<String> labels, int step) {
        List<Integer> divisible = new ArrayList<>();
        List<Integer> regular = new ArrayList<>();
        boolean numbered = step > 1 && labels.stream().allMatch(label -> label.matches(".*[0-9]"));
        for (int i = 0; i < labels.size(); i++) {
            if (numbered && lastDigits(labels.get(i)) % step == 0) {
                divisible.add(i);
            }
            if (i % step == 0) {
                regular.add(i);
            }
        }
        return divisible.size() >= 2 ? divisible : regular;
    }

    private static long lastDigits(String label) {
        int start = label.length();
        while (start > 0
                && label.length() - start < 9
                && label.charAt(start - 1) >= '0'
                && label.charAt(start - 1) <= '9') {
            start--;
        }
        return Long.parseLong(label.substring(start));
    }

    private static int next(int step) {
        int power = (int) Math.pow(10, Math.floor(Math.log10(step)));
        return step == power ? 2 * step : step == 2 * power ? 5 * power : 10 * power;
    }

    private static List<List<String>> single(List<String> labels, List<Integer> shown, double width) {
        return shown.stream()
                .map(i -> List.of(Fonts.fit(labels.get(i), Fonts.TICK, width)))
                .toList();
    }

    private static boolean areNumbers(List<String> labels) {
        return labels.stream().allMatch(label -> label.matches("-?[0-9]+(\\.[0-9]+)?"));
    }
}
