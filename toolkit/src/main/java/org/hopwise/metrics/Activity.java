package org.hopwise.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;

/**
 * Strength and activation of the nodes of a network that carries data. Since the activity that arrives at a node is
 * its pre-activation z, its strength is z + h times what its outgoing links sum to [D], so that one forward run gives
 * all: the cost beyond it is a few passes over the states of each step, which are not kept.
 *
 * @param layers the layers with data
 * @param total what all strengths must add up to, from weights and mean activities
 */
record Activity(List<Cases> layers, double total) {

    private static final int SAMPLES_AT_A_TIME = 256;

    /** A layer's two metrics; the last of them are of the steps at which the layer is read. */
    record Cases(String layer, int firstStep, Moments strength, Moments activation) {}

    static Activity of(RecurrentNetwork network, double[] x, int steps, int trials, Reading reading) {
        Weights weights = network.weights();
        Matrices m = WeightsDoor.matrices(weights);
        int all = weights.inputs() + weights.hidden() + weights.outputs();
        Memory.require(
                "Activities of %d trials, %d steps and %d units".formatted(trials, steps, all),
                Slab.bytes(all, trials) + 16.0 * steps * all,
                "Use fewer trials at a time");
        Slab inputs = new Slab(weights.inputs(), trials);
        Slab units = new Slab(weights.hidden(), trials);
        Slab outputs = new Slab(weights.outputs(), trials);
        double[] inputOut = Ends.out(m.input()).sums();
        double[] unitOut = Ends.out(m.recurrent()).sums();
        double[] readOut = Ends.out(m.output()).sums();
        double[] rates = units.begin(network);
        boolean rests = Arrays.stream(rates).allMatch(rate -> rate == 0);
        double total = rests ? 0 : trials * dot(rates, unitOut);
        for (int t = 1; t <= steps; t++) {
            boolean read = reading.at(t, steps);
            inputs.take(x, (t - 1) * trials * weights.inputs(), inputOut);
            units.arrive(m.input(), inputs, m.hiddenBias().data);
            if (t > 1 || !rests) {
                units.recur(m.recurrent());
            }
            double[] out = out(t < steps, unitOut, read, readOut);
            units.fire(network.activation(), network.dynamics(), out);
            units.require(RecurrentTopology.HIDDEN, t);
            total += trials * (twice(inputs, inputOut) + sum(inputs) + sum(m.hiddenBias().data) + twice(units, out));
            if (read) {
                outputs.arrive(m.output(), units, m.outputBias().data);
                outputs.fire(Activation.LINEAR, Ends.one(weights.outputs()).sums());
                outputs.require(RecurrentTopology.OUTPUT, t);
                total += trials * (sum(m.outputBias().data) + sum(outputs));
            }
        }
        return new Activity(
                List.of(
                        inputs.cases(RecurrentTopology.INPUT, 1),
                        units.cases(RecurrentTopology.HIDDEN, 1),
                        outputs.cases(RecurrentTopology.OUTPUT, reading == Reading.LAST ? steps : 1)),
                total);
    }

    /** Samples go through all layers some at a time, so that memory does not grow with them. */
    static Activity of(LayeredTopology network, double[] x, int samples) {
        List<Layer> layers = network.layers();
        int inputs = layers.get(0).inputs();
        int all = inputs + layers.stream().mapToInt(Layer::units).sum();
        int most = Math.min(samples, SAMPLES_AT_A_TIME);
        Memory.require(
                "Activities of %d samples and %d units".formatted(most, all),
                Slab.bytes(all, most) + 16.0 * all * (1 + samples / most),
                "Use fewer samples or units");
        List<Slab> slabs = new ArrayList<>(List.of(new Slab(inputs, most)));
        layers.forEach(layer -> slabs.add(new Slab(layer.units(), most)));
        double total = 0;
        for (int from = 0; from < samples; from += most) {
            int count = Math.min(most, samples - from);
            if (count < most) {
                slabs.replaceAll(slab -> slab.ofTrials(count));
            }
            total += count * pass(network, slabs, x, from * inputs);
        }
        List<Cases> cases = new ArrayList<>();
        for (int l = 0; l < slabs.size(); l++) {
            cases.add(slabs.get(l).cases(network.name(l), 1));
        }
        return new Activity(cases, total);
    }

    /** One run of some samples through all layers; returns what their strengths must add up to, in the mean. */
    private static double pass(LayeredTopology network, List<Slab> slabs, double[] x, int from) {
        List<Layer> layers = network.layers();
        double[] out = Ends.out(layers.get(0).weights()).sums();
        slabs.get(0).take(x, from, out);
        double total = sum(slabs.get(0));
        for (int l = 1; l <= layers.size(); l++) {
            Layer layer = layers.get(l - 1);
            total += twice(slabs.get(l - 1), out) + sum(layer.bias());
            slabs.get(l).arrive(layer.weights(), slabs.get(l - 1), layer.bias());
            boolean last = l == layers.size();
            out = (last ? Ends.one(layer.units()) : Ends.out(layers.get(l).weights())).sums();
            slabs.get(l).fire(layer.activation(), out);
            slabs.get(l).require(network.name(l), 1);
        }
        return total + sum(slabs.get(layers.size()));
    }

    private static double[] out(boolean after, double[] unitOut, boolean read, double[] readOut) {
        double[] out = new double[unitOut.length];
        for (int u = 0; u < out.length; u++) {
            out[u] = (after ? unitOut[u] : 0) + (read ? readOut[u] : 0);
        }
        return out;
    }

    /** The mean over cases of what a layer sends, counted at both ends of each link. */
    private static double twice(Slab slab, double[] out) {
        double sum = 0;
        double[] means = slab.means();
        for (int u = 0; u < out.length; u++) {
            sum += 2 * means[u] * out[u];
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int u = 0; u < a.length; u++) {
            sum += a[u] * b[u];
        }
        return sum;
    }

    private static double sum(Slab slab) {
        return sum(slab.means());
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** All strengths added up. */
    double strengths() {
        return layers.stream().mapToDouble(layer -> layer.strength().total()).sum();
    }
}
