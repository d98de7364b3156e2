package org.hopwise.stats;

import java.util.Arrays;
import org.hopwise.internal.Check;
import org.hopwise.internal.Quantile;

/**
 * One observed value against draws of a null model. With n draws p = (1 + draws as extreme) / (1 + n), so that the observed
 * value is itself one of them (Phipson and Smyth, 2010); draws within 1e-12 of the largest modulus count as equal. Draws
 * that are NaN count as extreme on either side and are left out of mean and interval. A p value says how rare, the effect how
 * far: give both.
 *
 * @param observed the value; NaN makes every p value and the effect NaN
 * @param draws n, undefined ones included
 * @param undefined how many draws are NaN
 * @param mean of the draws; NaN without any
 * @param deviation standard deviation of the draws, with n - 1
 * @param low 2.5th percentile of the draws, linear between ranks (type 7 of Hyndman and Fan, 1996)
 * @param high 97.5th percentile of the draws
 * @param greater p value of draws as large or larger
 * @param less p value of draws as small or smaller
 * @param twoSided twice the smaller of the two, at most 1
 * @param z (observed - mean) / deviation; NaN where the draws do not vary
 * @param effect (draws below - draws above) / n, from -1 to 1: Cliff's delta of one value against the draws
 */
public record NullTest(
        double observed,
        int draws,
        int undefined,
        double mean,
        double deviation,
        double low,
        double high,
        double greater,
        double less,
        double twoSided,
        double z,
        double effect) {

    /** Sums of the same numbers in another order differ by rounding; ties within this slack are ties. */
    private static final double TIE = 1e-12;

    /**
     * Compares a value with draws. Cost: a sort.
     *
     * @param observed the value; may be NaN
     * @param draws at least one; any may be NaN
     * @return the test
     * @throws IllegalArgumentException if there are no draws
     */
    public static NullTest of(double observed, double[] draws) {
        int n = Check.positive("the number of draws", draws.length);
        double[] sorted = Arrays.stream(draws)
                .filter(draw -> !Double.isNaN(draw))
                .sorted()
                .toArray();
        double largest = Double.isFinite(observed) ? Math.abs(observed) : 0;
        for (double draw : sorted) {
            largest = Double.isFinite(draw) ? Math.max(largest, Math.abs(draw)) : largest;
        }
        double slack = TIE * largest;
        int above = 0;
        int below = 0;
        for (double draw : sorted) {
            above += draw > observed + slack ? 1 : 0;
            below += draw < observed - slack ? 1 : 0;
        }
        boolean defined = !Double.isNaN(observed);
        double greater = defined ? (1.0 + n - below) / (1 + n) : Double.NaN;
        double less = defined ? (1.0 + n - above) / (1 + n) : Double.NaN;
        double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
        double deviation = deviation(sorted, mean);
        boolean varies = deviation > TIE * Math.abs(mean);
        return new NullTest(
                observed,
                n,
                n - sorted.length,
                mean,
                deviation,
                Quantile.of(sorted, 0.025),
                Quantile.of(sorted, 0.975),
                greater,
                less,
                Math.min(1, 2 * Math.min(greater, less)),
                varies ? (observed - mean) / deviation : Double.NaN,
                defined ? (double) (below - above) / n : Double.NaN);
    }

    /**
     * The fewest draws with which the least two-sided p values of some tests, 2 / (n + 1) each, all stay below 0.05 after
     * Holm's correction: the least n with 2 m / (n + 1) below 0.05.
     *
     * @param tests m, at least 1
     * @return 40 m
     */
    public static int fewestDraws(int tests) {
        return Math.multiplyExact(40, Check.positive("tests", tests));
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }
}
