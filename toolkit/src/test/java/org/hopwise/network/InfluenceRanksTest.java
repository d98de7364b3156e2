package org.hopwise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.graph.Wiring;
import org.hopwise.io.WiringFile;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Influence, its ranks and its intervals against the worm's golden case and closed forms. */
class InfluenceRanksTest {

    private static final JsonObject GOLDEN = Golden.read("byo-influence");
    private static final Path DATA = Path.of(System.getProperty("hopwise.root"), "data", "celegans");
    private static final Wiring WORM =
            WiringFile.load(DATA.resolve("edges.csv")).wiring();

    private static List<String> cells(String kind) {
        Table units = WiringFile.units(DATA.resolve("nodes.csv"));
        return units.where(units.stringColumn("super_class").isEqualTo(kind)).stringColumn(0).asList().stream()
                .filter(WORM.names()::contains)
                .toList();
    }

    @Test
    void everyAlphaHasItsTotalItsValuesAndItsOrder() {
        InfluenceRanks worm = InfluenceRanks.of(WORM, cells("sensory"), cells("motor"));
        List<String> motor = cells("motor");
        assertEquals(GOLDEN.get("radius").getAsDouble(), worm.scale(), 1e-8);
        for (Map.Entry<String, JsonElement> entry :
                GOLDEN.getAsJsonObject("alphas").entrySet()) {
            JsonObject golden = entry.getValue().getAsJsonObject();
            double alpha = Double.parseDouble(entry.getKey());
            double[] influence = worm.influence(alpha);
            double total = golden.get("total").getAsDouble();
            assertEquals(total, Arrays.stream(influence).sum(), 1e-9 * total);
            Table ranked = worm.overAlpha(alpha).sortAscendingOn("rank");
            for (int rank = 0; rank < 10; rank++) {
                String name = golden.getAsJsonArray("top").get(rank).getAsString();
                double value = golden.getAsJsonArray("values").get(rank).getAsDouble();
                assertEquals(name, ranked.stringColumn("to").get(rank));
                assertEquals(value, influence[motor.indexOf(name)], 1e-9 * value);
            }
        }
    }

    @Test
    void rangesOfRanksOverAlphaAreThoseOfTheGoldenCase() {
        Table ranks = InfluenceRanks.of(WORM, cells("sensory"), cells("motor")).overAlpha(0.2, 0.5, 0.8, 0.95, 0.99);
        JsonObject ranges = GOLDEN.getAsJsonObject("rankRange");
        int seen = 0;
        for (Row row : ranks) {
            if (ranges.has(row.getString("to"))) {
                seen++;
                var range = ranges.getAsJsonArray(row.getString("to"));
                assertEquals(range.get(0).getAsInt(), row.getInt("rank_low"), row.getString("to"));
                assertEquals(range.get(1).getAsInt(), row.getInt("rank_high"), row.getString("to"));
            }
        }
        assertEquals(5 * ranges.size(), seen);
    }

    @Test
    void redrawnCountsHaveTheMeanOfWhatTheyAreDrawnFrom() {
        // a -> b with 50 synapses, and a ring for the scale.
        Wiring pair = Wiring.of(List.of("a", "b", "c"), new int[] {0, 2}, new int[] {1, 2}, new double[] {50, 100});
        InfluenceRanks ranks = InfluenceRanks.of(pair, List.of("a"), List.of("b"));
        Table poisson = ranks.poisson(0.5, 2000, Seed.of(1));
        // Influence is 0.5 * 50 / 100; its 95 % interval about 1.96 roots of 50 wide on each side.
        assertEquals(0.25, poisson.doubleColumn("influence").get(0), 1e-12);
        assertEquals(
                0.25 - 1.96 * Math.sqrt(50) / 200, poisson.doubleColumn("low").get(0), 0.006);
        assertEquals(
                0.25 + 1.96 * Math.sqrt(50) / 200, poisson.doubleColumn("high").get(0), 0.006);
        Table binomial = ranks.binomial(0.8, 0.5, 2000, Seed.of(1));
        double deviation = Math.sqrt(50 * 0.8 * 0.2) / 0.8;
        assertEquals(0.25 - 1.96 * deviation / 200, binomial.doubleColumn("low").get(0), 0.006);
        assertEquals(
                0.25 + 1.96 * deviation / 200, binomial.doubleColumn("high").get(0), 0.006);
        Table certain = ranks.binomial(1, 0.5, 10, Seed.of(1));
        assertEquals(0.25, certain.doubleColumn("low").get(0), 1e-12);
    }

    @Test
    void theWormsLeadersAreSureOfTheirPlaces() {
        Table ranks = InfluenceRanks.of(WORM, cells("sensory"), cells("motor")).poisson(0.8, 100, Seed.of(1));
        Row first = ranks.sortAscendingOn("rank").row(0);
        assertEquals("RMDDL", first.getString("to"));
        assertTrue(first.getDouble("rank_low") <= 1 && first.getDouble("rank_high") <= 6);
        assertTrue(first.getDouble("low") < first.getDouble("influence"));
        assertTrue(first.getDouble("high") > first.getDouble("influence"));
        Table again = InfluenceRanks.of(WORM, cells("sensory"), cells("motor")).poisson(0.8, 100, Seed.of(1));
        assertEquals(
                ranks.doubleColumn("low").asList(), again.doubleColumn("low").asList());
    }

    @Test
    void theLargestRealPartIsTheRadiusWithoutSigns() {
        InfluenceRanks worm = InfluenceRanks.byRealPart(WORM, cells("sensory"), cells("motor"));
        assertEquals(GOLDEN.get("largestRealPart").getAsDouble(), worm.scale(), 1e-8);
        // Eigenvalues -2 and 1: the radius is 2, the largest real part 1, and walks diverge at 0.8 of it.
        Wiring signed = Wiring.of(List.of("a", "b"), new int[] {0, 1, 0}, new int[] {0, 1, 1}, new double[] {-2, 1, 1});
        InfluenceRanks byPart = InfluenceRanks.byRealPart(signed, List.of("a"), List.of("b"));
        assertEquals(1, byPart.scale(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> byPart.overAlpha(0.8));
        assertEquals(1, byPart.overAlpha(0.3).rowCount());
    }

    @Test
    void scalingUpIsSaidAndHalvesOfSynapsesAreRefused() {
        Wiring small = Wiring.of(List.of("a", "b"), new int[] {0, 1}, new int[] {1, 0}, new double[] {0.5, 0.5});
        InfluenceRanks ranks = InfluenceRanks.of(small, List.of("a"), List.of("b"));
        assertTrue(ranks.notes().get(0).contains("scaled up"));
        assertThrows(IllegalArgumentException.class, () -> ranks.poisson(0.5, 10, Seed.of(1)));
    }
}
