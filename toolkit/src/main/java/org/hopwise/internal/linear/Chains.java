package org.hopwise.internal.linear;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.machine.Interruption;

/**
 * The spectral radius of a strongly connected matrix without negative entries whose units mostly stand in chains, with one
 * entry in and one out, as on a ring with a few shortcuts: its eigenvalues crowd around a circle, where no iteration tells
 * them apart, but only the few units between chains matter.
 *
 * <p>A chain of l entries with product w is one entry w lambda^-l. With N(lambda) the matrix of these among the others, the
 * radius r is the one lambda > 0 where the radius of N is 1, which falls with lambda, and faster than 1 / lambda: halving an
 * interval of ln lambda finds it to rounding.
 */
final class Chains {

    private static final int MOST_UNITS = 100;
    private static final int HALVINGS = 64;
    /** Of a logarithm: e to that neither overflows nor vanishes. */
    private static final double FARTHEST = 600;

    private final int[] row;
    private final int[] column;
    /** ln of the product of weights. */
    private final double[] logarithm;

    private final int[] length;
    private final int units;
    private int chains;

    private Chains(int units, int most) {
        this.units = units;
        row = new int[most];
        column = new int[most];
        logarithm = new double[most];
        length = new int[most];
    }

    /**
     * The radius over 2^exponent, or nothing where more than a hundred units stand between chains.
     *
     * @param entries whose moduli count
     */
    static OptionalDouble radius(int n, SparseMatrix.Source entries, int exponent) {
        int[] in = new int[n];
        int[] out = new int[n];
        int[] source = new int[n];
        double[] weight = new double[n];
        double[] rows = new double[n];
        double[] least = {Double.POSITIVE_INFINITY};
        entries.send((to, from, value) -> {
            in[to]++;
            out[from]++;
            source[to] = from;
            weight[to] = Math.scalb(Math.abs(value), -exponent);
            rows[to] += weight[to];
            least[0] = Math.min(least[0], weight[to]);
        });
        int[] place = new int[n];
        int units = 0;
        int kept = 0;
        for (int unit = 0; unit < n; unit++) {
            boolean isBetween = in[unit] != 1 || out[unit] != 1;
            place[unit] = isBetween ? units++ : -1;
            kept += isBetween ? in[unit] : 0;
        }
        if (units == 0 || units > MOST_UNITS || least[0] == 0) {
            return OptionalDouble.empty();
        }
        Chains chains = new Chains(units, kept);
        entries.send((to, from, value) -> {
            if (place[to] >= 0) {
                chains.add(place, place[to], from, Math.scalb(Math.abs(value), -exponent), source, weight);
            }
        });
        double largest = Arrays.stream(rows).max().orElse(0);
        // Row sums enclose the radius.
        return OptionalDouble.of(Math.exp(chains.root(Math.log(least[0]), Math.log(largest))));
    }

    private void add(int[] place, int to, int from, double value, int[] source, double[] weight) {
        double sum = Math.log(value);
        int steps = 1;
        int at = from;
        while (place[at] < 0) {
            sum += Math.log(weight[at]);
            steps++;
            at = source[at];
        }
        row[chains] = to;
        column[chains] = place[at];
        logarithm[chains] = sum;
        length[chains] = steps;
        chains++;
    }

    private double root(double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            Interruption.check();
            double middle = low + (high - low) / 2;
            if (isBelow(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    /** Whether the radius of N(lambda) is above 1, and lambda so below the root. */
    private boolean isBelow(double lnLambda) {
        DMatrixRMaj matrix = new DMatrixRMaj(units, units);
        for (int i = 0; i < chains; i++) {
            double entry = logarithm[i] - length[i] * lnLambda;
            matrix.add(row[i], column[i], Math.exp(Math.max(-FARTHEST, Math.min(FARTHEST, entry))));
        }
        return LinearAlgebra.spectralRadius(Balance.of(matrix)) > 1;
    }
}
