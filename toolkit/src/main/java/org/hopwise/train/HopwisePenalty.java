package org.hopwise.train;

import org.hopwise.internal.Check;
import org.hopwise.internal.Products;

/**
 * beta times the sum over k = 2 to L + 1 of alpha^k times the sum of |(A^k)_io|.
 *
 * <p>In source x target matrices I, H, O: V_0 = I, V_j = V_(j-1) H, block j + 2 is V_j O, and S_j = alpha^(j+2) times its
 * signs. Backwards: dO = sum of V_j' S_j and D = S_(L-1) O'; for j = L - 1 down to 1: dH += V_(j-1)' D,
 * D = D H' + S_(j-1) O'; at last dI = D.
 */
record HopwisePenalty(double beta, double alpha, int length) implements FlatPenalty {

    HopwisePenalty {
        Check.notNegative("beta", beta);
        Check.positive("alpha", alpha);
        Check.positive("length", length);
    }

    @Override
    public double accumulate(Parameters p, Parameters gradient) {
        int i = p.inputs;
        int h = p.hidden;
        int o = p.outputs;
        double[][] v = new double[length][];
        double[][] s = new double[length][i * o];
        double cost = 0;
        double factor = beta * alpha;
        for (int j = 0; j < length; j++) {
            v[j] = j == 0 ? p.input : new double[i * h];
            if (j > 0) {
                Products.addProduct(v[j - 1], 0, p.recurrent, v[j], 0, i, h, h);
            }
            double[] block = new double[i * o];
            Products.addProduct(v[j], 0, p.output, block, 0, i, h, o);
            factor *= alpha;
            cost += FlatPenalty.signs(block, factor, s[j]);
            Products.addTransposedProduct(v[j], 0, s[j], 0, gradient.output, i, h, o);
        }
        double[] outputTransposed = new double[o * h];
        Products.transpose(p.output, h, o, outputTransposed);
        double[] recurrentTransposed = new double[h * h];
        Products.transpose(p.recurrent, h, h, recurrentTransposed);
        double[] d = new double[i * h];
        Products.addProduct(s[length - 1], 0, outputTransposed, d, 0, i, o, h);
        for (int j = length - 1; j >= 1; j--) {
            Products.addTransposedProduct(v[j - 1], 0, d, 0, gradient.recurrent, i, h, h);
            double[] earlier = new double[i * h];
            Products.addProduct(d, 0, recurrentTransposed, earlier, 0, i, h, h);
            Products.addProduct(s[j - 1], 0, outputTransposed, earlier, 0, i, o, h);
            d = earlier;
        }
        for (int at = 0; at < d.length; at++) {
            gradient.input[at] += d[at];
        }
        return cost;
    }

    @Override
    public String toString() {
        return "R-hop (beta %s, alpha %s, length %d)".formatted(beta, alpha, length);
    }
}
