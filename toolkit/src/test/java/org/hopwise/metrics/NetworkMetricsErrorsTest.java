package org.hopwise.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.factory.Nd4j;

/** Each kind of bad input gets a sentence with its name, value, bound and remedy. */
class NetworkMetricsErrorsTest {

    private final Draws draws = new Draws(Seed.of(1));
    private final Weights weights = NetworkMetricsTest.drawn(3, 5, 2, draws);
    private final RecurrentNetwork network = RecurrentNetwork.of(weights, Activation.TANH);
    private final NetworkMetrics metrics = NetworkMetrics.of(weights);
    private final NetworkMetrics data = NetworkMetrics.of(network, NetworkMetricsTest.trials(6, 4, 3, draws));

    private static final String REMEDY = " (counted from 0); every value must be finite. Repair or mask it first.";

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static Layer layer(int units, int inputs) {
        return Layer.of(new double[units][inputs], new double[units], Activation.RELU);
    }

    @Test
    void missingWeights() {
        refused("weights: null was given; pass the weights of a network.", () -> NetworkMetrics.of((Weights) null));
        refused(
                "layers: null was given; pass a list of at least one Layer.",
                () -> NetworkMetrics.of((List<Layer>) null));
        refused("layers are an empty list; pass at least one Layer.", () -> NetworkMetrics.of(List.of()));
        refused("layer 2: null was given; pass a Layer.", () -> NetworkMetrics.of(Arrays.asList(layer(6, 4), null)));
        refused(
                "weights of a layer: null was given; pass one row a unit.",
                () -> Layer.of((double[][]) null, new double[1], Activation.RELU));
        refused(
                "row 1 of the weights of a layer: null was given; pass one value an input.",
                () -> Layer.of(new double[][] {{1}, null}, new double[2], Activation.RELU));
        refused(
                "bias of a layer: null was given; pass one value a unit, zeros if it has none.",
                () -> Layer.of(new double[1][1], null, Activation.RELU));
        refused(
                "activation of a layer: null was given; pass one, such as Activation.RELU.",
                () -> Layer.of(new double[1][1], new double[1], null));
        refused(
                "network: null was given; pass a recurrent network.",
                () -> NetworkMetrics.of((RecurrentNetwork) null, Nd.array(new double[3], 1, 1, 3)));
    }

    @Test
    void weightsThatAreNotFinite() {
        refused(
                "weights of a layer hold NaN at (1, 2)" + REMEDY,
                () -> Layer.of(new double[][] {{1, 2, 3}, {4, 5, Double.NaN}}, new double[2], Activation.RELU));
        refused(
                "bias of a layer hold Infinity at 0" + REMEDY,
                () -> Layer.of(new double[1][1], new double[] {Double.POSITIVE_INFINITY}, Activation.RELU));
        refused(
                "recurrent weights hold NaN at (0, 0)" + REMEDY,
                () -> NetworkMetrics.of(
                        Weights.of(new double[][] {{1}}, new double[][] {{Double.NaN}}, new double[][] {{1}})));
    }

    @Test
    void weightsWhoseVarianceIsNoNumber() {
        refused(
                "the largest weight is 1.0E160; its modulus must be from 1.0E-150 to 1.0E150. Divide all weights by it: "
                        + "strengths scale along.",
                () -> NetworkMetrics.of(List.of(
                        Layer.of(new double[][] {{1, -1e160}}, new double[1], Activation.RELU))));
        refused(
                "the largest weight is 1.0E-160; its modulus must be from 1.0E-150 to 1.0E150. Divide all weights by it: "
                        + "strengths scale along.",
                () -> NetworkMetrics.of(List.of(
                        Layer.of(new double[][] {{1e-160, 0}}, new double[1], Activation.RELU))));
    }

    @Test
    void layersThatDoNotFit() {
        refused(
                "weights 2 are 5 x 4 but layer 1 has 6 units; they must have 6 columns, one a unit.",
                () -> NetworkMetrics.of(List.of(layer(6, 4), layer(5, 4))));
        refused(
                "bias of a layer has 3 values but its weights are 2 x 4; it must have 2, one a unit.",
                () -> Layer.of(new double[2][4], new double[3], Activation.RELU));
        refused(
                "weights of a layer have 1 values in row 0 but 2 in row 1; rows must be equally long.",
                () -> Layer.of(new double[][] {{1}, {1, 2}}, new double[2], Activation.RELU));
        refused(
                "weights of a layer are 0 x 0; every size must be at least 1.",
                () -> Layer.of(new double[0][], new double[0], Activation.RELU));
    }

    @Test
    void recurrentWeightsThatAreNoNetwork() {
        refused(
                "recurrent weights are 2 x 3; they must be square, here 2 x 2.",
                () -> NetworkMetrics.of(Weights.of(new double[2][1], new double[2][3], new double[1][2])));
        refused(
                "hidden biases are 3 values; they must be 2, one a unit.",
                () -> NetworkMetrics.of(Weights.of(
                        Nd4j.zeros(2, 1), Nd4j.zeros(2, 2), Nd4j.zeros(1, 2), Nd4j.zeros(3), Nd4j.zeros(1))));
    }

    @Test
    void stepsThatCannotBe() {
        refused("steps is 0; it must be at least 1.", () -> metrics.unfolded(0));
        refused("steps is 5 but the inputs have 6; use unfolded(6), or inputs of 5 steps.", () -> data.unfolded(5));
        refused("reading: null was given; use Reading.LAST or Reading.EVERY_STEP.", () -> metrics.reading(null));
        assertEquals(
                "a fully connected network 4-6 has no steps; unfold a recurrent network.",
                assertThrows(
                                IllegalStateException.class,
                                () -> NetworkMetrics.of(List.of(layer(6, 4))).unfolded(3))
                        .getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> NetworkMetrics.of(List.of(layer(6, 4))).reading(Reading.LAST));
    }

    @Test
    void moreStepsThanMemoryHolds() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> metrics.unfolded(Integer.MAX_VALUE).strengths())
                .getMessage();
        assertEquals("Nodes of 2147483647 steps need 512.0 GB", message.substring(0, message.indexOf(';')));
    }

    @Test
    void samplesThatDoNotFit() {
        refused(
                "inputs have 4 values a case; they must have 3, the inputs of the network.",
                () -> NetworkMetrics.of(network, Nd4j.zeros(2, 2, 4)));
        refused(
                "inputs are empty; pass at least one case, steps x trials x inputs.",
                () -> NetworkMetrics.of(network, Nd4j.create(Nd4j.defaultFloatingPointType(), 2, 0, 3)));
        refused(
                "inputs are empty; pass at least one case, steps x trials x inputs.",
                () -> NetworkMetrics.of(network, Nd4j.empty()));
        refused(
                "inputs: null was given; pass an array of steps x trials x inputs.",
                () -> NetworkMetrics.of(network, null));
        refused(
                "inputs hold NaN at (0, 1)" + REMEDY,
                () -> NetworkMetrics.of(network, Nd.array(new double[] {1, Double.NaN, 3}, 1, 1, 3)));
        refused(
                "samples have 3 values a case; they must have 4, the inputs of the network.",
                () -> NetworkMetrics.of(List.of(layer(6, 4)), Nd4j.zeros(2, 3)));
        refused(
                "samples have 3 dimensions, shape [2, 2, 4]; they must have 2.",
                () -> NetworkMetrics.of(List.of(layer(6, 4)), Nd4j.zeros(2, 2, 4)));
        refused(
                "samples are empty; pass at least one case, samples x inputs.",
                () -> NetworkMetrics.of(List.of(layer(6, 4)), Nd4j.create(Nd4j.defaultFloatingPointType(), 0, 4)));
    }

    @Test
    void dataThatGrowWithoutBound() {
        Weights explosive = Weights.of(new double[][] {{1}}, new double[][] {{1e140}}, new double[][] {{1}});
        refused(
                "unit 1 of layer hidden grows beyond double precision at step 2; use fewer steps or smaller weights.",
                () -> NetworkMetrics.of(
                        RecurrentNetwork.of(explosive, Activation.LINEAR),
                        Nd.array(new double[] {1, 2, 3, 4, 5, 6}, 3, 2, 1)));
    }

    @Test
    void layersThatAreNotThere() {
        refused(
                "there is no layer 'middle'; use one of 'input', 'hidden', 'output'.",
                () -> metrics.strengths("middle"));
        refused(
                "there is no layer 'middle'; use one of 'input', 'hidden', 'output'.",
                () -> metrics.fluctuations("middle"));
        refused(
                "there is no layer 'bias'; use one of 'input', 'recurrent', 'hidden', 'output'.",
                () -> metrics.links("bias"));
        refused(
                "there is no layer 'hidden'; use one of 'input', 'hidden 1', 'output'.",
                () -> NetworkMetrics.of(List.of(layer(6, 4), layer(2, 6))).strengths("hidden"));
        refused("bins is 0; it must be at least 1.", () -> metrics.histogram("hidden", 0));
    }

    @Test
    void dataAskedOfWeightsAlone() {
        for (Executable call : List.<Executable>of(
                metrics::neuronsStrength, metrics::neuronsActivation, metrics::summary, metrics::neuronsByStep)) {
            assertEquals(
                    "these metrics are of weights alone; pass inputs: of(network, inputs), or of(layers, samples).",
                    assertThrows(IllegalStateException.class, call).getMessage());
        }
    }

    @Test
    void trafficOutOfBounds() {
        refused("length is 0; it must be at least 1.", () -> WalkTraffic.of(weights, 0, 0.5));
        refused("alpha is 0.0; it must be above 0 and at most 1.", () -> WalkTraffic.of(weights, 3, 0));
        refused("alpha is 1.5; it must be above 0 and at most 1.", () -> WalkTraffic.of(weights, 3, 1.5));
        refused("alpha is NaN; it must be above 0 and at most 1.", () -> WalkTraffic.of(weights, 3, Double.NaN));
        refused("weights: null was given; pass the weights of a network.", () -> WalkTraffic.of(null, 3, 0.5));
        Weights explosive = Weights.of(new double[][] {{1}}, new double[][] {{1e140}}, new double[][] {{1}});
        refused(
                "traffic of unit 1 grows beyond double precision over 6 edges; use a smaller length or alpha.",
                () -> WalkTraffic.of(explosive, 5, 1));
    }

    @Test
    void samplesWithoutADivergence() {
        double[] good = {1, 2, 3};
        refused("a has 1 values; pass at least 2.", () -> Distributions.divergence(new double[] {1}, good));
        refused("b has 0 values; pass at least 2.", () -> Distributions.divergence(good, new double[0]));
        refused("b: null was given; pass at least 2 values.", () -> Distributions.divergence(good, null));
        refused(
                "b is constant, 0.7, so that its bandwidth is 0; pass values that differ.",
                () -> Distributions.divergence(good, new double[] {0.7, 0.7, 0.7}));
        refused("a hold NaN at 1" + REMEDY, () -> Distributions.divergence(new double[] {1, Double.NaN}, good));
        refused(
                "a has bandwidth 6.16e-07, too narrow for 1001 points from 0.0 to 3.0; compare samples of like spread.",
                () -> Distributions.divergence(new double[] {0.5001, 0.500101}, new double[] {0, 1, 3}));
        refused(
                "values are constant, 2.0, and have no kurtosis; pass values that differ.",
                () -> Distributions.kurtosis(new double[] {2, 2}));
    }

    @Test
    void nullsOutOfBounds() {
        refused("hidden is 0; it must be at least 1.", () -> StrengthNull.recurrent(1, 0, 1, 1, 0));
        refused(
                "weight variance is -1.0; it must be a finite number of 0 or more.",
                () -> StrengthNull.layer(1, 1, 1, -1, 0));
    }

    @Test
    void factorsThatAreNoGauge() {
        refused("factors are 2 values; they must be 5, one a hidden unit.", () -> Gauge.of(weights, new double[2]));
        refused(
                "factor 2 is 0.0; it must be a finite number above 0.",
                () -> Gauge.of(weights, new double[] {1, 0, 1, 1, 1}));
        refused(
                "activation is tanh, where other factors give other outputs; use a ReLU or linear network.",
                () -> Gauge.of(network, new double[] {1, 1, 1, 1, 1}));
        refused("spread is 0.5; it must be a finite number of at least 1.", () -> Gauge.random(3, 0.5, Seed.of(1)));
    }
}
