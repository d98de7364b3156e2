package org.hopwise.randommode.coupling;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Controls for given couplings: each keeps something of a matrix and destroys the rest. All keep the gain.
 */
public final class NullCouplings {

    private NullCouplings() {}

    /**
     * The sources in random order and with random signs: what unit j sent to all its targets, another unit sends, perhaps
     * negated. Keeps all singular values, so the effective rank, and the length of every row, exactly; destroys what left
     * and right modes have to do with each other. The mean of positive couplings becomes about 0.
     *
     * @param couplings J, units x units; row = target, column = source
     * @param seed the randomness; its stream {@code "shuffled sources"} is used
     * @return a new matrix
     */
    public static INDArray shuffledSources(INDArray couplings, Seed seed) {
        DMatrixRMaj j = Nd.square("couplings", couplings);
        Draws draws = new Draws(seed.named("shuffled sources"));
        int n = j.numCols;
        int[] order = shuffled(n, draws::below);
        DMatrixRMaj result = new DMatrixRMaj(n, n);
        for (int column = 0; column < n; column++) {
            double sign = draws.below(2) == 0 ? -1 : 1;
            for (int row = 0; row < n; row++) {
                result.set(row, column, sign * j.get(row, order[column]));
            }
        }
        return Nd.array(result);
    }

    /**
     * Every coupling with a random sign of its own. Keeps sizes and places, and so how unequal the units are; destroys
     * all else.
     *
     * @param couplings J, units x units
     * @param seed the randomness; its stream {@code "random signs"} is used
     * @return a new matrix
     */
    public static INDArray randomSigns(INDArray couplings, Seed seed) {
        DMatrixRMaj j = Nd.square("couplings", couplings);
        Draws draws = new Draws(seed.named("random signs"));
        for (int at = 0; at < j.data.length; at++) {
            j.data[at] *= draws.below(2) == 0 ? -1 : 1;
        }
        return Nd.array(j);
    }

    /**
     * All couplings in random places. Keeps the weights only.
     *
     * @param couplings J, units x units
     * @param seed the randomness; its stream {@code "permuted couplings"} is used
     * @return a new matrix
     */
    public static INDArray permuted(INDArray couplings, Seed seed) {
        DMatrixRMaj j = Nd.square("couplings", couplings);
        Draws draws = new Draws(seed.named("permuted couplings"));
        int[] order = shuffled(j.data.length, draws::below);
        DMatrixRMaj result = new DMatrixRMaj(j.numRows, j.numCols);
        for (int at = 0; at < order.length; at++) {
            result.data[at] = j.data[order[at]];
        }
        return Nd.array(result);
    }

    /** The numbers below a count in random order (Fisher and Yates). */
    private static int[] shuffled(int count, IntUnaryOperator below) {
        int[] order = IntStream.range(0, count).toArray();
        for (int at = count - 1; at > 0; at--) {
            int other = below.applyAsInt(at + 1);
            int kept = order[at];
            order[at] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
