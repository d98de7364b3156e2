package org.hopwise.lowrank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/** Particle filters against golden cases, the Kalman filter and what must hold of any likelihood. */
class FilterTest {

    static List<JsonObject> filtered() {
        return Cases.list("low-rank-filter");
    }

    @ParameterizedTest
    @MethodSource("filtered")
    void aFilterWithGivenDrawsIsThatOfTheGoldenCase(JsonObject c) {
        StochasticNetwork network = Cases.stochastic(c.getAsJsonObject("parameters"));
        Model m = network.model();
        Proposal proposal = Proposal.valueOf(c.get("proposal").getAsString().toUpperCase(Locale.ROOT));
        Resampling resampling =
                Resampling.valueOf(c.get("resampling").getAsString().toUpperCase(Locale.ROOT));
        Trials y = Cases.trial(c);
        int steps = y.steps();
        int particles = c.getAsJsonArray("noise").get(0).getAsJsonArray().size();
        TrialPass pass = new TrialPass(m, particles, steps);
        pass.noise(Cases.flat(c.get("noise")));
        double[] uniforms = Cases.flat(c.get("uniforms"));
        System.arraycopy(uniforms, 0, pass.uniforms, 0, uniforms.length);
        Encoder.Moments moments = null;
        if (c.has("encoder")) {
            JsonObject e = c.getAsJsonObject("encoder");
            moments = new Encoder.Moments(Cases.flat(e.get("mean")), Cases.flat(e.get("variance")));
        }
        pass.trial(new Prepared(m, proposal), new TrialData(y, m), 0, moments);
        double bound = pass.forward(resampling);
        JsonObject expected = c.getAsJsonObject("expected");
        assertEquals(expected.get("bound").getAsDouble(), bound, 1e-10);
        assertEquals(expected.get("logLikelihood").getAsDouble(), bound * steps, 1e-10 * steps);
        assertArrayEquals(Cases.flat(expected.get("logMean")), pass.logMeans, 1e-10);
        double[] ancestors = Arrays.stream(pass.ancestors).asDoubleStream().toArray();
        assertArrayEquals(Cases.flat(expected.get("ancestors")), ancestors);
        double[] all = new double[steps * particles * m.rank()];
        pass.latentsInto(all, 0);
        int last = particles * m.rank();
        assertArrayEquals(
                Cases.flat(expected.get("lastParticles")),
                Arrays.copyOfRange(all, all.length - last, all.length),
                1e-10);
        double[] lastLogWeights = Cases.flat(expected.get("logWeights"));
        assertArrayEquals(
                Arrays.copyOfRange(lastLogWeights, lastLogWeights.length - particles, lastLogWeights.length),
                pass.logWeights(),
                1e-9);
        if (expected.has("kalmanLogLikelihood")) {
            assertEquals(expected.get("kalmanLogLikelihood").getAsDouble(), Kalman.logLikelihood(network, y), 1e-10);
            assertArrayEquals(Cases.flat(expected.get("kalmanPerStep")), Kalman.perStep(network, y, 0), 1e-10);
        }
    }

    /** A linear network of rank 2 with inputs and one missing value. */
    private static StochasticNetwork linear(Seed seed) {
        LowRank random = LowRank.random(6, 2, 1, Ramp.IDENTITY, seed);
        LowRank n =
                new LowRank(0.5, random.left(), random.right().mul(0.3), random.bias(), random.input(), Ramp.IDENTITY);
        INDArray b = Nd.array(ModelTest.random(8), 4, 2);
        return StochasticNetwork.of(
                        n,
                        Observation.latents(
                                b, Nd.array(new double[4], 4), Nd.array(new double[] {0.2, 0.3, 0.4, 0.5}, 4)))
                .noise(Nd.array(new double[] {0.3, 0.1, 0.1, 0.2}, 2, 2));
    }

    private static Trials data(StochasticNetwork n, int trials, int steps) {
        INDArray u = Nd.array(ModelTest.random(trials * steps), trials, steps, 1);
        return n.simulate(u, Seed.of(11));
    }

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void theLikelihoodOfALinearNetworkIsUnbiasedForEveryProposal(Resampling resampling) {
        StochasticNetwork n = linear(Seed.of(3));
        Trials y = data(n, 1, 8);
        double exact = Kalman.logLikelihood(n, y);
        for (ParticleFilter filter : List.of(ParticleFilter.optimal(), ParticleFilter.bootstrap())) {
            Table table = filter.particles(16).resampling(resampling).logLikelihoods(n, y, 1_500);
            double[] ratios = table.doubleColumn("logLikelihood").asList().stream()
                    .mapToDouble(l -> Math.exp(l - exact))
                    .toArray();
            double mean = Arrays.stream(ratios).average().orElseThrow();
            double variance =
                    Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).sum() / (ratios.length - 1);
            double error = Math.sqrt(variance / ratios.length);
            assertTrue(Math.abs(mean - 1) < 3.5 * error, filter + ": " + mean + " +- " + error);
            assertTrue(error < 0.1, "error " + error);
        }
    }

    @Test
    void theEncoderLeavesTheLikelihoodUnbiased() {
        StochasticNetwork n = linear(Seed.of(3)).noise(0.4);
        Trials y = data(n, 1, 8);
        double exact = Kalman.logLikelihood(n, y);
        Encoder encoder = Encoder.random(4, 2, new int[] {3, 1}, 5, Seed.of(5));
        Table table = ParticleFilter.encoder(encoder).particles(64).logLikelihoods(n, y, 1_000);
        double mean = table.doubleColumn("logLikelihood").asList().stream()
                .mapToDouble(l -> Math.exp(l - exact))
                .average()
                .orElseThrow();
        assertEquals(1, mean, 0.08);
    }

    @Test
    void theBoundRisesWithParticlesToTheExactValue() {
        StochasticNetwork n = linear(Seed.of(4));
        Trials y = data(n, 4, 20);
        double exact = Kalman.logLikelihood(n, y) / 20 / 4;
        double few = meanBound(ParticleFilter.optimal().particles(2), n, y);
        double more = meanBound(ParticleFilter.optimal().particles(8), n, y);
        double many = meanBound(ParticleFilter.optimal().particles(512), n, y);
        assertTrue(few < more && more < many, few + " " + more + " " + many);
        assertEquals(exact, many, 2e-3);
    }

    private static double meanBound(ParticleFilter filter, StochasticNetwork n, Trials y) {
        return filter.logLikelihoods(n, y, 20).doubleColumn("bound").mean();
    }

    @Test
    void missingValuesAreLeftOutAsTheKalmanFilterLeavesThemOut() {
        StochasticNetwork n = linear(Seed.of(5));
        Trials full = data(n, 2, 10);
        INDArray y = full.observations();
        y.putScalar(new int[] {0, 3, 1}, Double.NaN);
        for (int i = 0; i < 4; i++) {
            y.putScalar(new int[] {1, 9, i}, Double.NaN);
        }
        Trials holes = Trials.of(y, full.inputs());
        double exact = Kalman.logLikelihood(n, holes);
        double optimal = ParticleFilter.optimal()
                .particles(2_000)
                .skipMissing()
                .run(n, holes)
                .logLikelihood();
        double bootstrap = ParticleFilter.bootstrap()
                .particles(4_000)
                .skipMissing()
                .run(n, holes)
                .logLikelihood();
        assertEquals(exact, optimal, 0.15);
        assertEquals(exact, bootstrap, 0.4);
        assertTrue(Math.abs(exact - Kalman.logLikelihood(n, full)) > 0.1, "values that are there count");
        String message = ModelTest.message(() -> ParticleFilter.optimal().run(n, holes));
        assertTrue(message.contains("trial 0, step 3, channel 1") && message.contains("skipMissing()"), message);
    }

    @Test
    void theSameSeedGivesTheSameBitsOnOneThreadAndOnMany() throws Exception {
        StochasticNetwork n = StochasticNetwork.of(LowRank.ring(8), Observation.units(0.05));
        Trials y = n.simulate(5, 30, Seed.of(1));
        Filtered one = new ForkJoinPool(1)
                .submit(() -> ParticleFilter.optimal().run(n, y))
                .get();
        Filtered four = new ForkJoinPool(4)
                .submit(() -> ParticleFilter.optimal().run(n, y))
                .get();
        assertEquals(one.logLikelihood(), four.logLikelihood());
        assertEquals(one.latents(), four.latents());
    }

    @Test
    void theFilteredLatentsFollowTheTrueOnes() {
        StochasticNetwork n =
                StochasticNetwork.of(LowRank.ring(10), Observation.units(0.01)).noise(0.1);
        Trials y = n.simulate(3, 40, Seed.of(2));
        INDArray found = ParticleFilter.optimal().run(n, y).filteredLatents();
        assertArrayEquals(ModelTest.flat(y.latents()), ModelTest.flat(found), 0.15);
    }

    @Test
    void badQuestionsAreRefusedWithTheirRemedy() {
        StochasticNetwork gaussian = StochasticNetwork.of(LowRank.ring(4), Observation.units(0.05));
        INDArray ones = Nd.array(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, 8);
        StochasticNetwork poisson =
                StochasticNetwork.of(LowRank.ring(4), Observation.poissonUnits(ones, ones, Link.SOFTPLUS));
        StochasticNetwork rates = StochasticNetwork.of(LowRank.ring(4), Observation.rates(ones, ones, ones));
        Trials y = gaussian.simulate(2, 5, Seed.of(1));
        ParticleFilter optimal = ParticleFilter.optimal();
        assertTrue(ModelTest.message(() -> optimal.particles(0)).startsWith("particles is 0"));
        assertTrue(ModelTest.message(() -> optimal.run(poisson, poisson.simulate(2, 5, Seed.of(1))))
                .endsWith("use bootstrap."));
        assertTrue(ModelTest.message(() -> optimal.run(rates, y)).endsWith("use bootstrap."));
        assertTrue(ModelTest.message(() -> ParticleFilter.bootstrap().run(poisson, y))
                .contains("counts must be whole"));
        assertTrue(ModelTest.message(() -> optimal.run(gaussian, gaussian.simulate(2, 1, Seed.of(1))))
                .contains("at least 2"));
        assertTrue(ModelTest.message(() -> Kalman.logLikelihood(gaussian, y)).contains("Use ParticleFilter"));
        StochasticNetwork driven = linear(Seed.of(1));
        INDArray b = Nd.array(new double[40], 2, 5, 4);
        assertTrue(ModelTest.message(() -> optimal.run(driven, Trials.of(b)))
                .contains("inputs of the trials are missing"));
        assertTrue(ModelTest.message(() -> Trials.of(b, Nd.array(new double[8], 2, 4, 1)))
                .contains("with the trials and steps"));
        INDArray bad = y.observations();
        bad.putScalar(new int[] {1, 2, 3}, Double.POSITIVE_INFINITY);
        assertTrue(
                ModelTest.message(() -> optimal.run(gaussian, Trials.of(bad))).contains("trial 1, step 2, channel 3"));
    }

    @Test
    void countsAndEncodersThatDoNotFitAreRefused() {
        INDArray gain = Nd.array(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, 8);
        Observation counts = Observation.poissonUnits(gain, gain, Link.SOFTPLUS);
        StochasticNetwork n = StochasticNetwork.of(LowRank.ring(4), counts);
        INDArray y = n.simulate(2, 5, Seed.of(1)).observations();
        y.putScalar(new int[] {1, 4, 7}, -1);
        assertTrue(ModelTest.message(() -> ParticleFilter.bootstrap().run(n, Trials.of(y)))
                .contains("-1.0 at trial 1, step 4, channel 7"));
        y.putScalar(new int[] {1, 4, 7}, Double.NaN);
        assertTrue(ModelTest.message(() -> ParticleFilter.bootstrap().run(n, Trials.of(y)))
                .contains("skipMissing()"));
        StochasticNetwork leaning = n.noise(Nd.array(new double[] {1, 0.5, 0.5, 1}, 2, 2));
        ParticleFilter encoder = ParticleFilter.encoder(Encoder.random(8, 2, Seed.of(1)));
        assertTrue(ModelTest.message(() -> encoder.run(leaning, leaning.simulate(2, 5, Seed.of(1))))
                .contains("needs diagonal noise"));
        StochasticNetwork loud =
                StochasticNetwork.of(LowRank.ring(4), Observation.poissonUnits(gain, gain.mul(40), Link.EXP));
        String message = assertThrows(IllegalStateException.class, () -> loud.simulate(1, 5, Seed.of(1)))
                .getMessage();
        assertTrue(message.contains("overflows at step 0: a mean count is"), message);
    }

    @Test
    void particlesThatAllHaveWeightZeroNameTheStepAndTheChannel() {
        StochasticNetwork n = StochasticNetwork.of(LowRank.ring(4), Observation.units(1e-3));
        Trials y = n.simulate(1, 5, Seed.of(1));
        INDArray far = y.observations();
        far.putScalar(new int[] {0, 3, 2}, 1e160);
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> ParticleFilter.bootstrap().run(n, Trials.of(far)))
                .getMessage();
        assertTrue(message.contains("at step 3 (effective sample size 0); channel 2 fits worst"), message);
    }
}
