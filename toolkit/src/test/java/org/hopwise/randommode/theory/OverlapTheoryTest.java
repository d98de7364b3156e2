package org.hopwise.randommode.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hopwise.Seed;
import org.hopwise.randommode.coupling.RandomModes;
import org.hopwise.rnn.Activation;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class OverlapTheoryTest {

    /** The fixed point is reached to 1e-5; where the loop gain is near 1, N / PR takes that up several times. */
    private static final double SETTLED = 1e-4;

    private static RandomModes flat(double effectiveRank, double overlap) {
        return RandomModes.flat(800, effectiveRank).gain(3).overlap(overlap);
    }

    /** Half the components with one overlap, half with its opposite. */
    private static RandomModes halves(double overlap) {
        double[] overlaps = new double[800];
        for (int a = 0; a < 800; a++) {
            overlaps[a] = a < 400 ? overlap : -overlap;
        }
        return RandomModes.flat(800, 1).gain(3).overlaps(overlaps);
    }

    private static double error(OverlapSolution solution, int row) {
        return solution.summary().doubleColumn("standard error").get(row);
    }

    @Test
    void withoutOverlapsDiscreteTimeIsTheClosedForm() {
        DiscreteDimension exact = DiscreteDimension.of(3, Activation.ERF);
        for (double rank : new double[] {1, 0.25}) {
            OverlapSolution solution =
                    OverlapTheory.discrete(flat(rank, 0)).samples(16).groups(2).solve();
            assertClose(exact.stateVariance(), solution.stateVariance());
            assertClose(exact.outputVariance(), solution.outputVariance());
            assertClose(exact.outputs().unitsPerDimension(rank), solution.unitsPerOutputDimension());
            assertClose(exact.states().unitsPerDimension(rank), solution.unitsPerStateDimension());
        }
    }

    @Test
    void withoutOverlapsContinuousTimeIsTheDimensionTheory() {
        MeanField field = MeanField.solve(3, Activation.ERF);
        DimensionTheory exact = DimensionTheory.of(field);
        OverlapSolution solution =
                OverlapTheory.continuous(flat(0.5, 0)).samples(16).groups(2).solve();
        assertClose(field.stateVariance(), solution.stateVariance());
        assertClose(exact.outputs().unitsPerDimension(0.5), solution.unitsPerOutputDimension());
        assertClose(exact.states().unitsPerDimension(0.5), solution.unitsPerStateDimension());
        Table covariances = solution.covariances(0, 1.3, 5);
        for (int row = 0; row < 3; row++) {
            double lag = covariances.doubleColumn("lag").get(row);
            assertClose(
                    field.stateCovariance(lag),
                    covariances.doubleColumn("state").get(row));
            assertClose(
                    field.outputCovariance(lag),
                    covariances.doubleColumn("output").get(row));
        }
    }

    @Test
    void tanhIsSolvedToo() {
        DiscreteDimension exact = DiscreteDimension.of(3, Activation.TANH);
        OverlapSolution solution = OverlapTheory.discrete(flat(1, 0))
                .nonlinearity(Activation.TANH)
                .samples(16)
                .groups(2)
                .solve();
        assertClose(exact.stateVariance(), solution.stateVariance());
        assertClose(exact.outputs().unitsPerDimension(1), solution.unitsPerOutputDimension());
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, SETTLED * Math.abs(expected));
    }

    /** Means and standard errors of three simulated networks of 800 units, discrete time: C_phi(0), C_x(0), N / PR_phi. */
    @Test
    void discreteTimeAgreesWithSimulatedNetworks() {
        assertSimulated(OverlapTheory.discrete(flat(1, 0.15)), 0.7956, 0.0028, 10.57, 0.21, 17.1, 2.7);
        assertSimulated(OverlapTheory.discrete(halves(0.4)), 0.7927, 0.0021, 10.55, 0.21, 23.3, 4.0);
    }

    private static void assertSimulated(OverlapTheory theory, double... simulated) {
        OverlapSolution solution = theory.samples(128).solve();
        double[] values = {
            solution.outputVariance(), solution.stateVariance(), solution.unitsPerOutputDimension(),
        };
        int[] rows = {1, 0, 3};
        for (int i = 0; i < values.length; i++) {
            double tolerance = 3 * Math.hypot(simulated[2 * i + 1], error(solution, rows[i]));
            assertEquals(simulated[2 * i], values[i], tolerance, "quantity " + i);
        }
    }

    @Test
    void discreteTimeDoesNotTellTheSignOfOverlaps() {
        OverlapSolution plus = OverlapTheory.discrete(flat(1, 0.15)).samples(64).solve();
        OverlapSolution minus =
                OverlapTheory.discrete(flat(1, -0.15)).samples(64).solve();
        assertEquals(plus.outputVariance(), minus.outputVariance(), 4 * Math.hypot(error(plus, 1), error(minus, 1)));
        assertEquals(
                plus.unitsPerOutputDimension(),
                minus.unitsPerOutputDimension(),
                4 * Math.hypot(error(plus, 3), error(minus, 3)));
    }

    /**
     * Simulated, N = 1000: C_phi(0) .556 +- .002 at overlap -.15 (4 networks, Runge-Kutta), .783 +- .001 at .1 (4
     * networks, Euler, which with the size shifts it by up to 1 %).
     */
    @Test
    void inContinuousTimeNegativeOverlapsDampAndPositiveOnesRaiseTheActivity() {
        OverlapSolution weak =
                OverlapTheory.continuous(flat(1, -0.15)).samples(64).groups(2).solve();
        OverlapSolution strong =
                OverlapTheory.continuous(flat(1, 0.1)).samples(64).groups(2).solve();
        assertEquals(0.556, weak.outputVariance(), 3 * 0.002);
        assertEquals(0.783, strong.outputVariance(), 0.01 * 0.783);
        assertTrue(weak.unitsPerOutputDimension() > 45);
        assertTrue(strong.unitsPerOutputDimension() < 33);
    }

    @Test
    void theSameSeedGivesTheSameNumbers() {
        OverlapTheory theory = OverlapTheory.discrete(flat(1, 0.1)).samples(16).groups(3);
        assertEquals(
                theory.seed(Seed.of(5)).solve().summary().toString(),
                theory.seed(Seed.of(5)).solve().summary().toString());
    }

    @Test
    void theSummaryNamesItsRowsAsSimulationsDo() {
        Table summary =
                OverlapTheory.discrete(flat(1, 0)).samples(16).groups(2).solve().summary();
        assertEquals(
                List.of("state variance", "output variance", "units per state dimension", "units per output dimension"),
                summary.stringColumn("quantity").asList());
    }

    @Test
    void whatCannotBeSolvedIsSaid() {
        assertRefused(
                OverlapTheory.discrete(flat(1, -0.4)), "the feedback through overlaps, (1/N) sum rho D, is -1.20");
        assertRefused(
                OverlapTheory.continuous(flat(1, 0.34)), "the feedback through overlaps, (1/N) sum rho D, is 1.02");
        RandomModes quiet = RandomModes.flat(800, 1).gain(0.5);
        assertRefused(
                OverlapTheory.discrete(quiet).samples(16), "with these strengths and overlaps the activity dies out");
        double[] many = new double[300];
        for (int a = 0; a < many.length; a++) {
            many[a] = a + 1;
        }
        assertRefused(OverlapTheory.discrete(RandomModes.of(800, many)), "the components have 300 different strengths");
        OverlapSolution solution =
                OverlapTheory.discrete(flat(1, 0)).samples(16).groups(2).solve();
        var refusal = assertThrows(IllegalArgumentException.class, () -> solution.covariances(0.5));
        assertEquals(
                "a lag is 0.5; it must be from 0 to 64.0, a quarter of the sampled window, and whole in discrete time.",
                refusal.getMessage());
    }

    private static void assertRefused(OverlapTheory theory, String start) {
        var refusal = assertThrows(IllegalArgumentException.class, theory::solve);
        assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    }
}
