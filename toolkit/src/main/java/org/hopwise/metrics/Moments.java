package org.hopwise.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hopwise.internal.array.TallMatrix;

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
    private final List<double[]> means = new ArrayList<>();
    private long cases;
    private double spreads;

    Moments(int units) {
        origin = new double[units];
        mean = new double[units];
        squares = new double[units];
    }

    /** Takes in the cases of one step: units x cases, as many columns as there are cases. */
    void add(TallMatrix values) {
        int units = origin.length;
        int rows = values.columns();
        double[] v = values.data();
        double[] stepValues = new double[units];
        for (int u = 0; u < units; u++) {
            int from = values.at(u);
            if (cases == 0) {
                origin[u] = v[from];
            }
            double stepMean = 0;
            for (int c = from; c < from + rows; c++) {
                stepMean += v[c] - origin[u];
            }
            stepMean /= rows;
            double stepSquares = 0;
            double middle = origin[u] + stepMean;
            for (int c = from; c < from + rows; c++) {
                stepSquares += (v[c] - middle) * (v[c] - middle);
            }
            double apart = stepMean - mean[u];
            double share = rows / (double) (cases + rows);
            mean[u] += apart * share;
            squares[u] += stepSquares + apart * apart * cases * share;
            stepValues[u] = middle;
        }
        addSpreads(values);
        means.add(stepValues);
        cases += rows;
    }

    /** The population standard deviation of each case over the layer. */
    private void addSpreads(TallMatrix values) {
        int rows = values.columns();
        double[] v = values.data();
        double[] middle = new double[rows];
        double[] around = new double[rows];
        for (int u = 0; u < origin.length; u++) {
            int from = values.at(u);
            for (int c = 0; c < rows; c++) {
                middle[c] += v[from + c];
            }
        }
        for (int c = 0; c < rows; c++) {
            middle[c] /= origin.length;
        }
        for (int u = 0; u < origin.length; u++) {
            int from = values.at(u);
            for (int c = 0; c < rows; c++) {
                around[c] += (v[from + c] - middle[c]) * (v[from + c] - middle[c]);
            }
        }
        for (int c = 0; c < rows; c++) {
            spreads += Math.sqrt(around[c] / origin.length);
        }
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
