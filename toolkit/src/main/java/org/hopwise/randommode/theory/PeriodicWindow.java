package org.hopwise.randommode.theory;

import java.util.Arrays;
import org.hopwise.internal.array.FourierTransform;

/**
 * Equally spaced moments that repeat themselves, with functions of the lag on them and their spectra at frequencies 0,
 * ..., points / 2 of the transform: {@code C(w) = step sum_t c(t) exp(-i w t)}.
 */
final class PeriodicWindow {

    final int points;
    final double step;
    private final int half;
    private final FourierTransform transform;

    PeriodicWindow(int points, double step) {
        this.points = points;
        this.step = step;
        this.half = points / 2;
        this.transform = new FourierTransform(points);
    }

    void forward(double[] re, double[] im) {
        transform.forward(re, im);
    }

    void inverse(double[] re, double[] im) {
        transform.inverse(re, im);
    }

    /** The spectrum of an even function given at lags 0, ..., points / 2. */
    double[] spectrum(double[] lags) {
        double[] re = new double[points];
        for (int t = 0; t <= half; t++) {
            re[t] = step * lags[t];
            re[(points - t) % points] = step * lags[t];
        }
        forward(re, new double[points]);
        return Arrays.copyOf(re, half + 1);
    }

    /** The even function of this spectrum at lags 0, ..., points / 2. */
    double[] lags(double[] spectrum) {
        double[] re = new double[points];
        for (int k = 0; k <= half; k++) {
            re[k] = spectrum[k] / step;
            re[(points - k) % points] = spectrum[k] / step;
        }
        inverse(re, new double[points]);
        return Arrays.copyOf(re, half + 1);
    }

    /** The even function of this spectrum at any lag: the sum over frequencies, which interpolates between moments. */
    double covariance(double[] spectrum, double lag) {
        double sum = 0;
        for (int k = 0; k <= half; k++) {
            double twice = k == 0 || k == half ? 1 : 2;
            sum += twice * spectrum[k] * Math.cos(2 * Math.PI * k * lag / (points * step));
        }
        return sum / (points * step);
    }

    /** Sets a real function of the lag, given by its spectrum, to zero outside lags -before, ..., after. */
    void keep(double[] spectrumRe, double[] spectrumIm, int before, int after) {
        double[] re = new double[points];
        double[] im = new double[points];
        for (int k = 0; k <= half; k++) {
            re[k] = spectrumRe[k];
            im[k] = k == 0 || k == half ? 0 : spectrumIm[k];
            if (k > 0 && k < half) {
                re[points - k] = re[k];
                im[points - k] = -im[k];
            }
        }
        inverse(re, im);
        for (int t = 0; t < points; t++) {
            im[t] = 0;
            re[t] = t > after && t < points - before ? 0 : re[t];
        }
        forward(re, im);
        System.arraycopy(re, 0, spectrumRe, 0, half + 1);
        System.arraycopy(im, 0, spectrumIm, 0, half + 1);
    }
}
