package org.hopwise.randommode.theory;

import java.util.Arrays;

/**
 * The Fourier transform of an even, smooth, decaying function of the lag, on a uniform grid of frequencies and between
 * its points. The trapezoidal sum converges exponentially here, and a decay rate of lambda puts the nearest pole at i
 * lambda, so 20 points a lambda leave 1e-10 to interpolation through ten of them.
 */
final class PowerSpectrum {

    /** Grid points per decay rate. */
    static final int DENSITY = 20;

    private static final int TAPS = 10;

    /** The grid ends where the spectrum has fallen to this share of its largest value. */
    private static final double NEGLIGIBLE = 1e-10;

    private static final int MOST_POINTS = 40_000;

    /** Distance of grid points. */
    final double spacing;
    /** Values at 0, spacing, 2 spacing, ... */
    private final double[] values;

    private PowerSpectrum(double spacing, double[] values) {
        this.spacing = spacing;
        this.values = values;
    }

    /** The spectrum of a function given at lags 0, step, 2 step, ..., up to the frequency where it is negligible. */
    static PowerSpectrum of(double[] lags, double step, double decayRate) {
        double spacing = decayRate / DENSITY;
        double[] values = new double[MOST_POINTS];
        double largest = 0;
        int quiet = 0;
        int count = 0;
        while (quiet < TAPS && count < MOST_POINTS) {
            values[count] = transform(lags, step, count * spacing);
            largest = Math.max(largest, Math.abs(values[count]));
            quiet = Math.abs(values[count]) < NEGLIGIBLE * largest ? quiet + 1 : 0;
            count++;
        }
        if (count == MOST_POINTS) {
            throw new IllegalStateException(
                    "The spectrum is still %.2g of its largest value at frequency %.3g; it must fall below %.0e. Use a smaller gain or spread."
                            .formatted(Math.abs(values[count - 1]) / largest, count * spacing, NEGLIGIBLE));
        }
        return new PowerSpectrum(spacing, Arrays.copyOf(values, count));
    }

    /** The spectrum of another function on the grid of this one. */
    PowerSpectrum sameGrid(double[] lags, double step) {
        double[] other = new double[values.length];
        Arrays.setAll(other, k -> transform(lags, step, k * spacing));
        return new PowerSpectrum(spacing, other);
    }

    /** step (c_0 + 2 sum_j c_j cos(j step w)), by Clenshaw's recurrence. */
    static double transform(double[] lags, double step, double frequency) {
        double theta = step * frequency;
        double twice = 2 * Math.cos(theta);
        double b1 = 0;
        double b2 = 0;
        for (int j = lags.length - 1; j >= 1; j--) {
            double b = lags[j] + twice * b1 - b2;
            b2 = b1;
            b1 = b;
        }
        return step * (lags[0] + 2 * (b1 * Math.cos(theta) - b2));
    }

    /** Grid points from 0 on. */
    int points() {
        return values.length;
    }

    double value(int index) {
        int j = Math.abs(index);
        return j < values.length ? values[j] : 0;
    }

    /** Values at shift - k spacing for k = -reach, ..., reach in steps of stride. */
    double[] reflected(double shift, int reach, int stride) {
        double place = shift / spacing;
        int base = (int) Math.floor(place);
        double[] weights = lagrange(place - base);
        double[] result = new double[2 * reach / stride + 1];
        for (int i = 0; i < result.length; i++) {
            int first = base + reach - i * stride - TAPS / 2 + 1;
            if (first >= values.length || first + TAPS <= -values.length) {
                continue;
            }
            double sum = 0;
            for (int tap = 0; tap < TAPS; tap++) {
                sum += weights[tap] * value(first + tap);
            }
            result[i] = sum;
        }
        return result;
    }

    /** Weights of the points -4, ..., 5 for the value at t from 0 to 1. */
    private static double[] lagrange(double t) {
        double[] weights = new double[TAPS];
        for (int i = 0; i < TAPS; i++) {
            weights[i] = 1;
            for (int j = 0; j < TAPS; j++) {
                if (j != i) {
                    weights[i] *= (t + TAPS / 2 - 1 - j) / (i - j);
                }
            }
        }
        return weights;
    }
}
