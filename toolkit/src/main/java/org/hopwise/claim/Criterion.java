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
 * @param excluded how many observations were left out
 * @param terms how the number was made
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
        Test test,
        int excluded,
        Terms terms) {

    private static final double SIGNIFICANT = 0.05;
    private static final Test NONE = new Test(Double.NaN, Double.NaN, 0);
    /** A rank among 199 copies can be as rare as 1 in 200, which is far enough below 1 in 20 to tell. */
    private static final int LEAST_COPIES = 199;

    Criterion {
        Terms.requireText("what", what);
    }

    /**
     * A paired test.
     *
     * @param effect the effect size, or the z among copies; NaN without spread
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
        return of(what, i, "> " + number(bound), i.low() > bound);
    }

    static Criterion below(String what, Interval i, double bound) {
        requireFinite("bound", bound);
        return of(what, i, "< " + number(bound), i.high() < bound);
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
        return of(what, i, bound, met);
    }

    private static Criterion of(String what, Interval i, String bound, boolean met) {
        return new Criterion(what, i.estimate(), i.low(), i.high(), i.count(), bound, met, false, NONE, 0, Terms.PLAIN);
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
        return new Criterion(what, value, Double.NaN, Double.NaN, 0, bound, met, true, NONE, 0, Terms.PLAIN);
    }

    /** The same, and the adjusted p must be below 0.05. */
    Criterion with(Test test) {
        return new Criterion(
                what,
                estimate,
                low,
                high,
                count,
                bound + ", p < 0.05",
                met && test.p < SIGNIFICANT,
                exact,
                test,
                excluded,
                terms);
    }

    Criterion with(Terms made, int leftOut) {
        return new Criterion(what, estimate, low, high, count, bound, met, exact, test, leftOut, made);
    }

    /**
     * A value beyond copies of a null model. Copies are no replicates: an interval of their mean shrinks with their number,
     * the rank of the value among them does not.
     */
    static Criterion beyond(String what, double value, double[] copies, boolean above) {
        if (copies.length < LEAST_COPIES) {
            throw new IllegalArgumentException("%d copies of a null model; a rank needs at least %d, so draw more."
                    .formatted(copies.length, LEAST_COPIES));
        }
        requireFinite("value", value);
        int asFar = 1;
        double sum = 0;
        for (double copy : copies) {
            requireFinite("copy", copy);
            asFar += (above ? copy >= value : copy <= value) ? 1 : 0;
            sum += copy;
        }
        double mean = sum / copies.length;
        double squares = 0;
        for (double copy : copies) {
            squares += (copy - mean) * (copy - mean);
        }
        double spread = Math.sqrt(squares / (copies.length - 1));
        double p = (double) asFar / (copies.length + 1);
        Terms terms = new Terms(
                "as named",
                "rank among %d copies of a null model with mean %s".formatted(copies.length, number(mean)),
                "null model",
                "none",
                "the network; copies are no replicates");
        Test rank = new Test((value - mean) / spread, p, 1);
        String bound = "%s the copies' %s, p < 0.05".formatted(above ? ">" : "<", number(mean));
        return new Criterion(what, value, Double.NaN, Double.NaN, 0, bound, p < SIGNIFICANT, true, rank, 0, terms);
    }

    boolean tested() {
        return test.tests > 0;
    }

    /** Estimate and interval for reading, with effect size and adjusted p value where there was a test. */
    String evidence() {
        if (exact) {
            return tested()
                    ? "%s; z = %s, p = %s".formatted(number(estimate), rough(test.effect), rough(test.p))
                    : number(estimate);
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
