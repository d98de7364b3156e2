package org.hopwise.graph;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.hopwise.internal.array.TallMatrix;

/**
 * Communicability over walks of all lengths: the sum of A^k / k! from the first hop p on, read at the targets. With b what
 * the sources reach at hop p, it is x(1) of x' = A x + t^(p - 1) b, x(0) = 0, for p = 1 or 2. That is followed in steps of
 * norm at most 1, each a Taylor series, so that nothing cancels where weights are negative, and with a common power of two
 * taken out, so that nothing overflows on the way.
 */
final class ExponentialWalks {

    private static final int MOST_STEPS = 100_000;

    /** The 200th term of a step is below the smallest double. */
    private static final int MOST_TERMS = 200;

    private static final double NEGLIGIBLE = 1e-17;

    private static final double LARGE = 0x1p600;

    /** Beyond, a unit on the way holds more than a double can, and small results would vanish beside it. */
    private static final int MOST_EXPONENT = 1_200;

    private ExponentialWalks() {}

    static DMatrixRMaj sum(Walks walks, double scale) {
        double norm = scale * walks.norm();
        if (!(norm <= MOST_STEPS)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "weights into a unit add up to %.3g; communicability goes up to %d. Scale or normalise them.",
                    norm,
                    MOST_STEPS));
        }
        int steps = Math.max(1, (int) Math.ceil(norm));
        double h = 1.0 / steps;
        int first = walks.firstHop();
        TallMatrix given = walks.start();
        given.scale(Math.pow(scale, first));
        TallMatrix x = new TallMatrix(given.rows(), given.columns());
        TallMatrix term = new TallMatrix(given.rows(), given.columns());
        TallMatrix next = new TallMatrix(given.rows(), given.columns());
        boolean[] leading = walks.leading();
        int exponent = 0;
        for (int step = 0; step < steps; step++) {
            // h x' = h (A x + t^(p - 1) b)
            walks.step(x, term);
            term.scale(h * scale);
            double now = first == 1 ? 1 : step * h;
            add(term, Math.scalb(h * now, -exponent), given);
            keep(term, leading);
            add(x, 1, term);
            for (int k = 2; k <= MOST_TERMS && (k < 4 || counts(term, x)); k++) {
                walks.step(term, next);
                next.scale(h * scale / k);
                if (k == 2 && first == 2) {
                    add(next, Math.scalb(h * h / 2, -exponent), given);
                }
                keep(next, leading);
                TallMatrix swap = term;
                term = next;
                next = swap;
                add(x, 1, term);
            }
            if (x.maxAbs() > LARGE) {
                x.scale(1 / LARGE);
                exponent += 600;
                if (exponent > MOST_EXPONENT) {
                    throw DivergentWalksException.tooLarge();
                }
            }
        }
        DMatrixRMaj sum = walks.read(x);
        for (int i = 0; i < sum.data.length; i++) {
            sum.data[i] = Math.scalb(sum.data[i], exponent);
        }
        if (MatrixFeatures_DDRM.hasUncountable(sum)) {
            throw DivergentWalksException.tooLarge();
        }
        return sum;
    }

    /** What cannot reach a target is left out, for it may overflow where the result does not. */
    private static void keep(TallMatrix term, boolean[] leading) {
        int width = term.at(1) - term.at(0);
        for (int unit = 0; unit < leading.length; unit++) {
            if (!leading[unit]) {
                Arrays.fill(term.data(), term.at(unit), term.at(unit) + width, 0);
            }
        }
    }

    private static void add(TallMatrix to, double factor, TallMatrix what) {
        double[] sum = to.data();
        double[] added = what.data();
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.fma(factor, added[i], sum[i]);
        }
    }

    /** Whether a term changes any entry: at the end of a long chain it is all there is. */
    private static boolean counts(TallMatrix term, TallMatrix sum) {
        double[] terms = term.data();
        double[] sums = sum.data();
        for (int i = 0; i < terms.length; i++) {
            if (Math.abs(terms[i]) > NEGLIGIBLE * Math.abs(sums[i])) {
                return true;
            }
        }
        return false;
    }
}
