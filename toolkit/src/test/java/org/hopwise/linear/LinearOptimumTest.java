package org.hopwise.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.PenaltyKind;
import org.hopwise.train.TrainedNetwork;
import org.hopwise.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LinearOptimumTest {

    private static final double EXACT = 1e-12;

    static List<JsonObject> cases() {
        List<JsonObject> cases = new ArrayList<>();
        for (JsonElement c : Golden.read("linear_theory").getAsJsonArray("cases")) {
            cases.add(c.getAsJsonObject());
        }
        return cases;
    }

    private static PopulationLoss loss(JsonObject c) {
        HierarchicalTask task = switch (c.get("task").getAsString()) {
            case "avg" -> Tasks.averaging();
            case "onoff" -> Tasks.onOff();
            case "sparse" -> Tasks.sparse();
            default -> throw new IllegalStateException(c.get("task").getAsString());
        };
        return PopulationLoss.of(task.noise(c.get("sig_noise").getAsDouble()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOptimaAreThoseOfTheClosedForm(JsonObject c) {
        PopulationLoss loss = loss(c);
        double alpha = c.get("alpha").getAsDouble();
        double gain = c.get("g").getAsDouble();
        for (JsonElement element : c.getAsJsonArray("betas")) {
            JsonObject expected = element.getAsJsonObject();
            double beta = expected.get("beta").getAsDouble();
            for (String kind : List.of("sum", "hop")) {
                Penalty penalty =
                        kind.equals("sum") ? Penalty.resolvent(beta, alpha, 10) : Penalty.hopwise(beta, alpha, 10);
                LinearOptimum optimum = LinearOptimum.of(loss, penalty);
                for (int k = 2; k <= 11; k++) {
                    double wanted = expected.getAsJsonArray(kind + "_profile")
                            .get(k - 2)
                            .getAsDouble();
                    assertEquals(
                            wanted,
                            optimum.hops().hop(k).getDouble(9, 15) / gain,
                            EXACT * Math.max(1, Math.abs(wanted)),
                            "%s hop %d".formatted(penalty, k));
                    assertEquals(0, optimum.hops().hop(k).getDouble(9, 16), "another module");
                }
                double nmse = expected.get(kind + "_nmse").getAsDouble();
                assertEquals(nmse, optimum.normalisedError(), EXACT, penalty + " nMSE");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSummedPenaltySaturatesAtTheGoldenError(JsonObject c) {
        double expected = c.get("saturation_nmse_sum").getAsDouble();
        assertEquals(
                expected,
                LinearOptimum.saturation(loss(c), c.get("alpha").getAsDouble()),
                EXACT * Math.max(1, expected));
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0.0905", "0.1, 0.0113"})
    void quietStepsLowerTheCeilingOfTheSummedPenalty(double noise, double expected) {
        PopulationLoss loss = PopulationLoss.of(Tasks.onOff().noise(noise));
        assertEquals(expected, LinearOptimum.saturation(loss, 0.8), 5e-5);
    }

    @Test
    void aSilentHopCancelsTheSumForFree() {
        PopulationLoss loss = PopulationLoss.of(Tasks.onOff().noise(0));
        Penalty penalty = Penalty.resolvent(0.01, 0.8, 10);
        LinearOptimum optimum = LinearOptimum.of(loss, penalty);
        assertEquals(0, optimum.normalisedError(), EXACT);
        double sum = 0;
        for (int k = 2; k <= 11; k++) {
            sum += Math.pow(0.8, k) * optimum.hops().hop(k).getDouble(0, 0);
        }
        assertEquals(0, sum, EXACT);
        assertEquals(0, LinearOptimum.saturation(loss, 0.8), EXACT);
    }

    @Test
    void theHopwisePenaltyPutsNothingOnSilentHops() {
        PopulationLoss loss = PopulationLoss.of(Tasks.onOff().noise(0));
        HopDecomposition hops =
                LinearOptimum.of(loss, Penalty.hopwise(1e-3, 0.8, 10)).hops();
        assertEquals(1, hops.share(2, 4, 6, 8, 10), EXACT);
    }

    @Test
    void withoutPenaltyTheOptimumIsTheTask() {
        LinearOptimum free = LinearOptimum.of(PopulationLoss.of(Tasks.sparse()), Penalty.none());
        assertEquals(0, free.normalisedError());
        Golden.assertClose(Tasks.sparse().optimalMap(4), free.hops().hop(4), "hop 4");
    }

    @Test
    void noOtherHopMapsDoBetter() {
        PopulationLoss loss = PopulationLoss.of(
                Tasks.subtraction().size(4, 2).steps(3).signalSteps(1, 3).noise(0.5));
        for (Penalty penalty : List.of(Penalty.resolvent(0.05, 0.8, 3), Penalty.hopwise(0.05, 0.8, 3))) {
            double best = objective(loss, penalty, LinearOptimum.of(loss, penalty), 0, 0, 0);
            for (int hop = 2; hop <= 4; hop++) {
                for (int pair = 0; pair < 16; pair++) {
                    for (double step : new double[] {-1e-3, 1e-3}) {
                        double near = objective(loss, penalty, LinearOptimum.of(loss, penalty), hop, pair, step);
                        assertTrue(near > best, "%s hop %d pair %d".formatted(penalty, hop, pair));
                    }
                }
            }
        }
    }

    /** Loss plus penalty by their definitions, with one entry of one hop moved. */
    private static double objective(
            PopulationLoss loss, Penalty penalty, LinearOptimum optimum, int movedHop, int pair, double step) {
        double[] sums = new double[16];
        double hopwise = 0;
        double squares = 0;
        for (int k = 2; k <= 4; k++) {
            double[] map = org.hopwise.internal.Nd.values("map", optimum.hops().hop(k), 2);
            double[] target =
                    org.hopwise.internal.Nd.values("map", loss.target().hop(k), 2);
            map[pair] += k == movedHop ? step : 0;
            double variance = k == 3 ? 0.25 : 1;
            for (int i = 0; i < 16; i++) {
                squares += variance * (map[i] - target[i]) * (map[i] - target[i]);
                sums[i] += Math.pow(0.8, k) * map[i];
                hopwise += Math.pow(0.8, k) * Math.abs(map[i]);
            }
        }
        double summed = java.util.Arrays.stream(sums).map(Math::abs).sum();
        return squares / 4
                + 0.05 * (PenaltyKind.read(penalty).orElseThrow().kind() == PenaltyKind.R_SUM ? summed : hopwise);
    }

    /**
     * Gradient descent on the exact loss ends at the closed form: in nMSE within 1 per cent and hop by hop within 1 per
     * cent of the largest entry.
     */
    @ParameterizedTest
    @CsvSource({
        "sum, averaging, 0.01", "sum, averaging, 0.1", "sum, on-off, 0.03", "sum, on-off, 0.3",
        "hop, averaging, 0.01", "hop, averaging, 0.1", "hop, on-off, 0.03", "hop, on-off, 0.1"
    })
    void trainedLinearNetworksReachTheClosedForm(String kind, String taskName, double beta) {
        HierarchicalTask task = (taskName.equals("on-off") ? Tasks.onOff() : Tasks.averaging())
                .size(4, 2)
                .steps(4);
        PopulationLoss loss = PopulationLoss.of(task);
        Penalty penalty = kind.equals("sum") ? Penalty.resolvent(beta, 0.8, 4) : Penalty.hopwise(beta, 0.8, 4);
        RecurrentNetwork start = RecurrentNetwork.random(task, 12, Activation.LINEAR, Seed.of(1));
        TrainedNetwork trained =
                Trainer.adam(1e-2).updates(6000).penalty(penalty).train(start, loss);
        LinearOptimum optimum = LinearOptimum.of(loss, penalty);
        double reached = loss.normalisedError(trained.weights());
        assertEquals(optimum.normalisedError(), reached, 0.01 * optimum.normalisedError(), "nMSE");
        HopDecomposition hops = HopDecomposition.of(trained.weights(), 4);
        for (int k = 2; k <= 5; k++) {
            double worst =
                    hops.hop(k).sub(optimum.hops().hop(k)).normmaxNumber().doubleValue();
            assertTrue(worst < 0.01 * task.optimalMap().maxNumber().doubleValue(), "hop " + k + " is off by " + worst);
        }
    }

    @Test
    void penaltiesWithoutAClosedFormAreRefused() {
        PopulationLoss loss = PopulationLoss.of(Tasks.averaging());
        assertThrows(IllegalArgumentException.class, () -> LinearOptimum.of(loss, Penalty.l1(0.1)));
        assertThrows(IllegalArgumentException.class, () -> LinearOptimum.of(loss, Penalty.absoluteWalks(0.1, 0.8, 10)));
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> LinearOptimum.of(loss, Penalty.hopwise(0.1, 0.8, 9)));
        assertEquals(
                "penalty has length 9 and task 'averaging' 10 steps; they must be the same.", refusal.getMessage());
    }
}
