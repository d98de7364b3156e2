package org.hopwise.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.stats.Bootstrap;
import org.hopwise.stats.Interval;
import org.hopwise.table.Groups;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * Can networks be told apart by their metrics? Each network in turn is left out; the metrics are standardised by mean
 * and standard deviation of the others; and the network gets the label whose mean vector is nearest. A metric that
 * does not vary among the others is left out of the distance. Of equal distances none counts as right.
 */
public final class NearestCentroid {

    private static final int SHUFFLES = 999;
    private static final Seed SHUFFLE = Seed.of(95).named("labels");

    private NearestCentroid() {}

    /**
     * The accuracy within each group of a table, with the p value of a permutation test: how often would labels that
     * are shuffled among the networks of equal {@code pair}, such as those of one seed, be told as well? 999 shuffles
     * and the one observed, so that the least p is 0.001.
     *
     * @param t one row a network, without missing values in the metrics
     * @param label the column that tells the networks apart, with at least 2 values
     * @param pair the column of what networks share, such as {@code seed}: the interval is over its values
     * @param metrics the columns of metrics, at least one
     * @param by the columns within whose groups to classify
     * @return one row a group: those columns, {@code mean}, the accuracy, {@code low}, {@code high}, {@code count}, the
     *     number of values of {@code pair}, and {@code p}
     * @throws IllegalArgumentException if there is no metric, a value is missing, or a group has fewer than 2 labels
     *     or 3 networks
     */
    public static Table accuracy(Table t, String label, String pair, List<String> metrics, String... by) {
        Check.positive("the number of metrics", metrics.size());
        Map<List<String>, List<Integer>> groups = Groups.of(t, by);
        DoubleColumn mean = DoubleColumn.create("mean");
        DoubleColumn low = DoubleColumn.create("low");
        DoubleColumn high = DoubleColumn.create("high");
        IntColumn count = IntColumn.create("count");
        DoubleColumn p = DoubleColumn.create("p");
        for (List<Integer> rows : groups.values()) {
            Table group = t.where(Groups.rows(rows));
            double[][] vectors = vectors(group, metrics);
            int[] labels = codes(group, label);
            int[] pairs = codes(group, pair);
            boolean[] right = right(vectors, labels);
            Interval interval = Bootstrap.mean(byPair(right, pairs), SHUFFLE.named("interval"));
            mean.append(interval.estimate());
            low.append(interval.low());
            high.append(interval.high());
            count.append(interval.count());
            p.append(p(vectors, labels, pairs, count(right)));
        }
        return Groups.keys(t, groups, by).addColumns(mean, low, high, count, p);
    }

    private static double[][] vectors(Table group, List<String> metrics) {
        double[][] vectors = new double[group.rowCount()][metrics.size()];
        for (int m = 0; m < metrics.size(); m++) {
            for (int row = 0; row < vectors.length; row++) {
                double value = group.numberColumn(metrics.get(m)).getDouble(row);
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("column '%s' holds %s in row %d; leave such networks out first."
                            .formatted(metrics.get(m), value, row));
                }
                vectors[row][m] = value;
            }
        }
        return vectors;
    }

    private static int[] codes(Table group, String column) {
        List<String> seen = new ArrayList<>();
        int[] codes = new int[group.rowCount()];
        for (Row row : group) {
            String text = String.valueOf(row.getObject(column));
            if (!seen.contains(text)) {
                seen.add(text);
            }
            codes[row.getRowNumber()] = seen.indexOf(text);
        }
        return codes;
    }

    private static boolean[] right(double[][] vectors, int[] labels) {
        int kinds = Arrays.stream(labels).max().orElse(0) + 1;
        if (kinds < 2 || labels.length < 3) {
            throw new IllegalArgumentException(
                    "%d networks have %d labels; at least 3 networks of 2 are needed.".formatted(labels.length, kinds));
        }
        boolean[] right = new boolean[labels.length];
        for (int out = 0; out < labels.length; out++) {
            right[out] = nearest(vectors, labels, kinds, out) == labels[out];
        }
        return right;
    }

    /** The label whose centroid is nearest to a network that is left out; -1 if two are equally near. */
    private static int nearest(double[][] vectors, int[] labels, int kinds, int out) {
        int size = vectors[0].length;
        double[] distances = new double[kinds];
        for (int m = 0; m < size; m++) {
            double[] sums = new double[kinds];
            int[] counts = new int[kinds];
            double sum = 0;
            for (int i = 0; i < labels.length; i++) {
                if (i != out) {
                    sums[labels[i]] += vectors[i][m];
                    counts[labels[i]]++;
                    sum += vectors[i][m];
                }
            }
            double mean = sum / (labels.length - 1);
            double squares = 0;
            for (int i = 0; i < labels.length; i++) {
                squares += i == out ? 0 : (vectors[i][m] - mean) * (vectors[i][m] - mean);
            }
            for (int kind = 0; kind < kinds; kind++) {
                double apart = vectors[out][m] - sums[kind] / counts[kind];
                // A label that only the one left out has had cannot be guessed.
                distances[kind] +=
                        counts[kind] == 0 ? Double.POSITIVE_INFINITY : squares == 0 ? 0 : apart * apart / squares;
            }
        }
        int best = 0;
        boolean tied = false;
        for (int kind = 1; kind < kinds; kind++) {
            if (distances[kind] < distances[best]) {
                best = kind;
                tied = false;
            } else if (distances[kind] == distances[best]) {
                tied = true;
            }
        }
        return tied ? -1 : best;
    }

    private static int count(boolean[] right) {
        int count = 0;
        for (boolean one : right) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private static double[] byPair(boolean[] right, int[] pairs) {
        int kinds = Arrays.stream(pairs).max().orElse(0) + 1;
        double[] sums = new double[kinds];
        int[] counts = new int[kinds];
        for (int i = 0; i < right.length; i++) {
            sums[pairs[i]] += right[i] ? 1 : 0;
            counts[pairs[i]]++;
        }
        for (int kind = 0; kind < kinds; kind++) {
            sums[kind] /= counts[kind];
        }
        return sums;
    }

    private static double p(double[][] vectors, int[] labels, int[] pairs, int observed) {
        Draws draws = new Draws(SHUFFLE);
        int asGood = 1;
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            Interruption.check();
            asGood += count(right(vectors, shuffled(labels, pairs, draws))) >= observed ? 1 : 0;
        }
        return asGood / (SHUFFLES + 1.0);
    }

    /** Labels in a random order among the networks of each pair. */
    private static int[] shuffled(int[] labels, int[] pairs, Draws draws) {
        int[] shuffled = labels.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            List<Integer> partners = new ArrayList<>();
            for (int j = 0; j <= i; j++) {
                if (pairs[j] == pairs[i]) {
                    partners.add(j);
                }
            }
            int j = partners.get(draws.below(partners.size()));
            int kept = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = kept;
        }
        return shuffled;
    }
}
