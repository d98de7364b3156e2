package org.hopwise.randommode.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.hopwise.Golden;
import org.hopwise.randommode.averages.UnitClass;
import org.hopwise.randommode.coupling.Couplings;
import org.hopwise.rnn.Activation;
import org.junit.jupiter.api.Test;

class OutputGainsTest {

    /** As the golden cases ask: relative. */
    private static final double TOLERANCE = 1e-5;

    private final Map<Double, DimensionTheory> theories = new HashMap<>();

    private DimensionTheory theory(double gain) {
        return theories.computeIfAbsent(gain, g -> DimensionTheory.of(MeanField.solve(g, Activation.ERF)));
    }

    @Test
    void theThreeDimensionsAreThoseOfThePaper() {
        for (JsonElement element : Golden.read("random-mode-printed")
                .getAsJsonObject("output_gains_46_J18")
                .getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            double rank = c.get("rank").getAsDouble();
            OutputGains gains = OutputGains.of(
                    theory(c.get("g").getAsDouble()), c.get("PRG").getAsDouble());
            assertGolden(c, "PR_scored_46b", gains.outputs().participation(rank));
            assertGolden(c, "PR_raw_46a", gains.weighted().participation(rank));
            assertGolden(c, "PR_readout_J18", gains.readout().participation(rank));
        }
    }

    private static void assertGolden(JsonObject c, String key, double actual) {
        double expected = c.get(key).getAsDouble();
        assertEquals(expected, actual, TOLERANCE * expected, key + " of " + c);
    }

    @Test
    void unitByUnitTheoryOfThePapersGainsGivesTheSameLine() {
        var units = HeterogeneousDimension.continuous(3, Activation.ERF, Heterogeneity.decaying(0.4));
        OutputGains gains = OutputGains.of(theory(3), 0.4);
        assertEquals(gains.outputs().intercept(), units.outputs().intercept(), 1e-7 * 40);
        assertEquals(gains.outputs().slope(), units.outputs().slope(), 1e-7 * 40);
        assertEquals(gains.outputs().intercept(), units.scoredOutputs().intercept(), 1e-7 * 40);
    }

    @Test
    void decayingGainsHaveTheParticipationThatWasAskedFor() {
        for (double participation : new double[] {0.05, 0.4, 0.99, 1}) {
            Heterogeneity units = Heterogeneity.decaying(participation);
            double square = units.mean(UnitClass::outputPower);
            assertEquals(1, square, 1e-8);
            assertEquals(
                    participation, 1 / units.mean(u -> Math.pow(u.outputPower(), 2)), 1e-4 * participation, "classes");
            double[] gains = Couplings.decayingGains(4000, participation);
            double squares = 0;
            double fourths = 0;
            for (double gain : gains) {
                squares += gain * gain / gains.length;
                fourths += Math.pow(gain, 4) / gains.length;
            }
            assertEquals(1, squares, 1e-12);
            // Sums over units differ from the law by (beta / N)^2 / 3.
            assertEquals(participation, 1 / fourths, 1e-5, "units");
        }
    }

    @Test
    void equalGainsChangeNothing() {
        OutputGains gains = OutputGains.of(theory(3), 1);
        assertEquals(theory(3).outputs(), gains.outputs());
        assertEquals(theory(3).outputs(), gains.weighted());
        assertEquals(theory(3).outputs(), gains.readout());
    }

    @Test
    void aParticipationAboveOneIsRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> OutputGains.of(theory(3), 1.2));
        assertEquals(
                "gainParticipation is 1.2; PR^G = <G^2>^2 / <G^4> lies above 0 and is at most 1, where all gains are equal.",
                refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Couplings.decayRate(Double.NaN));
    }
}
