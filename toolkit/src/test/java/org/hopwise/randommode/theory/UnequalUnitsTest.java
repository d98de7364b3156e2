package org.hopwise.randommode.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hopwise.randommode.averages.GaussianAverages;
import org.hopwise.randommode.averages.MixtureAverages;
import org.hopwise.rnn.Activation;
import org.junit.jupiter.api.Test;

/** The continuous-time theory of unequal units against its formulas, summed over a uniform grid of both frequencies. */
class UnequalUnitsTest {

    private static final double GAIN = 3;
    private static final double[] A = {0.7, 1.3};
    private static final double[] B = {1.2, 0.9};
    private static final double SPACING = 0.025;
    private static final int REACH = 600;

    private final LagSolution solution;
    private final double[][] outputs = new double[2][REACH + 1];
    private final double[] common = new double[REACH + 1];
    private final double[] slopes2 = new double[2];
    private final double[] variances = new double[2];

    UnequalUnitsTest() {
        var units = Heterogeneity.of(A, B);
        solution = LagSolution.of(
                GAIN, variance -> MixtureAverages.of(Activation.ERF, units.classes(), variance), 2 * GAIN * GAIN);
        for (int i = 0; i < 2; i++) {
            double[] lags = new double[solution.points()];
            var averages = GaussianAverages.of(Activation.ERF, A[i] * A[i] * solution.variance);
            for (int j = 0; j < lags.length; j++) {
                lags[j] = averages.covariance(A[i] * A[i] * solution.covariance(j));
            }
            for (int k = 0; k <= REACH; k++) {
                outputs[i][k] = PowerSpectrum.transform(lags, solution.step, k * SPACING);
                double w = k * SPACING;
                common[k] += GAIN * GAIN * B[i] * B[i] * outputs[i][k] / 2 / (1 + w * w);
            }
            slopes2[i] = Math.pow(averages.meanSlope(), 2);
            variances[i] = lags[0];
        }
    }

    /** N / PR at an inverse effective rank, as the class comment of HeterogeneousDimension states it. */
    private double unitsPerDimension(boolean isOutput, boolean isScored, double inverse) {
        double sum = 0;
        for (int k1 = -REACH; k1 <= REACH; k1++) {
            for (int k2 = -REACH; k2 <= REACH; k2++) {
                sum += product(isOutput, isScored, inverse, k1, k2);
            }
        }
        double trace = isScored
                ? 1
                : isOutput ? (variances[0] + variances[1]) / 2 : solution.variance * (A[0] * A[0] + A[1] * A[1]) / 2;
        return sum * Math.pow(SPACING / (2 * Math.PI) / trace, 2);
    }

    private double product(boolean isOutput, boolean isScored, double inverse, int k1, int k2) {
        double w1 = k1 * SPACING;
        double w2 = k2 * SPACING;
        double g2 = GAIN * GAIN;
        // S_x S_x' = 1 / ((1 + i w1) (1 + i w2)) and 1 / (1 - u), as real and imaginary parts.
        double norm = (1 + w1 * w1) * (1 + w2 * w2);
        double[] s = {(1 - w1 * w2) / norm, -(w1 + w2) / norm};
        double loop = g2 * (A[0] * A[0] * B[0] * B[0] * slopes2[0] + A[1] * A[1] * B[1] * B[1] * slopes2[1]) / 2;
        double[] rest = {1 - loop * s[0], -loop * s[1]};
        double square = rest[0] * rest[0] + rest[1] * rest[1];
        double[] ratio = {(s[0] * rest[0] + s[1] * rest[1]) / square, (s[1] * rest[0] - s[0] * rest[1]) / square};
        double size = ratio[0] * ratio[0] + ratio[1] * ratio[1];
        double b2c1 = 0;
        double b2c2 = 0;
        double b4cc = 0;
        double a = 0;
        double wa2 = 0;
        double own = 0;
        double states = 0;
        double w2a4 = 0;
        for (int i = 0; i < 2; i++) {
            double c1 = outputs[i][Math.abs(k1)];
            double c2 = outputs[i][Math.abs(k2)];
            double a2 = A[i] * A[i];
            double w = !isScored ? 1 : isOutput ? 1 / variances[i] : 1 / (a2 * solution.variance);
            a += g2 * w * a2 * slopes2[i] / 2;
            wa2 += w * a2 / 2;
            w2a4 += w * w * a2 * a2 / 2;
            b2c1 += B[i] * B[i] * c1 / 2;
            b2c2 += B[i] * B[i] * c2 / 2;
            b4cc += Math.pow(B[i], 4) * c1 * c2 / 2;
            states += w * a2 * a2 * B[i] * B[i] * slopes2[i] / 2;
        }
        for (int i = 0; i < 2; i++) {
            double w = isScored ? 1 / variances[i] : 1;
            double re = w + B[i] * B[i] * a * ratio[0];
            double im = B[i] * B[i] * a * ratio[1];
            own += outputs[i][Math.abs(k1)] * outputs[i][Math.abs(k2)] * (re * re + im * im) / 2;
        }
        double q = common[Math.abs(k1)] * common[Math.abs(k2)];
        return isOutput
                ? own + inverse * a * a * size * b2c1 * b2c2
                : w2a4 * q
                        + g2 * g2 * size * wa2 * wa2 * (b4cc + inverse * b2c1 * b2c2)
                        + 2 * g2 * ratio[0] * wa2 * states * q;
    }

    @Test
    void allFourLinesAreThoseOfTheStatedFormulas() {
        var theory = HeterogeneousDimension.continuous(GAIN, Activation.ERF, Heterogeneity.of(A, B));
        assertLine(theory.outputs(), true, false);
        assertLine(theory.states(), false, false);
        assertLine(theory.scoredOutputs(), true, true);
        assertLine(theory.scoredStates(), false, true);
    }

    private void assertLine(RankLine line, boolean isOutput, boolean isScored) {
        double tolerance = 1e-6;
        double independent = unitsPerDimension(isOutput, isScored, 0);
        double low = unitsPerDimension(isOutput, isScored, 2);
        assertEquals(independent, line.intercept(), tolerance * independent);
        assertEquals(low, line.unitsPerDimension(0.5), tolerance * low);
    }
}
