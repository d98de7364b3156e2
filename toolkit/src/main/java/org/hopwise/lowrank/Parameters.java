package org.hopwise.lowrank;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * A network as one vector that may take any real values: a = exp(-exp(theta)), variances as their logarithms, a full covariance
 * as the lower triangle of its Cholesky factor with twice the logarithm on the diagonal. Source: the public code of arXiv
 * 2406.16749.
 */
final class Parameters {

    private static final double LEAST = Math.log(1e-8);
    private static final double MOST = Math.log(100);

    private final Covariance form;
    private final int rank;
    private final Map<Part, Integer> starts = new EnumMap<>(Part.class);
    private final Map<Part, Integer> ends = new EnumMap<>(Part.class);
    private final int count;

    Parameters(Model m, Covariance form, Encoder encoder) {
        this.form = form;
        this.rank = m.rank();
        int at = 0;
        for (Part part : Part.values()) {
            starts.put(part, at);
            at += size(part, m, encoder);
            ends.put(part, at);
        }
        count = at;
    }

    private int size(Part part, Model m, Encoder encoder) {
        int covariance = switch (form) {
            case FULL -> rank * (rank + 1) / 2;
            case DIAGONAL -> rank;
            case SCALAR -> 1;
        };
        return switch (part) {
            case LEFT, RIGHT -> m.units() * rank;
            case BIAS -> m.units();
            case INPUT -> m.input().length;
            case START_MEAN -> rank;
            case DECAY -> 1;
            case NOISE, START_NOISE -> covariance;
            case READOUT -> m.weights().length;
            case READOUT_BIAS -> m.channels();
            case VARIANCE -> m.variance().length;
            case ENCODER -> encoder == null ? 0 : encoder.size();
        };
    }

    int count() {
        return count;
    }

    int from(Part part) {
        return starts.get(part);
    }

    int to(Part part) {
        return ends.get(part);
    }

    double[] part(double[] packed, Part part) {
        return Arrays.copyOfRange(packed, from(part), to(part));
    }

    String name(int parameter) {
        return ends.entrySet().stream()
                .filter(part -> parameter < part.getValue())
                .findFirst()
                .orElseThrow()
                .getKey()
                .name();
    }

    private void put(double[] values, Part part, double[] packed) {
        System.arraycopy(values, 0, packed, from(part), values.length);
    }

    double[] pack(Model m, Encoder encoder) {
        double[] p = new double[count()];
        put(m.left(), Part.LEFT, p);
        put(m.right(), Part.RIGHT, p);
        put(m.bias(), Part.BIAS, p);
        put(m.input(), Part.INPUT, p);
        put(m.mean(), Part.START_MEAN, p);
        p[from(Part.DECAY)] = Math.log(-Math.log(m.decay()));
        put(packCovariance(m.noise()), Part.NOISE, p);
        put(packCovariance(m.startNoise()), Part.START_NOISE, p);
        put(m.weights(), Part.READOUT, p);
        put(m.shift(), Part.READOUT_BIAS, p);
        put(Arrays.stream(m.variance()).map(Math::log).toArray(), Part.VARIANCE, p);
        if (encoder != null) {
            put(encoder.parameters(), Part.ENCODER, p);
        }
        return p;
    }

    private double[] packCovariance(double[] q) {
        if (form == Covariance.FULL) {
            double[] l = Small.cholesky(q, rank);
            double[] packed = new double[rank * (rank + 1) / 2];
            int at = 0;
            for (int r = 0; r < rank; r++) {
                for (int c = 0; c <= r; c++) {
                    packed[at++] = r == c ? 2 * Math.log(l[r * rank + r]) : l[r * rank + c];
                }
            }
            return packed;
        }
        double[] logs = new double[rank];
        double trace = 0;
        for (int r = 0; r < rank; r++) {
            logs[r] = Math.log(q[r * (rank + 1)]);
            trace += q[r * (rank + 1)];
        }
        return form == Covariance.DIAGONAL ? logs : new double[] {Math.log(trace / rank)};
    }

    private double[] factor(double[] packed) {
        double[] l = new double[rank * rank];
        int at = 0;
        for (int r = 0; r < rank; r++) {
            for (int c = 0; c <= r; c++) {
                double value = packed[form == Covariance.FULL ? at++ : form == Covariance.DIAGONAL ? r : 0];
                l[r * rank + c] = r == c ? Math.exp(value / 2) : form == Covariance.FULL ? value : 0;
            }
        }
        return l;
    }

    private double[] covariance(double[] packed) {
        double[] l = factor(packed);
        return Small.symmetric(Small.multiply(l, Small.transposed(l, rank, rank), rank, rank, rank), rank);
    }

    /** The network of a vector, with the sizes and functions of another. */
    Model model(double[] p, Model m) {
        double[] variance = Arrays.stream(part(p, Part.VARIANCE)).map(Math::exp).toArray();
        return new Model(
                m.units(),
                rank,
                m.channels(),
                m.inputs(),
                m.ramp(),
                m.readout(),
                m.link(),
                m.raw(),
                Math.exp(-Math.exp(p[from(Part.DECAY)])),
                part(p, Part.LEFT),
                part(p, Part.RIGHT),
                part(p, Part.BIAS),
                part(p, Part.INPUT),
                part(p, Part.START_MEAN),
                covariance(part(p, Part.NOISE)),
                covariance(part(p, Part.START_NOISE)),
                part(p, Part.READOUT),
                part(p, Part.READOUT_BIAS),
                variance);
    }

    Encoder encoder(double[] p, Encoder shape) {
        return shape.with(part(p, Part.ENCODER));
    }

    /** The slopes in the vector, from those in the network's arrays. */
    double[] slopes(Model m, Gradient g, double[] encoderSlope) {
        double[] s = new double[count()];
        put(g.left, Part.LEFT, s);
        put(g.right, Part.RIGHT, s);
        put(g.bias, Part.BIAS, s);
        put(g.input, Part.INPUT, s);
        put(g.mean, Part.START_MEAN, s);
        s[from(Part.DECAY)] = g.decay[0] * m.decay() * Math.log(m.decay());
        put(covarianceSlope(m.noise(), g.noise), Part.NOISE, s);
        put(covarianceSlope(m.startNoise(), g.startNoise), Part.START_NOISE, s);
        put(g.weights, Part.READOUT, s);
        put(g.shift, Part.READOUT_BIAS, s);
        for (int i = 0; i < g.variance.length; i++) {
            s[from(Part.VARIANCE) + i] = g.variance[i] * m.variance()[i];
        }
        if (encoderSlope != null) {
            put(encoderSlope, Part.ENCODER, s);
        }
        return s;
    }

    private double[] covarianceSlope(double[] q, double[] slope) {
        if (form == Covariance.FULL) {
            double[] l = Small.cholesky(q, rank);
            double[] full = Small.multiply(slope, l, rank, rank, rank);
            double[] packed = new double[rank * (rank + 1) / 2];
            int at = 0;
            for (int r = 0; r < rank; r++) {
                for (int c = 0; c <= r; c++) {
                    double value = 2 * full[r * rank + c];
                    packed[at++] = r == c ? value * l[r * rank + r] / 2 : value;
                }
            }
            return packed;
        }
        double[] logs = new double[rank];
        double sum = 0;
        for (int r = 0; r < rank; r++) {
            logs[r] = slope[r * (rank + 1)] * q[r * (rank + 1)];
            sum += logs[r];
        }
        return form == Covariance.DIAGONAL ? logs : new double[] {sum};
    }

    /** Keeps variances between 1e-8 and 100. */
    void clip(double[] p) {
        for (Part part : new Part[] {Part.NOISE, Part.START_NOISE}) {
            int at = from(part);
            for (int r = 0; r < (form == Covariance.SCALAR ? 1 : rank); r++) {
                at += form == Covariance.FULL && r > 0 ? r + 1 : form == Covariance.FULL || r == 0 ? 0 : 1;
                p[at] = Math.min(MOST, Math.max(LEAST, p[at]));
            }
        }
        for (int i = from(Part.VARIANCE); i < to(Part.VARIANCE); i++) {
            p[i] = Math.min(MOST, Math.max(LEAST, p[i]));
        }
    }
}
