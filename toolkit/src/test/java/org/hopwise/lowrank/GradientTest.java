package org.hopwise.lowrank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The reverse pass against golden cases and finite differences. */
class GradientTest {

    static List<JsonObject> golden() {
        return Cases.list("low-rank-gradient");
    }

    @ParameterizedTest
    @MethodSource("golden")
    void theSlopesAreThoseOfTheGoldenCase(JsonObject c) {
        Model m = Cases.stochastic(c.getAsJsonObject("parameters")).model();
        Proposal proposal = Proposal.valueOf(c.get("proposal").getAsString().toUpperCase(Locale.ROOT));
        Trials y = Cases.trial(c);
        int particles = c.getAsJsonArray("noise").get(0).getAsJsonArray().size();
        TrialPass pass = new TrialPass(m, particles, y.steps());
        pass.noise(Cases.flat(c.get("noise")));
        double[] ancestors = Cases.flat(c.get("ancestors"));
        for (int i = 0; i < ancestors.length; i++) {
            pass.ancestors[i] = (int) ancestors[i];
        }
        pass.trial(new Prepared(m, proposal), new TrialData(y, m), 0, null);
        JsonObject expected = c.getAsJsonObject("expected");
        assertEquals(expected.get("bound").getAsDouble(), pass.forward(null), 1e-10);
        Gradient g = new Gradient(m);
        pass.backward(g);
        JsonObject slopes = expected.getAsJsonObject("gradient");
        close(slopes, "M", g.left);
        close(slopes, "n", g.right);
        close(slopes, "h", g.bias);
        close(slopes, "inputWeights", g.input);
        close(slopes, "initialMean", g.mean);
        close(slopes, "latentNoise", g.noise);
        close(slopes, "initialNoise", g.startNoise);
        close(slopes, "decay", g.decay);
        close(slopes, "B", g.weights);
        close(slopes, "bias", g.shift);
        close(slopes, "variance", g.variance);
        JsonObject derived = expected.getAsJsonObject("derived");
        Parameters full = new Parameters(m, Covariance.FULL, null);
        double[] packed = full.slopes(m, g, null);
        close(derived, "decayParameter", full.part(packed, Part.DECAY));
        close(derived, "logVariance", full.part(packed, Part.VARIANCE));
        close(derived, "latentCholesky", lower(full.part(packed, Part.NOISE), m.rank()));
        close(derived, "initialCholesky", lower(full.part(packed, Part.START_NOISE), m.rank()));
        Parameters diagonal = new Parameters(m, Covariance.DIAGONAL, null);
        double[] logs = diagonal.slopes(m, g, null);
        close(derived, "logLatentVariance", diagonal.part(logs, Part.NOISE));
        close(derived, "logInitialVariance", diagonal.part(logs, Part.START_NOISE));
    }

    /** Packed rows of a lower triangle as a square. */
    private static double[] lower(double[] packed, int rank) {
        double[] square = new double[rank * rank];
        int at = 0;
        for (int r = 0; r < rank; r++) {
            for (int q = 0; q <= r; q++) {
                square[r * rank + q] = packed[at++];
            }
        }
        return square;
    }

    private static void close(JsonObject expected, String name, double[] actual) {
        JsonElement element = expected.get(name);
        if (element == null) {
            return;
        }
        double[] values = element.isJsonArray() ? Cases.flat(element) : new double[] {element.getAsDouble()};
        double scale = Arrays.stream(values).map(Math::abs).max().orElse(0);
        assertArrayEquals(values, actual, 1e-9 * scale, name);
    }

    @Test
    void rectifiedAdamTakesTheStepsOfTheGoldenCase() {
        JsonObject c = Golden.read("low-rank-radam");
        double[] p = Cases.flat(c.get("start"));
        RectifiedAdam adam = new RectifiedAdam(p.length);
        double rate = 1e-2;
        for (int n = 0; n < c.getAsJsonArray("gradients").size(); n++) {
            adam.update(p, Cases.flat(c.getAsJsonArray("gradients").get(n)), rate);
            rate *= 0.93;
            assertArrayEquals(Cases.flat(c.getAsJsonArray("expected").get(n)), p, 1e-12);
        }
    }

    /** Every observation, ramp, proposal and form of noise, with a missing value. */
    record Setting(String name, StochasticNetwork network, Proposal proposal) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Setting> settings() {
        INDArray b = Nd.array(ModelTest.random(10), 5, 2);
        INDArray shift = Nd.array(ModelTest.random(5), 5);
        INDArray variance = Nd.array(new double[] {0.2, 0.3, 0.4, 0.25, 0.35}, 5);
        INDArray gain = Nd.array(new double[] {1, 0.8, 1.2, 0.9, 1.1}, 5);
        Map<String, Observation> seen = new java.util.LinkedHashMap<>();
        seen.put("latents", Observation.latents(b, shift, variance));
        seen.put("currents", Observation.units(gain, shift, variance));
        seen.put("rates", Observation.rates(gain, shift, variance));
        seen.put("counts", Observation.poisson(b, shift, Link.SOFTPLUS));
        seen.put("counts of currents", Observation.poissonUnits(gain, shift, Link.EXP));
        seen.put("counts of rates", Observation.poissonRates(gain, shift, Link.SOFTPLUS));
        List<Setting> settings = new java.util.ArrayList<>();
        for (Ramp ramp : Ramp.values()) {
            LowRank random = LowRank.random(5, 2, 1, ramp, Seed.of(2));
            LowRank n = new LowRank(
                    0.7, random.left(), random.right(), Nd.array(ModelTest.random(5), 5), random.input(), ramp);
            seen.forEach((name, o) -> {
                StochasticNetwork network =
                        StochasticNetwork.of(n, o).noise(Nd.array(new double[] {0.2, 0, 0, 0.1}, 2, 2));
                boolean optimal = o instanceof GaussianObservation && o.readout() != Readout.RATES;
                settings.add(new Setting(ramp + " " + name + " bootstrap", network, Proposal.BOOTSTRAP));
                settings.add(new Setting(ramp + " " + name + " encoder", network, Proposal.ENCODER));
                if (optimal) {
                    StochasticNetwork full = network.noise(Nd.array(new double[] {0.2, 0.05, 0.05, 0.1}, 2, 2));
                    settings.add(new Setting(ramp + " " + name + " optimal", full, Proposal.OPTIMAL));
                }
            });
        }
        return settings;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theSlopesAreFiniteDifferencesOfTheBound(Setting setting) {
        Model m = setting.network.model();
        double[] u = ModelTest.random(6);
        u[0] = 0;
        INDArray y = setting.network.simulate(Nd.array(u, 1, 6, 1), Seed.of(7)).observations();
        y.putScalar(new int[] {0, 2, 1}, Double.NaN);
        Trials trials = Trials.of(y, Nd.array(u, 1, 6, 1));
        TrialData data = new TrialData(trials, m);
        Encoder encoder =
                setting.proposal == Proposal.ENCODER ? Encoder.random(5, 2, new int[] {3, 2, 1}, 4, Seed.of(8)) : null;
        TrialPass pass = new TrialPass(m, 9, 6);
        pass.draw(new Draws(Seed.of(9)), Resampling.SYSTEMATIC);
        Covariance form = setting.proposal == Proposal.OPTIMAL ? Covariance.FULL : Covariance.DIAGONAL;
        Parameters parameters = new Parameters(m, form, encoder);
        double[] p = parameters.pack(m, encoder);
        bound(parameters, p, m, encoder, setting, data, pass, Resampling.SYSTEMATIC);
        Gradient g = new Gradient(m);
        pass.backward(g);
        double[] encoderSlope = null;
        if (encoder != null) {
            encoderSlope = new double[encoder.parameters().length];
            encoder.new Run(data, 0).backward(pass.proposedMeanSlope, pass.proposedLogVarianceSlope, encoderSlope);
        }
        double[] slopes = parameters.slopes(m, g, encoderSlope);
        double scale = Arrays.stream(slopes).map(Math::abs).max().orElse(1);
        for (int i = 0; i < p.length; i++) {
            double kept = p[i];
            double step = 1e-6;
            p[i] = kept + step;
            double above = bound(parameters, p, m, encoder, setting, data, pass, null);
            p[i] = kept - step;
            double below = bound(parameters, p, m, encoder, setting, data, pass, null);
            p[i] = kept;
            assertEquals(
                    (above - below) / (2 * step),
                    slopes[i],
                    2e-6 * Math.max(1, scale),
                    setting + ", parameter " + i + " of " + parameters.name(i));
        }
        assertTrue(scale > 1e-3);
    }

    private static double bound(
            Parameters parameters,
            double[] p,
            Model m,
            Encoder encoder,
            Setting setting,
            TrialData data,
            TrialPass pass,
            Resampling resampling) {
        Model now = parameters.model(p, m);
        Encoder.Moments moments =
                encoder == null ? null : parameters.encoder(p, encoder).moments(data, 0);
        pass.trial(new Prepared(now, setting.proposal), data, 0, moments);
        return pass.forward(resampling);
    }
}
