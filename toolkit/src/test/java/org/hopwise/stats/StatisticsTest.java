package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class StatisticsTest {

    /** Golden values are doubles printed in full; only the order of a few additions may differ. */
    private static final double ROUNDING = 1e-12;

    private static final Seed SEED = Seed.of(7);

    private final Gson gson = new Gson();
    private final JsonObject golden = read();

    private JsonObject read() {
        try (Reader reader = new InputStreamReader(
                StatisticsTest.class.getResourceAsStream("/golden/measures.json"), StandardCharsets.UTF_8)) {
            return gson.fromJson(reader, JsonObject.class);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private double[] values(String name) {
        return gson.fromJson(golden.get(name), double[].class);
    }

    @Test
    void pearsonMatchesTheGoldenValue() {
        assertEquals(golden.get("pearson").getAsDouble(), Correlation.pearson(values("v"), values("w")), ROUNDING);
    }

    @Test
    void hoyerMatchesTheGoldenValue() {
        assertEquals(golden.get("hoyer_v").getAsDouble(), Sparsity.hoyer(values("v")), ROUNDING);
    }

    @Test
    void giniMatchesTheGoldenValue() {
        assertEquals(golden.get("gini_v").getAsDouble(), Sparsity.gini(values("v")), ROUNDING);
    }

    @Test
    void pearsonOfAConstantIsNotANumber() {
        assertTrue(Double.isNaN(Correlation.pearson(new double[] {1, 1, 1}, new double[] {1, 2, 3})));
    }

    @Test
    void hoyerIsOneForASingleEntryAndZeroForEqualOnes() {
        assertEquals(1, Sparsity.hoyer(new double[] {0, -3, 0, 0}), ROUNDING);
        assertEquals(0, Sparsity.hoyer(new double[] {2, -2, 2, 2}), ROUNDING);
    }

    @Test
    void theBootstrapOfTheSameValuesAndSeedIsTheSame() {
        double[] values = {1, 2, 3, 4, 10};
        assertEquals(Bootstrap.mean(values, SEED), Bootstrap.mean(values, Seed.of(7)));
        assertNotEquals(Bootstrap.mean(values, SEED), Bootstrap.mean(values, Seed.of(8)));
    }

    @Test
    void theBootstrapIntervalOfManyValuesIsThatOfTheNormalApproximation() {
        double[] values = IntStream.range(0, 1000).mapToDouble(i -> i / 999.0).toArray();
        Interval interval = Bootstrap.mean(values, SEED);
        double halfWidth = 1.96 * Math.sqrt(1 / 12.0 / 1000);
        assertEquals(0.5, interval.estimate(), ROUNDING);
        assertEquals(0.5 - halfWidth, interval.low(), 0.05 * halfWidth);
        assertEquals(0.5 + halfWidth, interval.high(), 0.05 * halfWidth);
        assertEquals(1000, interval.count());
    }

    /** Quantiles of Student's distribution: 12.70620 at one degree of freedom, which is tan(0.475 pi), 2.776445 at four. */
    @Test
    void meansOfFewValuesHaveStudentsInterval() {
        Interval two = Summary.mean(new double[] {-1, 1});
        assertEquals(Math.tan(0.475 * Math.PI), two.high(), 1e-9);
        Interval five = Summary.mean(new double[] {1, 2, 3, 4, 5});
        assertEquals(3 - 2.7764451051977987 / Math.sqrt(2), five.low(), 1e-9);
        assertEquals(3 + 2.7764451051977987 / Math.sqrt(2), five.high(), 1e-9);
        assertEquals(5, five.count());
        assertEquals(new Interval(0.1, 0.1, 0.1, 0.95, 3), Summary.mean(new double[] {0.1, 0.1, 0.1}));
    }

    /** Percentiles of the bootstrap would cover 75 %. */
    @Test
    void intervalsOfThreeValuesCoverWhatTheyPromise() {
        var random = new java.util.SplittableRandom(1);
        int covered = 0;
        for (int i = 0; i < 4000; i++) {
            double[] three = random.doubles(36).toArray();
            // Sums of twelve uniform numbers are near enough to Gaussian ones.
            double[] values = IntStream.range(0, 3)
                    .mapToDouble(j ->
                            java.util.Arrays.stream(three, 12 * j, 12 * j + 12).sum())
                    .toArray();
            Interval interval = Summary.mean(values);
            covered += interval.low() < 6 && interval.high() > 6 ? 1 : 0;
        }
        assertEquals(0.95, covered / 4000.0, 0.012);
    }

    @Test
    void meansOfManyValuesHaveTheBootstrapsInterval() {
        double[] twenty = IntStream.range(0, 20).mapToDouble(i -> i * i).toArray();
        assertEquals(Bootstrap.mean(twenty, Summary.SEED), Summary.mean(twenty));
    }

    @Test
    void aSingleValueHasNoBounds() {
        Interval interval = Bootstrap.mean(new double[] {3}, SEED);
        assertEquals(3, interval.estimate());
        assertTrue(Double.isNaN(interval.low()) && Double.isNaN(interval.high()));
    }

    @Test
    void aMeanOfNothingIsRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> Bootstrap.mean(new double[0], SEED));
        assertEquals("values has 0 entries; a mean needs at least 1.", error.getMessage());
    }

    @Test
    void aMissingValueIsNamedByItsPlace() {
        var error =
                assertThrows(IllegalArgumentException.class, () -> Bootstrap.mean(new double[] {1, Double.NaN}, SEED));
        assertTrue(error.getMessage().startsWith("values[1] is NaN"), error.getMessage());
    }

    @Test
    void theDifferenceOfShiftedPairsIsTheShift() {
        Interval interval = Bootstrap.pairedDifference(new double[] {3, 5, 9, 4}, new double[] {1, 3, 7, 2}, SEED);
        assertEquals(2, interval.estimate());
        assertEquals(2, interval.low());
        assertEquals(2, interval.high());
    }

    @Test
    void pairsOfUnequalNumberAreRefused() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> Bootstrap.pairedDifference(new double[3], new double[2], SEED));
        assertEquals("a has 3 values and b has 2; pairs need equally many.", error.getMessage());
    }

    @Test
    void fiveDifferencesOfOneSignHaveTheLeastExactP() {
        double[] a = {1.1, 2.3, 0.9, 4, 2};
        assertEquals(2.0 / 32, PairedTests.permutation(a, new double[5], SEED).pValue());
    }

    @Test
    void equalPairsHaveAPOfOne() {
        double[] a = {1, 2, 3};
        assertEquals(1, PairedTests.permutation(a, a, SEED).pValue());
    }

    @Test
    void tiesThatDifferByRoundingCountAsTies() {
        // 0.1 + 0.2 and 0.3 differ in the last digit; all flips of (0.1, 0.2, -0.3) with sum 0 must count.
        assertEquals(
                1,
                PairedTests.permutation(new double[] {0.1, 0.2, -0.3}, new double[3], SEED)
                        .pValue());
    }

    @Test
    void randomFlipsAgreeWithEnumeration() {
        double[] few =
                IntStream.range(0, 16).mapToDouble(i -> Math.sin(3 * i) + 0.35).toArray();
        double exact = PairedTests.permutation(few, new double[16], SEED).pValue();
        double[] padded = java.util.Arrays.copyOf(few, 17);
        assertEquals(
                exact, PairedTests.permutation(padded, new double[17], SEED).pValue(), 0.02);
    }

    @Test
    void aSummaryHasOneRowAGroupInOrderOfFirstAppearance() {
        Table summary = Summary.of(runs(), "score", "task", "units");
        assertEquals(java.util.List.of("task", "units", "mean", "low", "high", "count"), summary.columnNames());
        assertEquals("sparse", summary.stringColumn("task").get(0));
        assertEquals(64, summary.intColumn("units").get(0));
        assertEquals(2, summary.doubleColumn("mean").get(0));
        assertEquals(3, summary.intColumn("count").get(0));
        assertEquals("addition", summary.stringColumn("task").get(1));
        assertEquals(2, summary.rowCount());
    }

    @Test
    void aSummaryLeavesMissingValuesOut() {
        assertEquals(1, Summary.of(runs(), "score", "task").intColumn("count").get(1));
    }

    @Test
    void aSummaryOfTheSameTableIsTheSame() {
        assertEquals(
                Summary.of(runs(), "score", "task").print(),
                Summary.of(runs(), "score", "task").print());
    }

    @Test
    void aSummaryOfAnUnknownColumnListsTheColumns() {
        var error = assertThrows(IllegalArgumentException.class, () -> Summary.of(runs(), "loss"));
        assertEquals("no column 'loss'; the table has task, units, score.", error.getMessage());
    }

    private static Table runs() {
        return Table.create(
                "runs",
                StringColumn.create("task", "sparse", "addition", "sparse", "addition", "sparse"),
                IntColumn.create("units", 64, 32, 64, 32, 64),
                DoubleColumn.create("score", 1, 5, 2, Double.NaN, 3));
    }

    @Test
    void holmMultipliesTheLeastByAllAndTheLargestByOne() {
        // Sorted 0.01, 0.03, 0.04 times 3, 2, 1 is 0.03, 0.06, 0.04; the last may not fall below the one before.
        assertArrayEquals(new double[] {0.06, 0.03, 0.06}, Corrections.holm(new double[] {0.04, 0.01, 0.03}), ROUNDING);
    }

    @Test
    void benjaminiHochbergMultipliesTheLeastByAllAndTheLargestByOne() {
        // Sorted 0.01, 0.03, 0.04 times 3/1, 3/2, 3/3 is 0.03, 0.045, 0.04; the second may not exceed the third.
        assertArrayEquals(
                new double[] {0.04, 0.03, 0.04},
                Corrections.benjaminiHochberg(new double[] {0.04, 0.01, 0.03}),
                ROUNDING);
    }

    @Test
    void benjaminiHochbergOfEvenlySpreadValuesIsTheLargest() {
        // p_(j) = j / 20 has 20 p_(j) / j = 1 throughout.
        double[] even = IntStream.rangeClosed(1, 20).mapToDouble(j -> j / 20.0).toArray();
        double[] ones = IntStream.range(0, 20).mapToDouble(j -> 1).toArray();
        assertArrayEquals(ones, Corrections.benjaminiHochberg(even), ROUNDING);
    }

    @Test
    void equalValuesAreAdjustedAlike() {
        double[] equal = {0.02, 0.02, 0.02, 0.02};
        assertArrayEquals(new double[] {0.08, 0.08, 0.08, 0.08}, Corrections.holm(equal), ROUNDING);
        assertArrayEquals(equal, Corrections.benjaminiHochberg(equal), ROUNDING);
    }

    @Test
    void aSingleTestNeedsNoAdjustment() {
        assertArrayEquals(new double[] {0.3}, Corrections.holm(new double[] {0.3}));
        assertArrayEquals(new double[] {0.3}, Corrections.benjaminiHochberg(new double[] {0.3}));
    }

    @Test
    void adjustedValuesNeverExceedOne() {
        assertArrayEquals(new double[] {1, 1, 0}, Corrections.holm(new double[] {0.9, 0.6, 0}));
        assertArrayEquals(
                new double[] {0.9, 0.9, 0}, Corrections.benjaminiHochberg(new double[] {0.9, 0.6, 0}), ROUNDING);
    }

    @Test
    void whatIsNoPValueIsRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Corrections.holm(new double[] {0.1, 1.5}));
        assertEquals("p[1] is 1.5; a p value is from 0 to 1, so leave out tests that gave none.", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Corrections.benjaminiHochberg(new double[] {Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> Corrections.holm(new double[0]));
    }

    @Test
    void theEffectSizeIsTheMeanDifferenceInStandardDeviations() {
        // Differences 1, 2, 3 have mean 2 and standard deviation 1.
        assertEquals(2, PairedTests.effectSize(new double[] {2, 4, 6}, new double[] {1, 2, 3}), ROUNDING);
        assertEquals(-2, PairedTests.effectSize(new double[] {1, 2, 3}, new double[] {2, 4, 6}), ROUNDING);
    }

    @Test
    void theEffectSizeOfEqualDifferencesIsNotANumber() {
        double[] a = {1000.1, 3.1, 0.3};
        double[] b = {1000, 3, 0.2};
        assertEquals(Double.NaN, PairedTests.effectSize(a, b));
    }

    @Test
    void theEffectSizeOfOnePairIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> PairedTests.effectSize(new double[] {1}, new double[] {2}));
    }
}
