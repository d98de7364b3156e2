package org.hopwise.study;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.numbers.gamma.Erfc;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.Texts;

/**
 * How often something is chosen as it depends on conditions: P = Phi(b_0 + b_1 x_1 + ...), Phi the standard normal
 * distribution, by maximum likelihood. Errors are from the expected Fisher information. Data that a threshold separates
 * without error have no finite slope; then all numbers are NaN and the text says so.
 *
 * @param intercept b_0
 * @param slopes b_1, ..., one a condition
 * @param errors standard errors of intercept and slopes, in this order
 * @param logLikelihood the log likelihood of the data, without binomial coefficients
 */
public record Psychometric(double intercept, List<Double> slopes, List<Double> errors, double logLikelihood) {

    /** The threshold of an ideal observer of the task {@code perceptual} at standard noise of the inputs. */
    private static final double IDEAL_THRESHOLD = 0.05;

    private static final int MOST_STEPS = 200;
    private static final double CLOSE = 1e-11;
    /** By how much the sum of a thousand logarithms may fall by rounding alone. */
    private static final double ROUNDING = 1e-12;

    /**
     * Copies the lists.
     *
     * @param intercept b_0
     * @param slopes one a condition
     * @param errors of intercept and slopes
     * @param logLikelihood of the data
     */
    public Psychometric {
        slopes = List.copyOf(slopes);
        errors = List.copyOf(errors);
    }

    /**
     * The fit to counts by one condition.
     *
     * @param values the condition, one number a group of trials
     * @param trials how many trials the group has
     * @param chosen in how many of them it was chosen
     * @return the fit
     * @throws IllegalArgumentException if lengths differ, or counts are not from 0 to the number of trials
     */
    public static Psychometric of(double[] values, int[] trials, int[] chosen) {
        return of(new double[][] {values}, trials, chosen);
    }

    /**
     * The fit to counts by several conditions.
     *
     * @param values conditions x groups of trials
     * @param trials how many trials each group has
     * @param chosen in how many of them it was chosen
     * @return the fit
     * @throws IllegalArgumentException if lengths differ, or counts are not from 0 to the number of trials
     */
    public static Psychometric of(double[][] values, int[] trials, int[] chosen) {
        requireCounts(values, trials, chosen);
        int size = values.length + 1;
        double[] b = new double[size];
        if (isSeparable(values, trials, chosen)) {
            return none(values.length);
        }
        double now = logLikelihood(b, values, trials, chosen);
        for (int n = 0; n < MOST_STEPS; n++) {
            DMatrixRMaj information = new DMatrixRMaj(size, size);
            DMatrixRMaj score = new DMatrixRMaj(size, 1);
            derivatives(b, values, trials, chosen, information, score);
            DMatrixRMaj step = new DMatrixRMaj(size, 1);
            if (!CommonOps_DDRM.solve(information, score, step)) {
                return none(values.length);
            }
            double largest = 0;
            for (int k = 0; k < size; k++) {
                largest = Math.max(largest, Math.abs(step.data[k]) / (1 + Math.abs(b[k])));
            }
            if (largest < CLOSE) {
                return fitted(b, information, now);
            }
            double part = 1;
            double[] next = moved(b, step, part);
            double then = logLikelihood(next, values, trials, chosen);
            while (!(then >= now - ROUNDING * Math.abs(now)) && part > CLOSE) {
                part /= 2;
                next = moved(b, step, part);
                then = logLikelihood(next, values, trials, chosen);
            }
            if (!(then >= now - ROUNDING * Math.abs(now))) {
                // No step gains any more: rounding is reached.
                return fitted(b, information, now);
            }
            b = next;
            now = then;
        }
        return none(values.length);
    }

    private static void requireCounts(double[][] values, int[] trials, int[] chosen) {
        if (values.length == 0 || trials.length == 0 || trials.length != chosen.length) {
            throw new IllegalArgumentException(
                    "there are %d conditions, %d numbers of trials and %d of choices; give at least one condition, and trials and choices for every group."
                            .formatted(values.length, trials.length, chosen.length));
        }
        for (double[] condition : values) {
            if (condition.length != trials.length) {
                throw new IllegalArgumentException("a condition has %d values for %d groups of trials; give one each."
                        .formatted(condition.length, trials.length));
            }
        }
        for (int i = 0; i < trials.length; i++) {
            if (chosen[i] < 0 || chosen[i] > trials[i]) {
                throw new IllegalArgumentException(
                        "choices of group %d are %d of %d trials; they go from 0 to that number."
                                .formatted(i, chosen[i], trials[i]));
            }
        }
    }

    /** With one condition: whether values with and without a choice do not overlap. With more, the fit finds no end. */
    private static boolean isSeparable(double[][] values, int[] trials, int[] chosen) {
        double[] with = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] without = with.clone();
        for (int i = 0; i < trials.length; i++) {
            double x = values[0][i];
            if (chosen[i] > 0) {
                with[0] = Math.min(with[0], x);
                with[1] = Math.max(with[1], x);
            }
            if (chosen[i] < trials[i]) {
                without[0] = Math.min(without[0], x);
                without[1] = Math.max(without[1], x);
            }
        }
        return values.length == 1 && (without[1] <= with[0] || with[1] <= without[0]);
    }

    private static Psychometric none(int conditions) {
        List<Double> missing = Collections.nCopies(conditions, Double.NaN);
        return new Psychometric(Double.NaN, missing, Collections.nCopies(conditions + 1, Double.NaN), Double.NaN);
    }

    private static double[] moved(double[] b, DMatrixRMaj step, double part) {
        double[] next = b.clone();
        for (int k = 0; k < b.length; k++) {
            next[k] += part * step.data[k];
        }
        return next;
    }

    private static double argument(double[] b, double[][] values, int group) {
        double z = b[0];
        for (int k = 1; k < b.length; k++) {
            z += b[k] * values[k - 1][group];
        }
        return z;
    }

    private static double normal(double z) {
        return 0.5 * Erfc.value(-z / Math.sqrt(2));
    }

    private static double logLikelihood(double[] b, double[][] values, int[] trials, int[] chosen) {
        double sum = 0;
        for (int i = 0; i < trials.length; i++) {
            double z = argument(b, values, i);
            sum += chosen[i] == 0 ? 0 : chosen[i] * Math.log(normal(z));
            sum += chosen[i] == trials[i] ? 0 : (trials[i] - chosen[i]) * Math.log(normal(-z));
        }
        return sum;
    }

    /** Score: sum of (k - n P) phi / (P Q) x; expected information: sum of n phi^2 / (P Q) x x'. */
    private static void derivatives(
            double[] b, double[][] values, int[] trials, int[] chosen, DMatrixRMaj information, DMatrixRMaj score) {
        for (int i = 0; i < trials.length; i++) {
            double z = argument(b, values, i);
            double p = normal(z);
            double q = normal(-z);
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            double ratio = density / (p * q);
            if (!Double.isFinite(ratio)) {
                continue;
            }
            for (int k = 0; k < b.length; k++) {
                double xk = k == 0 ? 1 : values[k - 1][i];
                score.data[k] += (chosen[i] * q - (trials[i] - chosen[i]) * p) * ratio * xk;
                for (int l = 0; l < b.length; l++) {
                    double xl = l == 0 ? 1 : values[l - 1][i];
                    information.add(k, l, trials[i] * density * ratio * xk * xl);
                }
            }
        }
    }

    private static Psychometric fitted(double[] b, DMatrixRMaj information, double logLikelihood) {
        DMatrixRMaj covariance = information.copy();
        if (!CommonOps_DDRM.invert(covariance)) {
            return none(b.length - 1);
        }
        Double[] errors = new Double[b.length];
        Arrays.setAll(errors, k -> Math.sqrt(covariance.get(k, k)));
        return new Psychometric(b[0], Arrays.stream(b).skip(1).boxed().toList(), List.of(errors), logLikelihood);
    }

    /**
     * Whether there is a finite slope.
     *
     * @return false for data that are separated without error
     */
    public boolean isFinite() {
        return Double.isFinite(intercept);
    }

    /**
     * How often the fit expects the choice.
     *
     * @param x one value a condition, in the order of the slopes
     * @return P = Phi(b_0 + b . x), from 0 to 1; NaN without a finite slope
     * @throws IllegalArgumentException if there is not one value a condition
     */
    public double share(double... x) {
        if (x.length != slopes.size()) {
            throw new IllegalArgumentException(
                    "x has %d values and the fit %d conditions; give one each.".formatted(x.length, slopes.size()));
        }
        double z = intercept;
        for (int k = 0; k < x.length; k++) {
            z += slopes.get(k) * x[k];
        }
        return normal(z);
    }

    /**
     * The slope by the first condition.
     *
     * @return b_1
     */
    public double slope() {
        return slopes.get(0);
    }

    /**
     * Where both choices are equally frequent, by the first condition.
     *
     * @return - b_0 / b_1
     */
    public double bias() {
        return -intercept / slope();
    }

    /**
     * By how much the first condition must change for one standard deviation.
     *
     * @return 1 / b_1
     */
    public double threshold() {
        return 1 / slope();
    }

    /**
     * How much of the evidence of the task {@code perceptual} is used at standard noise, beside the ideal observer, whose
     * slope is 20 (40 steps, standard deviation sqrt(0.05)).
     *
     * @return (0.05 / threshold)^2
     */
    public double efficiency() {
        return Math.pow(IDEAL_THRESHOLD / threshold(), 2);
    }

    @Override
    public String toString() {
        return isFinite()
                ? "P = Phi(%s + %s x), errors %s"
                        .formatted(
                                Texts.number(intercept),
                                slopes.stream().map(Texts::number).toList(),
                                errors.stream().map(Texts::number).toList())
                : "no finite slope: the conditions separate the choices without error; ask more trials or finer conditions";
    }
}
