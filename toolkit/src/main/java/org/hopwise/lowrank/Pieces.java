package org.hopwise.lowrank;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;

/**
 * A piecewise-linear network as a sum of ReLU terms {@code n_k max(m_k . z - h_k, 0)} and what is linear in it: a clipped
 * unit is two of them, a linear unit none. Terms that can kink come with their hyperplanes in as many coordinates as their
 * rows span, turned at random, so that no coordinate is special.
 */
final class Pieces {

    private static final double RANK_TOLERANCE = 1e-10;
    private static final double WORST_CONDITION = 1e12;
    static final double TOLERANCE = 1e-9;

    private final LowRank network;
    final int rank;
    /** Of each term: row, threshold, what it sends. */
    private final double[] rows;

    private final double[] thresholds;
    private final double[] sends;
    private final double[] norms;
    private final int[] owner;
    /** Always there: (1 - a) I - what is linear, and the constant. */
    private final double[] linear;

    private final double[] constant;
    private final Arrangement arrangement;
    private final int dimensions;
    private final int count;
    private final double[] push;

    static Pieces of(LowRank network, double[] input) {
        if (network.ramp() == Ramp.TANH) {
            throw new IllegalArgumentException(
                    "units are TANH, which has no linear pieces; all fixed points are found for RELU, CLIPPED and IDENTITY only.");
        }
        return new Pieces(network, Step.push(network, input));
    }

    private Pieces(LowRank network, double[] push) {
        this.network = network;
        this.push = push;
        rank = network.rank();
        int units = network.units();
        double[] m = network.leftMatrix().data;
        double[] n = network.rightMatrix().data;
        double[] h = network.biases();
        linear = Small.identity(1 - network.decay(), rank);
        constant = new double[rank];
        int perUnit = network.ramp() == Ramp.CLIPPED ? 2 : 1;
        double[] allRows = new double[units * perUnit * rank];
        double[] allThresholds = new double[units * perUnit];
        double[] allSends = new double[units * perUnit * rank];
        int[] owners = new int[units * perUnit];
        int kept = 0;
        for (int part = 0; part < perUnit; part++) {
            for (int i = 0; i < units; i++) {
                double threshold = perUnit == 1 ? h[i] - push[i] : (part == 0 ? -h[i] : 0) - push[i];
                double sign = part == 0 ? 1 : -1;
                boolean alwaysOn = network.ramp() == Ramp.IDENTITY;
                boolean flat = isZero(m, i * rank) || alwaysOn || (perUnit == 2 && h[i] == 0);
                if (flat) {
                    boolean cancels = perUnit == 2 && h[i] == 0;
                    if (!cancels && (alwaysOn || threshold < 0)) {
                        addLinear(m, n, i, units, threshold, sign);
                    }
                    continue;
                }
                for (int r = 0; r < rank; r++) {
                    allRows[kept * rank + r] = m[i * rank + r];
                    allSends[kept * rank + r] = sign * n[r * units + i];
                }
                allThresholds[kept] = threshold;
                owners[kept] = i;
                kept++;
            }
        }
        count = kept;
        rows = java.util.Arrays.copyOf(allRows, kept * rank);
        thresholds = java.util.Arrays.copyOf(allThresholds, kept);
        sends = java.util.Arrays.copyOf(allSends, kept * rank);
        owner = java.util.Arrays.copyOf(owners, kept);
        norms = new double[kept];
        for (int k = 0; k < kept; k++) {
            double sum = 0;
            for (int r = 0; r < rank; r++) {
                sum += rows[k * rank + r] * rows[k * rank + r];
            }
            norms[k] = Math.sqrt(sum);
        }
        DMatrixRMaj basis = kept == 0 ? new DMatrixRMaj(rank, 0) : basis();
        dimensions = basis.numCols;
        DMatrixRMaj reduced = new DMatrixRMaj(kept, dimensions);
        if (kept > 0) {
            CommonOps_DDRM.mult(DMatrixRMaj.wrap(kept, rank, rows), basis, reduced);
        }
        arrangement = new Arrangement(reduced.data, thresholds, owner, dimensions);
    }

    private boolean isZero(double[] m, int at) {
        for (int r = 0; r < rank; r++) {
            if (m[at + r] != 0) {
                return false;
            }
        }
        return true;
    }

    private void addLinear(double[] m, double[] n, int i, int units, double threshold, double sign) {
        for (int r = 0; r < rank; r++) {
            double send = sign * n[r * units + i];
            for (int q = 0; q < rank; q++) {
                linear[r * rank + q] -= send * m[i * rank + q];
            }
            constant[r] -= send * threshold;
        }
    }

    /** Orthonormal columns that span the rows, turned at random among themselves: rank x dimensions. */
    private DMatrixRMaj basis() {
        var svd = DecompositionFactory_DDRM.svd(count, rank, false, true, true);
        if (!svd.decompose(DMatrixRMaj.wrap(count, rank, rows.clone()))) {
            throw new IllegalStateException(
                    "The singular values of left did not converge; check it for extreme values.");
        }
        double[] values = svd.getSingularValues();
        DMatrixRMaj v = svd.getV(null, false);
        double largest = java.util.Arrays.stream(values)
                .limit(svd.numberOfSingularValues())
                .max()
                .orElse(0);
        int[] kept = IntStream.range(0, svd.numberOfSingularValues())
                .filter(r -> values[r] > RANK_TOLERANCE * largest)
                .boxed()
                .sorted(Comparator.comparingDouble(r -> -values[r]))
                .mapToInt(r -> r)
                .toArray();
        DMatrixRMaj span = new DMatrixRMaj(rank, kept.length);
        for (int r = 0; r < rank; r++) {
            for (int q = 0; q < kept.length; q++) {
                span.set(r, q, v.get(r, kept[q]));
            }
        }
        DMatrixRMaj random = new DMatrixRMaj(kept.length, kept.length);
        Draws draws = new Draws(Seed.of(kept.length).named("generic directions"));
        for (int i = 0; i < random.data.length; i++) {
            random.data[i] = draws.gaussian();
        }
        var qr = DecompositionFactory_DDRM.qr(kept.length, kept.length);
        qr.decompose(random);
        return CommonOps_DDRM.mult(span, qr.getQ(null, false), null);
    }

    Arrangement arrangement() {
        return arrangement;
    }

    int count() {
        return count;
    }

    int dimensions() {
        return dimensions;
    }

    LowRank network() {
        return network;
    }

    /** How many vertices there are to solve for. */
    double vertices() {
        double owners = java.util.Arrays.stream(owner).distinct().count();
        double vertices = 1;
        for (int r = 0; r < dimensions; r++) {
            vertices *= (owners - r) / (r + 1) * (network.ramp() == Ramp.CLIPPED ? 2 : 1);
        }
        return Math.max(0, vertices);
    }

    /** The fixed point of the linear network with these terms on; null if the equation is singular in rounding. */
    double[] solve(boolean[] on) {
        double[] system = linear.clone();
        double[] target = constant.clone();
        for (int k = 0; k < count; k++) {
            if (on[k]) {
                for (int r = 0; r < rank; r++) {
                    double send = sends[k * rank + r];
                    for (int q = 0; q < rank; q++) {
                        system[r * rank + q] -= send * rows[k * rank + q];
                    }
                    target[r] -= send * thresholds[k];
                }
            }
        }
        double[] inverse = new double[rank * rank];
        double size = norm(system);
        if (!GaussJordan.invert(system, inverse, rank) || !(size * norm(inverse) <= WORST_CONDITION)) {
            return null;
        }
        return Small.multiply(inverse, target, rank, rank, 1);
    }

    private static double norm(double[] a) {
        double sum = 0;
        for (double value : a) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /** a I + n D M with these terms on. */
    double[] jacobian(boolean[] on) {
        double[] jacobian = Small.identity(1, rank);
        for (int i = 0; i < jacobian.length; i++) {
            jacobian[i] -= linear[i];
        }
        for (int k = 0; k < count; k++) {
            for (int r = 0; on[k] && r < rank; r++) {
                for (int q = 0; q < rank; q++) {
                    jacobian[r * rank + q] += sends[k * rank + r] * rows[k * rank + q];
                }
            }
        }
        return jacobian;
    }

    private double current(int k, double[] z) {
        double x = -thresholds[k];
        for (int r = 0; r < rank; r++) {
            x += rows[k * rank + r] * z[r];
        }
        return x;
    }

    private double tolerance(int k, double length) {
        return TOLERANCE * (1 + norms[k] * length + Math.abs(thresholds[k]));
    }

    /** Whether every term at z is as assumed, within rounding. */
    boolean isConsistent(boolean[] on, double[] z) {
        double length = norm(z);
        for (int k = 0; k < count; k++) {
            double x = current(k, z);
            double tolerance = tolerance(k, length);
            if (on[k] ? x < -tolerance : x > tolerance) {
                return false;
            }
        }
        return true;
    }

    boolean isOnKink(double[] z) {
        double length = norm(z);
        for (int k = 0; k < count; k++) {
            if (Math.abs(current(k, z)) <= tolerance(k, length)) {
                return true;
            }
        }
        return false;
    }

    boolean[] patternAt(double[] z) {
        boolean[] on = new boolean[count];
        for (int k = 0; k < count; k++) {
            on[k] = current(k, z) > 0;
        }
        return on;
    }

    /** Every unit on a piece of its own choice. */
    boolean[] random(Draws draws) {
        boolean[] on = new boolean[count];
        boolean clipped = network.ramp() == Ramp.CLIPPED;
        int half = clipped ? count / 2 : count;
        double[] h = network.biases();
        for (int k = 0; k < half; k++) {
            if (!clipped) {
                on[k] = draws.below(2) == 1;
            } else {
                // The kink at smaller currents comes first: -h for positive h, 0 for negative.
                int piece = draws.below(3);
                int lower = h[owner[k]] > 0 ? k : k + half;
                int upper = h[owner[k]] > 0 ? k + half : k;
                on[lower] = piece > 0;
                on[upper] = piece > 1;
            }
        }
        return on;
    }

    /** The piece of every unit at z, as {@link FixedPoint#pattern} has it. */
    int[] units(double[] z) {
        double[] m = network.leftMatrix().data;
        double[] h = network.biases();
        int[] pattern = new int[network.units()];
        for (int i = 0; i < pattern.length; i++) {
            double x = push[i];
            for (int r = 0; r < rank; r++) {
                x += m[i * rank + r] * z[r];
            }
            pattern[i] = switch (network.ramp()) {
                case CLIPPED -> (x + h[i] > 0 ? 1 : 0) + (x > 0 ? 1 : 0);
                case RELU -> x > h[i] ? 1 : 0;
                default -> 1;
            };
        }
        return pattern;
    }
}
