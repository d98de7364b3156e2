package org.hopwise.internal.array;

/**
 * The discrete Fourier transform of a fixed length, a power of two, in place on separate real and imaginary parts:
 * {@code X_k = sum_j x_j exp(-2 pi i j k / n)}. Iterative radix 2; about 5 n log2 n operations.
 */
public final class FourierTransform {

    private final int length;
    private final double[] cos;
    private final double[] sin;
    private final int[] reversed;

    public FourierTransform(int length) {
        if (length < 2 || Integer.bitCount(length) != 1) {
            throw new IllegalArgumentException(
                    "the length of a Fourier transform is %d; it must be a power of two, 2 or more.".formatted(length));
        }
        this.length = length;
        this.cos = new double[length / 2];
        this.sin = new double[length / 2];
        for (int k = 0; k < length / 2; k++) {
            cos[k] = Math.cos(2 * Math.PI * k / length);
            sin[k] = Math.sin(2 * Math.PI * k / length);
        }
        this.reversed = new int[length];
        int bits = Integer.numberOfTrailingZeros(length);
        for (int k = 0; k < length; k++) {
            reversed[k] = Integer.reverse(k) >>> (32 - bits);
        }
    }

    public void forward(double[] re, double[] im) {
        for (int k = 0; k < length; k++) {
            int r = reversed[k];
            if (k < r) {
                double a = re[k];
                re[k] = re[r];
                re[r] = a;
                double b = im[k];
                im[k] = im[r];
                im[r] = b;
            }
        }
        for (int half = 1; half < length; half *= 2) {
            int stride = length / (2 * half);
            for (int start = 0; start < length; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    double c = cos[k * stride];
                    double s = sin[k * stride];
                    int i = start + k;
                    int j = i + half;
                    double a = c * re[j] + s * im[j];
                    double b = c * im[j] - s * re[j];
                    re[j] = re[i] - a;
                    im[j] = im[i] - b;
                    re[i] += a;
                    im[i] += b;
                }
            }
        }
    }

    /** The inverse, with the factor 1 / n. */
    public void inverse(double[] re, double[] im) {
        forward(im, re);
        for (int k = 0; k < length; k++) {
            re[k] /= length;
            im[k] /= length;
        }
    }
}
