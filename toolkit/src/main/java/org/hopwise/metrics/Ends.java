package org.hopwise.metrics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** The links at one end of each node of a layer: the sums of their weights, of the moduli, and of the squares. */
final class Ends {

    private final double[] sum;
    private final double[] absolute;
    private final double[] squares;

    private Ends(double[] sum, double[] absolute, double[] squares) {
        this.sum = sum;
        this.absolute = absolute;
        this.squares = squares;
    }

    /** Links that come in: the rows of a matrix of targets x sources. */
    static Ends in(DMatrixRMaj weights) {
        Ends ends = none(weights.numRows);
        for (int target = 0; target < weights.numRows; target++) {
            for (int source = 0; source < weights.numCols; source++) {
                ends.add(target, weights.get(target, source));
            }
        }
        return ends;
    }

    /** Links that go out: the columns of a matrix of targets x sources. */
    static Ends out(DMatrixRMaj weights) {
        Ends ends = none(weights.numCols);
        for (int target = 0; target < weights.numRows; target++) {
            for (int source = 0; source < weights.numCols; source++) {
                ends.add(source, weights.get(target, source));
            }
        }
        return ends;
    }

    /** One link of weight 1 at each node: from outside into an input, or from an output to the outside. */
    static Ends one(int nodes) {
        double[] ones = new double[nodes];
        Arrays.fill(ones, 1);
        return new Ends(ones, ones, ones);
    }

    static Ends none(int nodes) {
        return new Ends(new double[nodes], new double[nodes], new double[nodes]);
    }

    private void add(int node, double weight) {
        sum[node] += weight;
        absolute[node] += Math.abs(weight);
        squares[node] += weight * weight;
    }

    Ends plus(Ends more) {
        return new Ends(added(sum, more.sum), added(absolute, more.absolute), added(squares, more.squares));
    }

    double sum(int node) {
        return sum[node];
    }

    double absolute(int node) {
        return absolute[node];
    }

    /** One sum a node, for reading only. */
    double[] sums() {
        return sum;
    }

    /**
     * sum w^2 / (sum |w|)^2: one over the number of links if all are equally strong, 1 for a single one, 0 for none.
     */
    double disparity(int node) {
        return absolute[node] == 0 ? 0 : squares[node] / (absolute[node] * absolute[node]);
    }

    private static double[] added(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
