package org.hopwise.figure;

import java.util.Locale;

/**
 * From where to where an axis runs. Linear axes of very large or very small numbers are drawn in units of a power of
 * ten, which stands in the axis' title: XChart's ticks need a range of about 1.
 *
 * @param low the low end, in units of the axis
 * @param high the high end, in units of the axis
 * @param log whether evenly by the logarithm
 * @param whole whether only integers make sense as ticks
 * @param exponent the axis' unit is ten to this power
 */
record Range(double low, double high, boolean log, boolean whole, int exponent) {

    private static final String SUPERSCRIPTS = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";

    /** More decades than these have labels at every second, fifth or tenth only. */
    private static final int LABELLED_DECADES = 12;

    /** A logarithmic axis beyond these has powers of ten as labels. */
    private static final double LEAST_DECIMAL = 5e-4;

    private static final double MOST_DECIMAL = 1e5;

    /** Ticks have ten decimals; integers whose distances are a smaller share of them would look alike. */
    private static final double LEAST_SPREAD = 1e-9;

    /** Numbers from low to high exactly; whole if only integers make sense as ticks. */
    static Range exactly(double low, double high, boolean log, boolean whole) {
        int exponent = 0;
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (!log && (size >= 1e5 || size < 1e-2)) {
            exponent = (int) Math.floor(Math.log10(size));
        }
        double unit = Math.pow(10, exponent);
        return new Range(low / unit, high / unit, log, whole && exponent == 0, exponent);
    }

    /** Numbers with a margin around the data; a constant gets a unit-sized or tenfold range around it. */
    static Range around(double least, double most, boolean log, boolean whole) {
        if (log) {
            // Differences of logarithms: the quotient of 1e300 and 1e-300 is no number.
            double margin = least == most ? 0.5 : 0.05 * (Math.log10(most) - Math.log10(least));
            double low = Math.max(Double.MIN_NORMAL, least * Math.pow(10, -margin));
            double high = Math.min(Double.MAX_VALUE, most * Math.pow(10, margin));
            return exactly(Math.min(low, least), high, true, whole);
        }
        if (whole && most > least && most - least < LEAST_SPREAD * Math.max(Math.abs(least), Math.abs(most))) {
            throw new IllegalArgumentException(
                    "values from %s to %s are too close to each other for ticks; subtract %s from them."
                            .formatted(least, most, least));
        }
        boolean constant = most - least <= 1e-12 * Math.max(Math.abs(least), Math.abs(most));
        double margin = constant
                ? (least == 0 || (whole && Math.abs(least) < 1 / LEAST_SPREAD) ? 1 : 0.5 * Math.abs(least))
                : 0.05 * (most - least);
        return exactly(least - margin, most + margin, false, whole);
    }

    /** Numbers from 0, with a margin only away from 0: for bars. */
    static Range fromZero(double least, double most) {
        double bottom = Math.min(0, least);
        double top = Math.max(0, most);
        double margin = top == bottom ? 1 : 0.05 * (top - bottom);
        return exactly(bottom < 0 ? bottom - margin : 0, top > 0 || bottom == 0 ? top + margin : 0, false, false);
    }

    double scaled(double value) {
        return exponent == 0 ? value : value / Math.pow(10, exponent);
    }

    double[] scaled(double[] values) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = scaled(values[i]);
        }
        return scaled;
    }

    double decades() {
        return Math.log10(high) - Math.log10(low);
    }

    /** Where a value lies between the ends, both in units of the axis: 0 at the low one, 1 at the high one. */
    double place(double value) {
        return log ? (Math.log10(value) - Math.log10(low)) / decades() : (value - low) / (high - low);
    }

    /** The title of the axis, with its unit. */
    String titled(String title) {
        return exponent == 0
                ? title
                : "%s (\u00D7%s)".formatted(title, powerOfTen(exponent)).strip();
    }

    /** The label of a tick on a logarithmic axis; blank where it would stand too close to others. */
    String logarithmicLabel(double value) {
        double decades = decades();
        int exponent = (int) Math.floor(Math.log10(value) + 1e-9);
        double digit = value / Math.pow(10, exponent);
        boolean isDigit = Math.abs(digit - Math.rint(digit)) < 1e-6;
        if (isDigit && !isLabelled((int) Math.rint(digit), decades)) {
            return " ";
        }
        if (Math.floorMod(exponent, decadesALabel()) != 0) {
            return " ";
        }
        if (isInPowers()) {
            return timesPowerOfTen(digit, isDigit, exponent);
        }
        return String.format(
                Locale.ROOT, "%." + (isDigit ? Math.max(0, -exponent) : Math.max(0, 2 - exponent)) + "f", value);
    }

    /** Whether decimals would be long somewhere on the axis: all its labels are powers of ten then, of one kind. */
    private boolean isInPowers() {
        return low <= LEAST_DECIMAL || high >= MOST_DECIMAL || decades() > 6;
    }

    private static String timesPowerOfTen(double digit, boolean isDigit, int exponent) {
        String factor = isDigit ? "%d".formatted(Math.round(digit)) : String.format(Locale.ROOT, "%.2f", digit);
        if (exponent == 0) {
            return factor;
        }
        return factor.equals("1") ? powerOfTen(exponent) : factor + "\u00D7" + powerOfTen(exponent);
    }

    /** 1, 2 or 5 times a power of ten, so that labels do not run together. */
    private int decadesALabel() {
        for (int unit = 1; ; unit *= 10) {
            for (int digit : new int[] {1, 2, 5}) {
                if (decades() <= LABELLED_DECADES * unit * digit) {
                    return unit * digit;
                }
            }
        }
    }

    /** Whether only whole decades are marked, since the marks of other digits would run together. */
    boolean isWide() {
        return log && decades() > LABELLED_DECADES;
    }

    /** Digits between decades have labels where there is room: 5 and 6 times a power of ten take more than 5 and 6. */
    private boolean isLabelled(int digit, double decades) {
        boolean isRound = digit == 2 || digit == 5;
        double all = isInPowers() ? 0.4 : 0.7;
        double round = isInPowers() ? 1.2 : 2;
        return digit == 1 || decades < all || (decades <= round && isRound);
    }

    private static String powerOfTen(int exponent) {
        StringBuilder text = new StringBuilder(exponent < 0 ? "10\u207B" : "10");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }
}
