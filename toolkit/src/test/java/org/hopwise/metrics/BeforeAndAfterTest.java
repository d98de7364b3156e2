package org.hopwise.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hopwise.Seed;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class BeforeAndAfterTest {

    private final Weights weights = NetworkMetricsTest.drawn(4, 20, 3, new Draws(Seed.of(1)));
    private final NetworkMetrics before = NetworkMetrics.of(weights);

    @Test
    void theRowsAreTheFeaturesOfEach() {
        Matrices m = WeightsDoor.copy(weights);
        for (int i = 0; i < m.recurrent().data.length; i++) {
            m.recurrent().data[i] *= 3;
        }
        NetworkMetrics after = NetworkMetrics.of(WeightsDoor.<Weights>weights(m));
        Table both = BeforeAndAfter.of(before, after, "hidden");
        assertEquals(List.of("before", "after"), both.stringColumn("when").asList());
        assertEquals(
                before.fluctuations("hidden")[0],
                both.doubleColumn("strength fluctuation").get(0));
        assertEquals(
                after.fluctuations("hidden")[0],
                both.doubleColumn("strength fluctuation").get(1));
        double moved = Distributions.divergence(before.strengths("hidden"), after.strengths("hidden"));
        assertEquals(moved, both.doubleColumn("strength divergence").get(1));
        assertTrue(both.doubleColumn("link divergence").get(0) > 0);
    }

    @Test
    void aNetworkThatStayedAsItWasHasMovedNowhere() {
        Table both = BeforeAndAfter.of(before, before, "hidden");
        assertEquals(0, both.doubleColumn("strength divergence").get(0));
        assertEquals(0, both.doubleColumn("link divergence").get(0));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertEquals(
                "after: null was given; pass the metrics of the network after training.",
                assertThrows(IllegalArgumentException.class, () -> BeforeAndAfter.of(before, null, "hidden"))
                        .getMessage());
    }
}
