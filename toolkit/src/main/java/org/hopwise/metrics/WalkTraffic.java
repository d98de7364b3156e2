package org.hopwise.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.Weights;

/**
 * What walks carry through each hidden unit [O]: all walks from inputs to outputs of 2 to L + 1 edges, each counted
 * once a visit, {@code V_u = sum_k alpha^k sum_(p=1)^(k-1) (1' Wout Whh^(k-1-p))_u (Whh^(p-1) Win 1)_u}. Summed over
 * units it is {@code sum_k alpha^k (k - 1) 1' K_k 1} with the hop blocks K_k [D]. Where node strength looks one link
 * far and adds what comes in to what goes out, traffic multiplies them along whole walks; for k = 2 it is alpha^2
 * times in-sum times out-sum.
 *
 * <p>Cost: L hidden^2. Memory: 4 L hidden numbers.
 */
public final class WalkTraffic {

    private final double[] signed;
    private final double[] absolute;

    private WalkTraffic(double[] signed, double[] absolute) {
        this.signed = signed;
        this.absolute = absolute;
    }

    /**
     * The traffic of a network.
     *
     * @param weights the weights
     * @param length the number of time steps L, at least 1: walks have up to L + 1 edges
     * @param alpha how much of a walk is left after each edge, above 0 and at most 1
     * @return the traffic
     * @throws IllegalArgumentException if length or alpha is out of bounds, or traffic grows beyond double precision
     */
    public static WalkTraffic of(Weights weights, int length, double alpha) {
        Given.required("weights", weights, "pass the weights of a network");
        Check.positive("length", length);
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha is %s; it must be above 0 and at most 1.".formatted(alpha));
        }
        int hidden = weights.hidden();
        String what = "Walks of up to %.0f edges through %d units".formatted(length + 1.0, hidden);
        Memory.require(what, 2 * 8.0 * length * hidden + 2 * 8.0 * hidden * hidden, "Use a smaller length");
        Matrices m = WeightsDoor.matrices(weights);
        double[] signed = traffic(m.input(), m.recurrent(), m.output(), length, alpha);
        Matrices moduli = WeightsDoor.copy(weights);
        CommonOps_DDRM.abs(moduli.input());
        CommonOps_DDRM.abs(moduli.recurrent());
        CommonOps_DDRM.abs(moduli.output());
        double[] absolute = traffic(moduli.input(), moduli.recurrent(), moduli.output(), length, alpha);
        return new WalkTraffic(signed, absolute);
    }

    /**
     * V_u = alpha^2 sum_(j=0)^(L-1) alpha^j f_j sum_(i=0)^(L-1-j) alpha^i a_i, with f_j = Whh^j Win 1 what arrives
     * after j recurrent links and a_i = 1' Wout Whh^i what leaves over i more; the inner sum is a running one.
     */
    private static double[] traffic(
            DMatrixRMaj input, DMatrixRMaj recurrent, DMatrixRMaj output, int length, double alpha) {
        int hidden = recurrent.numRows;
        double[][] arriving = new double[length][];
        double[] forward = Ends.in(input).sums();
        for (int j = 0; j < length; j++) {
            arriving[j] = forward;
            if (j < length - 1) {
                forward = scaled(alpha, recurrent, forward);
            }
        }
        double[] backward = Ends.out(output).sums();
        double[] leaving = new double[hidden];
        double[] traffic = new double[hidden];
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(recurrent, null);
        for (int j = length - 1; j >= 0; j--) {
            for (int u = 0; u < hidden; u++) {
                leaving[u] += backward[u];
                traffic[u] += alpha * alpha * arriving[j][u] * leaving[u];
            }
            if (j > 0) {
                backward = scaled(alpha, transposed, backward);
            }
        }
        for (int u = 0; u < hidden; u++) {
            if (!Double.isFinite(traffic[u])) {
                throw new IllegalArgumentException(
                        "traffic of unit %d grows beyond double precision over %d edges; use a smaller length or alpha."
                                .formatted(u + 1, length + 1));
            }
        }
        return traffic;
    }

    private static double[] scaled(double alpha, DMatrixRMaj matrix, double[] vector) {
        double[] result = new double[vector.length];
        CommonOps_DDRM.mult(
                alpha, matrix, DMatrixRMaj.wrap(vector.length, 1, vector), DMatrixRMaj.wrap(result.length, 1, result));
        return result;
    }

    /**
     * Traffic with signs, so that walks may cancel.
     *
     * @return V, one value a hidden unit
     */
    public double[] signed() {
        return signed.clone();
    }

    /**
     * Traffic on the moduli of all weights, where nothing cancels.
     *
     * @return one value a hidden unit, 0 or more
     */
    public double[] absolute() {
        return absolute.clone();
    }

    /** The sums, such as {@code traffic through 7 hidden units: -18.2 signed, 1.2e+04 absolute}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "traffic through %d hidden units: %.4g signed, %.4g absolute",
                signed.length,
                Arrays.stream(signed).sum(),
                Arrays.stream(absolute).sum());
    }
}
