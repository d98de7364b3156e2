package org.hopwise.internal.array;

import org.jtransforms.fft.DoubleFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * The discrete Fourier transform of a fixed length, in place on separate real and imaginary parts: {@code X_k = sum_j x_j
 * exp(-2 pi i j k / n)}. JTransforms makes it, which wants the parts in turn.
 */
public final class FourierTransform {

    static {
        // Threads of its own would make bits depend on the machine.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    private final int length;
    private final DoubleFFT_1D transform;

    public FourierTransform(int length) {
        this.length = length;
        this.transform = new DoubleFFT_1D(length);
    }

    public void forward(double[] re, double[] im) {
        double[] pairs = pairs(re, im);
        transform.complexForward(pairs);
        part(pairs, re, im);
    }

    /** The inverse, with the factor 1 / n. */
    public void inverse(double[] re, double[] im) {
        double[] pairs = pairs(re, im);
        transform.complexInverse(pairs, true);
        part(pairs, re, im);
    }

    private double[] pairs(double[] re, double[] im) {
        double[] pairs = new double[2 * length];
        for (int i = 0; i < length; i++) {
            pairs[2 * i] = re[i];
            pairs[2 * i + 1] = im[i];
        }
        return pairs;
    }

    private void part(double[] pairs, double[] re, double[] im) {
        for (int i = 0; i < length; i++) {
            re[i] = pairs[2 * i];
            im[i] = pairs[2 * i + 1];
        }
    }
}
