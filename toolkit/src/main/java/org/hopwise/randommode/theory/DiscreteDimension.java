package org.hopwise.randommode.theory;

import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.hopwise.randommode.averages.GaussianAverages;
import org.hopwise.randommode.averages.UnitClass;
import org.hopwise.rnn.Activation;

/**
 * The dimension of activity in discrete time, {@code x(t + 1) = J phi(x(t))}, in closed form: with {@code C_x = g^2
 * <phi^2>} and {@code q = g^2 <phi'>^2},
 *
 * <p>outputs: {@code N / PR = (1 + q^2 / R) / (1 - q^2)}
 *
 * <p>states: {@code N / PR = (2 - q^2 + 1 / R) / (1 - q^2)}
 *
 * <p>with R = alpha PR^D the effective rank (ours, in discrete time; the paper's networks are continuous). For orthogonal couplings, 1 / R = -1, both are exactly 1:
 * the activity fills all N dimensions. Single networks of up to 1,000 units scatter widely below gain 2.
 */
public final class DiscreteDimension {

    private final double gain;
    private final Activation nonlinearity;
    private final double stateVariance;
    private final double loop;

    private DiscreteDimension(double gain, Activation nonlinearity) {
        this.gain = MeanField.requireActive(gain);
        this.nonlinearity = nonlinearity;
        this.stateVariance = variance(gain, nonlinearity, Heterogeneity.none());
        this.loop = Math.pow(gain * GaussianAverages.meanSlope(nonlinearity, stateVariance), 2);
    }

    /**
     * The theory at a gain.
     *
     * @param gain g, the root of N Var(J_ij); at least 1.0005
     * @param nonlinearity phi
     * @return the theory
     * @throws IllegalArgumentException if the gain is 1 or less: all activity dies out
     */
    public static DiscreteDimension of(double gain, Activation nonlinearity) {
        return new DiscreteDimension(gain, nonlinearity);
    }

    /** The variance Q of the common input, the root of Q = g^2 (B^2 phi^2) averaged at variance A^2 Q. */
    static double variance(double gain, Activation phi, Heterogeneity units) {
        double largest = gain * gain * units.mean(UnitClass::outputPower);
        return new BrentSolver(1e-14, 1e-300, 0)
                .findRoot(
                        q -> 1
                                - gain
                                        * gain
                                        * units.mean(u ->
                                                u.outputPower() * GaussianAverages.meanSquare(phi, u.inputPower() * q))
                                        / q,
                        1e-9 * largest,
                        largest);
    }

    /**
     * The gain g that was asked for.
     *
     * @return g
     */
    public double gain() {
        return gain;
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
     * The variance of a state, the same for every effective rank.
     *
     * @return C_x
     */
    public double stateVariance() {
        return stateVariance;
    }

    /**
     * The variance of an output.
     *
     * @return the mean of phi^2
     */
    public double outputVariance() {
        return GaussianAverages.meanSquare(nonlinearity, stateVariance);
    }

    /**
     * How much of a fluctuation is left after a step, on average: q = g^2 meanSlope^2, from 0 to 1.
     *
     * @return q
     */
    public double loopGain() {
        return loop;
    }

    /**
     * N / PR of the outputs phi(x).
     *
     * @return the line
     */
    public RankLine outputs() {
        double rest = 1 - loop * loop;
        return new RankLine(1 / rest, loop * loop / rest);
    }

    /**
     * N / PR of the states x.
     *
     * @return the line
     */
    public RankLine states() {
        double rest = 1 - loop * loop;
        return new RankLine(1 + 1 / rest, 1 / rest);
    }

    @Override
    public String toString() {
        return "dimension at gain %s, %s, in discrete time; states %s, outputs %s"
                .formatted(gain, nonlinearity, states(), outputs());
    }
}
