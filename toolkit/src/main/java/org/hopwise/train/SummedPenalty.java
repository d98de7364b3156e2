package org.hopwise.train;

import org.hopwise.internal.Check;
import org.hopwise.internal.Products;

/**
 * beta times the sum of |R|, with R = sum over k = 2 to L + 1 of alpha^k (A^k)_io, on the weights (R-sum) or on their
 * moduli (R-abs).
 *
 * <p>In source x target matrices I, H, O: Z_0 = I, Z_j = I + alpha Z_(j-1) H, R = alpha^2 Z_(L-1) O. Backwards, with S the
 * signs of R: dO = alpha^2 Z_(L-1)' S and D = alpha^2 S O'; for j = L - 1 down to 1: dI += D, dH += alpha Z_(j-1)' D,
 * D = alpha D H'; at last dI += D.
 */
record SummedPenalty(double beta, double alpha, int length, boolean absolute) implements FlatPenalty {

    SummedPenalty {
        Check.notNegative("beta", beta);
        Check.positive("alpha", alpha);
        Check.positive("length", length);
    }

    @Override
    public double accumulate(Parameters p, Parameters gradient) {
        if (!absolute) {
            return accumulateSum(p, gradient);
        }
        Parameters moduli = p.zeros();
        moduli.add(1, p);
        for (double[] array : moduli.arrays()) {
            for (int i = 0; i < array.length; i++) {
                array[i] = Math.abs(array[i]);
            }
        }
        Parameters slope = p.zeros();
        double cost = accumulateSum(moduli, slope);
        double[][] from = slope.arrays();
        double[][] weights = p.arrays();
        double[][] into = gradient.arrays();
        for (int a = 0; a < from.length; a++) {
            for (int i = 0; i < from[a].length; i++) {
                into[a][i] += from[a][i] * Math.signum(weights[a][i]);
            }
        }
        return cost;
    }

    private double accumulateSum(Parameters w, Parameters gradient) {
        int i = w.inputs;
        int h = w.hidden;
        int o = w.outputs;
        double[][] z = new double[length][];
        z[0] = w.input;
        double[] scaled = w.recurrent.clone();
        for (int at = 0; at < scaled.length; at++) {
            scaled[at] *= alpha;
        }
        for (int j = 1; j < length; j++) {
            z[j] = w.input.clone();
            Products.addProduct(z[j - 1], 0, scaled, z[j], 0, i, h, h);
        }
        double[] r = new double[i * o];
        Products.addProduct(z[length - 1], 0, w.output, r, 0, i, h, o);
        double[] signs = new double[i * o];
        double cost = FlatPenalty.signs(r, beta * alpha * alpha, signs);
        Products.addTransposedProduct(z[length - 1], 0, signs, 0, gradient.output, i, h, o);
        double[] outputTransposed = new double[o * h];
        Products.transpose(w.output, h, o, outputTransposed);
        double[] d = new double[i * h];
        Products.addProduct(signs, 0, outputTransposed, d, 0, i, o, h);
        double[] scaledTransposed = new double[h * h];
        Products.transpose(scaled, h, h, scaledTransposed);
        double[] recurrent = new double[h * h];
        for (int j = length - 1; j >= 1; j--) {
            add(1, d, gradient.input);
            Products.addTransposedProduct(z[j - 1], 0, d, 0, recurrent, i, h, h);
            double[] earlier = new double[i * h];
            Products.addProduct(d, 0, scaledTransposed, earlier, 0, i, h, h);
            d = earlier;
        }
        add(1, d, gradient.input);
        add(alpha, recurrent, gradient.recurrent);
        return cost;
    }

    private static void add(double factor, double[] from, double[] into) {
        for (int at = 0; at < from.length; at++) {
            into[at] += factor * from[at];
        }
    }

    @Override
    public String toString() {
        return "%s (beta %s, alpha %s, length %d)".formatted(absolute ? "R-abs" : "R-sum", beta, alpha, length);
    }
}
