package org.hopwise.metrics;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * Other weights for the same function [D]: with one factor d_k above 0 a hidden unit, Win_k and b_k are multiplied by
 * d_k, Whh_kj by d_k / d_j, and Wout_ok is divided by d_k. Every hidden state is then d_k times what it was, and no
 * output of a ReLU or linear network changes, nor any walk from input to output, nor the traffic through a unit; but
 * every node strength does. So node strength is no property of the function.
 */
public final class Gauge {

    private Gauge() {}

    /**
     * The same weights in another gauge. What they compute stays the same for ReLU and linear units only.
     *
     * @param weights the weights
     * @param factors d, one a hidden unit, each a finite number above 0
     * @return the other weights
     * @throws IllegalArgumentException if a factor is missing or not above 0
     */
    public static Weights of(Weights weights, double[] factors) {
        Given.required("weights", weights, "pass the weights of a network");
        Given.required("factors", factors, "pass one a hidden unit");
        if (factors.length != weights.hidden()) {
            throw new IllegalArgumentException("factors are %d values; they must be %d, one a hidden unit."
                    .formatted(factors.length, weights.hidden()));
        }
        Matrices m = WeightsDoor.copy(weights);
        for (int k = 0; k < factors.length; k++) {
            double d = Check.positive("factor %d".formatted(k + 1), factors[k]);
            for (int i = 0; i < weights.inputs(); i++) {
                m.input().set(k, i, m.input().get(k, i) * d);
            }
            m.hiddenBias().data[k] *= d;
            for (int j = 0; j < factors.length; j++) {
                m.recurrent().set(k, j, m.recurrent().get(k, j) * (d / factors[j]));
            }
            for (int o = 0; o < weights.outputs(); o++) {
                m.output().set(o, k, m.output().get(o, k) / d);
            }
        }
        return WeightsDoor.weights(m);
    }

    /**
     * The same network in another gauge, its start scaled along.
     *
     * @param network a network of ReLU or linear units, with a leak or without, but no noise of the drive
     * @param factors d, one a hidden unit, each a finite number above 0
     * @return a network with the same outputs, up to rounding
     * @throws IllegalArgumentException if a factor is missing or not above 0, units are neither ReLU nor linear, or have
     *     noise
     */
    public static RecurrentNetwork of(RecurrentNetwork network, double[] factors) {
        Given.required("network", network, "pass a recurrent network");
        if (network.activation() != Activation.RELU && network.activation() != Activation.LINEAR) {
            throw new IllegalArgumentException(
                    "activation is %s, where other factors give other outputs; use a ReLU or linear network."
                            .formatted(network.activation()));
        }
        if (network.dynamics().recurrentNoise() > 0) {
            throw new IllegalArgumentException(
                    "recurrentNoise is %s, the same for all units, so that another gauge is another network; use noiseless()."
                            .formatted(network.dynamics().recurrentNoise()));
        }
        return scaled(network, factors);
    }

    /** The state before the first step is scaled as those after it. */
    private static RecurrentNetwork scaled(RecurrentNetwork network, double[] factors) {
        Weights other = of(network.weights(), factors);
        double[] start = new double[factors.length];
        Arrays.setAll(start, k -> factors[k] * network.start().get(k));
        return network.with(other).startingAt(start);
    }

    /**
     * What another gauge does to a network of any units: nothing to the outputs of ReLU and linear ones, and
     * something to the strengths of all. Noise is left out.
     *
     * @param network the network
     * @param factors d, one a hidden unit, each a finite number above 0
     * @param inputs steps x trials x inputs
     * @return one row: {@code output change}, the largest difference of an output over the largest output; {@code
     *     fluctuation change}, the folded hidden fluctuation over what it was, minus 1
     */
    public static Table effect(RecurrentNetwork network, double[] factors, INDArray inputs) {
        Given.required("network", network, "pass a recurrent network");
        Given.required("inputs", inputs, "pass an array of steps x trials x inputs");
        RecurrentNetwork quiet = network.noiseless();
        RecurrentNetwork other = scaled(quiet, factors);
        double[] before = Nd.values("outputs", quiet.run(inputs).outputs(), 2);
        double[] after = Nd.values("outputs", other.run(inputs).outputs(), 2);
        double largest = 0;
        double change = 0;
        for (int i = 0; i < before.length; i++) {
            largest = Math.max(largest, Math.abs(before[i]));
            change = Math.max(change, Math.abs(after[i] - before[i]));
        }
        double was = NetworkMetrics.of(network.weights()).fluctuations(RecurrentTopology.HIDDEN)[0];
        double is = NetworkMetrics.of(other.weights()).fluctuations(RecurrentTopology.HIDDEN)[0];
        return Table.create(
                "gauge",
                DoubleColumn.create("output change", new double[] {change / largest}),
                DoubleColumn.create("fluctuation change", new double[] {is / was - 1}));
    }

    /**
     * Factors at random: d = spread^u with u uniform from -1 to 1.
     *
     * @param units how many
     * @param spread at least 1; factors lie between 1 / spread and spread
     * @param seed the randomness; the stream {@code "gauge"} of it is used
     * @return one factor a unit
     */
    public static double[] random(int units, double spread, Seed seed) {
        Check.positive("units", units);
        if (!(spread >= 1) || Double.isInfinite(spread)) {
            throw new IllegalArgumentException(
                    "spread is %s; it must be a finite number of at least 1.".formatted(spread));
        }
        double[] factors = new double[units];
        new Draws(seed.named("gauge")).fillUniform(factors, 1);
        for (int k = 0; k < units; k++) {
            factors[k] = Math.pow(spread, factors[k]);
        }
        return factors;
    }
}
