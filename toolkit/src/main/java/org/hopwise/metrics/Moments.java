package org.hopwise.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the values of a layer's units come to over cases, taken in step by step: mean and variance of each unit, and
 * the mean spread over the layer. Steps are joined as Chan, Golub and LeVeque (1983) do, so that no sum of large
 * squares is ever formed; all values are taken relative to the first case, so that a unit that never changes has
 * variance 0 exactly.
 */
final class Moments {

    private final double[] origin;
    private final double[] mean;
    private final double[] squares;
    private final double[] stepMean;
    private final double[] stepSquares;
    private final List<double[]> means = new ArrayList<>();
    private long cases;
    private double spreads;

    Moments(int units) {
        origin = new double[units];
        mean = new double[units];
        squares = new double[units];
        stepMean = new double[units];
        stepSquares = new double[units];
    }

    /** Takes in the cases of one step: rows of units values. */
    void add(double[] values, int from, int rows) {
        int units = origin.length;
        if (cases == 0) {
            System.arraycopy(values, from, origin, 0, units);
        }
        Arrays.fill(stepMean, 0);
        Arrays.fill(stepSquares, 0);
        for (int row = from; row < from + rows * units; row += units) {
            for (int u = 0; u < units; u++) {
                stepMean[u] += values[row + u] - origin[u];
            }
            spreads += spread(values, row, units);
        }
        for (int u = 0; u < units; u++) {
            stepMean[u] /= rows;
        }
        for (int row = from; row < from + rows * units; row += units) {
            for (int u = 0; u < units; u++) {
                double apart = values[row + u] - origin[u] - stepMean[u];
                stepSquares[u] += apart * apart;
            }
        }
        double all = cases + rows;
        double[] stepValues = new double[units];
        for (int u = 0; u < units; u++) {
            double apart = stepMean[u] - mean[u];
            mean[u] += apart * (rows / all);
            squares[u] += stepSquares[u] + apart * apart * (cases * (rows / all));
            stepValues[u] = origin[u] + stepMean[u];
        }
        means.add(stepValues);
        cases += rows;
    }

    /** The population standard deviation of one case over the layer; four strands, so that additions need not wait. */
    private static double spread(double[] values, int from, int units) {
        double first = values[from];
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int fours = units & ~3;
        for (int u = 0; u < fours; u += 4) {
            a += values[from + u] - first;
            b += values[from + u + 1] - first;
            c += values[from + u + 2] - first;
            d += values[from + u + 3] - first;
        }
        for (int u = fours; u < units; u++) {
            a += values[from + u] - first;
        }
        double mean = first + (a + b + (c + d)) / units;
        a = 0;
        b = 0;
        c = 0;
        d = 0;
        for (int u = 0; u < fours; u += 4) {
            a += (values[from + u] - mean) * (values[from + u] - mean);
            b += (values[from + u + 1] - mean) * (values[from + u + 1] - mean);
            c += (values[from + u + 2] - mean) * (values[from + u + 2] - mean);
            d += (values[from + u + 3] - mean) * (values[from + u + 3] - mean);
        }
        for (int u = fours; u < units; u++) {
            a += (values[from + u] - mean) * (values[from + u] - mean);
        }
        return Math.sqrt((a + b + (c + d)) / units);
    }

    int units() {
        return origin.length;
    }

    double mean(int unit) {
        return origin[unit] + mean[unit];
    }

    double[] means() {
        double[] means = new double[units()];
        for (int u = 0; u < means.length; u++) {
            means[u] = mean(u);
        }
        return means;
    }

    double deviation(int unit) {
        return Math.sqrt(squares[unit] / cases);
    }

    /** The first unit with a mean or variance that is not finite, counted from 0; -1 if there is none. */
    int firstBeyondRange() {
        for (int u = 0; u < units(); u++) {
            if (!Double.isFinite(mean[u]) || !Double.isFinite(squares[u])) {
                return u;
            }
        }
        return -1;
    }

    /** How many units have the same value in every case. */
    int constantUnits() {
        return (int) Arrays.stream(squares).filter(sum -> sum == 0).count();
    }

    /** The mean over cases of the standard deviation over the layer. */
    double meanFluctuation() {
        return spreads / cases;
    }

    /** The sum of all values. */
    double total() {
        double total = 0;
        for (int u = 0; u < units(); u++) {
            total += mean(u) * cases;
        }
        return total;
    }

    /** How many steps were taken in. */
    int steps() {
        return means.size();
    }

    /** The mean of each unit over the cases of one step, counted from 1; for reading only. */
    double[] meansAt(int step) {
        return means.get(step - 1);
    }
}
