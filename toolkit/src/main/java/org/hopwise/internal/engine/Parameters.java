package org.hopwise.internal.engine;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.Products;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;

/**
 * Weights, or a gradient by weights, as flat arrays that training loops work on in place. Matrices stand source x target
 * (the graph's orientation, transposed from {@link Weights}), so that a row of states times a matrix runs along rows.
 */
public final class Parameters {

    /** An array of the precision of all, to make others like it. */
    public final Reals precision;

    public final int inputs;
    public final int hidden;
    public final int outputs;
    /** inputs x hidden. */
    public final Reals input;
    /** hidden x hidden, source x target. */
    public final Reals recurrent;
    /** hidden x outputs. */
    public final Reals output;

    public final Reals hiddenBias;
    public final Reals outputBias;
    /** The state before the first step: x_0 in current form, r_0 in rate form. */
    public final Reals start;
    /** Whether the start is one of the arrays. */
    public final boolean trainsStart;
    /** a of the network; NaN for weights alone. */
    public final double leak;
    /** The arrays that training moves: weights first, then biases, then the start if it is trained. */
    public final Reals[] arrays;

    private Parameters(Reals precision, int inputs, int hidden, int outputs, boolean trainsStart, double leak) {
        this.precision = precision;
        this.inputs = inputs;
        this.hidden = hidden;
        this.outputs = outputs;
        this.input = precision.zeros(inputs * hidden);
        this.recurrent = precision.zeros(hidden * hidden);
        this.output = precision.zeros(hidden * outputs);
        this.hiddenBias = precision.zeros(hidden);
        this.outputBias = precision.zeros(outputs);
        this.start = precision.zeros(hidden);
        this.trainsStart = trainsStart;
        this.leak = leak;
        this.arrays = trainsStart
                ? new Reals[] {input, recurrent, output, hiddenBias, outputBias, start}
                : new Reals[] {input, recurrent, output, hiddenBias, outputBias};
    }

    /** The weights as flat arrays of the precision of an array. */
    public static Parameters of(Weights weights, Reals precision) {
        return of(weights, false, Double.NaN, precision);
    }

    /** The weights, start and leak of a network. */
    public static Parameters of(RecurrentNetwork network, boolean trainsStart, Reals precision) {
        Parameters p = of(network.weights(), trainsStart, network.dynamics().leak(), precision);
        for (int i = 0; i < p.hidden; i++) {
            p.start.set(i, network.start().get(i));
        }
        return p;
    }

    private static Parameters of(Weights weights, boolean trainsStart, double leak, Reals precision) {
        Parameters p =
                new Parameters(precision, weights.inputs(), weights.hidden(), weights.outputs(), trainsStart, leak);
        Matrices m = WeightsDoor.matrices(weights);
        fill(p.input, m.input());
        fill(p.recurrent, m.recurrent());
        fill(p.output, m.output());
        fill(p.hiddenBias, m.hiddenBias());
        fill(p.outputBias, m.outputBias());
        return p;
    }

    private static void fill(Reals into, DMatrixRMaj matrix) {
        double[] transposed = new double[matrix.data.length];
        Products.transpose(matrix.data, matrix.numRows, matrix.numCols, transposed);
        for (int i = 0; i < transposed.length; i++) {
            into.set(i, transposed[i]);
        }
    }

    public Parameters zeros() {
        return new Parameters(precision, inputs, hidden, outputs, trainsStart, leak);
    }

    /** These weights and this start in a network like another. */
    public RecurrentNetwork toNetwork(RecurrentNetwork like) {
        return RecurrentNetwork.of(toWeights(), like.activation())
                .with(like.dynamics())
                .startingAt(doubles(start));
    }

    public Weights toWeights() {
        return WeightsDoor.weights(new Matrices(
                matrix(input, hidden, inputs),
                matrix(recurrent, hidden, hidden),
                matrix(output, outputs, hidden),
                matrix(hiddenBias, hidden, 1),
                matrix(outputBias, outputs, 1)));
    }

    private static DMatrixRMaj matrix(Reals from, int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        Products.transpose(doubles(from), columns, rows, matrix.data);
        return matrix;
    }

    /** A copy in double precision. */
    public static double[] doubles(Reals from) {
        double[] values = new double[from.length()];
        java.util.Arrays.setAll(values, from::get);
        return values;
    }

    public void clear() {
        for (Reals array : arrays) {
            array.clear();
        }
    }

    /** this += factor times other. */
    public void add(double factor, Parameters other) {
        for (int a = 0; a < arrays.length; a++) {
            arrays[a].add(factor, other.arrays[a]);
        }
    }

    public void scale(double factor) {
        for (Reals array : arrays) {
            array.scale(factor);
        }
    }

    /** The sum of products with another, over weights and biases. */
    public double dot(Parameters other) {
        double sum = 0;
        for (int a = 0; a < arrays.length; a++) {
            sum += arrays[a].dot(other.arrays[a]);
        }
        return sum;
    }

    /** Whether every weight and bias is a finite number. */
    public boolean isFinite() {
        for (Reals array : arrays) {
            for (int i = 0; i < array.length(); i++) {
                if (!Double.isFinite(array.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    public double norm() {
        return Math.sqrt(dot(this));
    }
}
