package org.hopwise.randommode.simulation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hopwise.internal.array.PackedMatrix;
import org.hopwise.internal.machine.Parallel;

/**
 * Means over pairs of different trajectories a, b of products of their covariances: of {@code Tr(C_a C_b)} and of
 * {@code C_ij,a(tau1) C_ij,b(tau2)}. All sums have a fixed order, whatever the number of threads.
 */
final class CrossProducts {

    /** Columns of covariance matrices that are made together. */
    private static final int STRIP = 64;

    private CrossProducts() {}

    /**
     * Tr C^2 / (Tr C)^2. With S = sum of C_a, the sum over pairs of Tr(C_a C_b) is Tr S^2 - sum of Tr C_a^2, so no pair
     * has to be formed; matrices are made strip by strip, above the diagonal.
     */
    static double unitsPerDimension(float[][] values, int units, int samples, int threads) {
        int trajectories = values.length;
        PackedMatrix[] transposed = new PackedMatrix[trajectories];
        double[] traces = new double[trajectories];
        Parallel.run(threads, trajectories, k -> {
            transposed[k] = PackedMatrix.transposed(values[k], units, units, samples);
            for (float v : values[k]) {
                traces[k] += (double) v * v;
            }
        });
        int strips = (units + STRIP - 1) / STRIP;
        double[] cross = new double[strips];
        // Long strips first, so that no thread is left with one at the end.
        Parallel.run(threads, strips, s -> {
            int strip = strips - 1 - s;
            cross[strip] = strip(values, transposed, units, samples, strip * STRIP);
        });
        double traceSum = Arrays.stream(traces).sum();
        double traceCross =
                traceSum * traceSum - Arrays.stream(traces).map(t -> t * t).sum();
        double ratio = Arrays.stream(cross).sum() / traceCross;
        if (!(ratio > 0)) {
            throw new IllegalStateException(
                    "Tr C^2 came out as %.3g (Tr C)^2: activity is silent or noise hides it. Record longer or more trajectories."
                            .formatted(ratio));
        }
        return ratio;
    }

    private static double strip(float[][] values, PackedMatrix[] transposed, int units, int samples, int first) {
        int columns = Math.min(STRIP, units - first);
        int rows = first + columns;
        float[] part = new float[samples * STRIP];
        float[] product = new float[transposed[0].resultLength(STRIP)];
        double[] total = new double[rows * STRIP];
        double self = 0;
        for (int k = 0; k < values.length; k++) {
            for (int t = 0; t < samples; t++) {
                System.arraycopy(values[k], t * units + first, part, t * STRIP, columns);
            }
            transposed[k].multiply(part, product, STRIP, rows);
            for (int i = 0; i < rows; i++) {
                int diagonal = i - first;
                double squares = 0;
                for (int at = i * STRIP + Math.max(0, diagonal + 1); at < i * STRIP + columns; at++) {
                    double c = product[at];
                    total[at] += c;
                    squares += 2 * c * c;
                }
                if (diagonal >= 0) {
                    double c = product[i * STRIP + diagonal];
                    total[i * STRIP + diagonal] += c;
                    squares += c * c;
                }
                self += squares;
            }
        }
        double cross = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = Math.max(0, i - first); j < columns; j++) {
                double c = total[i * STRIP + j];
                cross += (first + j == i ? 1 : 2) * c * c;
            }
        }
        return cross - self;
    }

    /**
     * psi at pairs of lags, without any covariance matrix: with the products G(t, s) = v_a(t) . v_b(s) of two
     * trajectories, the sum over all i, j of C_ij,a(k) C_ij,b(l) is the mean over t, s of G(t + k, s + l) G(t, s). What
     * i = j adds is taken off.
     */
    static double[] psi(float[][] values, int units, int samples, int threads, int[][] lags) {
        double[] all = allPairs(values, units, samples, threads, lags);
        double[] diagonal = diagonal(values, units, samples, threads, lags);
        return IntStream.range(0, lags.length)
                .mapToDouble(l -> (all[l] - diagonal[l]) / (units - 1))
                .toArray();
    }

    /** The mean over pairs of different trajectories of the sum over all i, j of C_ij,a(k) C_ij,b(l). */
    static double[] allPairs(float[][] values, int units, int samples, int threads, int[][] lags) {
        int trajectories = values.length;
        PackedMatrix[] rows = new PackedMatrix[trajectories];
        Parallel.run(threads, trajectories, k -> rows[k] = PackedMatrix.of(values[k], samples, units));
        double[][] sums = new double[trajectories][lags.length];
        Parallel.run(threads, trajectories - 1, k -> {
            int b = trajectories - 1 - k;
            addPairs(rows, transpose(values[b], samples, units), b, samples, lags, sums[b]);
        });
        double pairs = trajectories * (trajectories - 1) / 2.0;
        return IntStream.range(0, lags.length)
                .mapToDouble(l -> Arrays.stream(sums).mapToDouble(s -> s[l]).sum() / pairs)
                .toArray();
    }

    /** v (samples x units) as units x padded samples. */
    private static float[] transpose(float[] v, int samples, int units) {
        int width = PackedMatrix.padded(samples);
        float[] result = new float[units * width];
        for (int t = 0; t < samples; t++) {
            for (int i = 0; i < units; i++) {
                result[i * width + t] = v[t * units + i];
            }
        }
        return result;
    }

    private static void addPairs(PackedMatrix[] rows, float[] other, int b, int samples, int[][] lags, double[] sums) {
        int width = PackedMatrix.padded(samples);
        float[] g = new float[rows[b].resultLength(width)];
        for (int a = 0; a < b; a++) {
            rows[a].multiply(other, g, width, samples);
            for (int l = 0; l < lags.length; l++) {
                double sum = lagged(g, width, samples, lags[l][0], lags[l][1]);
                if (lags[l][0] != lags[l][1]) {
                    sum = (sum + lagged(g, width, samples, lags[l][1], lags[l][0])) / 2;
                }
                sums[l] += sum;
            }
        }
    }

    /** The mean over t and s of G(t + k, s + l) G(t, s). */
    private static double lagged(float[] g, int width, int samples, int k, int l) {
        int firstS = Math.max(0, -l);
        int lastS = Math.min(samples, samples - l);
        int offset = k * width + l;
        double sum = 0;
        for (int t = Math.max(0, -k); t < Math.min(samples, samples - k); t++) {
            double row = 0;
            for (int at = t * width + firstS; at < t * width + lastS; at++) {
                row += (double) g[at + offset] * g[at];
            }
            sum += row;
        }
        return sum / (samples - Math.abs(k)) / (samples - Math.abs(l));
    }

    /** The mean over pairs of different trajectories of the sum over i of C_ii,a(k) C_ii,b(l). */
    private static double[] diagonal(float[][] values, int units, int samples, int threads, int[][] lags) {
        int[] shifts =
                Arrays.stream(lags).flatMapToInt(Arrays::stream).distinct().toArray();
        double[][][] own = new double[values.length][shifts.length][];
        Parallel.run(threads, values.length, k -> {
            for (int l = 0; l < shifts.length; l++) {
                own[k][l] = own(values[k], units, samples, Math.abs(shifts[l]));
            }
        });
        double[] result = new double[lags.length];
        for (int l = 0; l < lags.length; l++) {
            int first = indexOf(shifts, lags[l][0]);
            int second = indexOf(shifts, lags[l][1]);
            for (int i = 0; i < units; i++) {
                double firstSum = 0;
                double secondSum = 0;
                double self = 0;
                for (double[][] trajectory : own) {
                    firstSum += trajectory[first][i];
                    secondSum += trajectory[second][i];
                    self += trajectory[first][i] * trajectory[second][i];
                }
                result[l] += firstSum * secondSum - self;
            }
            result[l] /= values.length * (values.length - 1.0);
        }
        return result;
    }

    private static int indexOf(int[] values, int value) {
        return IntStream.range(0, values.length)
                .filter(i -> values[i] == value)
                .findFirst()
                .orElseThrow();
    }

    /** C_ii(shift) of every unit. */
    private static double[] own(float[] v, int units, int samples, int shift) {
        double[] sums = new double[units];
        for (int t = 0; t + shift < samples; t++) {
            for (int i = 0; i < units; i++) {
                sums[i] += (double) v[(t + shift) * units + i] * v[t * units + i];
            }
        }
        for (int i = 0; i < units; i++) {
            sums[i] /= samples - shift;
        }
        return sums;
    }
}
