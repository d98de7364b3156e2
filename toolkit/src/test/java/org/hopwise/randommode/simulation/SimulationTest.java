package org.hopwise.randommode.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.randommode.coupling.Couplings;
import org.hopwise.randommode.coupling.RandomModes;
import org.hopwise.rnn.Activation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class SimulationTest {

    private static final Seed SEED = Seed.of(11);
    private static final JsonObject DISCRETE =
            Golden.read("random-mode").getAsJsonObject("discrete_time_erf").getAsJsonObject("g3.0");

    private static double[] states(Activity activity, int trajectory) {
        return Nd.values("states", activity.states().trajectory(trajectory), 2);
    }

    @Test
    void orthogonalCouplingsInDiscreteTimeUseAllDimensions() {
        Activity activity = Simulation.discrete(Couplings.orthogonal(300, 3, SEED))
                .record(400)
                .seed(SEED)
                .run();
        assertEquals(1, activity.outputs().unitsPerDimension(), 1e-3);
        assertEquals(1, activity.states().unitsPerDimension(), 1e-3);
    }

    @Test
    void independentCouplingsInDiscreteTimeMeetTheClosedForms() {
        double dimension = 0;
        double variance = 0;
        for (int network = 0; network < 3; network++) {
            Activity activity = Simulation.discrete(Couplings.independent(500, 3, SEED.child(network)))
                    .record(400)
                    .run();
            dimension += activity.outputs().unitsPerDimension() / 3;
            variance += activity.states().variance() / 3;
        }
        assertEquals(DISCRETE.get("inv_PRphi_iid").getAsDouble(), dimension, 0.04 * dimension);
        assertEquals(DISCRETE.get("Cx0").getAsDouble(), variance, 0.01 * variance);
    }

    @Test
    void aLowEffectiveRankLowersTheDimensionAndLeavesSingleUnitsAlone() {
        double q = DISCRETE.get("q").getAsDouble();
        double dimension = 0;
        double variance = 0;
        for (int network = 0; network < 3; network++) {
            INDArray couplings = RandomModes.flat(500, 1).gain(3).random(SEED.child(network));
            Activity activity = Simulation.discrete(couplings).record(400).run();
            dimension += activity.outputs().unitsPerDimension() / 3;
            variance += activity.states().variance() / 3;
        }
        double theory = (1 + q * q) / (1 - q * q); // PR_D = 1
        assertEquals(theory, dimension, 0.08 * theory);
        assertEquals(DISCRETE.get("Cx0").getAsDouble(), variance, 0.01 * variance);
    }

    /** Single networks scatter by 2.5 % in C_x(0) and by 20 % in dimension, with outliers, so the median is compared. */
    @Test
    void continuousTimeMeetsMeanFieldAndDimensionTheory() {
        JsonObject theory =
                Golden.read("random-mode").getAsJsonObject("continuous").getAsJsonObject("erf_g5.0");
        double[] dimensions = new double[5];
        double variance = 0;
        for (int network = 0; network < 5; network++) {
            Activity activity = Simulation.continuous(Couplings.independent(400, 5, SEED.child(network)))
                    .trajectories(16)
                    .settle(40)
                    .record(80)
                    .run();
            dimensions[network] = activity.outputs().unitsPerDimension();
            variance += activity.states().variance() / 5;
        }
        Arrays.sort(dimensions);
        double expected = theory.get("A_phi").getAsDouble();
        assertEquals(theory.get("Cx0").getAsDouble(), variance, 0.04 * variance);
        assertEquals(expected, dimensions[2], 0.25 * expected);
    }

    @Test
    void theHyperbolicTangentHasItsOwnMeanField() {
        JsonObject theory =
                Golden.read("random-mode").getAsJsonObject("continuous").getAsJsonObject("tanh_g2.0");
        double variance = 0;
        for (int network = 0; network < 4; network++) {
            variance += Simulation.continuous(Couplings.independent(300, 2, SEED.child(network)))
                            .nonlinearity(Activation.TANH)
                            .trajectories(16)
                            .settle(60)
                            .record(80)
                            .run()
                            .states()
                            .variance()
                    / 4;
        }
        assertEquals(theory.get("Cx0").getAsDouble(), variance, 0.08 * variance);
    }

    @Test
    void smallStatesTurnAsALinearNetworkDoes() {
        double w = 0.7;
        INDArray turn = Nd.array(new double[] {0, -w, w, 0}, 2, 2);
        Activity activity = Simulation.continuous(turn)
                .startDeviation(1e-3)
                .timeStep(0.05)
                .settle(0)
                .record(6)
                .trajectories(2)
                .run();
        double[] x = states(activity, 1);
        for (int t = 0; t < 6; t++) {
            double c = Math.exp(-t) * Math.cos(w * t);
            double s = Math.exp(-t) * Math.sin(w * t);
            assertEquals(c * x[0] - s * x[1], x[2 * t], 3e-9);
            assertEquals(s * x[0] + c * x[1], x[2 * t + 1], 3e-9);
        }
    }

    @Test
    void oneDiscreteStepIsTheCouplingsTimesTheOutputs() {
        INDArray couplings = Nd.array(new double[] {0.5, -2, 3, 1, 0, -1, 2, 0.25, 1}, 3, 3);
        double[] j = Nd.values("J", couplings, 2);
        for (Activation phi : List.of(Activation.ERF, Activation.TANH)) {
            Activity activity = Simulation.discrete(couplings)
                    .nonlinearity(phi)
                    .settle(0)
                    .record(3)
                    .trajectories(1)
                    .run();
            double[] x = states(activity, 0);
            double[] outputs = Nd.values("outputs", activity.outputs().trajectory(0), 2);
            for (int i = 0; i < 6; i++) {
                assertEquals(phi.apply(x[i]), outputs[i], 1e-6);
                double next = 0;
                for (int k = 0; k < 3; k++) {
                    next += j[i % 3 * 3 + k] * phi.apply(x[i / 3 * 3 + k]);
                }
                assertEquals(next, x[3 + i], 2e-6);
            }
        }
    }

    @Test
    void theErrorFallsWithTheFourthPowerOfTheStep() {
        Simulation base = Simulation.continuous(Couplings.independent(30, 3, SEED))
                .settle(2)
                .record(2)
                .trajectories(4);
        double[] exact = states(base.timeStep(1.0 / 64).run(), 2);
        double coarse = distance(exact, states(base.timeStep(0.25).run(), 2));
        double fine = distance(exact, states(base.timeStep(0.125).run(), 2));
        assertTrue(coarse > 1e-4 && fine > 1e-5, coarse + ", " + fine);
        assertEquals(4, Math.log(coarse / fine) / Math.log(2), 0.5);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    @Test
    void threadsAndMoreTrajectoriesDoNotChangeABit() {
        Simulation base = Simulation.continuous(
                        RandomModes.flat(70, 0.5).gain(3).random(SEED))
                .settle(5)
                .record(10)
                .seed(SEED);
        Activity one = base.trajectories(40).threads(1).run();
        Activity three = base.trajectories(40).threads(3).run();
        Activity few = base.trajectories(5).threads(2).run();
        for (int k = 0; k < 5; k++) {
            assertArrayEquals(states(one, k), states(three, k));
            assertArrayEquals(states(one, k), states(few, k));
        }
        assertEquals(one.summary().toString(), three.summary().toString());
        assertEquals(
                one.outputs().correlationMap(0, 1, 3).toString(),
                three.outputs().correlationMap(0, 1, 3).toString());
    }

    @Test
    void otherSeedsStartElsewhere() {
        Simulation base =
                Simulation.discrete(Couplings.independent(20, 2, SEED)).settle(0);
        double[] first = states(base.seed(Seed.of(1)).run(), 0);
        assertTrue(distance(first, states(base.seed(Seed.of(2)).run(), 0)) > 1);
        assertTrue(distance(first, states(base.seed(Seed.of(1)).run(), 1)) > 1);
    }

    @Test
    void samplesAreTakenAtTheIntervalFromWhereTheNetworkHasSettled() {
        Simulation base =
                Simulation.continuous(Couplings.independent(20, 2, SEED)).trajectories(2);
        double[] fine = states(base.settle(2).record(3).sampleEvery(0.2).run(), 1);
        Activity coarse = base.settle(3).record(2).sampleEvery(0.6).run();
        assertEquals(0.6, coarse.states().interval(), 1e-12);
        assertEquals(3, coarse.states().samples());
        double[] x = states(coarse, 1);
        assertArrayEquals(Arrays.copyOfRange(fine, 5 * 20, 6 * 20), Arrays.copyOf(x, 20));
        assertArrayEquals(Arrays.copyOfRange(fine, 8 * 20, 9 * 20), Arrays.copyOfRange(x, 20, 40));
    }

    @Test
    void progressRisesToTheNumberOfSteps() {
        List<Long> done = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        Simulation.discrete(Couplings.independent(20, 2, SEED))
                .trajectories(100)
                .settle(10)
                .record(21)
                .listen(progress -> {
                    done.add(progress.done());
                    totals.add(progress.total());
                })
                .run();
        assertEquals(done.stream().sorted().toList(), done);
        assertEquals(totals.get(0), done.get(done.size() - 1));
        assertEquals(0, totals.get(0) % 30);
    }

    @Test
    void whatCannotBeRunIsRefusedWithARemedy() {
        assertSays("shape [2, 3]", () -> Simulation.discrete(Nd.array(new double[6], 2, 3)));
        assertSays("NaN at (1, 0)", () -> Simulation.continuous(Nd.array(new double[] {1, 2, Double.NaN, 4}, 2, 2)));
        assertSays("Divide them", () -> Simulation.continuous(Nd.array(new double[] {1, 2, 1e31, 4}, 2, 2)));
        Simulation small = Simulation.continuous(Couplings.independent(5, 2, SEED));
        assertSays("step is 2.0", () -> small.timeStep(2));
        assertSays(
                "Simulation.continuous",
                () -> Simulation.discrete(Couplings.independent(5, 2, SEED)).timeStep(0.1));
        assertSays("there would be 1 samples", () -> small.record(1).run());
        assertSays(
                "a larger -Xmx",
                () -> small.trajectories(100_000).record(10_000).run());
        assertSays("trajectories is 0", () -> small.trajectories(0));
    }

    private static void assertSays(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
