package org.hopwise.metrics;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.Products;
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

    private static final String REMEDY = "Use fewer trials at a time";

    /** A layer's two metrics; the last of them are of the steps at which the layer is read. */
    record Cases(String layer, int firstStep, Moments strength, Moments activation) {}

    static Activity of(RecurrentNetwork network, double[] x, int steps, int trials, Reading reading) {
        Weights weights = network.weights();
        Matrices m = WeightsDoor.matrices(weights);
        int hidden = weights.hidden();
        int widest = Math.max(hidden, Math.max(weights.inputs(), weights.outputs()));
        Memory.require(
                "Activities of %d trials and %d units".formatted(trials, widest),
                8.0 * (4.0 * trials * widest + (double) hidden * (hidden + widest + weights.inputs()))
                        + 16.0 * steps * (hidden + weights.inputs() + weights.outputs()),
                REMEDY);
        Slab inputs = new Slab(trials, weights.inputs());
        Slab units = new Slab(trials, hidden);
        Slab outputs = new Slab(trials, weights.outputs());
        double[] fromInputs = transposed(m.input());
        double[] fromUnits = transposed(m.recurrent());
        double[] toOutputs = transposed(m.output());
        double[] inputOut = Ends.out(m.input()).sums();
        double[] unitOut = Ends.out(m.recurrent()).sums();
        double[] readOut = Ends.out(m.output()).sums();
        double total = 0;
        for (int t = 1; t <= steps; t++) {
            boolean read = reading.at(t, steps);
            inputs.take(x, (t - 1) * trials * weights.inputs(), inputOut);
            units.start(m.hiddenBias().data);
            Products.addProduct(inputs.h, 0, fromInputs, units.z, 0, trials, weights.inputs(), hidden);
            if (t > 1) {
                Products.addProduct(units.h, 0, fromUnits, units.z, 0, trials, hidden, hidden);
            }
            double[] out = out(t < steps, unitOut, read, readOut);
            units.fire(network.activation(), out);
            units.require(RecurrentTopology.HIDDEN, t);
            total += trials * (twice(inputs, inputOut) + sum(inputs) + sum(m.hiddenBias().data) + twice(units, out));
            if (read) {
                outputs.start(m.outputBias().data);
                Products.addProduct(units.h, 0, toOutputs, outputs.z, 0, trials, hidden, weights.outputs());
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

    static Activity of(LayeredTopology network, double[] x, int samples) {
        List<Layer> layers = network.layers();
        int widest = layers.stream().mapToInt(Layer::units).max().orElseThrow();
        widest = Math.max(widest, layers.get(0).inputs());
        String what = "Activities of %d samples and %d units".formatted(samples, widest);
        Memory.requireArray(what, (double) samples * widest, "Use fewer samples at a time");
        Memory.require(what, 8.0 * 6 * samples * widest, "Use fewer samples at a time");
        List<Cases> cases = new ArrayList<>();
        double[] out = Ends.out(layers.get(0).weights()).sums();
        Slab before = new Slab(samples, layers.get(0).inputs());
        before.take(x, 0, out);
        double total = sum(before);
        cases.add(before.cases(network.name(0), 1));
        for (int l = 1; l <= layers.size(); l++) {
            Layer layer = layers.get(l - 1);
            total += twice(before, out) + sum(layer.bias());
            Slab slab = new Slab(samples, layer.units());
            slab.start(layer.bias());
            Products.addProduct(
                    before.h, 0, transposed(layer.weights()), slab.z, 0, samples, layer.inputs(), layer.units());
            boolean last = l == layers.size();
            out = (last ? Ends.one(layer.units()) : Ends.out(layers.get(l).weights())).sums();
            slab.fire(layer.activation(), out);
            slab.require(network.name(l), 1);
            cases.add(slab.cases(network.name(l), 1));
            before = slab;
        }
        return new Activity(cases, samples * (total + sum(before)));
    }

    private static double[] out(boolean after, double[] unitOut, boolean read, double[] readOut) {
        double[] out = new double[unitOut.length];
        for (int u = 0; u < out.length; u++) {
            out[u] = (after ? unitOut[u] : 0) + (read ? readOut[u] : 0);
        }
        return out;
    }

    private static double[] transposed(DMatrixRMaj matrix) {
        double[] result = new double[matrix.data.length];
        Products.transpose(matrix.data, matrix.numRows, matrix.numCols, result);
        return result;
    }

    /** The mean over cases of what a layer sends, counted at both ends of each link. */
    private static double twice(Slab slab, double[] out) {
        double sum = 0;
        double[] means = slab.latest();
        for (int u = 0; u < out.length; u++) {
            sum += 2 * means[u] * out[u];
        }
        return sum;
    }

    private static double sum(Slab slab) {
        return sum(slab.latest());
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

    /** The trials of one layer at one step, and the moments of all steps. */
    private static final class Slab {

        private final int rows;
        private final int units;
        private final double[] z;
        private final double[] h;
        private final double[] strengths;
        private final Moments strength;
        private final Moments activation;

        Slab(int rows, int units) {
            Memory.requireArray(
                    "States of %d trials and %d units".formatted(rows, units), (double) rows * units, REMEDY);
            this.rows = rows;
            this.units = units;
            this.z = new double[rows * units];
            this.h = new double[rows * units];
            this.strengths = new double[rows * units];
            this.strength = new Moments(units);
            this.activation = new Moments(units);
        }

        /** Inputs are their own activity: z = h = x. */
        void take(double[] x, int from, double[] out) {
            System.arraycopy(x, from, z, 0, z.length);
            fire(Activation.LINEAR, out);
        }

        void start(double[] bias) {
            for (int row = 0; row < z.length; row += units) {
                System.arraycopy(bias, 0, z, row, units);
            }
        }

        /** h = f(z), strength = z + h out. */
        void fire(Activation activationFunction, double[] out) {
            for (int i = 0; i < z.length; i++) {
                h[i] = activationFunction.apply(z[i]);
            }
            for (int row = 0; row < z.length; row += units) {
                for (int u = 0; u < units; u++) {
                    strengths[row + u] = z[row + u] + h[row + u] * out[u];
                }
            }
            strength.add(strengths, 0, rows);
            activation.add(h, 0, rows);
        }

        double[] latest() {
            return activation.meansAt(activation.steps());
        }

        void require(String layer, int step) {
            int bad = strength.firstBeyondRange();
            if (bad >= 0) {
                throw new IllegalArgumentException(
                        "unit %d of layer %s grows beyond double precision at step %d; use fewer steps or smaller weights."
                                .formatted(bad + 1, layer, step));
            }
        }

        Cases cases(String layer, int firstStep) {
            return new Cases(layer, firstStep, strength, activation);
        }
    }
}
