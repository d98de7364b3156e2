package org.hopwise.randommode.averages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hopwise.rnn.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianAveragesTest {

    @ParameterizedTest
    @EnumSource(names = {"ERF", "TANH"})
    void isOddSaturatesAndHasSlopeOneAtZero(Activation phi) {
        assertEquals(1, phi.slope(0));
        assertEquals(-phi.apply(0.7), phi.apply(-0.7));
        assertEquals(1, phi.apply(40));
    }

    @ParameterizedTest
    @EnumSource(names = {"ERF", "TANH"})
    void slopeMatchesFiniteDifferences(Activation phi) {
        for (double x = -3; x <= 3; x += 0.25) {
            assertEquals((phi.apply(x + 1e-5) - phi.apply(x - 1e-5)) / 2e-5, phi.slope(x), 1e-9);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.05, 1e-12", "0.8, 1e-12", "5.6, 1e-11", "17, 1e-9"})
    void theExpansionMeetsTheClosedFormsOfErf(double variance, double tolerance) {
        var closed = GaussianAverages.of(Activation.ERF, variance);
        var expanded = HermiteAverages.of(Activation.ERF, variance);
        assertEquals(closed.meanSlope(), expanded.meanSlope(), 1e-12);
        for (double r : new double[] {0, 1e-3, 0.01, 0.1, 0.5, 0.9, 0.99}) {
            double c = r * variance;
            assertEquals(closed.covariance(c), expanded.covariance(c), 1e-12);
            assertEquals(closed.integral(c), expanded.integral(c), 1e-12 * variance);
            assertEquals(closed.slopeCovariance(c), expanded.slopeCovariance(c), tolerance);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.3", "1.9248054", "5.4"})
    void averagesOfTanhMatchTheIntegralsThatDefineThem(double variance) {
        var averages = GaussianAverages.of(Activation.TANH, variance);
        double step = 0.01;
        double c = 0.6 * variance;
        double product = 0;
        double slopes = 0;
        double slope = 0;
        for (double z = -9; z <= 9; z += step) {
            double weight = step / Math.sqrt(2 * Math.PI) * Math.exp(-z * z / 2);
            double inner = 0;
            double innerSlope = 0;
            for (double y = -9; y <= 9; y += step) {
                double innerWeight = step / Math.sqrt(2 * Math.PI) * Math.exp(-y * y / 2);
                double x = Math.sqrt(variance - c) * y + Math.sqrt(c) * z;
                inner += innerWeight * Math.tanh(x);
                innerSlope += innerWeight * Activation.TANH.slope(x);
            }
            product += weight * inner * inner;
            slopes += weight * innerSlope * innerSlope;
            slope += weight * Activation.TANH.slope(Math.sqrt(variance) * z);
        }
        assertEquals(product, averages.covariance(c), 1e-12);
        assertEquals(slopes, averages.slopeCovariance(c), 1e-12);
        assertEquals(slope, averages.meanSlope(), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(names = {"ERF", "TANH"})
    void theIntegralHasTheCovarianceAsItsSlope(Activation phi) {
        var averages = GaussianAverages.of(phi, 2);
        for (double c : new double[] {-1.5, -0.02, 0.01, 0.06, 0.7, 1.9}) {
            double slope = (averages.integral(c + 1e-4) - averages.integral(c - 1e-4)) / 2e-4;
            assertEquals(averages.covariance(c), slope, 1e-8);
        }
    }
}
