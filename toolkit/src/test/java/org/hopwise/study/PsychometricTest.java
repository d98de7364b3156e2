package org.hopwise.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.hopwise.Golden;
import org.junit.jupiter.api.Test;

class PsychometricTest {

    private static final JsonObject GOLDEN = Golden.read("time-course-psychometric");

    private static double[] numbers(JsonObject from, String name) {
        return Golden.array(from.get(name)).toDoubleVector();
    }

    private static int[] counts(JsonObject from, String name) {
        double[] values = numbers(from, name);
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }

    private static void assertNumber(JsonObject expected, String name, double actual) {
        assertEquals(expected.get(name).getAsDouble(), actual, 1e-9 * Math.max(1, Math.abs(actual)), name);
    }

    @Test
    void fitsByOneConditionAreExactAndSeparatedDataHaveNoSlope() {
        for (JsonElement element : GOLDEN.getAsJsonArray("cases")) {
            JsonObject golden = element.getAsJsonObject();
            Psychometric fit =
                    Psychometric.of(numbers(golden, "coherences"), counts(golden, "trials"), counts(golden, "right"));
            if (golden.get("slope").isJsonNull()) {
                assertFalse(fit.isFinite());
                assertTrue(fit.toString().startsWith("no finite slope"), fit.toString());
                continue;
            }
            assertNumber(golden, "intercept", fit.intercept());
            assertNumber(golden, "slope", fit.slope());
            assertNumber(golden, "interceptError", fit.errors().get(0));
            assertNumber(golden, "slopeError", fit.errors().get(1));
            assertNumber(golden, "bias", fit.bias());
            assertNumber(golden, "threshold", fit.threshold());
            assertNumber(golden, "logLikelihood", fit.logLikelihood());
            assertNumber(golden, "efficiency", fit.efficiency());
        }
    }

    @Test
    void twoSlopesTellWhatCountsFromWhatDoesNot() {
        JsonObject golden = GOLDEN.getAsJsonObject("context");
        Psychometric fit = Psychometric.of(
                new double[][] {numbers(golden, "motion"), numbers(golden, "colour")},
                counts(golden, "trials"),
                counts(golden, "right"));
        assertNumber(golden, "intercept", fit.intercept());
        assertNumber(golden, "motionSlope", fit.slopes().get(0));
        assertNumber(golden, "colourSlope", fit.slopes().get(1));
        assertNumber(golden, "logLikelihood", fit.logLikelihood());
        assertNumber(
                golden,
                "irrelevantOverRelevant",
                fit.slopes().get(1) / fit.slopes().get(0));
        double[] errors = numbers(golden, "errors");
        for (int k = 0; k < 3; k++) {
            assertEquals(errors[k], fit.errors().get(k), 1e-9);
        }
    }

    @Test
    void trialsOneByOneGiveTheSameFitAsTheirCounts() {
        JsonObject golden = GOLDEN.getAsJsonArray("cases").get(0).getAsJsonObject();
        double[] values = numbers(golden, "coherences");
        int[] trials = counts(golden, "trials");
        int[] right = counts(golden, "right");
        double[] each = new double[2000];
        int[] one = new int[2000];
        int[] chosen = new int[2000];
        for (int i = 0; i < 2000; i++) {
            each[i] = values[i / 200];
            one[i] = 1;
            chosen[i] = i % 200 < right[i / 200] ? 1 : 0;
        }
        Psychometric counted = Psychometric.of(values, trials, right);
        Psychometric single = Psychometric.of(each, one, chosen);
        assertEquals(counted.slope(), single.slope(), 1e-8);
        assertEquals(counted.errors().get(1), single.errors().get(1), 1e-8);
    }

    @Test
    void choicesOutOfRangeAreRefused() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Psychometric.of(new double[] {-1, 1}, new int[] {5, 5}, new int[] {0, 6}));
        assertEquals("choices of group 1 are 6 of 5 trials; they go from 0 to that number.", refusal.getMessage());
    }

    @Test
    void theShareIsTheNormalDistributionAtTheFittedLine() {
        Psychometric fit = new Psychometric(0.5, List.of(2.0, -1.0), List.of(0.1, 0.1, 0.1), -3);
        assertEquals(0.5, fit.share(0, 0.5), 1e-15);
        // Phi(1) and Phi(-1.96), from tables.
        assertEquals(0.8413447460685429, fit.share(0.25, 0), 1e-15);
        assertEquals(0.024997895148220435, fit.share(-1.23, 0), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> fit.share(1));
    }
}
