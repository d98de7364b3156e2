package org.hopwise.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.machine.Interruption;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/** Intervals, tests and measures on plain arrays, and the summary of a tidy table. */
public final class Statistics {

    private static final int RESAMPLES = 10_000;
    private static final double LEVEL = 0.95;
    /** Up to this many pairs all sign flips are enumerated: 2^16 sums take about a millisecond. */
    private static final int ENUMERABLE = 16;
    /** Sums of the same numbers in other signs differ by rounding; ties within this relative slack count as ties. */
    private static final double TIE = 1e-12;
    /** Summaries are a function of the table alone, so their bootstrap seed is fixed. */
    private static final Seed SUMMARY = Seed.of(95).named("summary");

    private Statistics() {}

    /**
     * Pearson's correlation: the mean product of the two standardised samples, from -1 to 1. Multiplying a sample by a
     * positive number, however small or large, does not change it.
     *
     * @param a one value a case
     * @param b as many values, in the same order
     * @return the correlation; NaN if either sample is constant, for then it is not defined
     */
    public static double pearson(double[] a, double[] b) {
        requirePairs(a, b, 2);
        // The rounded mean of equal values need not be that value.
        if (isConstant(a) || isConstant(b)) {
            return Double.NaN;
        }
        return scaledPearson(scaled(a, exponent(a)), scaled(b, exponent(b)));
    }

    private static double scaledPearson(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            double da = a[i] - meanA;
            double db = b[i] - meanB;
            ab += da * db;
            aa += da * da;
            bb += db * db;
        }
        return Math.max(-1, Math.min(1, ab / (Math.sqrt(aa) * Math.sqrt(bb))));
    }

    /**
     * Pearson's correlation over all entries of two arrays of the same shape, such as an influence map and the optimal
     * map.
     *
     * @param a an array
     * @param b an array of the same shape
     * @return the correlation, as {@link #pearson}
     */
    public static double correlation(INDArray a, INDArray b) {
        if (!Arrays.equals(a.shape(), b.shape())) {
            throw new IllegalArgumentException("a has shape %s and b %s; they must be the same."
                    .formatted(Arrays.toString(a.shape()), Arrays.toString(b.shape())));
        }
        return pearson(Nd.values("a", a, a.rank()), Nd.values("b", b, b.rank()));
    }

    /**
     * Pearson's correlation of every two of several arrays, such as influence maps by different measures.
     *
     * @param arrays names and arrays of the same shape
     * @return one row a pair and order, an array with itself included: {@code first}, {@code second},
     *     {@code correlation}
     */
    public static Table correlations(Map<String, INDArray> arrays) {
        StringColumn first = StringColumn.create("first");
        StringColumn second = StringColumn.create("second");
        DoubleColumn correlation = DoubleColumn.create("correlation");
        arrays.forEach((a, one) -> arrays.forEach((b, other) -> {
            first.append(a);
            second.append(b);
            correlation.append(correlation(one, other));
        }));
        return Table.create("correlations", first, second, correlation);
    }

    /**
     * The mean with its 95 % interval: the 2.5th and 97.5th percentile of the means of 10,000 resamples drawn with
     * replacement (percentile bootstrap; Efron and Tibshirani, 1993, chapter 13). Intervals from fewer than about ten
     * values are too narrow; say how many there were.
     *
     * @param values at least one value; a single one has NaN bounds, since it says nothing about spread
     * @param seed the randomness of the resamples
     * @return mean and bounds
     */
    public static Interval bootstrapMean(double[] values, Seed seed) {
        requireFinite("values", values);
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("values has 0 entries; a mean needs at least 1.");
        }
        int exponent = exponent(values);
        double[] scaled = scaled(values, exponent);
        double mean = Math.scalb(mean(scaled), exponent);
        if (n < 2) {
            return new Interval(mean, Double.NaN, Double.NaN, LEVEL, n);
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed.value());
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            Interruption.check();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += scaled[random.nextInt(n)];
            }
            means[r] = sum / n;
        }
        Arrays.sort(means);
        double low = Math.scalb(quantile(means, (1 - LEVEL) / 2), exponent);
        double high = Math.scalb(quantile(means, (1 + LEVEL) / 2), exponent);
        return new Interval(mean, low, high, LEVEL, n);
    }

    /**
     * The mean of {@code a - b} over pairs, with its bootstrap interval as in {@link #bootstrapMean}. An interval that
     * leaves out 0 says that the pairs differ.
     *
     * @param a one value a pair
     * @param b as many values, in the same order
     * @param seed the randomness of the resamples
     * @return mean difference and bounds
     */
    public static Interval pairedDifference(double[] a, double[] b, Seed seed) {
        double[] differences = differences(a, b);
        requireFinite("a - b", differences);
        return bootstrapMean(differences, seed);
    }

    /**
     * Two-sided p value of the paired sign-flip test: how often would the mean of {@code a - b} be as far from 0 as it
     * is if the sign of each difference were a coin toss? All 2^n flips are counted up to 16 pairs, so the least p is
     * 2^(1-n); beyond, 10,000 random flips and the observed one.
     *
     * @param a one value a pair
     * @param b as many values, in the same order
     * @param seed the randomness of the flips; without effect up to 16 pairs
     * @return the p value, above 0 and at most 1
     */
    public static double permutationTest(double[] a, double[] b, Seed seed) {
        double[] d = scaledDifferences(a, b);
        double scale = 0;
        double sum = 0;
        for (double value : d) {
            sum += value;
            scale += Math.abs(value);
        }
        double observed = Math.abs(sum) - TIE * scale;
        if (d.length <= ENUMERABLE) {
            int flips = 1 << d.length;
            int asFar = 0;
            for (int signs = 0; signs < flips; signs++) {
                asFar += Math.abs(flipped(d, signs)) >= observed ? 1 : 0;
            }
            return (double) asFar / flips;
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed.value());
        int asFar = 1;
        for (int r = 0; r < RESAMPLES; r++) {
            Interruption.check();
            double flipped = 0;
            for (double value : d) {
                flipped += random.nextBoolean() ? value : -value;
            }
            asFar += Math.abs(flipped) >= observed ? 1 : 0;
        }
        return asFar / (RESAMPLES + 1.0);
    }

    /**
     * Effect size of paired values, Cohen's d for pairs (d_z): {@code mean(d) / sd(d)} with {@code d = a - b} and n - 1
     * in the standard deviation. Unlike a p value it does not grow with the number of pairs. By Cohen's convention (1988)
     * 0.2 is small, 0.5 medium and 0.8 large; paired seeds share their noise, so larger values are common here. From few
     * pairs it comes out too large, by a factor of about {@code 1 + 3 / (4 n - 5)}.
     *
     * @param a one value a pair
     * @param b as many values, in the same order; at least 2
     * @return the effect size, in the sign of {@code a - b}; NaN if all differences are equal up to rounding, for then
     *     there is no spread to compare with
     */
    public static double effectSize(double[] a, double[] b) {
        requirePairs(a, b, 2);
        double[] d = scaledDifferences(a, b);
        double mean = mean(d);
        double squares = 0;
        for (double difference : d) {
            squares += (difference - mean) * (difference - mean);
        }
        // After scaling the largest value lies between 1 and 2.
        double scale = 1;
        double deviation = Math.sqrt(squares / (d.length - 1));
        return deviation <= TIE * scale ? Double.NaN : mean / deviation;
    }

    /**
     * P values of several tests, adjusted after Holm (1979): with p sorted upwards, the largest over j up to i of
     * {@code (n - j + 1) p_(j)}, at most 1. Calling those below 0.05 holds the chance of one false call or more to 5 %,
     * however the tests depend on each other.
     *
     * @param p one p value a test, from 0 to 1
     * @return the adjusted ones, in the order given
     */
    public static double[] holm(double[] p) {
        int[] order = rising(p);
        int n = p.length;
        double[] adjusted = new double[n];
        double largest = 0;
        for (int j = 1; j <= n; j++) {
            largest = Math.max(largest, (n - j + 1) * p[order[j - 1]]);
            adjusted[order[j - 1]] = Math.min(1, largest);
        }
        return adjusted;
    }

    /**
     * P values of several tests, adjusted after Benjamini and Hochberg (1995): with p sorted upwards, the smallest over j
     * from i of {@code n p_(j) / j}. Calling those below 0.05 holds the expected fraction of false calls among the calls
     * to 5 %, if the tests are independent or rise and fall together. It calls more than {@link #holm}.
     *
     * @param p one p value a test, from 0 to 1
     * @return the adjusted ones, in the order given
     */
    public static double[] benjaminiHochberg(double[] p) {
        int[] order = rising(p);
        int n = p.length;
        double[] adjusted = new double[n];
        double smallest = 1;
        for (int j = n; j >= 1; j--) {
            smallest = Math.min(smallest, n * p[order[j - 1]] / j);
            adjusted[order[j - 1]] = smallest;
        }
        return adjusted;
    }

    /** Which p value is the least, the next, and so on. */
    private static int[] rising(double[] p) {
        requireCount("p", p, 1);
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0 && p[i] <= 1)) {
                throw new IllegalArgumentException(
                        "p[%d] is %s; a p value is from 0 to 1, so leave out tests that gave none.".formatted(i, p[i]));
            }
        }
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /**
     * Hoyer's sparsity, {@code (sqrt n - l1 / l2) / (sqrt n - 1)}: 0 when all magnitudes are equal, 1 when a single
     * entry is not zero (Hoyer, 2004).
     *
     * @param values at least two values
     * @return the sparsity; NaN if all values are zero, for then it is not defined
     */
    public static double hoyer(double[] values) {
        requireFinite("values", values);
        requireCount("values", values, 2);
        double l1 = 0;
        double squares = 0;
        for (double value : scaled(values, exponent(values))) {
            l1 += Math.abs(value);
            squares += value * value;
        }
        double rootN = Math.sqrt(values.length);
        double sparsity = (rootN - l1 / Math.sqrt(squares)) / (rootN - 1);
        return Math.max(0, Math.min(1, sparsity));
    }

    /**
     * Gini coefficient of the magnitudes, {@code sum_r (2 r - n - 1) |v|_(r) / (n sum |v|)} with magnitudes sorted
     * upwards: 0 when all are equal, {@code 1 - 1/n} when a single entry is not zero.
     *
     * @param values at least one value
     * @return the coefficient; NaN if all values are zero, for then it is not defined
     */
    public static double gini(double[] values) {
        requireFinite("values", values);
        requireCount("values", values, 1);
        int n = values.length;
        double[] magnitudes = Arrays.stream(scaled(values, exponent(values)))
                .map(Math::abs)
                .sorted()
                .toArray();
        double weighted = 0;
        double total = 0;
        for (int r = 1; r <= n; r++) {
            weighted += (2.0 * r - n - 1) * magnitudes[r - 1];
            total += magnitudes[r - 1];
        }
        return weighted / (n * total);
    }

    /**
     * Paired differences of a tidy table: the values of one group minus those of another, paired by seed, as
     * {@link #summary} gives them.
     *
     * @param t a table with a column {@code seed}
     * @param value the numeric column
     * @param column the column that tells the two groups apart
     * @param first the group whose values count positive
     * @param second the group whose values are taken off
     * @param by the columns within whose groups to compare
     * @return one row a group of {@code by}: those columns, mean, low, high, count
     * @throws IllegalArgumentException if a group has no row, a row of the first group has no partner in the second, or a
     *     seed stands twice in either
     */
    public static Table differences(Table t, String value, String column, String first, String second, String... by) {
        return summary(Pairs.of(t, value, column, first, second, by), "difference", by);
    }

    /**
     * Paired tests of a tidy table, one a group: {@link #differences} with the effect size ({@link #effectSize}), the p
     * value of the sign-flip test ({@link #permutationTest}) and that value adjusted for as many tests as there are rows
     * ({@link #holm}). A claim that is given this table asks for the adjusted p below 0.05 as well as for the interval.
     * The same table always gives the same numbers.
     *
     * @param t a table with a column {@code seed}
     * @param value the numeric column
     * @param column the column that tells the two groups apart
     * @param first the group whose values count positive
     * @param second the group whose values are taken off
     * @param by the columns within whose groups to compare; at least one
     * @return one row a group of {@code by}: those columns, mean, low, high, count, effect, p, holm
     * @throws IllegalArgumentException if a group has no row, a row of the first group has no partner in the second, or a
     *     seed stands twice in either
     */
    public static Table pairedTests(Table t, String value, String column, String first, String second, String... by) {
        return tests(Pairs.of(t, value, column, first, second, by), by);
    }

    /**
     * Two groups compared where they agree in something else, such as error at the same weight sparsity. For each seed
     * the rows of a group make a curve of {@code value} over {@code x}: sorted by x, rows of equal x averaged, straight
     * lines between. The difference of a seed is first minus second, averaged over the stretch of x that both curves
     * reach; nothing is extrapolated, and a seed whose curves share no stretch is left out. Our own measure.
     *
     * @param t a table with a column {@code seed}
     * @param x the numeric column to agree in; give its logarithm if it spans decades
     * @param value the numeric column to compare
     * @param column the column that tells the two groups apart
     * @param first the group whose values count positive
     * @param second the group whose values are taken off
     * @param by the columns within whose groups to compare
     * @return as {@link #pairedTests}, and {@code overlap}: the shared stretch as a share of what either curve reaches,
     *     averaged over all seeds
     * @throws IllegalArgumentException if there is no row of one of the groups
     */
    public static Table matched(
            Table t, String x, String value, String column, String first, String second, String... by) {
        Keys.requireOwnNames(List.of(by), "overlap");
        Table pairs = Pairs.matched(t, x, value, column, first, second, by);
        DoubleColumn overlap =
                summary(pairs, "overlap", by).doubleColumn("mean").copy();
        return tests(pairs, by).addColumns(overlap.setName("overlap"));
    }

    private static Table tests(Table pairs, String... by) {
        Keys.requireOwnNames(List.of(by), "effect", "p", "holm");
        Map<List<String>, Table> groups = Pairs.groups(pairs, by);
        double[] p = new double[groups.size()];
        DoubleColumn effects = DoubleColumn.create("effect");
        for (Table group : groups.values()) {
            double[] a = group.doubleColumn("first").asDoubleArray();
            double[] b = group.doubleColumn("second").asDoubleArray();
            p[effects.size()] = a.length == 0 ? 1 : permutationTest(a, b, SUMMARY);
            effects.append(a.length < 2 ? Double.NaN : effectSize(a, b));
        }
        return summary(pairs, "difference", by)
                .addColumns(effects, DoubleColumn.create("p", p), DoubleColumn.create("holm", holm(p)));
    }

    /**
     * One row a group: the mean of a column with its 95 % bootstrap interval and how many values it comes from. Missing
     * values are left out. The same table always gives the same bounds.
     *
     * @param t a tidy table
     * @param value the name of a column of numbers
     * @param by the names of the columns whose values make a group; without any, the whole table is one group
     * @return columns {@code by}, {@code mean}, {@code low}, {@code high}, {@code count}, in order of first appearance
     */
    public static Table summary(Table t, String value, String... by) {
        if (!(Keys.column(t, value) instanceof NumericColumn<?> numbers)) {
            throw new IllegalArgumentException("column '%s' is %s; a mean needs numbers."
                    .formatted(value, Keys.column(t, value).type().name()));
        }
        Keys.requireOwnNames(List.of(by), "mean", "low", "high", "count");
        Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
        for (int row = 0; row < t.rowCount(); row++) {
            groups.computeIfAbsent(Keys.of(t, row, by), unused -> new ArrayList<>())
                    .add(row);
        }
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
                    ? new Interval(Double.NaN, Double.NaN, Double.NaN, LEVEL, 0)
                    : bootstrapMean(values, SUMMARY);
            mean.append(interval.estimate());
            low.append(interval.low());
            high.append(interval.high());
            count.append(interval.count());
        }
        Table summary = Table.create(t.name());
        int[] firstRows = groups.values().stream().mapToInt(rows -> rows.get(0)).toArray();
        for (String name : by) {
            summary.addColumns(
                    Keys.column(t, name).where(Selection.with(firstRows)).copy());
        }
        return summary.addColumns(mean, low, high, count);
    }

    /** Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). */
    private static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double flipped(double[] d, int signs) {
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            sum += (signs >> i & 1) == 0 ? d[i] : -d[i];
        }
        return sum;
    }

    private static double[] differences(double[] a, double[] b) {
        requirePairs(a, b, 1);
        double[] d = new double[a.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = a[i] - b[i];
        }
        return d;
    }

    /** Differences divided by a power of two, the same for all, so that no sum or square over- or underflows. */
    private static double[] scaledDifferences(double[] a, double[] b) {
        requirePairs(a, b, 1);
        int exponent = Math.max(exponent(a), exponent(b));
        return differences(scaled(a, exponent), scaled(b, exponent));
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    /** The power of two next to the largest modulus; 0 if all are zero. */
    private static int exponent(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest == 0 ? 0 : Math.getExponent(largest) + (largest < Double.MIN_NORMAL ? subnormal(largest) : 0);
    }

    /** How far a number below the normal ones lies below them. */
    private static int subnormal(double value) {
        return Math.getExponent(value * 0x1p60) - 60 - Math.getExponent(value);
    }

    /** The values over 2^exponent: the same digits, unless they vanish beside the largest. */
    private static double[] scaled(double[] values, int exponent) {
        return Arrays.stream(values).map(value -> Math.scalb(value, -exponent)).toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static void requirePairs(double[] a, double[] b, int least) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "a has %d values and b has %d; pairs need equally many.".formatted(a.length, b.length));
        }
        requireCount("a", a, least);
        requireFinite("a", a);
        requireFinite("b", b);
    }

    private static void requireCount(String name, double[] values, int least) {
        if (values.length < least) {
            throw new IllegalArgumentException(
                    "%s has %d values; at least %d are needed.".formatted(name, values.length, least));
        }
    }

    private static void requireFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("%s[%d] is %s; it must be finite, so remove missing values first."
                        .formatted(name, i, values[i]));
            }
        }
    }
}
