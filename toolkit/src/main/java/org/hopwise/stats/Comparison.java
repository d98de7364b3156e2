package org.hopwise.stats;

import java.util.List;
import java.util.Map;
import org.hopwise.table.Columns;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Two groups of a tidy table compared, paired by seed. */
public final class Comparison {

    private Comparison() {}

    /**
     * Paired differences of a tidy table: the values of one group minus those of another, paired by seed, as
     * {@link Summary#of} gives them.
     *
     * @param t a table with a column {@code seed}
     * @param value the numeric column
     * @param column the column that tells the two groups apart
     * @param first the group whose values count positive
     * @param second the group whose values are taken off
     * @param by the columns within whose groups to compare
     * @return one row a group of {@code by}: those columns, mean, low, high, count
     * @throws IllegalArgumentException if a group has no row, a row of either group has no partner in the other, or a seed
     *     stands twice in either
     */
    public static Table differences(Table t, String value, String column, String first, String second, String... by) {
        return Summary.of(Pairs.of(t, value, column, first, second, by), "difference", by);
    }

    /**
     * Paired tests of a tidy table, one a group: {@link #differences} with the effect size ({@link PairedTests#effectSize}), the p
     * value of the sign-flip test ({@link PairedTests#permutation}) and that value adjusted for as many tests as there are rows
     * ({@link Corrections#holm}). A claim that is given this table asks for the adjusted p below 0.05 as well as for the interval.
     * The same table always gives the same numbers.
     *
     * @param t a table with a column {@code seed}
     * @param value the numeric column
     * @param column the column that tells the two groups apart
     * @param first the group whose values count positive
     * @param second the group whose values are taken off
     * @param by the columns within whose groups to compare; at least one
     * @return one row a group of {@code by}: those columns, mean, low, high, count, effect, p, holm
     * @throws IllegalArgumentException if a group has no row, a row of either group has no partner in the other, or a seed
     *     stands twice in either
     */
    public static Table pairedTests(Table t, String value, String column, String first, String second, String... by) {
        return tests(Pairs.of(t, value, column, first, second, by), by);
    }

    /**
     * Two groups compared where they agree in something else, such as error at the same weight sparsity. For each seed
     * the rows of a group make a curve of {@code value} over {@code x}: sorted by x, rows of equal x averaged, straight
     * lines between. The difference of a seed is first minus second, averaged over the stretch of x where both curves
     * have lines; nothing is extrapolated, and a seed whose curves share no stretch is left out. A line from one network
     * to another says nothing where no network is, so lines longer than {@code largestGap} are not drawn. Our own measure.
     *
     * @param t a table with a column {@code seed}
     * @param x the numeric column to agree in; give its logarithm if it spans decades
     * @param largestGap the longest line that counts, as a share of the x that either curve of a seed reaches; above 0, at
     *     most 1, such as 0.25
     * @param value the numeric column to compare
     * @param column the column that tells the two groups apart
     * @param first the group whose values count positive
     * @param second the group whose values are taken off
     * @param by the columns within whose groups to compare
     * @return as {@link #pairedTests}, and {@code overlap}, the shared stretch, and {@code gap}, the longest line in use,
     *     both as shares of what either curve reaches, averaged over all seeds
     * @throws IllegalArgumentException if there is no row of one of the groups, or the gap is out of bounds
     */
    public static Table matched(
            Table t,
            String x,
            double largestGap,
            String value,
            String column,
            String first,
            String second,
            String... by) {
        if (!(largestGap > 0 && largestGap <= 1)) {
            throw new IllegalArgumentException(
                    "largestGap is %s; it must be above 0 and at most 1, such as 0.25.".formatted(largestGap));
        }
        Columns.requireOwnNames(List.of(by), "overlap", "gap");
        Table pairs = Pairs.matched(t, x, largestGap, value, column, first, second, by);
        return tests(pairs, by).addColumns(means(pairs, "overlap", by), means(pairs, "gap", by));
    }

    private static DoubleColumn means(Table pairs, String column, String... by) {
        return Summary.of(pairs, column, by).doubleColumn("mean").copy().setName(column);
    }

    private static Table tests(Table pairs, String... by) {
        Columns.requireOwnNames(List.of(by), "effect", "p", "holm");
        Map<List<String>, Table> groups = Pairs.groups(pairs, by);
        double[] p = new double[groups.size()];
        DoubleColumn effects = DoubleColumn.create("effect");
        for (Table group : groups.values()) {
            double[] a = group.doubleColumn("first").asDoubleArray();
            double[] b = group.doubleColumn("second").asDoubleArray();
            p[effects.size()] = a.length == 0
                    ? 1
                    : PairedTests.permutation(a, b, Summary.SEED).pValue();
            effects.append(a.length < 2 ? Double.NaN : PairedTests.effectSize(a, b));
        }
        return Summary.of(pairs, "difference", by)
                .addColumns(effects, DoubleColumn.create("p", p), DoubleColumn.create("holm", Corrections.holm(p)));
    }
}
