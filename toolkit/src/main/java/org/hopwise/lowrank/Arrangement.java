package org.hopwise.lowrank;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Cores;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Parallel;

/**
 * The cells into which hyperplanes {@code m_k . z = h_k} cut a space of few dimensions, each met once and none stored.
 *
 * <p>Every cell that is bounded from below in the last coordinate has a lowest vertex, and in general position a vertex is
 * the lowest point of exactly one cell: of its hyperplanes S, number i is on where {@code (M_S^-T c)_i > 0}. The other cells are
 * those that a cut far below all vertices meets, and so a problem of one dimension less. "Far below" is symbolic: what
 * grows with the height of a cut is kept in a coefficient of its own, and signs are read from the coefficient of the last
 * cut first, so nothing is lost to rounding.
 *
 * <p>Where more hyperplanes than dimensions meet, the cells at that point are the cells of the same hyperplanes moved by
 * random offsets, and a few that do not exist; the receiver must bear those.
 */
final class Arrangement {

    private static final double TOLERANCE = 1e-9;
    private static final double WORST_CONDITION = 1e12;

    /** Hears of a cell: which hyperplanes are on. Called from several threads; the array is used again. */
    interface Receiver {
        void cell(boolean[] on, int worker);
    }

    private final int count;
    private final int dimensions;
    private final double[] rows;
    private final double[] thresholds;
    private final int[] owner;
    private final double[] norms;
    private final AtomicLong vertices = new AtomicLong();

    /**
     * Hyperplanes in general coordinates.
     *
     * @param rows count x dimensions
     * @param owner two hyperplanes of one owner are parallel
     */
    Arrangement(double[] rows, double[] thresholds, int[] owner, int dimensions) {
        this.rows = rows;
        this.thresholds = thresholds;
        this.owner = owner;
        this.dimensions = dimensions;
        this.count = thresholds.length;
        this.norms = new double[count];
        for (int k = 0; k < count; k++) {
            double sum = 0;
            for (int r = 0; r < dimensions; r++) {
                sum += rows[k * dimensions + r] * rows[k * dimensions + r];
            }
            norms[k] = Math.sqrt(sum);
        }
    }

    /** Vertices of the full problem that were solved for. */
    long vertexSolves() {
        return vertices.get();
    }

    /** All cells; those of worker w in an order that does not depend on threads. Workers are 0 to hyperplanes (inclusive). */
    void cells(int threads, Receiver receiver) {
        for (int d = dimensions; d > 0; d--) {
            int active = d;
            Set<BitSet> met = ConcurrentHashMap.newKeySet();
            Parallel.run(threads, count, first -> new Walk(active, met, receiver, first).from(first));
        }
        // The lowest cut of all is a point: signs of the first coordinate alone.
        boolean[] on = new boolean[count];
        for (int k = 0; k < count; k++) {
            on[k] = signAtInfinity(k) > 0;
        }
        receiver.cell(on, count);
    }

    private double signAtInfinity(int k) {
        for (int r = 0; r < dimensions; r++) {
            double value = -rows[k * dimensions + r];
            if (Math.abs(value) > TOLERANCE * norms[k]) {
                return value;
            }
        }
        return -thresholds[k];
    }

    /** How many workers {@link #cells} names. */
    int workers() {
        return count + 1;
    }

    /** All subsets of d hyperplanes that begin with a given one, on the cut of this many dimensions. */
    private final class Walk {
        private final int d;
        private final int cuts;
        private final Set<BitSet> met;
        private final Receiver receiver;
        private final int worker;
        private final int[] subset;
        private final double[] inverse;
        private final double[] work;
        private final double[] point;
        private final boolean[] on;

        Walk(int d, Set<BitSet> met, Receiver receiver, int worker) {
            this.d = d;
            this.cuts = dimensions - d;
            this.met = met;
            this.receiver = receiver;
            this.worker = worker;
            subset = new int[d];
            inverse = new double[d * d];
            work = new double[d * d];
            point = new double[(cuts + 1) * d];
            on = new boolean[count];
        }

        void from(int first) {
            subset[0] = first;
            extend(1);
        }

        private void extend(int size) {
            if (size == d) {
                Interruption.check();
                vertex();
                return;
            }
            for (int k = subset[size - 1] + 1; k < count; k++) {
                if (isFree(k, size)) {
                    subset[size] = k;
                    extend(size + 1);
                }
            }
        }

        private boolean isFree(int k, int size) {
            for (int i = 0; i < size; i++) {
                if (owner[subset[i]] == owner[k]) {
                    return false;
                }
            }
            return true;
        }

        private void vertex() {
            if (cuts == 0) {
                vertices.incrementAndGet();
            }
            if (!invert()) {
                return;
            }
            for (int level = 0; level <= cuts; level++) {
                for (int r = 0; r < d; r++) {
                    double sum = 0;
                    for (int i = 0; i < d; i++) {
                        sum += inverse[r * d + i] * threshold(subset[i], level);
                    }
                    point[level * d + r] = sum;
                }
            }
            BitSet meeting = null;
            for (int k = 0; k < count; k++) {
                int sign = sign(k);
                on[k] = sign > 0;
                if (sign == 0 && !isIn(k)) {
                    meeting = meeting == null ? new BitSet(count) : meeting;
                    meeting.set(k);
                }
            }
            for (int i = 0; i < d; i++) {
                on[subset[i]] = inverse[(d - 1) * d + i] > 0;
            }
            if (meeting == null) {
                receiver.cell(on, worker);
            } else {
                crowded(meeting);
            }
        }

        /** More than d hyperplanes meet: the cells of all of them at random offsets, once for each such point. */
        private void crowded(BitSet meeting) {
            for (int k : subset) {
                meeting.set(k);
            }
            if (!met.add(meeting)) {
                return;
            }
            int[] members = meeting.stream().toArray();
            double[] own = new double[members.length * d];
            double[] offsets = new double[members.length];
            Draws draws = new Draws(Seed.of(members.length).child(Arrays.hashCode(members)));
            for (int i = 0; i < members.length; i++) {
                System.arraycopy(rows, members[i] * dimensions, own, i * d, d);
                offsets[i] = draws.gaussian() * Math.max(norms[members[i]], Double.MIN_NORMAL);
            }
            int[] owners = Arrays.stream(members).map(k -> owner[k]).toArray();
            boolean[] whole = on.clone();
            new Arrangement(own, offsets, owners, d).cells(1, (local, unused) -> {
                for (int i = 0; i < members.length; i++) {
                    whole[members[i]] = local[i];
                }
                receiver.cell(whole, worker);
            });
        }

        private boolean isIn(int k) {
            for (int member : subset) {
                if (member == k) {
                    return true;
                }
            }
            return false;
        }

        /** The threshold itself, and what the height of a cut adds to it. */
        private double threshold(int k, int level) {
            return level == 0 ? thresholds[k] : rows[k * dimensions + dimensions - level];
        }

        /** On which side of a hyperplane the vertex lies; 0 for on it. */
        private int sign(int k) {
            for (int level = cuts; level >= 0; level--) {
                double value = -threshold(k, level);
                double size = 0;
                for (int r = 0; r < d; r++) {
                    double coordinate = point[level * d + r];
                    value += rows[k * dimensions + r] * coordinate;
                    size += coordinate * coordinate;
                }
                double bound = (level == 0 ? 1 : 0) + norms[k] * Math.sqrt(size) + Math.abs(threshold(k, level));
                if (Math.abs(value) > TOLERANCE * bound) {
                    return value > 0 ? 1 : -1;
                }
            }
            return 0;
        }

        /** The inverse of the rows of the subset; false if they are singular in rounding once each has length 1. */
        private boolean invert() {
            for (int i = 0; i < d; i++) {
                double sum = 0;
                for (int r = 0; r < d; r++) {
                    double entry = rows[subset[i] * dimensions + r];
                    work[i * d + r] = entry;
                    sum += entry * entry;
                }
                double length = Math.sqrt(sum);
                if (!(length > 1e-12 * norms[subset[i]])) {
                    return false;
                }
                for (int r = 0; r < d; r++) {
                    work[i * d + r] /= length;
                }
            }
            double size = largestSum(work, d);
            if (!GaussJordan.invert(work, inverse, d) || !(size * largestSum(inverse, d) <= WORST_CONDITION)) {
                return false;
            }
            for (int i = 0; i < d; i++) {
                double sum = 0;
                for (int r = 0; r < d; r++) {
                    double entry = rows[subset[i] * dimensions + r];
                    sum += entry * entry;
                }
                for (int r = 0; r < d; r++) {
                    inverse[r * d + i] /= Math.sqrt(sum);
                }
            }
            return true;
        }
    }

    private static double largestSum(double[] a, int n) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Math.abs(a[i * n + j]);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /** Threads that are worth having for so many hyperplanes. */
    static int threads(int count) {
        return count < 24 ? 1 : Cores.count();
    }
}
