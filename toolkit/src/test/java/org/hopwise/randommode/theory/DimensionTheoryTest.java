package org.hopwise.randommode.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.hopwise.Golden;
import org.hopwise.rnn.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionTheoryTest {

    /** The golden values are printed with eight digits and hold to 1e-6 or better; asked are 1e-5. */
    private static final double TOLERANCE = 1e-6;

    /** For golden values printed with six digits. */
    private static final double PRINTED = 5e-6;

    private static void assertGolden(JsonElement expected, double actual, String what) {
        assertGolden(expected, actual, TOLERANCE, what);
    }

    private static void assertGolden(JsonElement expected, double actual, double tolerance, String what) {
        assertEquals(expected.getAsDouble(), actual, tolerance * Math.abs(expected.getAsDouble()), what);
    }

    @ParameterizedTest
    @CsvSource({"ERF, 1.5", "ERF, 3.0", "ERF, 5.0", "TANH, 2.0"})
    void meanFieldAndDimensionMeetTheGoldenValues(Activation phi, String gain) {
        JsonObject golden =
                Golden.read("random-mode").getAsJsonObject("continuous").getAsJsonObject(phi + "_g" + gain);
        var field = MeanField.solve(Double.parseDouble(gain), phi);
        var theory = DimensionTheory.of(field);
        assertGolden(golden.get("Cx0"), field.stateVariance(), "Cx0");
        assertGolden(golden.get("Cphi0"), field.outputVariance(), "Cphi0");
        assertGolden(golden.get("mean_gain"), field.meanSlope(), "mean slope");
        assertGolden(golden.get("decay_rate"), field.decayRate(), "decay rate");
        assertGolden(golden.get("lyapunov"), field.lyapunovExponent(), "Lyapunov exponent");
        double[] lags = {1, 2, 5, 10};
        for (int i = 0; i < lags.length; i++) {
            var expected = golden.getAsJsonArray("Cx_at_1_2_5_10").get(i);
            assertGolden(expected, field.stateCovariance(lags[i]), "Cx at " + lags[i]);
        }
        assertGolden(golden.get("A_phi"), theory.outputs().intercept(), "A");
        assertGolden(golden.get("B_phi"), theory.outputs().slope(), "B");
        assertGolden(golden.get("A_x"), theory.states().intercept(), "A_x");
        assertGolden(golden.get("B_x"), theory.states().slope(), "B_x");
        double infinity = Double.POSITIVE_INFINITY;
        assertGolden(golden.get("PRphi_over_N_iid"), theory.outputs().participation(infinity), "PR_phi, independent");
        assertGolden(golden.get("PRx_over_N_iid"), theory.states().participation(infinity), "PR_x, independent");
        for (Map.Entry<String, JsonElement> at :
                golden.getAsJsonObject("PRphi_over_N_at_PR_D").entrySet()) {
            double rank = Double.parseDouble(at.getKey());
            assertGolden(at.getValue(), theory.outputs().participation(rank), PRINTED, "PR_phi at " + rank);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "0.5"})
    void collectiveCorrelationsMeetTheGoldenValues(String rank) {
        var golden = Golden.read("random-mode")
                .getAsJsonObject("psi_phi_tau_tau_erf_g5")
                .getAsJsonObject(rank);
        double effectiveRank = rank.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(rank);
        var theory = DimensionTheory.of(MeanField.solve(5, Activation.ERF));
        var table = theory.correlations(effectiveRank, 0, 2, 4, 8, 16);
        for (var row : table) {
            var expected = golden.get(Integer.toString((int) row.getDouble("lag")));
            assertGolden(expected, row.getDouble("output"), PRINTED, "lag " + row.getDouble("lag"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ERF", "TANH"})
    void theDimensionVanishesAsTheCubeOfTheDistanceFromOnset(Activation phi) {
        double excess = 1e-3;
        var line = DimensionTheory.of(MeanField.solve(1 + excess, phi)).outputs();
        var half = DimensionTheory.of(MeanField.solve(1 + excess / 2, phi)).outputs();
        double law = line.intercept() * Math.pow(excess, 3);
        double halfLaw = half.intercept() * Math.pow(excess / 2, 3);
        assertEquals(
                Golden.read("random-mode")
                        .getAsJsonObject("onset_law")
                        .get("value")
                        .getAsDouble(),
                DimensionTheory.ONSET,
                1e-12);
        assertEquals(DimensionTheory.ONSET, 2 * halfLaw - law, 1e-4 * DimensionTheory.ONSET);
        assertEquals(1, half.slope() / half.intercept(), 1e-6);
    }

    @Test
    void correlationsAtLagZeroGiveTheDimension() {
        var theory = DimensionTheory.of(MeanField.solve(2, Activation.ERF));
        var row = theory.correlations(0.7, 0).row(0);
        assertEquals(
                theory.outputs().unitsPerDimension(0.7),
                1 + row.getDouble("output") / row.getDouble("single output"),
                1e-8);
        assertEquals(
                theory.states().unitsPerDimension(0.7),
                1 + row.getDouble("state") / row.getDouble("single state"),
                1e-8);
    }

    @Test
    void theMapOfCorrelationsIsSymmetricAndHasTheEqualLagsOnItsDiagonal() {
        var theory = DimensionTheory.of(MeanField.solve(3, Activation.ERF));
        var map = theory.correlationMap(1, 0, 3);
        var equal = theory.correlations(1, 0, 3);
        for (String column : new String[] {"output", "state"}) {
            double[] values = map.doubleColumn(column).asDoubleArray();
            assertEquals(values[1], values[2], 1e-9 * values[1]);
            assertEquals(equal.doubleColumn(column).get(0), values[0], 1e-9 * values[0]);
            assertEquals(equal.doubleColumn(column).get(1), values[3], 1e-9 * values[3]);
        }
    }

    @Test
    void collectiveCorrelationsOutliveThoseOfSingleUnits() {
        var table = DimensionTheory.of(MeanField.solve(5, Activation.ERF)).correlations(1, 0, 8);
        double collective = table.doubleColumn("output").get(1)
                / table.doubleColumn("output").get(0);
        double single = table.doubleColumn("single output").get(1)
                / table.doubleColumn("single output").get(0);
        assertTrue(collective > 40 * single, collective + " against " + single);
    }

    @Test
    void spectraIntegrateToVariances() {
        var field = MeanField.solve(3, Activation.ERF);
        double step = 0.02;
        double output = 0;
        double state = 0;
        for (int k = -2000; k <= 2000; k++) {
            output += field.outputSpectrum(k * step) * step / (2 * Math.PI);
            state += field.stateSpectrum(k * step) * step / (2 * Math.PI);
        }
        assertEquals(field.outputVariance(), output, 1e-8);
        assertEquals(field.stateVariance(), state, 1e-8);
    }

    @Test
    void theCovarianceSolvesItsEquationBetweenGridPointsAndBeyondThem() {
        var field = MeanField.solve(3, Activation.TANH);
        double h = 0.01;
        for (double lag : new double[] {0.013, 0.7, 4.321, 20}) {
            double c = field.stateCovariance(lag);
            double curvature = (field.stateCovariance(lag + h) - 2 * c + field.stateCovariance(lag - h)) / (h * h);
            assertEquals(9 * field.outputCovariance(lag), c - curvature, 2e-4 * c);
        }
        double rate = Math.log(field.stateCovariance(300) / field.stateCovariance(301));
        assertEquals(field.decayRate(), rate, 1e-6);
        assertEquals(field.stateCovariance(2), field.stateCovariance(-2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 1.0001, Double.NaN, -2, Double.POSITIVE_INFINITY})
    void aGainWithoutActivityIsRefused(double gain) {
        var fault = assertThrows(IllegalArgumentException.class, () -> MeanField.solve(gain, Activation.ERF));
        assertTrue(fault.getMessage().startsWith("gain is " + gain), fault.getMessage());
    }

    @Test
    void aGainAtOrBelowOneSaysWhy() {
        var fault = assertThrows(IllegalArgumentException.class, () -> MeanField.solve(0.9, Activation.TANH));
        assertTrue(fault.getMessage().contains("all activity dies out"), fault.getMessage());
    }

    @Test
    void gainsBeyondTheSolverSayWhatToDo() {
        var terms = assertThrows(IllegalArgumentException.class, () -> MeanField.solve(40, Activation.TANH));
        assertTrue(terms.getMessage().contains("use a smaller gain"), terms.getMessage());
        var residual = assertThrows(IllegalStateException.class, () -> MeanField.solve(1e4, Activation.ERF));
        assertTrue(residual.getMessage().contains("of C(0), allowed are 1e-07"), residual.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, Double.NaN})
    void anImpossibleEffectiveRankIsRefused(double rank) {
        var line = new RankLine(20, 16);
        var fault = assertThrows(IllegalArgumentException.class, () -> line.unitsPerDimension(rank));
        assertTrue(fault.getMessage().startsWith("effectiveRank is " + rank), fault.getMessage());
    }

    @Test
    void predictionsCarryAWarningWhereModesAreFew() {
        var table = new RankLine(2.7, 1.7).table(500, Double.POSITIVE_INFINITY, 1, 0.05, -1);
        assertEquals("", table.stringColumn("warning").get(0));
        assertEquals("", table.stringColumn("warning").get(1));
        assertTrue(table.stringColumn("warning").get(2).startsWith("25.0 effective modes"));
        assertEquals("", table.stringColumn("warning").get(3));
        assertEquals(500 / 2.7, table.doubleColumn("dimension").get(0), 1e-12);
        assertEquals(1, table.doubleColumn("units per dimension").get(3), 1e-12);
        var few = new RankLine(135, 125).table(500, 1);
        assertTrue(few.stringColumn("warning").get(0).startsWith("fewer than ten dimensions"));
    }

    @Test
    void theTimeCourseOfComponentsIsThePrintedOne() {
        JsonObject golden = Golden.read("random-mode-printed").getAsJsonObject("pc_time_course_28");
        double[] lags = Golden.array(golden.get("lags")).toDoubleVector();
        var theories = new java.util.HashMap<Double, DimensionTheory>();
        for (JsonElement element : golden.getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            double gain = c.get("g").getAsDouble();
            double rank = c.get("rank").isJsonNull()
                    ? Double.POSITIVE_INFINITY
                    : c.get("rank").getAsDouble();
            var theory = theories.computeIfAbsent(gain, g -> DimensionTheory.of(MeanField.solve(g, Activation.ERF)));
            var course = theory.timeCourse(rank, lags);
            assertGolden(c.get("Psi00"), course.doubleColumn("Psi").get(0), 1e-5, "Psi(0, 0)");
            for (int i = 0; i < lags.length; i++) {
                double share = c.getAsJsonArray("normalised").get(i).getAsDouble();
                assertEquals(share, course.doubleColumn("share").get(i), 1e-5 * share, "lag " + lags[i]);
            }
        }
    }
}
