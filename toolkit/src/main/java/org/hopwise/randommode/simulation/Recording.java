package org.hopwise.randommode.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Products;
import org.hopwise.internal.linear.LinearAlgebra;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Parallel;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The activity of N units at equal intervals in several separate trajectories, and its second moments.
 *
 * <p>Means are not subtracted: the networks here are symmetric under x to -x, so means are 0 up to noise, and subtracting
 * would bias slow activity. Products of covariances are averaged over pairs of <em>different</em> trajectories, so that
 * sampling noise adds nothing on average; the plain estimate is too large by about (number of units) / (number of
 * samples). Stored in single precision; sums in double.
 */
public final class Recording {

    /** Powers of two from which on values are stored in another unit, so that fourth powers stay in single precision. */
    private static final int FAR = 20;

    /** The estimate has no bias, so that of independent units falls below 1 at times; less than this is noise alone. */
    private static final double LEAST_PER_DIMENSION = 0.9;

    /** Their decomposition takes half a minute on one core. */
    static final int MOST_EIGENVALUES = 3_000;

    /** Samples of which products are made together. */
    private static final int BLOCK = 256;

    private final float[][] values;
    private final int units;
    private final int samples;
    private final double interval;
    private final int threads;
    /** What the stored values are multiplied by: a power of two. */
    private final double unit;

    /** Takes over an array of one entry a trajectory: samples x units, row-major. */
    Recording(float[][] values, int units, double interval, int threads) {
        this(values, units, interval, threads, 1);
    }

    private Recording(float[][] values, int units, double interval, int threads, double unit) {
        int exponent = exponent(values);
        boolean isExtreme = Math.abs(exponent) > FAR;
        if (isExtreme) {
            for (float[] trajectory : values) {
                for (int at = 0; at < trajectory.length; at++) {
                    trajectory[at] = Math.scalb(trajectory[at], -exponent);
                }
            }
        }
        this.unit = isExtreme ? Math.scalb(unit, exponent) : unit;
        this.values = values;
        this.units = units;
        this.samples = values[0].length / units;
        this.interval = interval;
        this.threads = threads;
    }

    /** The power of two next to the largest modulus, 0 if all are 0. */
    private static int exponent(float[][] values) {
        float largest = 0;
        for (float[] trajectory : values) {
            for (float value : trajectory) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest == 0 ? 0 : (int) Math.floor(Math.log(largest) / Math.log(2));
    }

    /**
     * Activity from elsewhere, such as measured rates; subtract means beforehand if they are not 0 by symmetry.
     *
     * @param values trajectories x samples x units, finite; copied in single precision
     * @param interval the time between samples
     * @return the recording
     */
    public static Recording of(INDArray values, double interval) {
        Check.positive("interval", interval);
        double[] flat = Nd.values("values", values, 3);
        int trajectories = (int) values.size(0);
        int length = flat.length / trajectories;
        requireSize(trajectories, values.size(1), values.size(2), 1);
        float[][] copy = new float[trajectories][length];
        double largest = Arrays.stream(flat).map(Math::abs).max().orElse(0);
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        int shift = Math.abs(exponent) > FAR ? exponent : 0;
        for (int i = 0; i < flat.length; i++) {
            copy[i / length][i % length] = (float) Math.scalb(flat[i], -shift);
        }
        int threads = Runtime.getRuntime().availableProcessors();
        return new Recording(copy, (int) values.size(2), interval, threads, Math.scalb(1.0, shift));
    }

    /** Refuses what memory cannot hold and what has no covariance in time. */
    static void requireSize(long trajectories, long samples, long units, int copies) {
        if (samples < 2) {
            throw new IllegalArgumentException(
                    "there would be %d samples in a trajectory; record longer or more often, at least 2."
                            .formatted(samples));
        }
        double bytes = 4.0 * copies * trajectories * samples * units;
        double available = Runtime.getRuntime().maxMemory() / 2.0;
        if (samples * units > Integer.MAX_VALUE / 4 || bytes > available) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d trajectories of %d samples of %d units take %.1f GiB; half of Java's memory is %.1f GiB. Record "
                            + "less, sample more rarely, or start Java with a larger -Xmx.",
                    trajectories,
                    samples,
                    units,
                    bytes / (1 << 30),
                    available / (1 << 30)));
        }
    }

    /**
     * How many units there are.
     *
     * @return N
     */
    public int units() {
        return units;
    }

    /**
     * How many trajectories there are.
     *
     * @return their number
     */
    public int trajectories() {
        return values.length;
    }

    /**
     * How many moments were recorded in each trajectory.
     *
     * @return their number
     */
    public int samples() {
        return samples;
    }

    /**
     * The time between recorded moments.
     *
     * @return the interval, in time constants
     */
    public double interval() {
        return interval;
    }

    /**
     * One trajectory, a copy.
     *
     * @param index which, from 0
     * @return samples x units
     */
    public INDArray trajectory(int index) {
        float[] all = values[Check.between("index", index, 0, values.length - 1)];
        double[] copy = new double[all.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = unit * all[i];
        }
        return Nd.array(copy, samples, units);
    }

    /**
     * The first units over the first moments of the first trajectory, to look at.
     *
     * @param drawn how many units, at most those there are
     * @param samples how many moments, at most those recorded
     * @return one row a unit and moment: {@code unit}, a word, {@code time}, {@code activity}
     */
    public Table toTable(int drawn, int samples) {
        Check.between("drawn", drawn, 1, this.units);
        Check.between("samples", samples, 1, this.samples);
        Table table = Table.create(
                "activity", StringColumn.create("unit"), DoubleColumn.create("time"), DoubleColumn.create("activity"));
        for (int i = 0; i < drawn; i++) {
            for (int t = 0; t < samples; t++) {
                table.stringColumn("unit").append("unit " + (i + 1));
                table.doubleColumn("time").append(t * interval);
                table.doubleColumn("activity").append(unit * values[0][t * this.units + i]);
            }
        }
        return table;
    }

    /**
     * The eigenvalues of the covariance matrix of units, over all moments and trajectories, the largest first. Noise of
     * finitely many samples spreads them; for a count without it see {@link #dimension}. Cost: samples x units^2 and a
     * symmetric eigenvalue problem.
     *
     * @return one row an eigenvalue: {@code rank} from 1, {@code eigenvalue}
     */
    public Table spectrum() {
        double[] found = eigenvalues();
        return Table.create(
                "spectrum",
                IntColumn.create("rank", IntStream.rangeClosed(1, found.length).toArray()),
                DoubleColumn.create("eigenvalue", found));
    }

    /**
     * Every unit divided by its own root mean square over all trajectories: the z-scores of units whose mean is 0 by
     * symmetry. Silent units stay 0.
     *
     * @return a new recording
     */
    public Recording zScored() {
        double[] squares = new double[units];
        for (float[] trajectory : values) {
            for (int at = 0; at < trajectory.length; at++) {
                squares[at % units] += (double) trajectory[at] * trajectory[at];
            }
        }
        double count = (double) values.length * samples;
        double[] factors = Arrays.stream(squares)
                .map(s -> s == 0 ? 0 : 1 / Math.sqrt(s / count))
                .toArray();
        float[][] scored = new float[values.length][values[0].length];
        for (int k = 0; k < values.length; k++) {
            for (int at = 0; at < values[k].length; at++) {
                scored[k][at] = (float) (factors[at % units] * values[k][at]);
            }
        }
        return new Recording(scored, units, interval, threads);
    }

    /**
     * Every unit times a weight of its own, such as the gain of a readout or of an output.
     *
     * @param weights one a unit, finite
     * @return a new recording
     */
    public Recording weighted(double... weights) {
        if (weights.length != units) {
            throw new IllegalArgumentException(
                    "there are %d weights for %d units; give one a unit.".formatted(weights.length, units));
        }
        Check.finite("weights", weights, 0);
        float[][] weighted = new float[values.length][values[0].length];
        for (int k = 0; k < values.length; k++) {
            for (int at = 0; at < values[k].length; at++) {
                weighted[k][at] = (float) (weights[at % units] * values[k][at]);
            }
        }
        return new Recording(weighted, units, interval, threads, unit);
    }

    /**
     * C(0), the mean square over units, samples and trajectories.
     *
     * @return the variance
     */
    public double variance() {
        return covariance(0)[0];
    }

    /**
     * C(tau), the mean over units, samples and trajectories of {@code v_i(t + tau) v_i(t)}.
     *
     * @param lags tau, in time constants: multiples of {@link #interval}, of either sign
     * @return one value a lag
     */
    public double[] covariance(double... lags) {
        int[] shifts = shifts(lags);
        double[][] sums = new double[values.length][shifts.length];
        Parallel.run(threads, values.length, k -> {
            float[] v = values[k];
            for (int l = 0; l < shifts.length; l++) {
                int offset = Math.abs(shifts[l]) * units;
                double sum = 0;
                for (int at = offset; at < v.length; at++) {
                    sum += (double) v[at] * v[at - offset];
                }
                sums[k][l] = sum / (v.length - offset);
            }
        });
        return IntStream.range(0, shifts.length)
                .mapToDouble(l -> unit
                        * unit
                        * Arrays.stream(sums).mapToDouble(s -> s[l]).average().orElseThrow())
                .toArray();
    }

    /**
     * N / PR, with the participation ratio {@code PR = (Tr C)^2 / Tr C^2} of the covariance matrix at lag 0; both squares
     * are averages over pairs of different trajectories. 1 for independent units of equal variance, N if all do the same.
     * About N^2 operations a sample.
     *
     * @return how many units there are to a dimension; noise may leave it up to a tenth below 1, its least value
     * @throws IllegalStateException if there is one trajectory, or so few samples that noise hides Tr C^2
     */
    public double unitsPerDimension() {
        requirePairs();
        double found = units * CrossProducts.unitsPerDimension(values, units, samples, threads);
        if (found < LEAST_PER_DIMENSION) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "there would be %.4g dimensions of %d units: noise hides Tr C^2. Record longer or more trajectories.",
                    units / found,
                    units));
        }
        return found;
    }

    /**
     * The participation ratio PR.
     *
     * @return the dimension, N / {@link #unitsPerDimension}, and N where noise makes it larger
     * @throws IllegalStateException if there is one trajectory, or so few samples that noise hides Tr C^2
     */
    public double dimension() {
        return Math.min(units, units / unitsPerDimension());
    }

    /**
     * Collective correlations at equal lags, {@code psi(tau, tau) = N <C_ij(tau)^2>} over pairs of different units, with
     * {@code C_ij(tau) = <v_i(t + tau) v_j(t)>}; averaged over pairs of different trajectories. About N operations for
     * each pair of recorded moments.
     *
     * @param lags tau, in time constants: multiples of {@link #interval}
     * @return columns lag, psi; one row a lag
     */
    public Table correlations(double... lags) {
        requirePairs();
        int[] shifts = shifts(lags);
        int[][] pairs = Arrays.stream(shifts).mapToObj(s -> new int[] {s, s}).toArray(int[][]::new);
        return Table.create(
                "correlations",
                DoubleColumn.create("lag", lags),
                DoubleColumn.create("psi", inUnits(CrossProducts.psi(values, units, samples, threads, pairs))));
    }

    /**
     * The time course of the principal components (arXiv 2409.01969, equation 28), {@code Psi(tau, 0) = (1/N) sum_ij C_ij(tau)
     * C_ij(0) = (1/N) sum_k lambda_k^2 <p_k(t) p_k(t + tau)>}, p_k the k-th component at unit variance; averaged over pairs
     * of different trajectories. About N operations for each pair of recorded moments.
     *
     * @param lags tau, in time constants: multiples of {@link #interval}
     * @return columns lag, Psi; one row a lag
     */
    public Table timeCourse(double... lags) {
        requirePairs();
        int[][] pairs =
                Arrays.stream(shifts(lags)).mapToObj(s -> new int[] {s, 0}).toArray(int[][]::new);
        double[] all = inUnits(CrossProducts.allPairs(values, units, samples, threads, pairs));
        return Table.create(
                "time course",
                DoubleColumn.create("lag", lags),
                DoubleColumn.create(
                        "Psi", Arrays.stream(all).map(v -> v / units).toArray()));
    }

    /**
     * The eigenvalues of the covariance matrix at lag 0, all trajectories together: the variances of the principal
     * components. Sampling noise spreads them, and from the number of all samples on they are 0; record several samples a
     * unit. About N^2 operations a sample and 2 N^3 more.
     *
     * @return N values, the largest first; their sum is N C(0)
     * @throws IllegalArgumentException if there are more than {@value #MOST_EIGENVALUES} units
     */
    public double[] eigenvalues() {
        Check.between("units", units, 1, MOST_EIGENVALUES);
        double[] covariance = new double[units * units];
        double[] block = new double[BLOCK * units];
        for (float[] trajectory : values) {
            for (int first = 0; first < samples; first += BLOCK) {
                Interruption.check();
                int count = Math.min(BLOCK, samples - first);
                for (int at = 0; at < count * units; at++) {
                    block[at] = unit * trajectory[first * units + at];
                }
                Products.addTransposedProduct(block, 0, block, 0, covariance, count, units, units);
            }
        }
        double count = (double) values.length * samples;
        for (int at = 0; at < covariance.length; at++) {
            covariance[at] /= count;
        }
        return LinearAlgebra.symmetricEigenvalues(DMatrixRMaj.wrap(units, units, covariance));
    }

    /**
     * Collective correlations at all pairs of lags, {@code psi(tau1, tau2) = N <C_ij(tau1) C_ij(tau2)>}, otherwise as
     * {@link #correlations}.
     *
     * @param lags the values of tau1 and of tau2, in time constants: multiples of {@link #interval}, of either sign
     * @return columns lag 1, lag 2, psi; one row a pair
     */
    public Table correlationMap(double... lags) {
        requirePairs();
        int[] shifts = shifts(lags);
        int n = lags.length;
        // psi(tau1, tau2) = psi(tau2, tau1), so half of the map is enough.
        int[][] upper = new int[n * (n + 1) / 2][];
        int[] place = new int[n * n];
        double[] first = new double[n * n];
        double[] second = new double[n * n];
        int pairs = 0;
        for (int k = 0; k < n; k++) {
            for (int l = 0; l < n; l++) {
                first[k * n + l] = lags[k];
                second[k * n + l] = lags[l];
                if (k <= l) {
                    place[k * n + l] = pairs;
                    place[l * n + k] = pairs;
                    upper[pairs++] = new int[] {shifts[k], shifts[l]};
                }
            }
        }
        double[] psi = inUnits(CrossProducts.psi(values, units, samples, threads, upper));
        return Table.create(
                "correlations",
                DoubleColumn.create("lag 1", first),
                DoubleColumn.create("lag 2", second),
                DoubleColumn.create(
                        "psi", Arrays.stream(place).mapToDouble(p -> psi[p]).toArray()));
    }

    /** Products of four values. */
    private double[] inUnits(double[] psi) {
        return Arrays.stream(psi).map(v -> unit * unit * v * unit * unit).toArray();
    }

    private void requirePairs() {
        if (values.length < 2) {
            throw new IllegalStateException(
                    "there is 1 trajectory; covariances of different units are averaged over pairs "
                            + "of trajectories, so record at least 2, better 16.");
        }
    }

    private int[] shifts(double[] lags) {
        int[] shifts = new int[lags.length];
        for (int l = 0; l < lags.length; l++) {
            long shift = Math.round(lags[l] / interval);
            if (!(Math.abs(lags[l] - shift * interval) < 1e-9 * interval * samples) || Math.abs(shift) >= samples) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "lags[%d] is %s; lags are multiples of the recording's interval %s, up to %s.",
                        l,
                        lags[l],
                        interval,
                        (samples - 1) * interval));
            }
            shifts[l] = (int) shift;
        }
        return shifts;
    }

    /** Sizes, for reading. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d trajectories of %d samples of %d units, every %s",
                values.length,
                samples,
                units,
                interval);
    }
}
