package org.hopwise.rnn;

import static org.hopwise.Golden.array;
import static org.hopwise.Golden.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DynamicsTest {

    private static final JsonObject FORMS = Golden.read("time-course-forms");

    @Test
    void aRateNetworkWithLowPassedInputIsACurrentNetwork() {
        for (JsonElement element : FORMS.getAsJsonArray("cases")) {
            JsonObject golden = element.getAsJsonObject();
            JsonObject w = golden.getAsJsonObject("weights");
            double a = golden.get("a").getAsDouble();
            RecurrentNetwork network = RecurrentNetwork.of(
                    Weights.of(
                            array(w.get("Win")),
                            array(w.get("Whh")),
                            array(w.get("Wout")),
                            array(w.get("b")),
                            array(w.get("c"))),
                    Activation.valueOf(golden.get("activation").getAsString().toUpperCase(Locale.ROOT)));
            var current = network.with(Dynamics.current(a).noiseless())
                    .startingAt(array(golden.get("currentStart")).toDoubleVector())
                    .run(array(golden.get("currentInputs")));
            assertClose(golden.get("currentOutputs"), current.outputsOverTime(), "current outputs");
            var rate = network.with(Dynamics.rate(a).noiseless())
                    .startingAt(array(golden.get("rateStart")).toDoubleVector())
                    .run(array(golden.get("rateInputs")));
            assertClose(golden.get("rateOutputs"), rate.outputsOverTime(), "rate outputs");
        }
    }

    @Test
    void anUncoupledUnitHasTheStationaryDeviation() {
        for (JsonElement element : FORMS.getAsJsonArray("noise")) {
            JsonObject golden = element.getAsJsonObject();
            double a = golden.get("a").getAsDouble();
            double sigma = golden.get("sigma").getAsDouble();
            if (golden.has("simulated")) {
                double simulated = golden.get("simulated").getAsDouble();
                double error = golden.get("standardError").getAsDouble();
                assertEquals(simulated, sigma / Math.sqrt(1 - a / 2), 3 * error);
                continue;
            }
            int units = 200;
            RecurrentNetwork free = RecurrentNetwork.of(
                            Weights.of(Nd4j.zeros(units, 1), Nd4j.zeros(units, units), Nd4j.zeros(1, units)),
                            Activation.LINEAR)
                    .with(Dynamics.current(a).recurrentNoise(sigma).inputNoise(0));
            int steps = (int) (30 / a);
            INDArray states = free.run(Nd4j.zeros(steps, 50, 1), Seed.of(7)).states();
            double[] last = states.get(
                            org.nd4j.linalg.indexing.NDArrayIndex.point(steps - 1),
                            org.nd4j.linalg.indexing.NDArrayIndex.all(),
                            org.nd4j.linalg.indexing.NDArrayIndex.all())
                    .dup('c')
                    .reshape(50L * units)
                    .toDoubleVector();
            double squares = 0;
            for (double x : last) {
                squares += x * x;
            }
            double expected = golden.get("stationary").getAsDouble();
            // A variance of n independent numbers is off by sqrt(2 / n) of itself.
            assertEquals(1, squares / last.length / (expected * expected), 4 * Math.sqrt(2.0 / last.length));
            assertEquals(
                    golden.get("step").getAsDouble(), a * Dynamics.current(a).noiseFactor() * sigma, 1e-12);
        }
    }

    @Test
    void noiseOfOneKindDoesNotShiftTheOther() {
        RecurrentNetwork linear =
                RecurrentNetwork.of(Weights.of(Nd4j.ones(1, 1), Nd4j.zeros(1, 1), Nd4j.ones(1, 1)), Activation.LINEAR);
        INDArray silence = Nd4j.zeros(20, 3, 1);
        INDArray drive = linear.with(Dynamics.current(0.5).inputNoise(0))
                .run(silence, Seed.of(1))
                .states();
        INDArray input = linear.with(Dynamics.current(0.5).recurrentNoise(0))
                .run(silence, Seed.of(1))
                .states();
        INDArray both =
                linear.with(Dynamics.current(0.5)).run(silence, Seed.of(1)).states();
        assertTrue(both.sub(drive).sub(input).norm2Number().doubleValue() < 1e-12);
        assertTrue(drive.sub(input).norm2Number().doubleValue() > 0.01);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.2, Double.NaN})
    void aLeakOutsideItsBoundsIsRefused(double leak) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Dynamics.current(leak));
        assertEquals(
                "leak is %s; it must be above 0 and at most 1, so use dt / tau with a step dt no longer than tau."
                        .formatted(leak),
                refusal.getMessage());
    }

    @Test
    void noiseBelowZeroAndNoiseWithoutASeedAreRefused() {
        String below = assertThrows(
                        IllegalArgumentException.class, () -> Dynamics.rate(0.2).recurrentNoise(-0.05))
                .getMessage();
        assertTrue(below.startsWith("recurrentNoise is -0.05; it is a standard deviation"), below);
        RecurrentNetwork noisy = RecurrentNetwork.of(
                        Weights.of(Nd4j.ones(1, 1), Nd4j.zeros(1, 1), Nd4j.ones(1, 1)), Activation.LINEAR)
                .with(Dynamics.current(0.2));
        String seedless = assertThrows(IllegalArgumentException.class, () -> noisy.run(Nd4j.zeros(2, 1, 1)))
                .getMessage();
        assertTrue(seedless.contains("use run(inputs, seed), or noiseless()"), seedless);
        assertThrows(IllegalArgumentException.class, () -> noisy.startingAt(1, 2));
        assertThrows(IllegalArgumentException.class, () -> noisy.requireDiscrete("It"));
    }

    @Test
    void signsOfDalesLawAreThoseOfSources() {
        assertEquals(
                4,
                java.util.Arrays.stream(Dale.ratio(0.8).signs(5))
                        .filter(s -> s == 1)
                        .count());
        assertEquals(-1, Dale.ratio(0.8).signs(5)[4]);
        assertThrows(IllegalArgumentException.class, () -> Dale.of(1, -1).signs(3));
        assertThrows(IllegalArgumentException.class, () -> Dale.of(1, 0));
        RecurrentNetwork start = Dale.ratio(0.75)
                .start(RecurrentNetwork.of(
                        Weights.of(Nd4j.ones(4, 1), Nd4j.rand(4, 4).subi(0.5), Nd4j.ones(1, 4)), Activation.RELU));
        assertEquals(1, start.weights().spectralRadius(), 1e-9);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double w = start.weights().recurrent().getDouble(i, j);
                assertTrue(j < 3 ? w >= 0 : w <= 0);
            }
        }
    }
}
