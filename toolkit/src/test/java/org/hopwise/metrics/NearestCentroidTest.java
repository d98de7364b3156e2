package org.hopwise.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class NearestCentroidTest {

    /** Two networks a seed; one metric tells their labels by the given shift, one is the same for both. */
    private static Table networks(int seeds, double shift, long seed) {
        Draws draws = new Draws(Seed.of(seed));
        List<String> labels = new ArrayList<>();
        List<Integer> replicates = new ArrayList<>();
        DoubleColumn told = DoubleColumn.create("told");
        DoubleColumn shared = DoubleColumn.create("shared");
        for (int s = 0; s < seeds; s++) {
            double same = 100 * draws.gaussian();
            for (String label : List.of("tanh", "relu")) {
                labels.add(label);
                replicates.add(s);
                told.append(draws.gaussian() + (label.equals("relu") ? shift : 0));
                shared.append(same);
            }
        }
        return Table.create(
                StringColumn.create("activation", labels),
                IntColumn.create("seed", replicates.toArray(Integer[]::new)),
                told,
                shared);
    }

    private static Table accuracy(Table t, String... metrics) {
        return NearestCentroid.accuracy(t, "activation", "seed", List.of(metrics));
    }

    @Test
    void networksFarApartAreToldApart() {
        Table result = accuracy(networks(10, 20, 1), "told", "shared");
        assertEquals(1, result.doubleColumn("mean").get(0));
        assertEquals(1, result.doubleColumn("low").get(0));
        assertEquals(10, result.intColumn("count").get(0));
        // Of 2^10 ways to shuffle within pairs two tell all networks; 999 shuffles see few of them.
        assertTrue(result.doubleColumn("p").get(0) < 0.01);
    }

    @Test
    void theAccuracyIsThatOfTheBestLineBetweenTwoGaussians() {
        // Shift 2 at unit variance: 84 % lie on their side of the middle; four standard errors over 400 networks.
        Table result = accuracy(networks(200, 2, 2), "told");
        assertEquals(0.8413, result.doubleColumn("mean").get(0), 4 * Math.sqrt(0.84 * 0.16 / 400));
    }

    @Test
    void metricsThatPairsShareTellNothing() {
        Table result = accuracy(networks(20, 0, 3), "shared");
        assertTrue(result.doubleColumn("mean").get(0) <= 0.5);
        assertTrue(result.doubleColumn("p").get(0) > 0.2);
    }

    @Test
    void aMetricWithoutSpreadIsLeftOut() {
        Table t = networks(10, 20, 4);
        t.addColumns(DoubleColumn.create("constant", new double[20]));
        assertEquals(1, accuracy(t, "told", "constant").doubleColumn("mean").get(0));
        assertEquals(0, accuracy(t, "constant").doubleColumn("mean").get(0), "a tie is no answer");
    }

    @Test
    void whatCannotBeClassifiedIsRefused() {
        Table t = networks(4, 1, 5);
        assertEquals(
                "the number of metrics is 0; it must be at least 1.",
                assertThrows(IllegalArgumentException.class, () -> accuracy(t)).getMessage());
        Table one = t.where(t.stringColumn("activation").isEqualTo("tanh"));
        assertEquals(
                "4 networks have 1 labels; at least 3 networks of 2 are needed.",
                assertThrows(IllegalArgumentException.class, () -> accuracy(one, "told"))
                        .getMessage());
        t.doubleColumn("told").set(3, Double.NaN);
        assertEquals(
                "column 'told' holds NaN in row 3; leave such networks out first.",
                assertThrows(IllegalArgumentException.class, () -> accuracy(t, "told"))
                        .getMessage());
    }
}
