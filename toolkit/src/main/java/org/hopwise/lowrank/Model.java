package org.hopwise.lowrank;

import java.io.Serializable;
import java.util.Locale;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Settings;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A stochastic network as flat arrays, row-major: what filters and fits compute on. Arrays are shared between copies and
 * never written to.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Model(
        int units,
        int rank,
        int channels,
        int inputs,
        Ramp ramp,
        Readout readout,
        Link link,
        boolean raw,
        double decay,
        double[] left,
        double[] right,
        double[] bias,
        double[] input,
        double[] mean,
        double[] noise,
        double[] startNoise,
        double[] weights,
        double[] shift,
        double[] variance)
        implements Serializable {

    private static final double NOISE = 0.1;

    static Model of(LowRank n, Observation o) {
        int units = n.units();
        int rank = n.rank();
        boolean latents = o.readout() == Readout.LATENTS;
        INDArray weights = o.weights();
        INDArray bias = o.bias();
        if (latents && (weights == null || weights.rank() != 2 || weights.isEmpty() || weights.size(1) != rank)) {
            throw new IllegalArgumentException(
                    "observation weights are %s; they must be channels x rank, such as %d x %d."
                            .formatted(weights == null ? "missing" : LowRank.sizes(weights.shape()), units, rank));
        }
        int channels = latents ? (int) weights.size(0) : units;
        double[] b = latents
                ? Nd.values("observation weights", weights, 2)
                : weights == null ? filled(units, 1) : oneEach("gain", weights, units, "unit");
        double[] shift = bias == null ? new double[channels] : oneEach("observation bias", bias, channels, "channel");
        double[] variance = new double[0];
        if (o instanceof GaussianObservation g) {
            boolean single = g.variance().length() == 1;
            variance = single
                    ? filled(channels, g.variance().getDouble(0))
                    : oneEach("variance", g.variance(), channels, "channel");
            for (int i = 0; i < channels; i++) {
                Check.positive("variance of channel " + i, variance[i]);
            }
        }
        return new Model(
                units,
                rank,
                channels,
                n.inputs(),
                n.ramp(),
                o.readout(),
                o instanceof PoissonObservation p ? p.link() : null,
                false,
                n.decay(),
                n.leftMatrix().data,
                n.rightMatrix().data,
                n.biases(),
                n.inputMatrix().data,
                new double[rank],
                Small.identity(NOISE * NOISE, rank),
                Small.identity(1, rank),
                b,
                shift,
                variance);
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        java.util.Arrays.fill(values, value);
        return values;
    }

    private static double[] oneEach(String name, INDArray array, int count, String thing) {
        if (array.rank() != 1 || array.length() != count) {
            throw new IllegalArgumentException("%s has shape %s; it must be %d values, one a %s."
                    .formatted(name, LowRank.sizes(array.shape()), count, thing));
        }
        return Nd.values(name, array, 1);
    }

    boolean isPoisson() {
        return link != null;
    }

    Model withNoise(double[] covariance) {
        return Settings.with(this, "noise", covariance);
    }

    Model withStart(double[] newMean, double[] covariance) {
        return Settings.with(Settings.with(this, "mean", newMean), "startNoise", covariance);
    }

    Model withRawInputs() {
        return Settings.with(this, "raw", true);
    }

    /** B of the readout, channels x rank: diag(gain) M for currents. */
    double[] latentWeights() {
        if (readout == Readout.LATENTS) {
            return weights;
        }
        double[] b = left.clone();
        for (int i = 0; i < units; i++) {
            for (int r = 0; r < rank; r++) {
                b[i * rank + r] *= weights[i];
            }
        }
        return b;
    }

    /** v of every step, steps x inputs, from u. */
    double[] filtered(double[] u, int steps) {
        if (raw) {
            return u;
        }
        double[] v = new double[steps * inputs];
        for (int i = inputs; i < v.length; i++) {
            v[i] = decay * v[i - inputs] + (1 - decay) * u[i - inputs];
        }
        return v;
    }

    /** W_u v of a step, one value a unit; written into {@code push}. */
    void push(double[] v, int step, double[] push) {
        for (int i = 0; i < units; i++) {
            double sum = 0;
            for (int u = 0; u < inputs; u++) {
                sum += input[i * inputs + u] * v[step * inputs + u];
            }
            push[i] = sum;
        }
    }

    /** The mean of the first latents: mu_0, and for raw inputs (M' M)^-1 M' W_u v_0 more. */
    double[] firstMean(double[] v) {
        if (!raw || inputs == 0) {
            return mean;
        }
        double[] push = new double[units];
        push(v, 0, push);
        double[] transposed = Small.transposed(left, units, rank);
        double[] gram = Small.multiply(transposed, left, rank, units, rank);
        double[] inverse = Small.inverse(gram, rank);
        double[] shifted = Small.multiply(inverse, Small.multiply(transposed, push, rank, units, 1), rank, rank, 1);
        for (int r = 0; r < rank; r++) {
            if (!Double.isFinite(shifted[r])) {
                throw new IllegalArgumentException(
                        "left has columns that depend on each other, so raw inputs have no place among the latents; use filtered inputs.");
            }
            shifted[r] += mean[r];
        }
        return shifted;
    }

    /** The mean of what is observed at a latent state z under W_u v. */
    void observedMean(double[] z, int at, double[] push, double[] into, int start) {
        for (int i = 0; i < channels; i++) {
            double drive = shift[i];
            if (readout == Readout.LATENTS) {
                for (int r = 0; r < rank; r++) {
                    drive += weights[i * rank + r] * z[at + r];
                }
            } else {
                double current = push[i];
                for (int r = 0; r < rank; r++) {
                    current += left[i * rank + r] * z[at + r];
                }
                drive += weights[i] * (readout == Readout.RATES ? ramp.rate(current, bias[i]) : current);
            }
            into[start + i] = link == null ? drive : link.mean(drive);
        }
    }

    void requireOptimal() {
        if (isPoisson() || readout == Readout.RATES) {
            throw new IllegalArgumentException(
                    "the optimal proposal needs Gaussian observations of latents or currents, and these are %s; use bootstrap."
                            .formatted(isPoisson() ? "Poisson counts" : "rates"));
        }
    }

    void requireDiagonal() {
        if (!Small.isDiagonal(noise, rank) || !Small.isDiagonal(startNoise, rank)) {
            throw new IllegalArgumentException(
                    "the encoder's proposal needs diagonal noise; give noise a number or a diagonal covariance, or use bootstrap.");
        }
    }

    /** The checks of trials against this network; {@code fit} also refuses raw inputs that begin at once. */
    void requireFit(Trials y, boolean missing, boolean fit) {
        if (y.channels() != channels) {
            throw new IllegalArgumentException(
                    "observations have %d channels; the network has %d.".formatted(y.channels(), channels));
        }
        if (y.steps() < 2) {
            throw new IllegalArgumentException(
                    "observations have %d step; at least 2 are needed.".formatted(y.steps()));
        }
        if (inputs > 0 && (y.inputs() == null || y.inputs().size(2) != inputs)) {
            throw new IllegalArgumentException(
                    "inputs of the trials are %s; the network has %d, so give an array of trials x steps x %d."
                            .formatted(
                                    y.inputs() == null ? "missing" : y.inputs().size(2) + " a step", inputs, inputs));
        }
        double[] values = y.values();
        for (int i = 0; i < values.length; i++) {
            boolean bad = Double.isInfinite(values[i]) || (Double.isNaN(values[i]) && !missing);
            boolean noCount =
                    isPoisson() && !Double.isNaN(values[i]) && (values[i] < 0 || values[i] != Math.rint(values[i]));
            if (bad || noCount) {
                String place = "trial %d, step %d, channel %d"
                        .formatted(i / channels / y.steps(), i / channels % y.steps(), i % channels);
                throw new IllegalArgumentException(
                        bad
                                ? "observations hold %s at %s (counted from 0); they must be finite. Repair the value, or set missing ones to NaN and call skipMissing()."
                                        .formatted(values[i], place)
                                : "observations hold %s at %s (counted from 0); counts must be whole and 0 or more."
                                        .formatted(String.format(Locale.ROOT, "%s", values[i]), place));
            }
        }
        double[] u = y.inputValues(inputs);
        for (int i = 0; fit && raw && i < u.length; i++) {
            if (i / inputs % y.steps() == 0 && u[i] != 0) {
                throw new IllegalArgumentException(
                        "raw inputs of trial %d are %s at step 0; a fit needs inputs that begin with 0. Use filtered inputs, or put a step of zeros in front."
                                .formatted(i / inputs / y.steps(), u[i]));
            }
        }
    }
}
