package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.hopwise.Golden;
import org.junit.jupiter.api.Test;

/** Tests, effects and corrections against golden cases, computed with NumPy in double precision. */
class NullTestTest {

    private static final JsonObject GOLDEN = Golden.read("byo-statistics");

    private static double[] numbers(JsonElement element) {
        return Golden.array(element).toDoubleVector();
    }

    private static void close(JsonElement expected, double actual, String what) {
        if (expected.isJsonNull()) {
            assertTrue(Double.isNaN(actual), what + " is " + actual);
        } else {
            assertEquals(expected.getAsDouble(), actual, 1e-12 * Math.max(1, Math.abs(expected.getAsDouble())), what);
        }
    }

    @Test
    void pValuesIntervalsAndEffectsAreThoseOfTheGoldenCases() {
        for (Map.Entry<String, JsonElement> entry :
                GOLDEN.getAsJsonObject("nulls").entrySet()) {
            JsonObject golden = entry.getValue().getAsJsonObject();
            NullTest test = NullTest.of(golden.get("observed").getAsDouble(), numbers(golden.get("null")));
            JsonObject p = golden.getAsJsonObject("p");
            close(p.get("greater"), test.greater(), entry.getKey() + " greater");
            close(p.get("less"), test.less(), entry.getKey() + " less");
            close(p.get("twoSided"), test.twoSided(), entry.getKey() + " two-sided");
            close(golden.get("mean"), test.mean(), entry.getKey() + " mean");
            close(golden.get("low"), test.low(), entry.getKey() + " low");
            close(golden.get("high"), test.high(), entry.getKey() + " high");
            close(golden.get("z"), test.z(), entry.getKey() + " z");
            close(golden.get("rankEffect"), test.effect(), entry.getKey() + " effect");
        }
    }

    @Test
    void cliffsDeltaAndItsIntervalAreThoseOfTheGoldenCases() {
        for (Map.Entry<String, JsonElement> entry :
                GOLDEN.getAsJsonObject("cliff").entrySet()) {
            JsonObject golden = entry.getValue().getAsJsonObject();
            CliffsDelta delta = CliffsDelta.of(numbers(golden.get("x")), numbers(golden.get("y")));
            close(golden.get("delta"), delta.delta(), entry.getKey() + " delta");
            close(golden.get("variance"), delta.variance(), entry.getKey() + " variance");
            close(golden.get("low"), delta.interval().low(), entry.getKey() + " low");
            close(golden.get("high"), delta.interval().high(), entry.getKey() + " high");
        }
    }

    @Test
    void exchangingTheSamplesTurnsTheSignAndTheInterval() {
        double[] x = {1, 4, 2, 8};
        double[] y = {3, 0, 2.5};
        CliffsDelta there = CliffsDelta.of(x, y);
        CliffsDelta back = CliffsDelta.of(y, x);
        assertEquals(there.delta(), -back.delta(), 1e-15);
        assertEquals(there.interval().low(), -back.interval().high(), 1e-15);
    }

    @Test
    void allDivisionsOfTwoSamplesAreCounted() {
        JsonObject golden = GOLDEN.getAsJsonObject("twoSamples");
        TwoSamples test = TwoSamples.of(numbers(golden.get("x")), numbers(golden.get("y")));
        assertEquals(golden.get("ways").getAsLong(), test.ways());
        assertEquals(golden.get("asFar").getAsLong(), test.asFar());
        close(golden.get("difference"), test.difference(), "difference");
        close(golden.get("p"), test.p(), "p");
    }

    @Test
    void moreDivisionsThanCanBeCountedAreRefused() {
        double[] many = new double[30];
        assertThrows(IllegalArgumentException.class, () -> TwoSamples.of(many, many));
    }

    @Test
    void theFewestDrawsAreThoseOfTheGoldenCases() {
        JsonObject cases = GOLDEN.getAsJsonObject("smallestN").getAsJsonObject("cases");
        cases.entrySet()
                .forEach(entry -> assertEquals(
                        entry.getValue().getAsInt(), NullTest.fewestDraws(Integer.parseInt(entry.getKey()))));
        // One fewer does not reach 0.05.
        assertTrue(10 * 2.0 / (NullTest.fewestDraws(10) + 1) < 0.05);
        assertTrue(10 * 2.0 / NullTest.fewestDraws(10) >= 0.05);
    }

    @Test
    void undefinedDrawsCountAsExtremeOnBothSides() {
        NullTest test = NullTest.of(5, new double[] {1, 2, Double.NaN, 9});
        assertEquals(1, test.undefined());
        assertEquals((1 + 1 + 1) / 5.0, test.greater());
        assertEquals((1 + 2 + 1) / 5.0, test.less());
        assertEquals(4, test.mean());
        assertEquals(0.25, test.effect());
    }

    @Test
    void anUndefinedObservedValueHasNoTest() {
        NullTest test = NullTest.of(Double.NaN, new double[] {1, 2});
        assertTrue(Double.isNaN(test.twoSided()));
        assertTrue(Double.isNaN(test.effect()));
        assertEquals(1.5, test.mean());
    }
}
