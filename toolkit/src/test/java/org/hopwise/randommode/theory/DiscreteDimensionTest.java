package org.hopwise.randommode.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.randommode.averages.GaussianAverages;
import org.hopwise.randommode.coupling.Couplings;
import org.hopwise.rnn.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteDimensionTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "5.0"})
    void meetsTheGoldenValues(String gain) {
        var golden =
                Golden.read("random-mode").getAsJsonObject("discrete_time_erf").getAsJsonObject("g" + gain);
        var theory = DiscreteDimension.of(Double.parseDouble(gain), Activation.ERF);
        double infinity = Double.POSITIVE_INFINITY;
        assertEquals(golden.get("Cx0").getAsDouble(), theory.stateVariance(), 1e-6);
        assertEquals(golden.get("q").getAsDouble(), theory.loopGain(), 1e-8);
        assertEquals(golden.get("inv_PRphi_iid").getAsDouble(), theory.outputs().unitsPerDimension(infinity), 1e-6);
        assertEquals(golden.get("inv_PRx_iid").getAsDouble(), theory.states().unitsPerDimension(infinity), 1e-6);
        assertEquals(
                golden.get("inv_PRphi_PRD_0p25").getAsDouble(), theory.outputs().unitsPerDimension(0.25), 1e-6);
        assertEquals(
                golden.get("inv_PRx_PRD_0p25").getAsDouble(), theory.states().unitsPerDimension(0.25), 1e-6);
    }

    @ParameterizedTest
    @EnumSource(names = {"ERF", "TANH"})
    void orthogonalCouplingsFillAllDimensions(Activation phi) {
        var theory = DiscreteDimension.of(2, phi);
        assertEquals(1, theory.outputs().unitsPerDimension(-1), 1e-12);
        assertEquals(1, theory.states().unitsPerDimension(-1), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(names = {"ERF", "TANH"})
    void theVarianceReproducesItself(Activation phi) {
        var theory = DiscreteDimension.of(1.7, phi);
        assertEquals(theory.stateVariance(), 1.7 * 1.7 * theory.outputVariance(), 1e-12);
        assertEquals(
                GaussianAverages.of(phi, theory.stateVariance()).covariance(theory.stateVariance()),
                theory.outputVariance(),
                1e-12);
    }

    @Test
    void linesOfStatesAndOutputsDifferByOneAtTheInterceptAndByTheSquaredLoopInSlope() {
        var theory = DiscreteDimension.of(3, Activation.ERF);
        double q2 = Math.pow(theory.loopGain(), 2);
        assertEquals(theory.outputs().slope(), q2 * theory.states().slope(), 1e-12);
        assertEquals(theory.outputs().intercept() + 1, theory.states().intercept(), 1e-12);
    }

    @Test
    void highRanksTendToIndependentCouplings() {
        var lines = DiscreteDimension.of(3, Activation.TANH);
        assertEquals(lines.outputs().intercept(), lines.outputs().unitsPerDimension(1e9), 1e-8);
        assertEquals(
                lines.states().unitsPerDimension(Double.POSITIVE_INFINITY),
                lines.states().unitsPerDimension(-1e9),
                1e-8);
    }

    @ParameterizedTest
    @EnumSource(names = {"ERF", "TANH"})
    void alikeUnitsGiveTheHomogeneousTheory(Activation phi) {
        var expected = DiscreteDimension.of(3, phi);
        var alike = HeterogeneousDimension.discrete(3, phi, Heterogeneity.none());
        assertClose(expected.outputs(), alike.outputs(), 1e-9);
        assertClose(expected.outputs(), alike.scoredOutputs(), 1e-9);
        assertClose(expected.states(), alike.states(), 1e-9);
        assertClose(expected.states(), alike.scoredStates(), 1e-9);
        var theory = DimensionTheory.of(MeanField.solve(3, phi));
        var continuous = HeterogeneousDimension.continuous(3, phi, Heterogeneity.none());
        assertClose(theory.outputs(), continuous.outputs(), 1e-9);
        assertClose(theory.outputs(), continuous.scoredOutputs(), 1e-9);
        assertClose(theory.states(), continuous.states(), 1e-9);
        assertClose(theory.states(), continuous.scoredStates(), 1e-9);
    }

    private static void assertClose(RankLine expected, RankLine actual, double tolerance) {
        assertEquals(expected.intercept(), actual.intercept(), tolerance * expected.intercept());
        assertEquals(expected.slope(), actual.slope(), tolerance * expected.slope());
    }

    @Test
    void equalFactorsBetweenInputAndOutputGainsChangeOnlyTheGain() {
        double[] twos = {2, 2};
        double[] thirds = {1.0 / 3, 1.0 / 3};
        var scaled = HeterogeneousDimension.discrete(4.5, Activation.ERF, Heterogeneity.of(twos, thirds));
        assertClose(DiscreteDimension.of(3, Activation.ERF).outputs(), scaled.outputs(), 1e-9);
        assertClose(DiscreteDimension.of(3, Activation.ERF).states(), scaled.scoredStates(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.8})
    void zScoringTakesTheSpreadOfInputGainsFromTheStates(double spread) {
        var theory = HeterogeneousDimension.discrete(3, Activation.ERF, Heterogeneity.logNormal(spread));
        double fourthMoment = Math.exp(4 * spread * spread);
        double without = theory.states().intercept() - theory.scoredStates().intercept();
        assertEquals(fourthMoment - 1, without, 1e-6 * fourthMoment);
        assertEquals(theory.states().slope(), theory.scoredStates().slope(), 1e-12);
    }

    /** Records of simulations at N = 800, one draw of gains a row, so <A^4> differs from its mean: 15 % and 40 %. */
    @ParameterizedTest
    @CsvSource({"0.5, 5.87, 4.28, 3.32, 3.34, 0.15", "0.8, 13.4, 5.86, 4.91, 5.0, 0.4"})
    void recordedSimulationsOfUnequalUnitsAreNear(
            double spread, double states, double scoredStates, double outputs, double scoredOutputs, double tolerance) {
        var theory = HeterogeneousDimension.discrete(3, Activation.ERF, Heterogeneity.logNormal(spread));
        assertEquals(states, theory.states().intercept(), tolerance * states);
        assertEquals(scoredStates, theory.scoredStates().intercept(), 0.03 * scoredStates);
        assertEquals(outputs, theory.outputs().intercept(), 0.03 * outputs);
        assertEquals(scoredOutputs, theory.scoredOutputs().intercept(), 0.03 * scoredOutputs);
    }

    @Test
    void drawnGainsMeetTheLawTheyComeFrom() {
        double[] gains = Couplings.logNormalGains(20_000, 0.3, Seed.of(1));
        double[] ones = new double[gains.length];
        Arrays.fill(ones, 1);
        var drawn = HeterogeneousDimension.discrete(3, Activation.ERF, Heterogeneity.of(gains, ones));
        var law = HeterogeneousDimension.discrete(3, Activation.ERF, Heterogeneity.logNormal(0.3));
        assertClose(law.states(), drawn.states(), 0.02);
        assertClose(law.scoredOutputs(), drawn.scoredOutputs(), 0.02);
    }

    @Test
    void inContinuousTimeUnequalUnitsLowerTheRawDimensionMoreThanTheZScored() {
        var theory = HeterogeneousDimension.continuous(3, Activation.ERF, Heterogeneity.logNormal(0.3));
        assertTrue(theory.states().intercept() > theory.scoredStates().intercept());
        var few = Heterogeneity.of(new double[] {0.8, 1.2}, new double[] {1, 1});
        var pair = HeterogeneousDimension.continuous(2, Activation.TANH, few);
        assertTrue(pair.states().slope() > 0);
    }

    @Test
    void allFourPredictionsStandInOneTable() {
        var table = HeterogeneousDimension.discrete(3, Activation.ERF, Heterogeneity.logNormal(0.5))
                .table(500, 1, 0.05);
        assertEquals(8, table.rowCount());
        assertEquals("states", table.stringColumn("activity").get(0));
        assertEquals("z-scored", table.stringColumn("data").get(2));
        assertTrue(table.stringColumn("warning").get(1).contains("effective modes"));
    }

    @Test
    void badUnitsAreRefused() {
        double[] one = {1};
        assertThrows(IllegalArgumentException.class, () -> DiscreteDimension.of(1, Activation.ERF));
        assertThrows(IllegalArgumentException.class, () -> Heterogeneity.of(one, new double[2]));
        assertThrows(IllegalArgumentException.class, () -> Heterogeneity.of(new double[] {0}, one));
        assertThrows(IllegalArgumentException.class, () -> Heterogeneity.of(new double[] {Double.NaN}, one));
        assertThrows(IllegalArgumentException.class, () -> Heterogeneity.logNormal(2));
        var weak = Heterogeneity.of(new double[] {0.5, 0.4}, new double[] {1, 1});
        var fault = assertThrows(
                IllegalArgumentException.class, () -> HeterogeneousDimension.discrete(2, Activation.ERF, weak));
        assertTrue(fault.getMessage().contains("all activity dies out"), fault.getMessage());
        double[] ones = new double[201];
        Arrays.fill(ones, 1);
        var many = Heterogeneity.of(ones, ones);
        assertThrows(IllegalArgumentException.class, () -> HeterogeneousDimension.continuous(2, Activation.ERF, many));
    }
}
