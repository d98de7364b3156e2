package org.hopwise.internal.engine;

import java.util.Arrays;
import org.hopwise.internal.array.Gaussians;
import org.hopwise.internal.array.OddRational;
import org.hopwise.internal.array.Singles;
import org.hopwise.internal.array.Softplus;
import org.hopwise.rnn.Activation;

/**
 * {@link Reals} in single precision, on the loops of {@link Singles}. Loops that the JIT turns into vectors by itself
 * stand here.
 */
public final class SingleReals extends Reals {

    /** Gaussian numbers drawn at a time; whole blocks, so that how many changes no bit. */
    private static final int DRAWS = 4096;

    private final float[] values;
    private final float[] sums = new float[Singles.SUMS];
    /** Room for part of the second factor of a product and for edges of the result. */
    private float[] packed = {};

    public SingleReals(int length) {
        values = new float[length];
    }

    /** The numbers themselves, not a copy. */
    public float[] values() {
        return values;
    }

    private static float[] of(Reals reals) {
        return ((SingleReals) reals).values;
    }

    @Override
    public int length() {
        return values.length;
    }

    @Override
    public double get(int i) {
        return values[i];
    }

    @Override
    public void set(int i, double value) {
        values[i] = (float) value;
    }

    @Override
    public int bytes() {
        return Float.BYTES;
    }

    @Override
    public Reals zeros(int length) {
        return new SingleReals(length);
    }

    @Override
    public void clear() {
        Arrays.fill(values, 0);
    }

    @Override
    public void clear(int begin, int end) {
        Arrays.fill(values, begin, end, 0);
    }

    @Override
    public void copy(int at, Reals from, int fromAt, int length) {
        System.arraycopy(of(from), fromAt, values, at, length);
    }

    @Override
    public double sum() {
        // Four strands, so that additions need not wait for each other.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= values.length; i += 4) {
            s0 += values[i];
            s1 += values[i + 1];
            s2 += values[i + 2];
            s3 += values[i + 3];
        }
        for (; i < values.length; i++) {
            s0 += values[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    @Override
    public int panelsLength(int k, int n) {
        int width = Singles.panel(n);
        return (n + width - 1) / width * width * k;
    }

    @Override
    public void panels(Reals b, int k, int n) {
        panels(of(b), n, 1, k, n, 0, k);
    }

    @Override
    public void transposedPanels(Reals b, int k, int n) {
        panels(of(b), 1, k, k, n, 0, k);
    }

    @Override
    public void panels(Reals b, int k, Reals below, int l, int n) {
        panels(of(b), n, 1, k, n, 0, k + l);
        panels(of(below), n, 1, l, n, k, k + l);
    }

    @Override
    public void transposedPanels(Reals b, int k, Reals below, int l, int n) {
        panels(of(b), 1, k, k, n, 0, k + l);
        panels(of(below), 1, l, l, n, k, k + l);
    }

    /** Rows {@code first} to {@code first + k} of all; entry (p, j) of B stands at p rowStride + j columnStride. */
    private void panels(float[] b, int rowStride, int columnStride, int k, int n, int first, int all) {
        int width = Singles.panel(n);
        for (int j = 0; j < n; j += width) {
            int wide = Math.min(width, n - j);
            int at = j * all + first * width;
            for (int p = 0; p < k; p++, at += width) {
                int from = p * rowStride + j * columnStride;
                for (int q = 0; q < wide; q++) {
                    values[at + q] = b[from + q * columnStride];
                }
                Arrays.fill(values, at + wide, at + width, 0);
            }
        }
    }

    @Override
    public void product(
            int at, Reals a, int aAt, int k, Reals b, int bAt, int l, Reals panels, int m, int n, boolean added) {
        float[] scratch = packed(Singles.packed());
        Singles.product(of(a), aAt, k, of(b), bAt, l, of(panels), values, at, m, n, added, scratch);
    }

    @Override
    public void addTransposedProduct(Reals a, int aAt, Reals b, int bAt, int m, int k, int n) {
        Singles.addTransposedProduct(of(a), aAt, of(b), bAt, values, m, k, n, packed(Singles.packed(n)));
    }

    private float[] packed(int length) {
        if (packed.length < length) {
            packed = new float[length];
        }
        return packed;
    }

    @Override
    public void add(double factor, Reals other) {
        float f = (float) factor;
        float[] from = of(other);
        float[] into = values;
        for (int i = 0; i < into.length; i++) {
            into[i] += f * from[i];
        }
    }

    @Override
    public void scale(double factor) {
        float f = (float) factor;
        float[] into = values;
        for (int i = 0; i < into.length; i++) {
            into[i] *= f;
        }
    }

    @Override
    public double dot(Reals other) {
        return Singles.dot(values, 0, of(other), 0, values.length, sums);
    }

    @Override
    public void fillRows(Reals row, int begin, int end) {
        int filled = row.length();
        copy(begin, row);
        // Twice as much at each step: few large copies.
        while (filled < end - begin) {
            int more = Math.min(filled, end - begin - filled);
            System.arraycopy(values, begin, values, begin + filled, more);
            filled += more;
        }
    }

    @Override
    public void addRows(Reals rows, int begin, int end) {
        Singles.addRows(of(rows), begin, end, values);
    }

    @Override
    public void tanh(int begin, int end) {
        Singles.tanh(values, begin, end);
    }

    @Override
    public void erf(int begin, int end) {
        float[] into = values;
        for (int i = begin; i < end; i++) {
            into[i] = OddRational.SCALED_ERF.apply(into[i]);
        }
    }

    @Override
    public void rectify(int begin, int end) {
        float[] into = values;
        for (int i = begin; i < end; i++) {
            into[i] = Math.max(0, into[i]);
        }
    }

    @Override
    public void softplus(int begin, int end) {
        Softplus.apply(values, begin, end);
    }

    @Override
    public void leak(int at, Reals kept, double a) {
        Singles.leak((float) (1 - a), of(kept), (float) a, values, at);
    }

    @Override
    public void addGaussians(Gaussians source, double factor, int begin, int end) {
        float[] some = new float[DRAWS];
        float f = (float) factor;
        for (int at = begin; at < end; at += DRAWS) {
            int count = Math.min(DRAWS, end - at);
            source.fill(some, 0, count);
            Singles.add(f, some, values, at, count);
        }
    }

    @Override
    public void timesSoftplusSlope(Reals s, int begin, int end) {
        Softplus.timesSlope(values, of(s), begin, end);
    }

    @Override
    public double residual(Reals distance, Reals target, Reals weights, double factor) {
        float[] targets = of(target);
        float[] counts = of(weights);
        float[] differences = of(distance);
        float[] into = values;
        for (int i = 0; i < into.length; i++) {
            differences[i] = into[i] - targets[i];
            into[i] = differences[i] * counts[i];
        }
        double loss = factor * Singles.dot(into, 0, differences, 0, into.length, sums);
        scale(2 * factor);
        return loss;
    }

    @Override
    public void timesTanhSlope(Reals s, int begin, int end) {
        float[] states = of(s);
        float[] into = values;
        for (int i = begin; i < end; i++) {
            into[i] *= 1 - states[i] * states[i];
        }
    }

    @Override
    public void timesErfSlope(Reals s, int begin, int end) {
        float[] states = of(s);
        for (int i = begin; i < end; i++) {
            values[i] *= (float) Activation.ERF.slopeAtState(states[i]);
        }
    }

    @Override
    public void timesStep(Reals s, int begin, int end) {
        float[] states = of(s);
        float[] into = values;
        for (int i = begin; i < end; i++) {
            into[i] *= Singles.sign(states[i]);
        }
    }

    @Override
    public double residual(int at, Reals target, double factor) {
        float[] targets = of(target);
        float[] into = values;
        for (int i = 0; i < targets.length; i++) {
            into[at + i] -= targets[i];
        }
        double loss = factor * Singles.dot(into, at, into, at, targets.length, sums);
        float f = (float) (2 * factor);
        for (int i = at; i < at + targets.length; i++) {
            into[i] *= f;
        }
        return loss;
    }

    @Override
    public double addSigns(double factor, Reals of) {
        float[] from = of(of);
        float[] into = values;
        float f = (float) factor;
        for (int i = 0; i < into.length; i++) {
            into[i] += f * Singles.sign(from[i]);
        }
        return factor * Singles.sumOfModuli(from, 0, from.length, sums);
    }

    @Override
    public double signs(double factor, int begin, int end) {
        float[] into = values;
        double sum = Singles.sumOfModuli(into, begin, end - begin, sums);
        float f = (float) factor;
        for (int i = begin; i < end; i++) {
            into[i] = f * Singles.sign(into[i]);
        }
        return factor * sum;
    }

    @Override
    public void moduli(Reals of) {
        float[] from = of(of);
        float[] into = values;
        for (int i = 0; i < into.length; i++) {
            into[i] = Math.abs(from[i]);
        }
    }

    @Override
    public void addTimesSign(Reals slope, Reals of) {
        float[] slopes = of(slope);
        float[] from = of(of);
        float[] into = values;
        for (int i = 0; i < into.length; i++) {
            into[i] += slopes[i] * Singles.sign(from[i]);
        }
    }

    @Override
    public void adam(Reals gradient, Reals m, Reals v, double rate, double mScale, double vScale) {
        adam(values, of(gradient), of(m), of(v), (float) (rate * mScale), (float) vScale);
    }

    private static void adam(float[] w, float[] g, float[] m, float[] v, float step, float vScale) {
        for (int i = 0; i < w.length; i++) {
            m[i] = 0.9f * m[i] + 0.1f * g[i];
            v[i] = 0.999f * v[i] + 0.001f * (g[i] * g[i]);
            w[i] -= step * m[i] / ((float) Math.sqrt(v[i] * vScale) + 1e-8f);
        }
    }
}
