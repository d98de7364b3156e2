package org.hopwise.metrics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The links at one end of each node of a layer: the sums of their weights, of the moduli, and of the squares. Squares are
 * of weights over the largest modulus at that node, since those of very large or small weights would not be numbers.
 */
final class Ends {

    private final double[] sum;
    private final double[] absolute;
    private final double[] largest;
    private final double[] squares;

    private Ends(double[] sum, double[] absolute, double[] largest, double[] squares) {
        this.sum = sum;
        this.absolute = absolute;
        this.largest = largest;
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
        return new Ends(ones, ones, ones, ones);
    }

    static Ends none(int nodes) {
        return new Ends(new double[nodes], new double[nodes], new double[nodes], new double[nodes]);
    }

    private void add(int node, double weight) {
        sum[node] += weight;
        absolute[node] += Math.abs(weight);
        addSquares(node, Math.abs(weight), 1);
    }

    /** Squares that are relative to a modulus, here to the largest of both. */
    private void addSquares(int node, double modulus, double relative) {
        if (modulus > largest[node]) {
            squares[node] *= squared(largest[node] / modulus);
            squares[node] += relative;
            largest[node] = modulus;
        } else if (modulus > 0) {
            squares[node] += relative * squared(modulus / largest[node]);
        }
    }

    private static double squared(double value) {
        return value * value;
    }

    Ends plus(Ends more) {
        Ends both = new Ends(added(sum, more.sum), added(absolute, more.absolute), largest.clone(), squares.clone());
        for (int node = 0; node < sum.length; node++) {
            both.addSquares(node, more.largest[node], more.squares[node]);
        }
        return both;
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
        return absolute[node] == 0 ? 0 : squares[node] / squared(absolute[node] / largest[node]);
    }

    private static double[] added(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
