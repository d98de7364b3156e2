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
 * @param test the paired test that belongs to it, or none
 */
record Criterion(
        String what,
        double estimate,
        double low,
        double high,
        int count,
        String bound,
        boolean met,
        boolean exact,
        Test test) {

    private static final double SIGNIFICANT = 0.05;
    private static final Test NONE = new Test(Double.NaN, Double.NaN, 0);

    /**
     * A paired test.
     *
     * @param effect the effect size; NaN without spread
     * @param p the p value, adjusted for all tests made; NaN without a test
     * @param tests how many tests were made; 0 without any
     */
    record Test(double effect, double p, int tests) {

        /** The fewest pairs from which all of the sign-flip tests can reach significance: tests 2^(1-n) below 0.05. */
        int leastCount() {
            int n = 0;
            while (tests * Math.pow(2, 1 - n) >= SIGNIFICANT) {
                n++;
            }
            return n;
        }
    }

    static Criterion above(String what, Interval i, double bound) {
        requireFinite("bound", bound);
        return new Criterion(
                what, i.estimate(), i.low(), i.high(), i.count(), "> " + number(bound), i.low() > bound, false, NONE);
    }

    static Criterion below(String what, Interval i, double bound) {
        requireFinite("bound", bound);
        return new Criterion(
                what, i.estimate(), i.low(), i.high(), i.count(), "< " + number(bound), i.high() < bound, false, NONE);
    }

    static Criterion within(String what, Interval i, double low, double high) {
        requireFinite("low", low);
        requireFinite("high", high);
        if (low >= high) {
            throw new IllegalArgumentException(
                    "low is %s and high is %s; low must be the smaller.".formatted(number(low), number(high)));
        }
        String bound = "%s to %s".formatted(number(low), number(high));
        boolean met = i.low() > low && i.high() < high;
        return new Criterion(what, i.estimate(), i.low(), i.high(), i.count(), bound, met, false, NONE);
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
        return new Criterion(what, value, Double.NaN, Double.NaN, 0, bound, met, true, NONE);
    }

    /** The same, and the adjusted p must be below 0.05. */
    Criterion with(Test test) {
        return new Criterion(
                what, estimate, low, high, count, bound + ", p < 0.05", met && test.p < SIGNIFICANT, exact, test);
    }

    boolean tested() {
        return test.tests > 0;
    }

    /** Estimate and interval for reading, with effect size and adjusted p value where there was a test. */
    String evidence() {
        if (exact) {
            return number(estimate);
        }
        String text = "%s [%s, %s], n = %d".formatted(number(estimate), number(low), number(high), count);
        return tested() ? "%s; d = %s, p = %s".formatted(text, rough(test.effect), rough(test.p)) : text;
    }

    private static String rough(double value) {
        return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.2g", value);
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
