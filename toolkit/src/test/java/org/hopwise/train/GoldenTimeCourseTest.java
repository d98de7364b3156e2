package org.hopwise.train;

import static org.hopwise.Golden.array;
import static org.hopwise.Golden.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.engine.Adam;
import org.hopwise.internal.engine.Backpropagation;
import org.hopwise.internal.engine.DoubleReals;
import org.hopwise.internal.engine.Forward;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.Workspace;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dale;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Loss;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Losses and gradients of networks with answers over time, against hand formulas and autograd in double precision. */
class GoldenTimeCourseTest {

    private static final Reals DOUBLES = Precision.DOUBLE.reals();

    static Stream<Named<JsonObject>> gradients() {
        return cases("time-course-gradient");
    }

    static Stream<Named<JsonObject>> adams() {
        return cases("time-course-adam");
    }

    private static Stream<Named<JsonObject>> cases(String file) {
        return StreamSupport.stream(Golden.read(file).getAsJsonArray("cases").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(golden -> Named.of(golden.get("name").getAsString(), golden));
    }

    private static double number(JsonObject from, String name) {
        return from.get(name).getAsDouble();
    }

    /** A case: its network, what is stored of it, and the settings that training takes. */
    private static final class Case {
        final JsonObject golden;
        final JsonObject network;
        final RecurrentNetwork start;
        final StoredWeights weights;
        final Penalty penalty;
        final double activity;
        final boolean trainsStart;

        Case(JsonObject golden) {
            this.golden = golden;
            network = golden.getAsJsonObject("network");
            JsonObject s = golden.getAsJsonObject("stored");
            Dynamics dynamics = new Dynamics(
                    Form.valueOf(upper(network, "form")),
                    number(network, "a"),
                    number(network, "recurrentNoise"),
                    number(network, "inputNoise"));
            trainsStart = network.get("trainStart").getAsBoolean();
            start = RecurrentNetwork.of(
                            Weights.of(
                                    array(s.get("Win")),
                                    array(s.get("Whh")),
                                    array(s.get("Wout")),
                                    array(s.get("b")),
                                    array(s.get("c"))),
                            Activation.valueOf(upper(network, "activation")))
                    .with(dynamics)
                    .startingAt(array(s.get("x0")).toDoubleVector());
            weights = new StoredWeights(Parameters.of(start, trainsStart, DOUBLES), dale(), mask());
            penalty = penalty();
            activity = number(golden, "activity");
        }

        private static String upper(JsonObject from, String name) {
            return from.get(name).getAsString().toUpperCase(Locale.ROOT);
        }

        Dale dale() {
            if (!network.has("dale")) {
                return null;
            }
            JsonObject dale = network.getAsJsonObject("dale");
            int[] signs = StreamSupport.stream(dale.getAsJsonArray("signs").spliterator(), false)
                    .mapToInt(JsonElement::getAsInt)
                    .toArray();
            return Dale.of(signs)
                    .positiveInputs(dale.get("positiveInputs").getAsBoolean())
                    .excitatoryReadOut(dale.get("excitatoryReadOut").getAsBoolean())
                    .reflected(dale.get("kind").getAsString().equals("reflected"));
        }

        Weights maskWeights() {
            JsonObject mask = network.getAsJsonObject("mask");
            return mask == null
                    ? null
                    : Weights.of(array(mask.get("Win")), array(mask.get("Whh")), array(mask.get("Wout")));
        }

        private Mask mask() {
            return maskWeights() == null ? Mask.none() : Mask.of(maskWeights());
        }

        private Penalty penalty() {
            Penalty sum = Penalty.none();
            for (JsonElement element : golden.getAsJsonArray("penalties")) {
                JsonObject one = element.getAsJsonObject();
                double beta = number(one, "beta");
                Penalty penalty = switch (one.get("kind").getAsString()) {
                    case "l1" -> Penalty.l1(beta);
                    case "l2" -> Penalty.l2(beta);
                    case "rsum" -> Penalty.resolvent(beta, number(one, "alpha"), (int) number(one, "hops"));
                    default -> Penalty.hopwise(beta, number(one, "alpha"), (int) number(one, "hops"));
                };
                boolean onLeak =
                        one.has("matrix") && one.get("matrix").getAsString().equals("leak");
                sum = sum.plus(onLeak ? penalty.leaky() : penalty);
            }
            return sum;
        }

        Loss loss() {
            return golden.get("loss").getAsString().equals("mse") ? Loss.SQUARES : Loss.CROSS_ENTROPY;
        }

        Backpropagation engine(JsonObject batch) {
            TaskBatch trials =
                    TaskBatch.of(array(batch.get("inputs")), array(batch.get("targets")), array(batch.get("weights")));
            Backpropagation engine = new Backpropagation(
                    trials.shape(),
                    loss(),
                    start.weights().hidden(),
                    trials.trials(),
                    start.activation(),
                    start.dynamics(),
                    activity,
                    DOUBLES);
            Task task = Task.fixed(trials, loss());
            engine.check(task, Seed.of(0));
            engine.forward().noise(draws(batch.get("inputDraws")), draws(batch.get("recurrentDraws")));
            return engine;
        }

        private static Forward.Noise draws(JsonElement golden) {
            DoubleReals draws = DoubleReals.wrap(Nd.values("draws", array(golden), 3));
            return (factor, into, begin, end) -> {
                for (int i = begin; i < end; i++) {
                    into.set(i, into.get(i) + factor * draws.get(i));
                }
            };
        }
    }

    private static INDArray array3(Reals values, JsonElement like) {
        long[] shape = array(like).shape();
        return Nd.array(Parameters.doubles(values), shape);
    }

    private static INDArray steps(JsonElement golden) {
        List<JsonElement> later = new ArrayList<>();
        golden.getAsJsonArray().forEach(later::add);
        com.google.gson.JsonArray rest = new com.google.gson.JsonArray();
        later.subList(1, later.size()).forEach(rest::add);
        return array(rest);
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void statesLossAndGradientAreExact(JsonObject golden) {
        Case c = new Case(golden);
        JsonObject expected = golden.getAsJsonObject("expected");
        assertWeights(expected.getAsJsonObject("weightsInUse"), c.weights.inUse.toWeights(), false);
        Backpropagation engine = c.engine(golden.getAsJsonObject("batch"));
        Parameters gradient = c.weights.inUse.zeros();
        double loss = engine.loss(c.weights.inUse, gradient);
        assertClose(number(expected, "loss"), loss, "loss");
        double penalty = PenaltySum.accumulate(c.penalty, c.weights.inUse, gradient, new Workspace(DOUBLES));
        assertClose(number(expected, "total"), loss + penalty + engine.activityCost(), "total");
        INDArray rates = steps(expected.get("rates"));
        assertClose(rates, Nd.array(Parameters.doubles(engine.forward().states()), rates.shape()), "rates");
        if (expected.has("drivesAfterF")) {
            assertClose(
                    expected.get("drivesAfterF"),
                    array3(engine.forward().values(), expected.get("drivesAfterF")),
                    "values of f");
        }
        c.weights.chain(gradient);
        assertWeights(expected.getAsJsonObject("gradient"), gradient.toWeights(), true);
        if (c.trainsStart) {
            assertClose(
                    expected.getAsJsonObject("gradient").get("x0"),
                    Nd.array(Parameters.doubles(gradient.start), gradient.hidden),
                    "start");
        }
    }

    @ParameterizedTest
    @MethodSource("adams")
    void threeClippedStepsOfAdamEndAtTheExactParameters(JsonObject golden) {
        Case c = new Case(golden);
        Adam adam = new Adam(c.weights.stored);
        Parameters gradient = c.weights.stored.zeros();
        for (int n = 0; n < 3; n++) {
            JsonObject expected = golden.getAsJsonArray("steps").get(n).getAsJsonObject();
            Backpropagation engine =
                    c.engine(golden.getAsJsonArray("batches").get(n).getAsJsonObject());
            gradient.clear();
            double loss = engine.loss(c.weights.inUse, gradient);
            double penalty = PenaltySum.accumulate(c.penalty, c.weights.inUse, gradient, new Workspace(DOUBLES));
            c.weights.chain(gradient);
            assertClose(number(expected, "loss"), loss, "loss");
            assertClose(number(expected, "total"), loss + penalty + engine.activityCost(), "total");
            assertClose(number(expected, "norm"), gradient.norm(), "norm");
            double clip = number(golden, "clip");
            if (gradient.norm() > clip) {
                gradient.scale(clip / gradient.norm());
            }
            adam.update(gradient, number(golden, "rate"));
            c.weights.moved();
            assertWeights(expected.getAsJsonObject("parameters"), c.weights.stored.toWeights(), true);
            if (c.trainsStart) {
                assertClose(
                        expected.getAsJsonObject("parameters").get("x0"),
                        Nd.array(Parameters.doubles(c.weights.stored.start), gradient.hidden),
                        "start");
            }
        }
    }

    private static void assertWeights(JsonObject expected, Weights actual, boolean biases) {
        assertClose(expected.get("Win"), actual.input(), "Win");
        assertClose(expected.get("Whh"), actual.recurrent(), "Whh");
        assertClose(expected.get("Wout"), actual.output(), "Wout");
        if (biases) {
            assertClose(expected.get("b"), actual.hiddenBias(), "b");
            assertClose(expected.get("c"), actual.outputBias(), "c");
        }
    }

    /** The same states and outputs by the public run, without noise. */
    @ParameterizedTest
    @MethodSource("gradients")
    void thePublicRunGivesTheSameStatesAndOutputs(JsonObject golden) {
        Case c = new Case(golden);
        if (c.start.dynamics().isNoisy()) {
            return;
        }
        JsonObject expected = golden.getAsJsonObject("expected");
        RecurrentNetwork network = c.weights.inUse.toNetwork(c.start);
        var run = network.run(array(golden.getAsJsonObject("batch").get("inputs")));
        assertClose(steps(expected.get("rates")), run.states(), "rates");
        assertClose(expected.get("outputs"), run.outputsOverTime(), "outputs");
    }

    @Test
    void penaltiesOnWeightsAndOnStepsAreExact() {
        for (JsonElement element : Golden.read("time-course-penalty").getAsJsonArray("cases")) {
            JsonObject golden = element.getAsJsonObject();
            JsonObject w = golden.getAsJsonObject("weights");
            Weights weights = Weights.of(array(w.get("Win")), array(w.get("Whh")), array(w.get("Wout")));
            double a = number(golden, "a");
            double alpha = number(golden, "alpha");
            for (JsonElement one : golden.getAsJsonArray("penalties")) {
                JsonObject expected = one.getAsJsonObject();
                int hops = (int) number(expected, "hops");
                Penalty raw = expected.get("kind").getAsString().equals("rsum")
                        ? Penalty.resolvent(1, alpha, hops)
                        : Penalty.hopwise(1, alpha, hops);
                Penalty penalty = expected.get("matrix").getAsString().equals("leak") ? raw.leaky(a) : raw;
                assertClose(number(expected, "value"), penalty.cost(weights), penalty.toString());
                JsonObject gradient = expected.getAsJsonObject("gradient");
                Weights actual = penalty.gradient(weights);
                assertClose(gradient.get("Win"), actual.input(), penalty + " Win");
                assertClose(gradient.get("Whh"), actual.recurrent(), penalty + " Whh");
                assertClose(gradient.get("Wout"), actual.output(), penalty + " Wout");
            }
            // Over all lags a damping a step is a damping a synapse, up to a factor.
            double gamma = alpha * a / (1 - alpha * (1 - a));
            double steps = Penalty.resolvent(1, alpha, 2000).leaky(a).cost(weights);
            double synapses = Penalty.resolvent(1, gamma, 2000).cost(weights);
            assertClose(number(golden, "allLags"), steps, "steps");
            assertClose(number(golden, "allSynapsesAtGamma"), synapses, "synapses");
            assertEquals(number(golden, "ratio"), steps / synapses, 1e-10);
        }
    }
}
