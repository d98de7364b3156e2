package org.hopwise.randommode.theory;

import java.util.Locale;
import java.util.function.DoubleFunction;
import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.hopwise.randommode.averages.GaussianAverages;

/**
 * The decaying solution of (1 - d^2/dtau^2) C = g^2 F(C), F at variance C(0), by quadrature instead of shooting.
 *
 * <p>The equation is Newton's, with the energy C'^2 - V(C), V = C^2 - 2 g^2 G(C); on the orbit that decays to rest the
 * energy is 0, so V(C0) = 0 fixes C0. With C = C0 / cosh^2 v the time is the integral of 2 C tanh v / sqrt(V), whose
 * integrand is smooth and runs to 2 / lambda. Lags stand on a uniform grid in units of 1 / lambda.
 */
final class LagSolution {

    /** Grid step in units of 1 / lambda; Runge-Kutta errors are of fourth order in it, about 1e-10. */
    private static final double STEP = 0.007;

    /** The grid reaches to lag 42 / lambda, where C has fallen to 1e-18 of C0. */
    private static final int POINTS = 6001;

    /** Below this v the difference V loses digits and is integrated from C to C0 instead. */
    private static final double NEAR_TOP = 0.25;

    /** Largest relative violation of C0 = g^2 int exp(-tau) F(C(tau)) that is let through. */
    private static final double RESIDUAL = 1e-7;

    final double gain;
    final GaussianAverages averages;
    final double variance;
    final double decayRate;
    final double step;
    private final double[] v = new double[POINTS];
    private final double[] covariance = new double[POINTS];

    private LagSolution(double gain, GaussianAverages averages) {
        this.gain = gain;
        this.averages = averages;
        this.variance = averages.variance();
        double slope = gain * averages.meanSlope();
        this.decayRate = Math.sqrt((1 - slope) * (1 + slope));
        this.step = STEP / decayRate;
    }

    /**
     * The solution at gain g.
     *
     * @param averages the averages as a function of the variance
     * @param largest an upper bound of C0
     */
    static LagSolution of(double gain, DoubleFunction<? extends GaussianAverages> averages, double largest) {
        double variance = new BrentSolver(1e-15, 1e-300, 0)
                .findRoot(c -> 1 - 2 * gain * gain * averages.apply(c).integral(c) / (c * c), 1e-9 * largest, largest);
        LagSolution solution = new LagSolution(gain, averages.apply(variance));
        solution.integrate();
        double residual = solution.residual();
        if (!(residual < RESIDUAL)) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "The mean field at gain %s did not converge: C(0) and the integral that must equal it differ by"
                            + " %.2g of C(0), allowed are %.0e. Use a gain farther from 1, or a smaller one if it is"
                            + " above 10.",
                    gain,
                    residual,
                    RESIDUAL));
        }
        return solution;
    }

    private void integrate() {
        for (int j = 0; j < POINTS; j++) {
            covariance[j] = at(v[j]);
            if (j + 1 < POINTS) {
                double k1 = rate(v[j]);
                double k2 = rate(v[j] + step / 2 * k1);
                double k3 = rate(v[j] + step / 2 * k2);
                double k4 = rate(v[j] + step * k3);
                v[j + 1] = v[j] + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
            }
        }
    }

    private double at(double place) {
        double cosh = Math.cosh(place);
        return variance / (cosh * cosh);
    }

    /** dv/dtau = sqrt(V) / (2 C tanh v). */
    private double rate(double place) {
        double c = at(place);
        double tanh = Math.tanh(place);
        if (Math.abs(place) > NEAR_TOP) {
            return Math.sqrt(c * c - 2 * gain * gain * averages.integral(c)) / (2 * c * tanh);
        }
        double mean = 0;
        for (int i = 0; i < GaussLegendre.NODES.length; i++) {
            double between = variance * (1 - tanh * tanh * GaussLegendre.NODES[i]);
            mean += GaussLegendre.WEIGHTS[i] * (gain * gain * averages.covariance(between) - between);
        }
        return Math.sqrt(2 * variance * mean) / (2 * c);
    }

    /** The violation of C0 = g^2 int_0^infinity exp(-tau) F(C(tau)) dtau, relative to C0; Simpson's rule to lag 40. */
    private double residual() {
        int intervals = 2000;
        double width = 40.0 / intervals;
        double sum = 0;
        for (int j = 0; j <= intervals; j++) {
            double weight = j == 0 || j == intervals ? 1 : 2 + 2 * (j & 1);
            sum += weight * Math.exp(-j * width) * averages.covariance(covariance(j * width));
        }
        return Math.abs(gain * gain * sum * width / 3 / variance - 1);
    }

    int points() {
        return POINTS;
    }

    /** C on the grid, at lag j step. */
    double covariance(int j) {
        return covariance[j];
    }

    /** C at any lag, by Hermite's cubic in v, and with the asymptotic rate beyond the grid. */
    double covariance(double lag) {
        double place = Math.abs(lag) / step;
        int j = (int) Math.min(place, POINTS - 2);
        double t = place - j;
        if (t > 1) {
            return at(v[POINTS - 1] + (place - POINTS + 1) * step * decayRate / 2);
        }
        double from = step * rate(v[j]);
        double to = step * rate(v[j + 1]);
        double rise = v[j + 1] - v[j];
        return at(v[j] + t * (from + t * (3 * rise - 2 * from - to + t * (from + to - 2 * rise))));
    }

    /** F(C) on the grid. */
    double[] outputs() {
        double[] outputs = new double[POINTS];
        for (int j = 0; j < POINTS; j++) {
            outputs[j] = averages.covariance(covariance[j]);
        }
        return outputs;
    }

    /**
     * The lowest E for which -psi'' + (1 - g^2 F'(C(tau))) psi = E psi has an even solution that vanishes at infinity:
     * Numerov's rule, and bisection on whether psi crosses zero.
     */
    double groundState() {
        double[] potential = new double[POINTS];
        for (int j = 0; j < POINTS; j++) {
            potential[j] = 1 - gain * gain * averages.slopeCovariance(covariance[j]);
        }
        double low = potential[0];
        double high = 0;
        while (high - low > 1e-14 * (1 - low)) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (crosses(potential, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return (low + high) / 2;
    }

    private boolean crosses(double[] potential, double energy) {
        double twelfth = step * step / 12;
        double before = 1;
        double psi = (1 + 5 * twelfth * (potential[0] - energy)) / (1 - twelfth * (potential[1] - energy));
        for (int j = 1; j + 1 < POINTS; j++) {
            double next = (2 * (1 + 5 * twelfth * (potential[j] - energy)) * psi
                            - (1 - twelfth * (potential[j - 1] - energy)) * before)
                    / (1 - twelfth * (potential[j + 1] - energy));
            if (next < 0) {
                return true;
            }
            if (next > 1e200) {
                return false;
            }
            before = psi;
            psi = next;
        }
        return false;
    }
}
