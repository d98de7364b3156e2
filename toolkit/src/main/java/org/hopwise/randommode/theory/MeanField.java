package org.hopwise.randommode.theory;

import java.util.Locale;
import org.hopwise.internal.Check;
import org.hopwise.randommode.averages.GaussianAverages;
import org.hopwise.rnn.Activation;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What one unit of a large random network does: each x_i is an independent stationary Gaussian process with
 *
 * <p>{@code (1 - d^2/dtau^2) C_x(tau) = g^2 C_phi(tau)}, {@code C_phi(tau) = <phi(x(t)) phi(x(t + tau))>},
 *
 * <p>where {@code g^2 = N Var(J_ij)}. Of the couplings only g enters: covariances, response and the largest Lyapunov
 * exponent do not depend on the effective rank (equation 37). Below g = 1 the only solution is
 * 0; see {@link #solve}.
 *
 * <p>Solved by quadrature, not by shooting or iteration; values are good to about 1e-9. Source: arXiv 2409.01969 and
 * arXiv 2207.12373.
 */
public final class MeanField {

    /** Closer to 1 the digits of the decay rate, of order g - 1, are lost. */
    private static final double LEAST_EXCESS = 5e-4;

    private final Activation nonlinearity;
    private final LagSolution solution;
    private final double lyapunovExponent;

    private MeanField(Activation nonlinearity, LagSolution solution) {
        this.nonlinearity = nonlinearity;
        this.solution = solution;
        this.lyapunovExponent = -1 + Math.sqrt(1 - solution.groundState());
    }

    /**
     * Solves the mean field. Costs below 0.1 s for erf; for tanh 0.2 s at gain 5, 1 s at gain 10 and 2 s at gain 15.
     *
     * @param gain g, the root of N Var(J_ij); at least 1.0005, for tanh at most about 15
     * @param nonlinearity phi
     * @return the solution
     * @throws IllegalArgumentException if the gain is 1 or less: there all activity dies out, so variances are 0 and
     *     there is no dimension to speak of; or if it lies outside the range above
     * @throws IllegalStateException if the solution misses its own equation, with the residual
     */
    public static MeanField solve(double gain, Activation nonlinearity) {
        return new MeanField(
                nonlinearity,
                LagSolution.of(
                        requireActive(gain), variance -> GaussianAverages.of(nonlinearity, variance), gain * gain));
    }

    /** The gain, if a network of that gain is active. */
    static double requireActive(double gain) {
        Check.positive("gain", gain);
        if (gain <= 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "gain is %s; at 1 or less all activity dies out (phi has slope 1 at 0 and less elsewhere), so every"
                            + " variance is 0 and a dimension is not defined. Use a gain above 1.",
                    gain));
        }
        if (gain < 1 + LEAST_EXCESS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "gain is %s; between 1 and %s double precision does not resolve the slow decay. Use a larger gain,"
                            + " or the onset law N/PR = %.4f / (g - 1)^3 for independent couplings.",
                    gain,
                    1 + LEAST_EXCESS,
                    DimensionTheory.ONSET));
        }
        return gain;
    }

    LagSolution solution() {
        return solution;
    }

    /**
     * The gain g that was asked for.
     *
     * @return g
     */
    public double gain() {
        return solution.gain;
    }

    /**
     * The nonlinearity that was asked for.
     *
     * @return phi
     */
    public Activation nonlinearity() {
        return nonlinearity;
    }

    /**
     * The variance of a state.
     *
     * @return C_x(0)
     */
    public double stateVariance() {
        return solution.variance;
    }

    /**
     * The variance of an output.
     *
     * @return C_phi(0)
     */
    public double outputVariance() {
        return solution.averages.covariance(solution.variance);
    }

    /**
     * The mean slope of phi, the gain of a unit's response S(w) = meanSlope / (1 + i w).
     *
     * @return the mean of phi'(x)
     */
    public double meanSlope() {
        return solution.averages.meanSlope();
    }

    /**
     * The rate at which covariances decay in the end, sqrt(1 - g^2 meanSlope^2), in units of 1 / time constant.
     *
     * @return lambda
     */
    public double decayRate() {
        return solution.decayRate;
    }

    /**
     * The largest Lyapunov exponent, -1 + sqrt(1 - E0), E0 the ground state of {@code -d^2/dtau^2 + 1 - g^2 <phi' phi'>(tau)},
     * in units of 1 / time constant. Above 0: the activity is chaotic.
     *
     * @return the exponent
     */
    public double lyapunovExponent() {
        return lyapunovExponent;
    }

    /**
     * The covariance of a state with itself a lag later.
     *
     * @param lag tau, in time constants, of either sign
     * @return C_x(tau)
     */
    public double stateCovariance(double lag) {
        return solution.covariance(requireFinite("lag", lag));
    }

    /**
     * The covariance of an output with itself a lag later.
     *
     * @param lag tau, in time constants, of either sign
     * @return C_phi(tau)
     */
    public double outputCovariance(double lag) {
        return solution.averages.covariance(stateCovariance(lag));
    }

    /**
     * The power spectrum of an output, the Fourier transform of C_phi.
     *
     * @param frequency w, in radians per time constant
     * @return C_phi(w); C_phi(0) is its integral over dw / (2 pi)
     */
    public double outputSpectrum(double frequency) {
        return PowerSpectrum.transform(solution.outputs(), solution.step, requireFinite("frequency", frequency));
    }

    /**
     * The power spectrum of a state.
     *
     * @param frequency w, in radians per time constant
     * @return C_x(w) = g^2 C_phi(w) / (1 + w^2)
     */
    public double stateSpectrum(double frequency) {
        return gain() * gain() * outputSpectrum(frequency) / (1 + frequency * frequency);
    }

    /**
     * The covariances as a tidy table.
     *
     * @param lags the lags, in time constants
     * @return columns gain, nonlinearity, lag, state, output; one row a lag
     */
    public Table toTable(double... lags) {
        Table table = Table.create(
                "mean field",
                DoubleColumn.create("gain"),
                StringColumn.create("nonlinearity"),
                DoubleColumn.create("lag"),
                DoubleColumn.create("state"),
                DoubleColumn.create("output"));
        for (double lag : lags) {
            table.doubleColumn("gain").append(gain());
            table.stringColumn("nonlinearity").append(nonlinearity.toString());
            table.doubleColumn("lag").append(lag);
            table.doubleColumn("state").append(stateCovariance(lag));
            table.doubleColumn("output").append(outputCovariance(lag));
        }
        return table;
    }

    private static double requireFinite(String name, double value) {
        Check.finite(name, new double[] {value}, 0);
        return value;
    }

    /** Gain, nonlinearity and the numbers of the solution on one line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "mean field at gain %s, %s: C_x(0) = %.6g, C_phi(0) = %.6g, mean slope %.6g, decay rate %.6g,"
                        + " Lyapunov exponent %.6g",
                gain(),
                nonlinearity,
                stateVariance(),
                outputVariance(),
                meanSlope(),
                decayRate(),
                lyapunovExponent);
    }
}
