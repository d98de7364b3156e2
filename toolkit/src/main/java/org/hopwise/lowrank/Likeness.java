package org.hopwise.lowrank;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.FourierTransform;
import org.hopwise.internal.machine.Interruption;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How like a run of one network is to a run of another, or to data: spectra, places in the space of states, correlations,
 * intervals between spikes, directions of the latents. Runs are steps x channels. Source: arXiv 2406.16749 and its public code.
 */
public final class Likeness {

    private Likeness() {}

    /**
     * D_H, the distance of two runs in their power spectra: of every channel the z-scored signal, its |FFT|^2, smoothed along
     * frequency by a Gaussian and scaled to sum 1; between two such spectra the Hellinger distance sqrt(1 - sum sqrt(p q)).
     *
     * @param data steps x channels
     * @param generated steps x channels, as many of both
     * @param smoothing standard deviation of the Gaussian in bins, above 0; 20 in the publication
     * @return one a channel, from 0 for equal spectra to 1; NaN for a channel that never changes
     */
    public static double[] spectralDistances(INDArray data, INDArray generated, double smoothing) {
        return spectralDistances(data, generated, smoothing, Integer.MAX_VALUE);
    }

    /** Of the first bins only; a negative number drops that many at the end. */
    static double[] spectralDistances(INDArray data, INDArray generated, double smoothing, int bins) {
        Check.positive("smoothing", smoothing);
        requireSame(data, generated);
        int channels = (int) data.size(1);
        double[][] one = columns(data);
        double[][] other = columns(generated);
        double[] distances = new double[channels];
        for (int i = 0; i < channels; i++) {
            double[] p = spectrum(one[i], smoothing, bins);
            double[] q = spectrum(other[i], smoothing, bins);
            double overlap = 0;
            for (int k = 0; k < p.length; k++) {
                overlap += Math.sqrt(p[k] * q[k]);
            }
            distances[i] = Math.sqrt(Math.max(0, 1 - overlap));
            distances[i] = Double.isNaN(overlap) ? Double.NaN : distances[i];
        }
        return distances;
    }

    /**
     * The spectra that {@link #spectralDistances} compares: of every channel the z-scored signal, its |FFT|^2, smoothed along
     * frequency by a Gaussian and scaled to sum 1.
     *
     * @param run steps x channels
     * @param smoothing standard deviation of the Gaussian in bins, above 0
     * @return channels x (steps / 2 + 1); bin k has k cycles in the run; NaN for a channel that never changes
     */
    public static INDArray spectra(INDArray run, double smoothing) {
        Check.positive("smoothing", smoothing);
        requireSame(run, run);
        double[][] columns = columns(run);
        double[][] spectra = new double[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            spectra[i] = spectrum(columns[i], smoothing, Integer.MAX_VALUE);
        }
        int bins = spectra[0].length;
        double[] all = new double[spectra.length * bins];
        for (int i = 0; i < spectra.length; i++) {
            System.arraycopy(spectra[i], 0, all, i * bins, bins);
        }
        return Nd.array(all, spectra.length, bins);
    }

    /**
     * A run smoothed along time by a Hann window, {@code sin^2(pi j / (width - 1))} for j = 0 .. width - 1 scaled to sum 1;
     * at the ends the weights that are left are scaled to sum 1. What published fits of brain waves do to generated data,
     * with width 15.
     *
     * @param run steps x channels
     * @param width of the window in steps, odd and at least 3
     * @return steps x channels
     */
    public static INDArray hannSmoothed(INDArray run, int width) {
        requireWidth(width);
        double[] values = Nd.values("run", run, 2);
        int channels = (int) run.size(1);
        int steps = values.length / channels;
        double[] smooth = new double[values.length];
        for (int t = 0; t < steps; t++) {
            Interruption.check();
            double total = 0;
            for (int j = 1; j < width - 1; j++) {
                int at = t + j - width / 2;
                if (at < 0 || at >= steps) {
                    continue;
                }
                double weight = Math.pow(Math.sin(Math.PI * j / (width - 1)), 2);
                total += weight;
                for (int i = 0; i < channels; i++) {
                    smooth[t * channels + i] += weight * values[at * channels + i];
                }
            }
            for (int i = 0; i < channels; i++) {
                smooth[t * channels + i] /= total;
            }
        }
        return Nd.array(smooth, steps, channels);
    }

    private static void requireWidth(int width) {
        if (width < 3 || width % 2 == 0) {
            throw new IllegalArgumentException(
                    "width is %d; it must be odd and at least 3, such as 15.".formatted(width));
        }
    }

    /**
     * The run before {@link #hannSmoothed} was applied to it, z-scored: of all runs that the window takes to this one, the one of
     * the least square sum. For recordings that are published smoothed only, while networks are to be fitted to what was
     * measured. It begins and ends half a window earlier and later, since the smoothed values there still hold that much.
     * Frequencies at the window's zeros, multiples of a cycle in {@code width - 1} steps from the second on, are lost in a line a
     * few hundred-thousandths of a cycle a step wide. Cost: steps times width^2, and steps times width a channel.
     *
     * @param smoothed steps x channels, smoothed inside a longer recording, so not itself bent at the ends
     * @param width of the window in steps, odd and at least 3, fewer than the steps
     * @return (steps + width - 3) x channels, every channel of mean 0 and variance 1
     */
    public static INDArray hannUnsmoothed(INDArray smoothed, int width) {
        requireWidth(width);
        requireSame(smoothed, smoothed);
        int steps = (int) smoothed.size(0);
        if (width >= steps) {
            throw new IllegalArgumentException(
                    "width is %d; it must be less than the %d steps of the run.".formatted(width, steps));
        }
        double[] weights = new double[width - 2];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = 2.0 / (width - 1) * Math.pow(Math.sin(Math.PI * (j + 1) / (width - 1)), 2);
        }
        Deconvolution deconvolution = new Deconvolution(weights, steps);
        double[][] columns = columns(smoothed);
        int channels = columns.length;
        int longer = steps + weights.length - 1;
        double[] all = new double[longer * channels];
        for (int i = 0; i < channels; i++) {
            double[] scored = scored(deconvolution.signal(columns[i]));
            for (int t = 0; t < longer; t++) {
                all[t * channels + i] = scored[t];
            }
        }
        return Nd.array(all, longer, channels);
    }

    private static void requireSame(INDArray data, INDArray generated) {
        if (data.rank() != 2 || !Arrays.equals(data.shape(), generated.shape()) || data.size(0) < 4) {
            throw new IllegalArgumentException(
                    "runs are %s and %s; both must be steps x channels of the same size, with 4 steps at least."
                            .formatted(LowRank.sizes(data.shape()), LowRank.sizes(generated.shape())));
        }
    }

    private static double[][] columns(INDArray run) {
        double[] values = Nd.values("run", run, 2);
        int channels = (int) run.size(1);
        double[][] columns = new double[channels][values.length / channels];
        for (int i = 0; i < values.length; i++) {
            columns[i % channels][i / channels] = values[i];
        }
        return columns;
    }

    private static double[] scored(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double sd = Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length);
        return Arrays.stream(x).map(v -> (v - mean) / sd).toArray();
    }

    private static double[] spectrum(double[] signal, double smoothing, int bins) {
        Interruption.check();
        double[] scored = scored(signal);
        double[] power = power(Arrays.copyOf(scored, scored.length / 2 * 2));
        double[] smooth = smoothed(power, smoothing);
        int kept = bins < 0 ? smooth.length + bins : Math.min(bins, smooth.length);
        double sum = Arrays.stream(smooth).limit(kept).sum();
        return Arrays.stream(smooth).limit(kept).map(v -> v / sum).toArray();
    }

    /** |X_k|^2 for k = 0 .. n / 2, for any length n: Bluestein's chirp (1970) around transforms of a power of two. */
    private static double[] power(double[] x) {
        int n = x.length;
        int length = Integer.highestOneBit(2 * n) * 2;
        double[] re = new double[length];
        double[] im = new double[length];
        double[] chirpRe = new double[length];
        double[] chirpIm = new double[length];
        for (int j = 0; j < n; j++) {
            double angle = Math.PI * ((long) j * j % (2L * n)) / n;
            re[j] = x[j] * Math.cos(angle);
            im[j] = -x[j] * Math.sin(angle);
            int mirrored = (length - j) % length;
            chirpRe[j] = Math.cos(angle);
            chirpIm[j] = Math.sin(angle);
            chirpRe[mirrored] = chirpRe[j];
            chirpIm[mirrored] = chirpIm[j];
        }
        FourierTransform fourier = new FourierTransform(length);
        fourier.forward(re, im);
        fourier.forward(chirpRe, chirpIm);
        for (int k = 0; k < length; k++) {
            double product = re[k] * chirpRe[k] - im[k] * chirpIm[k];
            im[k] = re[k] * chirpIm[k] + im[k] * chirpRe[k];
            re[k] = product;
        }
        fourier.inverse(re, im);
        double[] power = new double[n / 2 + 1];
        for (int k = 0; k < power.length; k++) {
            power[k] = re[k] * re[k] + im[k] * im[k];
        }
        return power;
    }

    /** A Gaussian of four standard deviations, mirrored at both ends with the last bin repeated. */
    private static double[] smoothed(double[] x, double sd) {
        int reach = (int) (4 * sd + 0.5);
        double[] weights = new double[2 * reach + 1];
        double sum = 0;
        for (int j = -reach; j <= reach; j++) {
            weights[j + reach] = Math.exp(-0.5 * j * j / (sd * sd));
            sum += weights[j + reach];
        }
        double[] smooth = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            for (int j = -reach; j <= reach; j++) {
                int at = Math.floorMod(k + j, 2 * x.length);
                smooth[k] += weights[j + reach] / sum * x[at < x.length ? at : 2 * x.length - 1 - at];
            }
        }
        return smooth;
    }

    /**
     * D_stsp, how far generated states are from those of the data: both runs as mixtures of Gaussians of variance 1 around their
     * z-scored states, and the mean of log(data / generated) over draws from the mixture of the data.
     *
     * @param data steps x channels
     * @param generated steps x channels
     * @param draws how many, such as 1,000
     * @param s the randomness; its stream {@code "states"} is used
     * @return about 0 for equal distributions, larger for others
     */
    public static double stateSpaceDivergence(INDArray data, INDArray generated, int draws, Seed s) {
        Check.positive("draws", draws);
        requireSame(data, generated);
        double[][] one = scoredRows(data);
        double[][] other = scoredRows(generated);
        Draws random = new Draws(s.named("states"));
        double[][] points = new double[draws][];
        for (int d = 0; d < draws; d++) {
            points[d] = one[random.below(one.length)].clone();
            for (int i = 0; i < points[d].length; i++) {
                points[d][i] += random.gaussian();
            }
        }
        return divergence(one, other, points);
    }

    static double[][] scoredRows(INDArray run) {
        double[][] columns = columns(run);
        double[][] rows = new double[columns[0].length][columns.length];
        for (int i = 0; i < columns.length; i++) {
            double[] scored = scored(columns[i]);
            for (int t = 0; t < rows.length; t++) {
                rows[t][i] = scored[t];
            }
        }
        return rows;
    }

    static double divergence(double[][] one, double[][] other, double[][] points) {
        double sum = 0;
        for (double[] point : points) {
            Interruption.check();
            sum += logMixture(one, point) - logMixture(other, point);
        }
        return sum / points.length;
    }

    private static double logMixture(double[][] centres, double[] point) {
        double[] logs = new double[centres.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
            double square = 0;
            for (int i = 0; i < point.length; i++) {
                square += (point[i] - centres[c][i]) * (point[i] - centres[c][i]);
            }
            logs[c] = -square / 2;
            largest = Math.max(largest, logs[c]);
        }
        double total = 0;
        for (double log : logs) {
            total += Math.exp(log - largest);
        }
        return largest + Math.log(total / centres.length);
    }

    /**
     * Pearson correlations of all pairs of channels.
     *
     * @param run steps x channels
     * @return of channels (0, 1), (0, 2), …, (1, 2), …; NaN with a channel that never changes
     */
    public static double[] correlations(INDArray run) {
        double[][] rows = columns(run);
        double[][] scored = Arrays.stream(rows).map(Likeness::scored).toArray(double[][]::new);
        double[] result = new double[rows.length * (rows.length - 1) / 2];
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = i + 1; j < rows.length; j++) {
                double sum = 0;
                for (int t = 0; t < rows[i].length; t++) {
                    sum += scored[i][t] * scored[j][t];
                }
                result[at++] = sum / rows[i].length;
            }
        }
        return result;
    }

    /**
     * The mean interval between spikes of every channel, in steps; a spike is a step with a count above 0.
     *
     * @param counts steps x channels
     * @return one a channel; NaN with fewer than two spikes
     */
    public static double[] meanIntervals(INDArray counts) {
        return Arrays.stream(columns(counts)).mapToDouble(c -> moments(c)[0]).toArray();
    }

    /**
     * The coefficient of variation of the intervals between spikes: their standard deviation (of the population) over their mean.
     *
     * @param counts steps x channels
     * @return one a channel; NaN with fewer than two spikes
     */
    public static double[] intervalVariation(INDArray counts) {
        return Arrays.stream(columns(counts))
                .mapToDouble(c -> moments(c)[1] / moments(c)[0])
                .toArray();
    }

    private static double[] moments(double[] counts) {
        double sum = 0;
        double squares = 0;
        int intervals = 0;
        int last = -1;
        for (int t = 0; t < counts.length; t++) {
            if (counts[t] > 0) {
                if (last >= 0) {
                    sum += t - last;
                    squares += (double) (t - last) * (t - last);
                    intervals++;
                }
                last = t;
            }
        }
        double mean = sum / intervals;
        return new double[] {mean, Math.sqrt(Math.max(0, squares / intervals - mean * mean))};
    }

    /**
     * The largest principal angle between the spaces that the left factors of two networks span, in degrees: 0 if their units
     * move in the same plane.
     *
     * @param a a network
     * @param b a network of as many units and the same rank
     * @return from 0 to 90
     */
    public static double angle(LowRank a, LowRank b) {
        if (a.units() != b.units() || a.rank() != b.rank()) {
            throw new IllegalArgumentException(
                    "networks are %d x %d and %d x %d; both must have the same units and rank."
                            .formatted(a.units(), a.rank(), b.units(), b.rank()));
        }
        DMatrixRMaj product = CommonOps_DDRM.multTransA(basis(a), basis(b), null);
        var svd = DecompositionFactory_DDRM.svd(a.rank(), a.rank(), false, false, true);
        svd.decompose(product);
        double smallest = Arrays.stream(svd.getSingularValues()).min().orElseThrow();
        return Math.toDegrees(Math.acos(Math.min(1, smallest)));
    }

    private static DMatrixRMaj basis(LowRank n) {
        var qr = DecompositionFactory_DDRM.qr(n.units(), n.rank());
        qr.decompose(n.leftMatrix());
        return qr.getQ(null, true);
    }
}
