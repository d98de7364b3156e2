package org.hopwise.lowrank;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erfc;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.array.TallProducts;

/**
 * What the observations up to a step suggest for the latents: three causal convolutions over time, of 21, 11 and 1 steps, with
 * 64 channels and GELU between them, give a mean and a log variance a latent and step. A filter multiplies this Gaussian with
 * the network's own prior. Source: arXiv 2406.16749, encoding network; the gradient is by hand.
 */
public final class Encoder implements Serializable {

    /** Log variances stay between these, so that no proposal collapses or explodes. */
    private static final double LEAST = Math.log(1e-8);

    private static final double MOST = Math.log(100);

    private final int channels;
    private final int rank;
    private final int[] kernels;
    private final int[] widths;
    private final double[] parameters;

    private Encoder(int channels, int rank, int[] kernels, int[] widths, double[] parameters) {
        this.channels = channels;
        this.rank = rank;
        this.kernels = kernels;
        this.widths = widths;
        this.parameters = parameters;
    }

    /**
     * An encoder to begin a fit with: kernels of 21, 11 and 1 steps, 64 channels; weights uniform in ±1 / sqrt(inputs x kernel).
     *
     * @param channels of the observations
     * @param rank latents
     * @param seed the randomness; its stream {@code "encoder"} is used
     * @return the encoder
     */
    public static Encoder random(int channels, int rank, Seed seed) {
        return random(channels, rank, new int[] {21, 11, 1}, 64, seed);
    }

    /**
     * An encoder of other sizes.
     *
     * @param channels of the observations
     * @param rank latents
     * @param kernels steps that each convolution looks back, the present included; at least one of them
     * @param width channels between convolutions
     * @param seed the randomness; its stream {@code "encoder"} is used
     * @return the encoder
     */
    public static Encoder random(int channels, int rank, int[] kernels, int width, Seed seed) {
        Check.positive("channels", channels);
        Check.positive("rank", rank);
        Check.positive("width", width);
        Check.positive("the number of kernels", kernels.length);
        int[] widths = new int[kernels.length + 1];
        Arrays.fill(widths, width);
        widths[0] = channels;
        widths[kernels.length] = 2 * rank;
        int count = 0;
        for (int l = 0; l < kernels.length; l++) {
            Check.positive("kernel " + l, kernels[l]);
            count += widths[l + 1] * (widths[l] * kernels[l] + 1);
        }
        double[] parameters = new double[count];
        Draws draws = new Draws(seed.named("encoder"));
        int at = 0;
        for (int l = 0; l < kernels.length; l++) {
            int fan = widths[l] * kernels[l];
            double[] layer = new double[widths[l + 1] * (fan + 1)];
            draws.fillUniform(layer, 1 / Math.sqrt(fan));
            System.arraycopy(layer, 0, parameters, at, layer.length);
            at += layer.length;
        }
        return new Encoder(channels, rank, kernels.clone(), widths, parameters);
    }

    void requireFit(Model m) {
        if (m.channels() != channels || m.rank() != rank) {
            throw new IllegalArgumentException(
                    "the encoder is for %d channels and rank %d; the network has %d and %d. Make one with Encoder.random."
                            .formatted(channels, rank, m.channels(), m.rank()));
        }
    }

    int size() {
        return parameters.length;
    }

    double[] parameters() {
        return parameters.clone();
    }

    Encoder with(double[] values) {
        return new Encoder(channels, rank, kernels, widths, values.clone());
    }

    /** Mean and variance of every step and latent, steps x rank. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Moments(double[] mean, double[] variance) {}

    Moments moments(TrialData data, int trial) {
        return new Run(data, trial).moments();
    }

    /** One trial through the convolutions, and back. */
    final class Run {
        private final int steps;
        /** Before each convolution: (inputs x kernel) rows of steps. */
        private final TallMatrix[] columns = new TallMatrix[kernels.length];

        private final TallMatrix[] outputs = new TallMatrix[kernels.length];
        /** The normal distribution at the outputs that a GELU follows. */
        private final TallMatrix[] gates = new TallMatrix[kernels.length];

        Run(TrialData data, int trial) {
            steps = data.steps;
            TallMatrix signal = new TallMatrix(channels, steps);
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < channels; i++) {
                    double y = data.values[(trial * steps + t) * channels + i];
                    signal.data()[signal.at(i) + t] = Double.isNaN(y) ? 0 : y;
                }
            }
            int at = 0;
            for (int l = 0; l < kernels.length; l++) {
                columns[l] = lookBack(signal, widths[l], kernels[l]);
                DMatrixRMaj weights = weights(l, at);
                outputs[l] = TallProducts.product(weights, columns[l]);
                int biases = at + widths[l + 1] * widths[l] * kernels[l];
                for (int o = 0; o < widths[l + 1]; o++) {
                    int row = outputs[l].at(o);
                    for (int t = 0; t < steps; t++) {
                        outputs[l].data()[row + t] += parameters[biases + o];
                    }
                }
                at = biases + widths[l + 1];
                signal = l + 1 < kernels.length ? gelu(l) : null;
            }
        }

        private DMatrixRMaj weights(int l, int at) {
            int fan = widths[l] * kernels[l];
            return DMatrixRMaj.wrap(widths[l + 1], fan, Arrays.copyOfRange(parameters, at, at + widths[l + 1] * fan));
        }

        /** Row i kernel + j holds channel i as it was j steps ago, 0 before the trial. */
        private TallMatrix lookBack(TallMatrix signal, int rows, int kernel) {
            TallMatrix stacked = new TallMatrix(rows * kernel, steps);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < Math.min(kernel, steps); j++) {
                    System.arraycopy(
                            signal.data(), signal.at(i), stacked.data(), stacked.at(i * kernel + j) + j, steps - j);
                }
            }
            return stacked;
        }

        private TallMatrix gelu(int l) {
            TallMatrix x = outputs[l];
            TallMatrix gate = new TallMatrix(x.rows(), steps);
            TallMatrix y = new TallMatrix(x.rows(), steps);
            for (int o = 0; o < x.rows(); o++) {
                int row = x.at(o);
                for (int t = row; t < row + steps; t++) {
                    gate.data()[t] = normal(x.data()[t]);
                    y.data()[t] = x.data()[t] * gate.data()[t];
                }
            }
            gates[l] = gate;
            return y;
        }

        Moments moments() {
            TallMatrix out = outputs[kernels.length - 1];
            double[] mean = new double[steps * rank];
            double[] variance = new double[steps * rank];
            for (int t = 0; t < steps; t++) {
                for (int r = 0; r < rank; r++) {
                    mean[t * rank + r] = out.get(r, t);
                    variance[t * rank + r] = Math.exp(Math.min(MOST, Math.max(LEAST, out.get(rank + r, t))));
                }
            }
            return new Moments(mean, variance);
        }

        /** Adds the slopes of the parameters, from those of means and log variances (steps x rank). */
        void backward(double[] meanSlope, double[] logVarianceSlope, double[] gradient) {
            int last = kernels.length - 1;
            TallMatrix out = outputs[last];
            TallMatrix slope = new TallMatrix(2 * rank, steps);
            for (int t = 0; t < steps; t++) {
                for (int r = 0; r < rank; r++) {
                    double log = out.get(rank + r, t);
                    slope.add(r, t, meanSlope[t * rank + r]);
                    slope.add(rank + r, t, log > LEAST && log < MOST ? logVarianceSlope[t * rank + r] : 0);
                }
            }
            int at = parameters.length;
            for (int l = last; l >= 0; l--) {
                int fan = widths[l] * kernels[l];
                at -= widths[l + 1] * (fan + 1);
                DMatrixRMaj rows = rows(slope);
                TallMatrix turned = TallMatrix.of(columns[l].transposed());
                TallMatrix weightSlope = TallProducts.product(rows, turned);
                for (int o = 0; o < widths[l + 1]; o++) {
                    for (int i = 0; i < fan; i++) {
                        gradient[at + o * fan + i] += weightSlope.get(o, i);
                    }
                    double sum = 0;
                    for (int t = 0; t < steps; t++) {
                        sum += slope.get(o, t);
                    }
                    gradient[at + widths[l + 1] * fan + o] += sum;
                }
                if (l > 0) {
                    slope = inputSlope(l, at, slope);
                }
            }
        }

        private DMatrixRMaj rows(TallMatrix slope) {
            DMatrixRMaj rows = new DMatrixRMaj(slope.rows(), steps);
            for (int o = 0; o < slope.rows(); o++) {
                System.arraycopy(slope.data(), slope.at(o), rows.data, o * steps, steps);
            }
            return rows;
        }

        /** Through the convolution and the GELU before it. */
        private TallMatrix inputSlope(int l, int at, TallMatrix slope) {
            DMatrixRMaj transposed = org.ejml.dense.row.CommonOps_DDRM.transpose(weights(l, at), null);
            TallMatrix stacked = TallProducts.product(transposed, slope);
            TallMatrix before = outputs[l - 1];
            TallMatrix result = new TallMatrix(widths[l], steps);
            for (int i = 0; i < widths[l]; i++) {
                int row = result.at(i);
                for (int j = 0; j < Math.min(kernels[l], steps); j++) {
                    int from = stacked.at(i * kernels[l] + j);
                    for (int t = 0; t < steps - j; t++) {
                        result.data()[row + t] += stacked.data()[from + t + j];
                    }
                }
                for (int t = 0; t < steps; t++) {
                    double x = before.get(i, t);
                    result.data()[row + t] *=
                            gates[l - 1].get(i, t) + x * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
                }
            }
            return result;
        }
    }

    /** The cumulative normal distribution. */
    private static double normal(double x) {
        return 0.5 * Erfc.value(-x / Math.sqrt(2));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encoder e
                && Arrays.equals(kernels, e.kernels)
                && Arrays.equals(widths, e.widths)
                && Arrays.equals(parameters, e.parameters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parameters);
    }

    @Override
    public String toString() {
        return "encoder of %d channels into %d latents, kernels %s, %d parameters"
                .formatted(channels, rank, Arrays.toString(kernels), parameters.length);
    }
}
