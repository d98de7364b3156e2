package org.hopwise.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One axis: numbers, evenly or by their logarithm, or categories at 0, 1, 2, and where its ticks go. */
final class Axis {

    /** A tick at a value with its label. */
    record Tick(double value, String label) {}

    private static final String SUPERSCRIPTS = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";

    private final double low;
    private final double high;
    private final boolean log;
    private final boolean whole;
    private final List<String> categories;

    private Axis(double low, double high, boolean log, boolean whole, List<String> categories) {
        this.low = log ? Math.log10(low) : low;
        this.high = log ? Math.log10(high) : high;
        this.log = log;
        this.whole = whole;
        this.categories = categories;
    }

    /** Numbers from low to high exactly; whole if only integers make sense as ticks. */
    static Axis exactly(double low, double high, boolean log, boolean whole) {
        return new Axis(low, high, log, whole, null);
    }

    /** Numbers with a margin around the data; a constant gets a unit-sized or tenfold range around it. */
    static Axis around(double least, double most, boolean log, boolean whole) {
        if (log) {
            double margin = least == most ? 0.5 : 0.05 * Math.log10(most / least);
            return exactly(least * Math.pow(10, -margin), most * Math.pow(10, margin), true, whole);
        }
        boolean constant = most - least <= 1e-12 * Math.max(Math.abs(least), Math.abs(most));
        double margin = constant ? (least == 0 || whole ? 1 : 0.5 * Math.abs(least)) : 0.05 * (most - least);
        return exactly(least - margin, most + margin, false, whole);
    }

    /** Numbers from 0, with a margin only away from 0: for bars. */
    static Axis fromZero(double least, double most) {
        double bottom = Math.min(0, least);
        double top = Math.max(0, most);
        double margin = top == bottom ? 1 : 0.05 * (top - bottom);
        return exactly(bottom < 0 ? bottom - margin : 0, top > 0 || bottom == 0 ? top + margin : 0, false, false);
    }

    static Axis categories(List<String> labels) {
        return new Axis(-0.5, labels.size() - 0.5, false, true, List.copyOf(labels));
    }

    boolean isCategorical() {
        return categories != null;
    }

    List<String> labels() {
        return categories;
    }

    /** Where a value lies between the ends: 0 at the low one, 1 at the high one. */
    double fraction(double value) {
        return ((log ? Math.log10(value) : value) - low) / (high - low);
    }

    double lowest() {
        return log ? Math.pow(10, low) : low;
    }

    /** Ticks at round values, as many as fit this many pixels with labels of this extent in the axis' direction. */
    List<Tick> ticks(double length, boolean across) {
        for (int most = (int) Math.max(2, Math.min(9, length / (across ? 36 : 26))); most > 2; most--) {
            List<Tick> ticks = log ? logarithmic(most) : even(most);
            double widest = Fonts.TICK.getSize2D();
            if (across) {
                widest = ticks.stream()
                        .mapToDouble(tick -> Fonts.width(tick.label(), Fonts.TICK))
                        .max()
                        .orElse(0);
            }
            double closest = length;
            for (int i = 1; i < ticks.size(); i++) {
                closest = Math.min(
                        closest,
                        length
                                * (fraction(ticks.get(i).value())
                                        - fraction(ticks.get(i - 1).value())));
            }
            if (closest >= widest + 10) {
                return ticks;
            }
        }
        return log ? logarithmic(2) : even(2);
    }

    private List<Tick> even(int most) {
        double rough = (high - low) / most;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * power;
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough * (1 - 1e-9)) {
                step = factor * power;
                break;
            }
        }
        if (whole) {
            step = Math.max(1, step);
        }
        List<Tick> ticks = new ArrayList<>();
        for (double n = Math.ceil(low / step - 1e-9); n <= high / step + 1e-9; n++) {
            ticks.add(new Tick(n * step, label(n, step)));
        }
        return ticks;
    }

    private List<Tick> logarithmic(int most) {
        double decades = high - low;
        List<Tick> ticks = new ArrayList<>();
        if (decades < 1) {
            for (int exponent = (int) Math.floor(low); exponent <= Math.ceil(high); exponent++) {
                for (int digit : most > 6 ? new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9} : new int[] {1, 2, 5}) {
                    addLogarithmic(ticks, digit, exponent);
                }
            }
            if (ticks.size() >= 2) {
                return ticks;
            }
            return Axis.exactly(Math.pow(10, low), Math.pow(10, high), false, whole)
                    .even(most);
        }
        int step = (int) Math.max(1, Math.ceil(decades / most));
        for (int exponent = (int) Math.floor(low); exponent <= Math.ceil(high); exponent++) {
            if (Math.floorMod(exponent, step) == 0) {
                addLogarithmic(ticks, 1, exponent);
                if (decades <= 2 && most > 4) {
                    addLogarithmic(ticks, 2, exponent);
                    addLogarithmic(ticks, 5, exponent);
                }
            }
        }
        return ticks;
    }

    private void addLogarithmic(List<Tick> ticks, int digit, int exponent) {
        double value = digit * Math.pow(10, exponent);
        double at = Math.log10(value);
        if (at >= low - 1e-9 && at <= high + 1e-9 && !(whole && exponent < 0)) {
            ticks.add(new Tick(value, label(digit, Math.pow(10, exponent))));
        }
    }

    /** The label of n steps: plain decimals as many as the step has, or a power of ten far from 1. */
    private String label(double n, double step) {
        if (n == 0) {
            return "0";
        }
        int exponent = (int) Math.floor(Math.log10(step) + 1e-9);
        boolean far = log
                ? (high >= 5 || low < -3) && Math.abs(n * step - 1) > 1e-9
                : Math.max(Math.abs(low), Math.abs(high)) >= 1e6 || Math.max(Math.abs(low), Math.abs(high)) < 1e-3;
        double size = log ? Math.abs(n * step) : Math.max(Math.abs(low), Math.abs(high));
        String digits;
        if (far) {
            int power = (int) Math.floor(Math.log10(size) + 1e-9);
            double mantissa = Math.abs(n * step) / Math.pow(10, power);
            int decimals = Math.max(0, power - exponent);
            String times = fixed(mantissa, decimals) + "\u00D7";
            digits = (log && Math.abs(mantissa - 1) < 1e-9 ? "" : times) + "10" + superscript(power);
        } else {
            digits = fixed(Math.abs(n * step), Math.max(0, -exponent));
        }
        return n < 0 ? "\u2212" + digits : digits;
    }

    private static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String superscript(int power) {
        StringBuilder text = new StringBuilder(power < 0 ? "\u207B" : "");
        for (char digit : Integer.toString(Math.abs(power)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }
}
