package org.hopwise.train;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Check;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Workspace;
import org.hopwise.internal.linear.SpectralRadiusSlope;

/**
 * beta times the sum of |R|, with R = sum over k = 2 to L + 1 of (alpha / rho)^k (A^k)_io and rho the spectral radius.
 *
 * <p>With g = alpha / rho held fixed this is the summed penalty P at damping g. Hop k scales with the k-th power of all
 * weights together, so g dP/dg = sum of w dP/dw =: E over the three matrices (Euler), and dP/drho = -E / rho.
 */
record NormalisedPenalty(double beta, double alpha, int length) implements FlatPenalty {

    NormalisedPenalty {
        Check.notNegative("beta", beta);
        Check.positive("alpha", alpha);
        Check.positive("length", length);
    }

    @Override
    public double accumulate(Parameters p, Parameters gradient, Workspace work) {
        // The transposed matrix has the same eigenvalues, and a slope transposed alike.
        SpectralRadiusSlope rho =
                SpectralRadiusSlope.of(DMatrixRMaj.wrap(p.hidden, p.hidden, Parameters.doubles(p.recurrent)));
        Parameters slope = work.zeros(p);
        double cost = new SummedPenalty(beta, alpha / rho.radius(), length, false).accumulate(p, slope, work);
        double byRadius = -p.dot(slope) / rho.radius();
        for (int i = 0; i < slope.recurrent.length(); i++) {
            slope.recurrent.set(i, slope.recurrent.get(i) + byRadius * rho.slope().data[i]);
        }
        gradient.add(1, slope);
        return cost;
    }

    @Override
    public String toString() {
        return "R-normalised (beta %s, alpha %s, length %d)".formatted(beta, alpha, length);
    }
}
