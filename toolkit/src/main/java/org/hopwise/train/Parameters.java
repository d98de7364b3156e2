package org.hopwise.train;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Products;
import org.hopwise.rnn.Weights;

/**
 * Weights, or a gradient by weights, as flat arrays that training loops work on in place. Matrices stand source x target
 * (the graph's orientation, transposed from {@link Weights}), so that a row of states times a matrix runs along rows.
 */
final class Parameters {

    final int inputs;
    final int hidden;
    final int outputs;
    /** inputs x hidden. */
    final double[] input;
    /** hidden x hidden, source x target. */
    final double[] recurrent;
    /** hidden x outputs. */
    final double[] output;

    final double[] hiddenBias;
    final double[] outputBias;

    private Parameters(int inputs, int hidden, int outputs) {
        this.inputs = inputs;
        this.hidden = hidden;
        this.outputs = outputs;
        this.input = new double[inputs * hidden];
        this.recurrent = new double[hidden * hidden];
        this.output = new double[hidden * outputs];
        this.hiddenBias = new double[hidden];
        this.outputBias = new double[outputs];
    }

    static Parameters of(Weights weights) {
        Parameters p = new Parameters(weights.inputs(), weights.hidden(), weights.outputs());
        Matrices m = weights.matrices();
        Products.transpose(m.input().data, p.hidden, p.inputs, p.input);
        Products.transpose(m.recurrent().data, p.hidden, p.hidden, p.recurrent);
        Products.transpose(m.output().data, p.outputs, p.hidden, p.output);
        System.arraycopy(m.hiddenBias().data, 0, p.hiddenBias, 0, p.hidden);
        System.arraycopy(m.outputBias().data, 0, p.outputBias, 0, p.outputs);
        return p;
    }

    Parameters zeros() {
        return new Parameters(inputs, hidden, outputs);
    }

    Weights toWeights() {
        Matrices m = new Matrices(
                new DMatrixRMaj(hidden, inputs),
                new DMatrixRMaj(hidden, hidden),
                new DMatrixRMaj(outputs, hidden),
                new DMatrixRMaj(hidden, 1),
                new DMatrixRMaj(outputs, 1));
        Products.transpose(input, inputs, hidden, m.input().data);
        Products.transpose(recurrent, hidden, hidden, m.recurrent().data);
        Products.transpose(output, hidden, outputs, m.output().data);
        System.arraycopy(hiddenBias, 0, m.hiddenBias().data, 0, hidden);
        System.arraycopy(outputBias, 0, m.outputBias().data, 0, outputs);
        return Weights.of(m);
    }

    /** The five arrays: weights first, then biases. */
    double[][] arrays() {
        return new double[][] {input, recurrent, output, hiddenBias, outputBias};
    }

    void clear() {
        for (double[] array : arrays()) {
            java.util.Arrays.fill(array, 0);
        }
    }

    /** this += factor times other. */
    void add(double factor, Parameters other) {
        double[][] mine = arrays();
        double[][] theirs = other.arrays();
        for (int a = 0; a < mine.length; a++) {
            for (int i = 0; i < mine[a].length; i++) {
                mine[a][i] += factor * theirs[a][i];
            }
        }
    }

    void scale(double factor) {
        for (double[] array : arrays()) {
            for (int i = 0; i < array.length; i++) {
                array[i] *= factor;
            }
        }
    }

    /** The sum of products with another, over weights and biases. */
    double dot(Parameters other) {
        double[][] mine = arrays();
        double[][] theirs = other.arrays();
        double sum = 0;
        for (int a = 0; a < mine.length; a++) {
            for (int i = 0; i < mine[a].length; i++) {
                sum += mine[a][i] * theirs[a][i];
            }
        }
        return sum;
    }

    double norm() {
        return Math.sqrt(dot(this));
    }
}
