package org.hopwise.train;

import org.hopwise.internal.Check;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.Workspace;
import org.hopwise.internal.machine.Interruption;

/**
 * beta times the sum of |R|, with R = sum over k = 2 to L + 1 of alpha^k (A^k)_io, on the weights (R-sum) or on their
 * moduli (R-abs).
 *
 * <p>In source x target matrices I, H, O: Z_0 = I, Z_j = I + alpha Z_(j-1) H, R = alpha^2 Z_(L-1) O. Backwards, with S the
 * slopes beta alpha^2 times the signs of R: dO = Z_(L-1)' S and D_(L-1) = S O'; for j = L - 1 down to 1:
 * dH += alpha Z_(j-1)' D_j, D_(j-1) = alpha D_j H'; dI is the sum of all D_j.
 */
record SummedPenalty(double beta, double alpha, int length, boolean absolute) implements FlatPenalty {

    SummedPenalty {
        Check.notNegative("beta", beta);
        Check.positive("alpha", alpha);
        Check.positive("length", length);
    }

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        if (!absolute) {
            return accumulateSum(p, gradient, work);
        }
        Parameters moduli = work.zeros(p);
        Parameters slope = work.zeros(p);
        for (int a = 0; a < p.arrays.length; a++) {
            moduli.arrays[a].moduli(p.arrays[a]);
        }
        double cost = accumulateSum(moduli, slope, work);
        for (int a = 0; a < p.arrays.length; a++) {
            gradient.arrays[a].addTimesSign(slope.arrays[a], p.arrays[a]);
        }
        return cost;
    }

    private double accumulateSum(Parameters w, Parameters gradient, Workspace work) {
        int i = w.inputs;
        int h = w.hidden;
        int o = w.outputs;
        int slab = i * h;
        int last = (length - 1) * slab;
        Reals damped = work.reals(h * h);
        damped.copy(0, w.recurrent);
        damped.scale(alpha);
        Reals z = work.reals((double) length * slab);
        z.fillRows(w.input);
        Reals factor = work.factor(damped, h, h);
        for (int j = 1; j < length; j++) {
            Interruption.check();
            z.product(j * slab, z, (j - 1) * slab, factor, i, h, h, true);
        }
        Reals slopes = work.reals(i * o);
        slopes.product(0, z, last, work.factor(w.output, h, o), i, h, o, false);
        double cost = slopes.signs(beta * alpha * alpha, 0, i * o);
        gradient.output.addTransposedProduct(z, last, slopes, 0, i, h, o);
        Reals d = work.reals((double) length * slab);
        d.product(last, slopes, 0, work.transposedFactor(w.output, h, o), i, o, h, false);
        Reals dampedTransposed = work.transposedFactor(damped, h, h);
        for (int j = length - 1; j >= 1; j--) {
            Interruption.check();
            d.product((j - 1) * slab, d, j * slab, dampedTransposed, i, h, h, false);
        }
        gradient.input.addRows(d);
        d.scale(alpha);
        gradient.recurrent.addTransposedProduct(z, 0, d, slab, (length - 1) * i, h, h);
        return cost;
    }

    @Override
    public String toString() {
        return "%s (beta %s, alpha %s, length %d)".formatted(absolute ? "R-abs" : "R-sum", beta, alpha, length);
    }
}
