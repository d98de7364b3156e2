package org.hopwise.stats;

import java.util.List;
import java.util.Map;
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

    private Summary() {}

    /**
     * One row a group: the mean of a column with its 95 % bootstrap interval and how many values it comes from. Missing
     * values are left out. The same table always gives the same bounds.
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
                    : Bootstrap.mean(values, SEED);
            mean.append(interval.estimate());
            low.append(interval.low());
            high.append(interval.high());
            count.append(interval.count());
        }
        return Groups.keys(t, groups, by).addColumns(mean, low, high, count);
    }
}
