package org.hopwise.stats;

import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.hopwise.Seed;
import org.hopwise.table.Columns;
import org.hopwise.table.Groups;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/** The summary of a tidy table: means with their intervals, one row a group. */
public final class Summary {

    /** Summaries are a function of the table alone, so their bootstrap seed is fixed. */
    static final Seed SEED = Seed.of(95).named("summary");

    /** From here on the bootstrap's percentiles cover what they promise: 75 % at three values, 88 % at eight. */
    private static final int MANY = 20;
    /** Relative and absolute accuracy of a quantile, and of the probability that it belongs to. */
    private static final double ACCURACY = 1e-13;

    private Summary() {}

    /**
     * The mean with its 95 % interval: below twenty values Student's, {@code mean +- t s / sqrt(n)} with n - 1 in s and t
     * the 97.5 % quantile at n - 1 degrees of freedom; from twenty on the percentile bootstrap of {@link Bootstrap#mean},
     * which needs no normal distribution. The same values always give the same bounds.
     *
     * @param values at least one value; a single one has NaN bounds, since it says nothing about spread
     * @return mean and bounds
     */
    public static Interval mean(double[] values) {
        int n = values.length;
        if (n < 2 || n >= MANY) {
            return Bootstrap.mean(values, SEED);
        }
        Samples.requireFinite("values", values);
        int exponent = Samples.exponent(values);
        double[] scaled = Samples.scaled(values, exponent);
        // The rounded mean of equal values need not be that value.
        double mean = Samples.isConstant(scaled) ? scaled[0] : Samples.mean(scaled);
        double squares = 0;
        for (double value : scaled) {
            squares += (value - mean) * (value - mean);
        }
        double half = studentQuantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
        return new Interval(
                Math.scalb(mean, exponent),
                Math.scalb(mean - half, exponent),
                Math.scalb(mean + half, exponent),
                Bootstrap.LEVEL,
                n);
    }

    /** The t beyond which 2.5 % lie on either side: P(|T| > t) = I_x(freedom / 2, 1 / 2) at x = freedom / (freedom + t^2). */
    private static double studentQuantile(int freedom) {
        double beyond = 1 - Bootstrap.LEVEL;
        double x = new BrentSolver(ACCURACY, ACCURACY, ACCURACY)
                .findRoot(at -> RegularizedBeta.value(at, freedom / 2.0, 0.5) - beyond, 0, 1);
        return Math.sqrt(freedom * (1 - x) / x);
    }

    /**
     * One row a group: the mean of a column with its 95 % interval, {@link #mean}, and how many values it comes from.
     * Missing values are left out. The same table always gives the same bounds.
     *
     * @param t a tidy table
     * @param value the name of a column of numbers
     * @param by the names of the columns whose values make a group; without any, the whole table is one group
     * @return columns {@code by}, {@code mean}, {@code low}, {@code high}, {@code count}, in order of first appearance
     */
    public static Table of(Table t, String value, String... by) {
        NumericColumn<?> numbers = Columns.numbers(t, value);
        Columns.requireOwnNames(List.of(by), "mean", "low", "high", "count");
        Map<List<String>, List<Integer>> groups = Groups.of(t, by);
        DoubleColumn mean = DoubleColumn.create("mean");
        DoubleColumn low = DoubleColumn.create("low");
        DoubleColumn high = DoubleColumn.create("high");
        IntColumn count = IntColumn.create("count");
        for (List<Integer> rows : groups.values()) {
            double[] values = rows.stream()
                    .mapToDouble(numbers::getDouble)
                    .filter(v -> !Double.isNaN(v))
                    .toArray();
            Interval interval = values.length == 0
                    ? new Interval(Double.NaN, Double.NaN, Double.NaN, Bootstrap.LEVEL, 0)
                    : mean(values);
            mean.append(interval.estimate());
            low.append(interval.low());
            high.append(interval.high());
            count.append(interval.count());
        }
        return Groups.keys(t, groups, by).addColumns(mean, low, high, count);
    }
}
