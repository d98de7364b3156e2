package org.hopwise.claim;

import java.util.Locale;
import org.hopwise.stats.Interval;

/**
 * One thing that must be so.
 *
 * @param what what was measured
 * @param estimate what it came to
 * @param low the lower bound; NaN for an exact value
 * @param high the upper bound; NaN for an exact value
 * @param count how many values it comes from; 0 for an exact value, which needs no seeds
 * @param bound what was asked, in words
 * @param met whether it is so
 * @param exact whether the value has no spread
 */
record Criterion(
        String what, double estimate, double low, double high, int count, String bound, boolean met, boolean exact) {

    static Criterion above(String what, Interval i, double bound) {
        requireFinite("bound", bound);
        return new Criterion(
                what, i.estimate(), i.low(), i.high(), i.count(), "> " + number(bound), i.low() > bound, false);
    }

    static Criterion below(String what, Interval i, double bound) {
        requireFinite("bound", bound);
        return new Criterion(
                what, i.estimate(), i.low(), i.high(), i.count(), "< " + number(bound), i.high() < bound, false);
    }

    static Criterion equal(String what, double value, double expected, double relativeTolerance) {
        requireFinite("expected", expected);
        if (!(relativeTolerance >= 0) || Double.isInfinite(relativeTolerance)) {
            throw new IllegalArgumentException(
                    "relativeTolerance is %s; it must be 0 or more, such as 1e-9.".formatted(relativeTolerance));
        }
        // Relative to 0 nothing but 0 would do, so there the tolerance is absolute.
        double scale = expected == 0 ? 1 : Math.abs(expected);
        boolean met = Math.abs(value - expected) <= relativeTolerance * scale;
        String bound = relativeTolerance == 0
                ? "= " + number(expected)
                : "= %s within %s".formatted(number(expected), number(relativeTolerance));
        return new Criterion(what, value, Double.NaN, Double.NaN, 0, bound, met, true);
    }

    /** Estimate and interval for reading. */
    String evidence() {
        return exact
                ? number(estimate)
                : "%s [%s, %s], n = %d".formatted(number(estimate), number(low), number(high), count);
    }

    /** At most six digits, integers without a decimal point. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains("e")
                ? text.replaceFirst("\\.?0*e", "e")
                : text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s is %s; it must be finite.".formatted(name, value));
        }
    }
}
