package org.hopwise.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hopwise.Seed;
import org.hopwise.internal.Quantile;
import org.hopwise.internal.array.Draws;
import org.hopwise.table.Groups;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Spearman's rank correlation: whether two numbers rise together, in whatever shape. */
public final class RankCorrelation {

    private static final int RESAMPLES = 2000;
    private static final Seed BOOTSTRAP = Seed.of(95).named("rank correlation");

    private RankCorrelation() {}

    /**
     * Pearson's correlation of the ranks; equal values share the mean of their ranks (Spearman, 1904).
     *
     * @param a one value a case, at least 2
     * @param b as many, in the same order
     * @return from -1 to 1; NaN if either sample is constant, for then it is not defined
     * @throws IllegalArgumentException if there are fewer than 2 cases, samples differ in length or a value is not
     *     finite
     */
    public static double spearman(double[] a, double[] b) {
        Samples.requirePairs(a, b, 2);
        return Correlation.pearson(ranks(a), ranks(b));
    }

    /**
     * The correlation of two columns within each group of a table, with the 95 % percentile interval of 2,000
     * bootstrap samples of seeds, each with all its rows, since the rows of one seed are not independent. Rows that
     * lack either value are left out. The same table always gives the same bounds.
     *
     * @param t one row a case, with a column {@code seed}
     * @param x a column of numbers
     * @param y a column of numbers
     * @param by the columns within whose groups to correlate
     * @return one row a group: those columns, {@code mean}, the correlation, {@code low}, {@code high}, {@code
     *     count}, the number of seeds; missing where it is not defined
     */
    public static Table summary(Table t, String x, String y, String... by) {
        DoubleColumn mean = DoubleColumn.create("mean");
        DoubleColumn low = DoubleColumn.create("low");
        DoubleColumn high = DoubleColumn.create("high");
        IntColumn count = IntColumn.create("count");
        Map<List<String>, List<Integer>> groups = Groups.of(t, by);
        for (List<Integer> rows : groups.values()) {
            Table group = t.where(Groups.rows(rows));
            Table full = group.where(
                    group.column(x).isNotMissing().and(group.column(y).isNotMissing()));
            double[] a = full.numberColumn(x).asDoubleArray();
            double[] b = full.numberColumn(y).asDoubleArray();
            List<List<Integer>> seeds = List.copyOf(Groups.of(full, "seed").values());
            mean.append(a.length < 2 ? Double.NaN : spearman(a, b));
            double[] resamples = resamples(a, b, seeds);
            low.append(Quantile.of(resamples, 0.025));
            high.append(Quantile.of(resamples, 0.975));
            count.append(seeds.size());
        }
        return Groups.keys(t, groups, by).addColumns(mean, low, high, count);
    }

    /** The defined correlations of resampled seeds, in rising order; none for a single seed. */
    private static double[] resamples(double[] a, double[] b, List<List<Integer>> seeds) {
        Draws draws = new Draws(BOOTSTRAP);
        return IntStream.range(0, seeds.size() < 2 ? 0 : RESAMPLES)
                .mapToDouble(unused -> {
                    int[] rows = IntStream.range(0, seeds.size())
                            .flatMap(i -> seeds.get(draws.below(seeds.size())).stream()
                                    .mapToInt(row -> row))
                            .toArray();
                    return spearman(
                            Arrays.stream(rows).mapToDouble(row -> a[row]).toArray(),
                            Arrays.stream(rows).mapToDouble(row -> b[row]).toArray());
                })
                .filter(r -> !Double.isNaN(r))
                .sorted()
                .toArray();
    }

    private static double[] ranks(double[] values) {
        int n = values.length;
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] ranks = new double[n];
        for (int from = 0, to; from < n; from = to) {
            to = from + 1;
            // Not compare(): -0 and 0 are equal.
            while (to < n && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }
        return ranks;
    }
}
