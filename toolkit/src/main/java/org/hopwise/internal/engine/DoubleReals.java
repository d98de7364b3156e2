package org.hopwise.internal.engine;

import java.util.Arrays;
import org.hopwise.internal.array.HyperbolicTangent;
import org.hopwise.internal.array.Products;
import org.hopwise.rnn.Activation;

/** {@link Reals} in double precision: plain loops, and the products of {@link Products}. */
public final class DoubleReals extends Reals {

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
    public void copy(int at, Reals from) {
        System.arraycopy(of(from), 0, values, at, from.length());
    }

    @Override
    public int panelsLength(int k, int n) {
        return k * n;
    }

    /** One panel, as wide as B. */
    @Override
    public void panels(Reals b, int k, int n) {
        copy(0, b);
    }

    @Override
    public void transposedPanels(Reals b, int k, int n) {
        Products.transpose(of(b), n, k, values);
    }

    @Override
    public void product(int at, Reals a, int aAt, Reals panels, int m, int k, int n, boolean added) {
        if (!added) {
            Arrays.fill(values, at, at + m * n, 0);
        }
        Products.addProduct(of(a), aAt, of(panels), values, at, m, k, n);
    }

    @Override
    public void addTransposedProduct(Reals a, int aAt, Reals b, int bAt, int m, int k, int n) {
        Products.addTransposedProduct(of(a), aAt, of(b), bAt, values, m, k, n);
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
    public void fillRows(Reals row) {
        for (int at = 0; at < values.length; at += row.length()) {
            copy(at, row);
        }
    }

    @Override
    public void addRows(Reals rows) {
        double[] from = of(rows);
        for (int at = 0; at < from.length; at += values.length) {
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
