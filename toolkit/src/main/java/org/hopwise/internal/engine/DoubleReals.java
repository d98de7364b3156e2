package org.hopwise.internal.engine;

import java.util.Arrays;
import org.hopwise.internal.array.DoublePanels;
import org.hopwise.internal.array.Gaussians;
import org.hopwise.internal.array.HyperbolicTangent;
import org.hopwise.internal.array.Products;
import org.hopwise.rnn.Activation;

/** {@link Reals} in double precision: plain loops, and the products of {@link Products} or, for large factors,
 * {@link DoublePanels}. */
public final class DoubleReals extends Reals {

    /** Gaussian numbers drawn at a time; whole blocks, so that how many changes no bit. */
    private static final int DRAWS = 4096;

    private final double[] values;

    private DoubleReals(double[] values) {
        this.values = values;
    }

    public DoubleReals(int length) {
        this(new double[length]);
    }

    /** These very numbers, not a copy. */
    public static DoubleReals wrap(double[] values) {
        return new DoubleReals(values);
    }

    /** The numbers themselves, not a copy. */
    public double[] values() {
        return values;
    }

    private static double[] of(Reals reals) {
        return ((DoubleReals) reals).values;
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
        values[i] = value;
    }

    @Override
    public int bytes() {
        return Double.BYTES;
    }

    @Override
    public Reals zeros(int length) {
        return new DoubleReals(length);
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
        return Arrays.stream(values).sum();
    }

    @Override
    public int panelsLength(int k, int n) {
        return DoublePanels.gain(k, n) ? DoublePanels.length(k, n) : k * n;
    }

    /** Panels where they gain, else one panel as wide as B. */
    @Override
    public void panels(Reals b, int k, int n) {
        if (DoublePanels.gain(k, n)) {
            DoublePanels.pack(of(b), n, 1, k, n, values);
        } else {
            copy(0, b);
        }
    }

    @Override
    public void transposedPanels(Reals b, int k, int n) {
        if (DoublePanels.gain(k, n)) {
            DoublePanels.pack(of(b), 1, k, k, n, values);
        } else {
            Products.transpose(of(b), n, k, values);
        }
    }

    @Override
    public void panels(Reals b, int k, Reals below, int l, int n) {
        double[] both = Arrays.copyOf(of(b), (k + l) * n);
        System.arraycopy(of(below), 0, both, k * n, l * n);
        panels(new DoubleReals(both), k + l, n);
    }

    @Override
    public void transposedPanels(Reals b, int k, Reals below, int l, int n) {
        transposedPanels(new DoubleReals(sideBySide(of(b), 0, k, of(below), 0, l, n)), k + l, n);
    }

    /** Rows of A (m x k) and of B (m x l), one behind the other. */
    private static double[] sideBySide(double[] a, int aAt, int k, double[] b, int bAt, int l, int m) {
        double[] both = new double[m * (k + l)];
        for (int row = 0; row < m; row++) {
            System.arraycopy(a, aAt + row * k, both, row * (k + l), k);
            System.arraycopy(b, bAt + row * l, both, row * (k + l) + k, l);
        }
        return both;
    }

    @Override
    public void product(
            int at, Reals a, int aAt, int k, Reals b, int bAt, int l, Reals panels, int m, int n, boolean added) {
        if (DoublePanels.gain(k + l, n)) {
            double[] both = l == 0 ? of(a) : sideBySide(of(a), aAt, k, of(b), bAt, l, m);
            DoublePanels.product(both, l == 0 ? aAt : 0, of(panels), values, at, m, k + l, n, added);
            return;
        }
        if (!added) {
            Arrays.fill(values, at, at + m * n, 0);
        }
        Products.addProduct(of(a), aAt, of(panels), 0, values, at, m, k, n);
        Products.addProduct(of(b), bAt, of(panels), k * n, values, at, m, l, n);
    }

    @Override
    public void addTransposedProduct(Reals a, int aAt, Reals b, int bAt, int m, int k, int n) {
        if (DoublePanels.gain(k, n)) {
            DoublePanels.addTransposedProduct(of(a), aAt, of(b), bAt, values, m, k, n);
        } else {
            Products.addTransposedProduct(of(a), aAt, of(b), bAt, values, m, k, n);
        }
    }

    @Override
    public void add(double factor, Reals other) {
        double[] from = of(other);
        for (int i = 0; i < values.length; i++) {
            values[i] += factor * from[i];
        }
    }

    @Override
    public void scale(double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    @Override
    public double dot(Reals other) {
        double[] from = of(other);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * from[i];
        }
        return sum;
    }

    @Override
    public void fillRows(Reals row, int begin, int end) {
        for (int at = begin; at < end; at += row.length()) {
            copy(at, row);
        }
    }

    @Override
    public void addRows(Reals rows, int begin, int end) {
        double[] from = of(rows);
        for (int at = begin; at < end; at += values.length) {
            for (int i = 0; i < values.length; i++) {
                values[i] += from[at + i];
            }
        }
    }

    @Override
    public void tanh(int begin, int end) {
        for (int i = begin; i < end; i++) {
            values[i] = HyperbolicTangent.of(values[i]);
        }
    }

    @Override
    public void erf(int begin, int end) {
        double[] into = values;
        for (int i = begin; i < end; i++) {
            into[i] = Activation.ERF.apply(into[i]);
        }
    }

    @Override
    public void rectify(int begin, int end) {
        for (int i = begin; i < end; i++) {
            values[i] = Math.max(0, values[i]);
        }
    }

    @Override
    public void softplus(int begin, int end) {
        for (int i = begin; i < end; i++) {
            values[i] = Activation.SOFTPLUS.apply(values[i]);
        }
    }

    @Override
    public void leak(int at, Reals kept, double a) {
        double[] state = of(kept);
        double[] into = values;
        double stays = (1 - a);
        double comes = a;
        for (int i = 0; i < state.length; i++) {
            state[i] = stays * state[i] + comes * into[at + i];
        }
        System.arraycopy(state, 0, into, at, state.length);
    }

    @Override
    public void addGaussians(Gaussians source, double factor, int begin, int end) {
        float[] some = new float[DRAWS];
        for (int at = begin; at < end; at += DRAWS) {
            int count = Math.min(DRAWS, end - at);
            source.fill(some, 0, count);
            for (int i = 0; i < count; i++) {
                values[at + i] += factor * some[i];
            }
        }
    }

    @Override
    public void timesSoftplusSlope(Reals s, int begin, int end) {
        double[] states = of(s);
        for (int i = begin; i < end; i++) {
            values[i] *= Activation.SOFTPLUS.slopeAtState(states[i]);
        }
    }

    @Override
    public double residual(Reals distance, Reals target, Reals weights, double factor) {
        double[] targets = of(target);
        double[] counts = of(weights);
        double[] differences = of(distance);
        double squares = 0;
        for (int i = 0; i < targets.length; i++) {
            differences[i] = values[i] - targets[i];
            squares += counts[i] * differences[i] * differences[i];
            values[i] = 2 * factor * counts[i] * differences[i];
        }
        return factor * squares;
    }

    @Override
    public void timesTanhSlope(Reals s, int begin, int end) {
        double[] states = of(s);
        for (int i = begin; i < end; i++) {
            values[i] *= 1 - states[i] * states[i];
        }
    }

    @Override
    public void timesErfSlope(Reals s, int begin, int end) {
        double[] states = of(s);
        for (int i = begin; i < end; i++) {
            values[i] *= Activation.ERF.slopeAtState(states[i]);
        }
    }

    @Override
    public void timesStep(Reals s, int begin, int end) {
        double[] states = of(s);
        for (int i = begin; i < end; i++) {
            values[i] *= states[i] > 0 ? 1 : 0;
        }
    }

    @Override
    public double residual(int at, Reals target, double factor) {
        double[] targets = of(target);
        double squares = 0;
        for (int i = 0; i < targets.length; i++) {
            double difference = values[at + i] - targets[i];
            squares += difference * difference;
            values[at + i] = 2 * factor * difference;
        }
        return factor * squares;
    }

    @Override
    public double addSigns(double factor, Reals of) {
        double sum = 0;
        double[] from = of(of);
        for (int i = 0; i < values.length; i++) {
            values[i] += factor * Math.signum(from[i]);
            sum += Math.abs(from[i]);
        }
        return factor * sum;
    }

    @Override
    public double signs(double factor, int begin, int end) {
        double sum = 0;
        for (int i = begin; i < end; i++) {
            sum += Math.abs(values[i]);
            values[i] = factor * Math.signum(values[i]);
        }
        return factor * sum;
    }

    @Override
    public void moduli(Reals of) {
        double[] from = of(of);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(from[i]);
        }
    }

    @Override
    public void addTimesSign(Reals slope, Reals of) {
        double[] slopes = of(slope);
        double[] from = of(of);
        for (int i = 0; i < values.length; i++) {
            values[i] += slopes[i] * Math.signum(from[i]);
        }
    }

    @Override
    public void adam(Reals gradient, Reals m, Reals v, double rate, double mScale, double vScale) {
        double[] g = of(gradient);
        double[] first = of(m);
        double[] second = of(v);
        for (int i = 0; i < values.length; i++) {
            first[i] = 0.9 * first[i] + (1 - 0.9) * g[i];
            second[i] = 0.999 * second[i] + (1 - 0.999) * g[i] * g[i];
            values[i] -= rate * (first[i] * mScale) / (Math.sqrt(second[i] * vScale) + 1e-8);
        }
    }
}
