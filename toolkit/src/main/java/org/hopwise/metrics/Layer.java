package org.hopwise.metrics;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.rnn.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer of a fully connected network: h = f(W x + b). Immutable; arrays are copied on the way in, and every value
 * is finite.
 */
public final class Layer {

    private final DMatrixRMaj weights;
    private final double[] bias;
    private final Activation activation;

    private Layer(DMatrixRMaj weights, double[] bias, Activation activation) {
        this.weights = weights;
        this.bias = bias;
        this.activation = activation;
    }

    /**
     * A layer from arrays.
     *
     * @param weights units x inputs; entry (k, i) is the weight from input i to unit k (Keras stores the transpose)
     * @param bias one a unit
     * @param activation the function f of this layer
     * @return the layer
     * @throws IllegalArgumentException if something is missing or not finite, or if there is not one bias a unit
     */
    public static Layer of(INDArray weights, INDArray bias, Activation activation) {
        Given.required("weights of a layer", weights, "pass units x inputs");
        Given.required("bias of a layer", bias, "pass one value a unit, zeros if it has none");
        return of(Nd.matrix("weights of a layer", weights), Nd.values("bias of a layer", bias, 1), activation);
    }

    /**
     * A layer from rows written out in code.
     *
     * @param weights one row a unit, one column an input
     * @param bias one a unit
     * @param activation the function f of this layer
     * @return the layer
     * @throws IllegalArgumentException if something is missing or not finite, if rows differ in length, or if there
     *     is not one bias a unit
     */
    public static Layer of(double[][] weights, double[] bias, Activation activation) {
        Given.required("weights of a layer", weights, "pass one row a unit");
        Given.required("bias of a layer", bias, "pass one value a unit, zeros if it has none");
        for (int row = 0; row < weights.length; row++) {
            Given.required("row %d of the weights of a layer".formatted(row), weights[row], "pass one value an input");
            if (weights[row].length != weights[0].length) {
                throw new IllegalArgumentException(
                        "weights of a layer have %d values in row 0 but %d in row %d; rows must be equally long."
                                .formatted(weights[0].length, weights[row].length, row));
            }
        }
        if (weights.length == 0 || weights[0].length == 0) {
            throw new IllegalArgumentException(
                    "weights of a layer are %d x 0; every size must be at least 1.".formatted(weights.length));
        }
        return of(new DMatrixRMaj(weights), bias.clone(), activation);
    }

    private static Layer of(DMatrixRMaj weights, double[] bias, Activation activation) {
        Given.required("activation of a layer", activation, "pass one, such as Activation.RELU");
        if (bias.length != weights.numRows) {
            throw new IllegalArgumentException(
                    "bias of a layer has %d values but its weights are %d x %d; it must have %d, one a unit."
                            .formatted(bias.length, weights.numRows, weights.numCols, weights.numRows));
        }
        Check.finite("weights of a layer", weights.data, weights.numCols);
        Check.finite("bias of a layer", bias, 0);
        return new Layer(weights, bias, activation);
    }

    /**
     * How many units the layer has.
     *
     * @return the rows of its weights
     */
    public int units() {
        return weights.numRows;
    }

    /**
     * How many inputs the layer has.
     *
     * @return the columns of its weights
     */
    public int inputs() {
        return weights.numCols;
    }

    /** The weights themselves, for reading only. */
    DMatrixRMaj weights() {
        return weights;
    }

    /** The biases themselves, for reading only. */
    double[] bias() {
        return bias;
    }

    Activation activation() {
        return activation;
    }

    /** Sizes and function, such as {@code 6 x 4, relu}. */
    @Override
    public String toString() {
        return "%d x %d, %s".formatted(units(), inputs(), activation);
    }
}
