package org.hopwise.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words and numbers in which values say what they are, one way for all of them. */
public final class Texts {

    private static final MathContext DIGITS = new MathContext(4);

    /** Beyond these sizes plain digits are harder to read than a power of ten. */
    private static final double PLAIN_FROM = 1e-4;

    private static final double PLAIN_BELOW = 1e7;

    /** From here on four digits are fewer than stand before the point. */
    private static final double WHOLE_FROM = 1e4;

    /** Of somebody else's text in a message. */
    private static final int LONGEST = 80;

    private static final Pattern LAMBDA = Pattern.compile("[\\w.$]*\\$\\$Lambda[$\\w./]*(@[0-9a-f]+)?");

    private Texts() {}

    /**
     * Four significant digits without trailing zeros; no digit before the point is rounded away below ten million.
     *
     * @param value any number
     * @return its text; NaN for what is none
     */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        double size = Math.abs(rounded.doubleValue());
        if (size != 0 && (size < PLAIN_FROM || size >= PLAIN_BELOW)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        if (size >= WHOLE_FROM || value == Math.rint(value)) {
            return String.valueOf(Math.round(value));
        }
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /**
     * A number of things.
     *
     * @param count how many
     * @param thing what, in the singular
     * @return such as {@code 1,234 units}
     */
    public static String count(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }

    /**
     * A mark that tells values apart whose sizes agree: entries are too many to list, and a text that names none of them
     * would be the same for all.
     *
     * @param arrays the entries
     * @return such as {@code #0a1b2c3d}, the same whenever Java is started
     */
    public static String mark(double[]... arrays) {
        int mark = 1;
        for (double[] array : arrays) {
            mark = 31 * mark + Arrays.hashCode(array);
        }
        return "#%08x".formatted(mark);
    }

    /**
     * The text of a value for a message, cut at {@value #LONGEST} characters.
     *
     * @param value anything
     * @return a short text
     */
    public static String cut(Object value) {
        String text = String.valueOf(value);
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, end) + "\u2026";
    }

    /**
     * A text as HTML and XML show it.
     *
     * @param text any text
     * @return the text with the five characters that mean something there written out
     */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * A text without the names that Java makes up for lambdas.
     *
     * @param text any text
     * @return the text with "a function" for each of them
     */
    public static String plain(String text) {
        return LAMBDA.matcher(text).replaceAll("a function");
    }

    /**
     * A text as HTML shows it, between tags and in quoted attributes.
     *
     * @param text any text
     * @return the text with the five letters escaped that mean something in HTML
     */
    public static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
