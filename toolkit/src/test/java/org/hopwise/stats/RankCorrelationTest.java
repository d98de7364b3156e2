package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RankCorrelationTest {

    @Test
    void ranksOfTiesAreShared() {
        assertEquals(1, RankCorrelation.spearman(new double[] {1, 2, 3}, new double[] {1, 10, 1000}), 1e-15);
        assertEquals(-1, RankCorrelation.spearman(new double[] {1, 2, 3}, new double[] {3, 2, -7}), 1e-15);
        // Ranks 1.5, 1.5, 3 against 1, 2, 3: by hand 1.5 / sqrt(1.5 * 2).
        double tied = RankCorrelation.spearman(new double[] {0.0, -0.0, 7}, new double[] {4, 5, 6});
        assertEquals(Math.sqrt(0.75), tied, 1e-15);
        assertTrue(Double.isNaN(RankCorrelation.spearman(new double[] {1, 1}, new double[] {1, 2})));
    }

    @Test
    void correlationsOfATableGoByGroup() {
        Table t = Table.create(
                StringColumn.create("task", List.of("a", "a", "b", "a", "b", "b")),
                IntColumn.create("seed", new int[] {0, 1, 0, 2, 1, 2}),
                DoubleColumn.create("x", new double[] {1, 2, 1, 3, 2, Double.NaN}),
                DoubleColumn.create("y", new double[] {1, 4, 9, 9, 2, 5}));
        Table groups = RankCorrelation.summary(t, "x", "y", "task");
        assertEquals(List.of("a", "b"), groups.stringColumn("task").asList());
        assertArrayEquals(new double[] {1, -1}, groups.doubleColumn("mean").asDoubleArray(), 1e-15);
        assertEquals(List.of(3, 2), groups.intColumn("count").asList());
    }

    @Test
    void theIntervalHasTheWidthOfSampledCorrelations() {
        // Two rows a seed from a bivariate Gaussian with correlation 0.6, whose rank correlation is 6/pi asin(0.3).
        Draws draws = new Draws(Seed.of(4));
        int seeds = 200;
        DoubleColumn x = DoubleColumn.create("x");
        DoubleColumn y = DoubleColumn.create("y");
        IntColumn seed = IntColumn.create("seed");
        for (int i = 0; i < 2 * seeds; i++) {
            double a = draws.gaussian();
            x.append(a);
            y.append(0.6 * a + 0.8 * draws.gaussian());
            seed.append(i / 2);
        }
        Table one = RankCorrelation.summary(Table.create("gaussian", x, y, seed), "x", "y");
        double expected = 6 / Math.PI * Math.asin(0.3);
        double low = one.doubleColumn("low").get(0);
        double high = one.doubleColumn("high").get(0);
        assertTrue(low < expected && expected < high, low + " to " + high);
        // The standard error is near (1 - r^2) / sqrt(n), a little more for ranks.
        assertEquals(2 * 1.96 * 0.68 / Math.sqrt(400), high - low, 0.05);
        assertEquals(seeds, one.intColumn("count").get(0));
    }

    @Test
    void aGroupOfOneNetworkHasNoInterval() {
        Table t = Table.create(
                IntColumn.create("seed", IntStream.of(7, 7, 7).toArray()),
                DoubleColumn.create("x", new double[] {1, 2, 3}),
                DoubleColumn.create("y", new double[] {3, 2, 1}));
        Table one = RankCorrelation.summary(t, "x", "y");
        assertEquals(-1, one.doubleColumn("mean").get(0), 1e-15);
        assertTrue(one.doubleColumn("low").isMissing(0));
    }

    @Test
    void whatCannotBeRankedIsRefused() {
        assertEquals(
                "a[1] is NaN; it must be finite, so remove missing values first.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> RankCorrelation.spearman(new double[] {1, Double.NaN}, new double[2]))
                        .getMessage());
        assertEquals(
                "a has 2 values and b has 3; pairs need equally many.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> RankCorrelation.spearman(new double[2], new double[3]))
                        .getMessage());
    }
}
