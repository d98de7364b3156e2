package org.hopwise.graph;

import static org.hopwise.Golden.array;
import static org.hopwise.Golden.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.hopwise.Golden;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.train.Penalty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class GoldenWalksTest {

    private static Weights weights(JsonObject c) {
        return Weights.of(array(c.get("Win")), array(c.get("Whh")), array(c.get("Wout")));
    }

    private static int length(JsonObject c) {
        return c.get("L").getAsInt();
    }

    /** The input-output block of a matrix over all units. */
    private static INDArray block(INDArray whole, Weights w) {
        int end = w.inputs() + w.hidden() + w.outputs();
        return whole.get(NDArrayIndex.interval(0, w.inputs()), NDArrayIndex.interval(end - w.outputs(), end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph_tiny", "graph_random"})
    void theAdjacencyHoldsTheTransposedBlocks(String name) {
        JsonObject c = Golden.read(name);
        assertClose(c.get("adjacency"), weights(c).adjacency(), "adjacency");
        assertClose(c.get("spectral_radius").getAsDouble(), weights(c).spectralRadius(), "spectral radius");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph_tiny", "graph_random"})
    void hopBlocksAreThoseOfTheExplicitPowers(String name) {
        JsonObject c = Golden.read(name);
        HopDecomposition hops = HopDecomposition.of(weights(c), length(c));
        assertEquals(2, hops.firstHop());
        assertEquals(length(c) + 1, hops.lastHop());
        for (int k = 2; k <= hops.lastHop(); k++) {
            assertClose(c.getAsJsonObject("hop_blocks").get("" + k), hops.hop(k), "hop " + k);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph_tiny", "graph_random"})
    void influenceMapsAreTheExactOnes(String name) {
        JsonObject c = Golden.read(name);
        Weights w = weights(c);
        double alpha = c.get("alpha").getAsDouble();
        WalkMeasure resolvent = WalkMeasure.resolvent(alpha);
        WalkMeasure truncated = resolvent.truncated(length(c));
        assertClose(
                c.get("truncated_resolvent_io_raw"),
                InfluenceMap.of(w, truncated).matrix(),
                "raw");
        assertClose(
                c.get("truncated_resolvent_io_normalised"),
                InfluenceMap.of(w, truncated.normalised()).matrix(),
                "normalised");
        assertClose(
                block(array(c.get("full_resolvent_normalised")), w),
                InfluenceMap.of(w, resolvent.normalised()).matrix(),
                "full");
        assertClose(
                block(array(c.get("communicability_normalised")), w),
                InfluenceMap.of(w, WalkMeasure.communicability().normalised()).matrix(),
                "communicability");
        assertClose(
                block(array(c.get("communicability_raw")), w),
                InfluenceMap.of(w, WalkMeasure.communicability()).matrix(),
                "raw communicability");
    }

    @Test
    void theRawFullResolventIsSolvedWhereItExists() {
        JsonObject c = Golden.read("graph_tiny");
        Weights w = weights(c);
        assertClose(
                block(array(c.get("full_resolvent_raw")), w),
                InfluenceMap.of(w, WalkMeasure.resolvent(0.8)).matrix(),
                "full raw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph_tiny", "graph_random"})
    void aWiringOfAllUnitsGivesTheWholeResolventWithoutItsIdentity(String name) {
        JsonObject c = Golden.read(name);
        INDArray adjacency = array(c.get("adjacency"));
        List<String> all = IntStream.range(0, (int) adjacency.size(0))
                .mapToObj(i -> "u" + i)
                .toList();
        Wiring wiring = Wiring.of(all, adjacency);
        INDArray expected = array(c.get("full_resolvent_normalised")).sub(Nd4j.eye(all.size()));
        WalkMeasure measure = WalkMeasure.resolvent(0.8).normalised();
        assertClose(expected, InfluenceMap.of(wiring, all, all, measure).matrix(), "resolvent");
        assertClose(
                c.get("adjacency_cubed"),
                HopDecomposition.of(wiring, all, all, 3).hop(3),
                "A cubed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph_tiny", "graph_random"})
    void penaltiesAndTheirGradientsAreExact(String name) {
        JsonObject c = Golden.read(name);
        int length = length(c);
        check(c, "l1", Penalty.l1(1));
        check(c, "rsum", Penalty.resolvent(1, 0.8, length));
        check(c, "rhop", Penalty.hopwise(1, 0.8, length));
        check(c, "rabs", Penalty.absoluteWalks(1, 0.8, length));
    }

    private static void check(JsonObject c, String key, Penalty penalty) {
        JsonObject expected = c.getAsJsonObject("penalties").getAsJsonObject(key);
        Weights gradient = penalty.gradient(weights(c));
        assertClose(expected.get("value").getAsDouble(), penalty.cost(weights(c)), key);
        assertClose(expected.get("dWin"), gradient.input(), key + " dWin");
        assertClose(expected.get("dWhh"), gradient.recurrent(), key + " dWhh");
        assertClose(expected.get("dWout"), gradient.output(), key + " dWout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph_tiny", "graph_random"})
    void theLeakyCascadeFollowsTheExactCourse(String name) {
        JsonObject c = Golden.read(name);
        JsonObject expected = c.getAsJsonObject("leaky_cascade");
        LeakyCascade cascade = LeakyCascade.of(weights(c));
        INDArray start = array(expected.get("x0"));
        int steps = expected.getAsJsonArray("impulse").size() - 1;
        assertClose(expected.get("impulse"), cascade.impulse(0.8, start, steps), "impulse");
        assertClose(expected.get("driven"), cascade.driven(0.8, start, steps), "driven");
        double[] times = array(expected.get("times")).toDoubleVector();
        assertClose(
                expected.get("continuous"),
                cascade.continuous(expected.get("tau").getAsDouble(), start, times),
                "continuous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph_tiny", "graph_random"})
    void aDrivenCascadeSettlesAtTheResolventApplied(String name) {
        JsonObject c = Golden.read(name);
        JsonObject expected = c.getAsJsonObject("leaky_cascade");
        INDArray course = LeakyCascade.of(weights(c)).driven(0.8, array(expected.get("x0")), 400);
        assertClose(expected.get("driven_fixed_point"), course.getRow(400), "fixed point");
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"TANH", "RELU"})
    void forwardStatesAndMeanJacobianAreExact(Activation activation) {
        JsonObject c = Golden.read("rnn_small");
        JsonObject p = c.getAsJsonObject("params");
        RecurrentNetwork network = RecurrentNetwork.of(
                Weights.of(
                        array(p.get("Win")),
                        array(p.get("Whh")),
                        array(p.get("Wout")),
                        array(p.get("bh")),
                        array(p.get("bo"))),
                activation);
        JsonObject expected = c.getAsJsonObject("cases").getAsJsonObject(activation.toString());
        INDArray inputs = array(c.get("X"));
        assertClose(expected.get("hidden_states"), network.run(inputs).states(), "states");
        assertClose(expected.get("outputs"), network.run(inputs).outputs(), "outputs");
        HopDecomposition jacobian = HopDecomposition.ofJacobian(network, inputs);
        JsonObject hops = expected.getAsJsonObject("mean_jacobian_by_hop");
        for (String k : hops.keySet()) {
            assertClose(hops.get(k), jacobian.hop(Integer.parseInt(k)), "Jacobian at hop " + k);
        }
        assertEquals(hops.size() + 1, jacobian.lastHop());
    }
}
