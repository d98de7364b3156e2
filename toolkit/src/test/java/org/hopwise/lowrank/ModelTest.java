package org.hopwise.lowrank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.io.ArrayFile;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks, their simulation, and their other forms. */
class ModelTest {

    static List<JsonObject> simulated() {
        return Cases.list("low-rank-simulate");
    }

    @ParameterizedTest
    @MethodSource("simulated")
    void aRunWithGivenDrawsIsThatOfTheGoldenCase(JsonObject c) {
        StochasticNetwork network = Cases.stochastic(c.getAsJsonObject("parameters"));
        double[] latent = Cases.flat(c.get("latentNoiseDraws"));
        double[] observed = Cases.flat(c.has("uniforms") ? c.get("uniforms") : c.get("observationNoise"));
        int steps = c.getAsJsonArray("latentNoiseDraws").size();
        int[] at = new int[2];
        StochasticNetwork.Run run =
                network.run(Cases.flat(c.get("inputs")), steps, () -> latent[at[0]++], () -> observed[at[1]++]);
        JsonObject expected = c.getAsJsonObject("expected");
        assertArrayEquals(Cases.flat(expected.get("filteredInputs")), run.filtered(), 1e-12, "low-passed inputs");
        assertArrayEquals(Cases.flat(expected.get("latents")), run.latents(), 1e-12, "latents");
        close(Cases.flat(expected.get("means")), run.means());
        close(Cases.flat(expected.get("observations")), run.observations());
    }

    private static void close(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-12 * Math.max(1, Math.abs(expected[i])), "entry " + i);
        }
    }

    @Test
    void theCanonicalFormIsThatOfTheGoldenCase() {
        JsonObject c = Golden.read("low-rank-metrics").getAsJsonObject("canonical");
        INDArray m = Cases.matrix(c.get("M"));
        LowRank network = LowRank.of(0.9, m, Cases.matrix(c.get("n")), Nd.array(new double[7], 7), Ramp.RELU);
        StochasticNetwork turned = StochasticNetwork.of(network, Observation.units(0.01))
                .noise(Cases.matrix(c.get("latentNoise")))
                .canonical();
        JsonObject expected = c.getAsJsonObject("expected");
        close(Cases.flat(expected.get("M")), turned.network().leftMatrix().data);
        close(Cases.flat(expected.get("n")), turned.network().rightMatrix().data);
        close(Cases.flat(expected.get("latentNoise")), turned.model().noise());
        close(Cases.flat(expected.get("transform")), network.toCanonical().data);
    }

    @Test
    void theCanonicalFormKeepsCouplingsAndWhatIsObserved() {
        LowRank n = LowRank.random(12, 3, 2, Ramp.RELU, Seed.of(4));
        INDArray b = Nd.array(random(5 * 3), 5, 3);
        StochasticNetwork network = StochasticNetwork.of(
                n, Observation.latents(b, Nd.array(random(5), 5), Nd.array(new double[] {1, 1, 1, 1, 1}, 5)));
        StochasticNetwork turned = network.canonical();
        assertArrayEquals(flat(n.couplings()), flat(turned.network().couplings()), 1e-12);
        double[] u = random(20);
        double[] zero = network.run(u, 10, () -> 0, () -> 0).observations();
        assertArrayEquals(zero, turned.run(u, 10, () -> 0, () -> 0).observations(), 1e-12);
    }

    @Test
    void theRingTurnsOnItsLimitCycle() {
        INDArray run = LowRank.ring(30).run(new double[] {1, 0}, 100);
        assertEquals(0.8541781, run.getDouble(100, 0), 1e-7);
        assertEquals(1.6024980, run.getDouble(100, 1), 1e-7);
        List<FixedPoint> points = FixedPoints.of(LowRank.ring(30)).points();
        assertEquals(1, points.size());
        assertArrayEquals(new double[] {-0.008427, -0.000736}, points.get(0).latent(), 1e-6);
        assertEquals(
                1.29653,
                Math.hypot(points.get(0).eigenvalues()[0][0], points.get(0).eigenvalues()[0][1]),
                1e-5);
    }

    @Test
    void theSameSeedGivesTheSameTrialsAndEachTrialItsOwn() {
        StochasticNetwork network = StochasticNetwork.of(LowRank.ring(5), Observation.units(0.01));
        assertEquals(network.simulate(3, 20, Seed.of(1)), network.simulate(3, 20, Seed.of(1)));
        assertEquals(
                network.simulate(1, 20, Seed.of(1)).observations(),
                network.simulate(3, 20, Seed.of(1)).part(0, 1).observations());
        assertNotEquals(network.simulate(1, 20, Seed.of(1)), network.simulate(1, 20, Seed.of(2)));
    }

    @Test
    void weightsWithLeakGiveTheNetworkBack() {
        LowRank ring = LowRank.ring(4);
        INDArray in = Nd.array(random(8), 8, 1);
        INDArray recurrent = ring.couplings().mul(1 / (1 - ring.decay()));
        Weights weights = Weights.of(in, recurrent, in.transpose(), ring.bias().neg(), Nd.array(new double[1], 1));
        LowRank again = LowRank.of(weights, 0.9, 2);
        assertArrayEquals(flat(ring.couplings()), flat(again.couplings()), 1e-14);
        assertEquals(ring.bias(), again.bias());
        assertEquals(in, again.input());
    }

    @Test
    void thePublicArraysGiveTheNetworkBack() {
        LowRank n = LowRank.random(6, 2, 3, Ramp.RELU, Seed.of(9));
        LowRank again = LowRank.ofArrays(n.toArrays(), 0.9);
        assertArrayEquals(flat(n.right()), flat(again.right()), 1e-15);
        assertEquals(n.left(), again.left());
        assertEquals(n.input(), again.input());
        assertEquals(
                "there is no array m; there are [weights]. Rename the factor, or build it with new LowRank.",
                message(() -> LowRank.ofArrays(java.util.Map.of("weights", n.left()), 0.9)));
    }

    @Test
    void anNpzOfThePublicArraysGivesTheNetworkBack(@TempDir Path folder) {
        LowRank n = LowRank.random(6, 2, 3, Ramp.RELU, Seed.of(9));
        Path file = folder.resolve("low-rank.npz");
        ArrayFile.write(n.toArrays(), file);
        Map<String, INDArray> arrays = new TreeMap<>();
        ArrayFile.read(file).forEach((name, array) -> arrays.put(name, array.array()));
        LowRank again = LowRank.ofArrays(arrays, 0.9);
        assertArrayEquals(flat(n.right()), flat(again.right()), 1e-15);
        assertEquals(n.left(), again.left());
        assertEquals(n.bias(), again.bias());
        assertEquals(n.input(), again.input());
        assertTrue(message(() -> ArrayFile.write(Map.of("a/m", n.left()), file)).contains("without slashes"));
        assertTrue(message(() -> ArrayFile.write(Map.of(), file)).startsWith("arrays are 0"));
    }

    @Test
    void badNetworksAreRefusedWithTheirRemedy() {
        INDArray m = Nd.array(random(120), 60, 2);
        INDArray n = Nd.array(random(120), 2, 60);
        INDArray h = Nd.array(random(60), 60);
        assertEquals(
                "right is 60 x 2; it must be rank x units, 2 x 60.",
                message(() -> LowRank.of(0.9, m, m, h, Ramp.RELU)));
        for (double decay : new double[] {0, 1, -1, Double.NaN}) {
            assertTrue(message(() -> LowRank.of(decay, m, n, h, Ramp.RELU)).startsWith("decay is " + decay));
        }
        assertTrue(message(() -> LowRank.of(0.9, n, m, h, Ramp.RELU)).startsWith("rank is 60; left is units x rank"));
        assertTrue(message(() -> LowRank.random(4, 0, Ramp.RELU, Seed.of(1))).startsWith("rank is 0"));
        assertTrue(message(() -> LowRank.random(4, 5, Ramp.RELU, Seed.of(1))).startsWith("rank is 5"));
        StochasticNetwork network = StochasticNetwork.of(LowRank.of(0.9, m, n, h, Ramp.RELU), Observation.units(1));
        INDArray singular = Nd.array(new double[] {1, 1, 1, 1}, 2, 2);
        assertTrue(message(() -> network.noise(singular)).contains("smallest eigenvalue"));
        assertTrue(message(() -> network.noise(Nd.array(new double[] {1, 0.5, 0, 1}, 2, 2)))
                .contains("not symmetric"));
        assertTrue(message(() -> network.noise(0)).startsWith("sd is 0"));
        assertTrue(message(() -> StochasticNetwork.of(network.network(), Observation.units(0)))
                .contains("variance of channel 0"));
        assertTrue(message(() -> StochasticNetwork.of(
                        network.network(), Observation.units(h.add(9).reshape(1, 60))))
                .contains("variance"));
        assertTrue(message(() -> StochasticNetwork.of(network.network(), Observation.poisson(n, h, Link.EXP)))
                .contains("channels x rank"));
    }

    @Test
    void aRunThatOverflowsSaysWhere() {
        LowRank wild = LowRank.of(
                0.9,
                Nd.array(new double[] {9}, 1, 1),
                Nd.array(new double[] {9}, 1, 1),
                Nd.array(new double[1], 1),
                Ramp.RELU);
        StochasticNetwork network =
                StochasticNetwork.of(wild, Observation.units(1)).noise(1);
        String message = assertThrows(IllegalStateException.class, () -> network.simulate(20, 2_000, Seed.of(1)))
                .getMessage();
        assertTrue(message.startsWith("The generated run overflows at step"), message);
    }

    static String message(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    static double[] random(int count) {
        double[] values = new double[count];
        new org.hopwise.internal.array.Draws(Seed.of(count)).fillUniform(values, 1);
        return values;
    }

    static double[] flat(INDArray array) {
        return array.dup('c').reshape(array.length()).toDoubleVector();
    }

    @Test
    void oneNumberOfTrialsIsThatOfTheirArray() {
        double[] numbers = new double[12];
        Arrays.setAll(numbers, i -> i);
        Trials trials = Trials.of(Nd.array(numbers, 2, 3, 2), Nd.array(Arrays.copyOf(numbers, 6), 2, 3, 1));
        assertEquals(9, trials.observation(1, 1, 1));
        assertEquals(4, trials.input(1, 1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> trials.observation(1, 3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> trials.input(0, 0, 1));
        assertTrue(assertThrows(IllegalStateException.class, () -> trials.latent(0, 0, 0))
                .getMessage()
                .contains("no latents"));
    }
}
