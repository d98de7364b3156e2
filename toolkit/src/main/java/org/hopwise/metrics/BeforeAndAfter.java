package org.hopwise.metrics;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A network before and after training, side by side [O]. */
public final class BeforeAndAfter {

    private BeforeAndAfter() {}

    /**
     * The features of a layer before and after, and how far its strengths and its links have moved. Divergences of
     * few values are larger than those of many, so that as many links are taken as there are strengths, evenly spread
     * over the pool.
     *
     * @param before the metrics before
     * @param after the metrics after, of a network of the same shape
     * @param layer a hidden layer or {@code output}, with at least 2 units
     * @return two rows: {@code when} (before, after), the columns of {@link NetworkMetrics#features}, and the same in
     *     both rows {@code strength divergence} and {@code link divergence}, as {@link Distributions#divergence} has
     *     them
     * @throws IllegalArgumentException if the layer is unknown, has one unit, or all its strengths or links are the
     *     same
     */
    public static Table of(NetworkMetrics before, NetworkMetrics after, String layer) {
        Given.required("before", before, "pass the metrics of the network before training");
        Given.required("after", after, "pass the metrics of the network after training");
        double[] strengths = before.strengths(layer);
        double moved = Distributions.divergence(strengths, after.strengths(layer));
        double links = Distributions.divergence(
                spread(before.links(layer), strengths.length), spread(after.links(layer), strengths.length));
        Table table = before.features(layer).append(after.features(layer));
        return Table.create("before and after", StringColumn.create("when", List.of("before", "after")))
                .concat(table)
                .addColumns(
                        DoubleColumn.create("strength divergence", new double[] {moved, moved}),
                        DoubleColumn.create("link divergence", new double[] {links, links}));
    }

    private static double[] spread(double[] values, int count) {
        double[] some = new double[count];
        for (int i = 0; i < count; i++) {
            some[i] = values[(int) ((long) i * values.length / count)];
        }
        return some;
    }
}
