package org.hopwise.randommode.coupling;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.internal.linear.LinearAlgebra;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * How much the left and the right singular vector of each mode of J point the same way: J = sum_a s_a u_a v_a', overlap
 * u_a . v_a, from -1 to 1. A mode with overlap feeds back to itself at once. A fly's connectome has
 * such structure (arXiv 2409.01969, figure 6, after {@link EffectiveRank#signedBalanced}).
 *
 * <p>If left and right vectors have nothing to do with each other (both uniform on the sphere: Haar), an overlap has
 * mean 0 and standard deviation 1 / sqrt(N). {@link NullCouplings} gives other nulls, such as the same weights
 * in random places. The overlaps are those of the singular vectors; they are not the correlations rho_a of the random-mode model,
 * whose modes are not orthogonal, unless the modes are few (M much smaller than N).
 *
 * <p>A mode whose singular value is 0 up to rounding, at most N 2^-52 times the largest, is empty: its vectors are
 * arbitrary, so it has no overlap (NaN) and adds nothing to {@link #spread} and {@link #histogram}.
 *
 * <p>Where two other singular values are equal, as in an orthogonal matrix, the vectors and so the overlaps are arbitrary.
 */
public final class ModeOverlaps {

    /** A decomposition of this size takes 16 s (800 units: 2 s) on one core and 100 MB. */
    static final int MOST_UNITS = 1_500;

    private final double[] singularValues;
    private final double[] overlaps;

    private ModeOverlaps(double[] singularValues, double[] overlaps) {
        this.singularValues = singularValues;
        this.overlaps = overlaps;
    }

    /**
     * The modes of a matrix. Cost: about 20 N^3 operations, one thread.
     *
     * @param couplings J, units x units, up to {@value #MOST_UNITS} units; row = target, column = source
     * @return singular values, largest first, and overlaps
     * @throws IllegalArgumentException if the matrix is not square, too large or holds NaN
     * @throws IllegalStateException if the decomposition does not converge
     */
    public static ModeOverlaps of(INDArray couplings) {
        DMatrixRMaj j = Nd.square("couplings", couplings);
        int n = j.numRows;
        if (n > MOST_UNITS) {
            throw new IllegalArgumentException(
                    ("couplings are %d x %d; all modes are computed up to %d units. Take the part of the matrix that you "
                                    + "ask about; EffectiveRank.of needs no decomposition.")
                            .formatted(n, n, MOST_UNITS));
        }
        LinearAlgebra.Modes modes = LinearAlgebra.singularModes(j);
        double[] overlaps = new double[n];
        double empty = n * 0x1p-52 * modes.values().data[0];
        for (int a = 0; a < n; a++) {
            overlaps[a] = modes.values().data[a] <= empty ? Double.NaN : 0;
            for (int i = 0; i < n; i++) {
                overlaps[a] += modes.left().get(i, a) * modes.right().get(i, a);
            }
        }
        return new ModeOverlaps(modes.values().data, overlaps);
    }

    /**
     * Singular values.
     *
     * @return one a mode, largest first
     */
    public INDArray singularValues() {
        return Nd.array(singularValues, singularValues.length);
    }

    /**
     * Overlaps of left and right vectors.
     *
     * @return one a mode, in the order of the singular values; NaN for empty modes
     */
    public INDArray overlaps() {
        return Nd.array(overlaps, overlaps.length);
    }

    /**
     * Standard deviation that overlaps have if left and right vectors are unrelated.
     *
     * @return 1 / sqrt(N)
     */
    public double nullSpread() {
        return 1 / Math.sqrt(overlaps.length);
    }

    /**
     * Root mean square of the overlaps in units of {@link #nullSpread}, empty modes counted as 0; 1 if left and right
     * vectors of N modes are unrelated. The order of the units does not change it.
     *
     * @return the ratio; 0 if all modes are empty
     */
    public double spread() {
        return Math.sqrt(present().map(v -> v * v).sum());
    }

    /** The overlaps of modes that are not empty. */
    private DoubleStream present() {
        return Arrays.stream(overlaps).filter(v -> !Double.isNaN(v));
    }

    /**
     * The modes as a table.
     *
     * @return one row a mode: mode (from 1), singular value, overlap, null spread
     */
    public Table toTable() {
        int n = overlaps.length;
        double[] spreads = new double[n];
        Arrays.fill(spreads, nullSpread());
        return Table.create(
                "modes",
                IntColumn.create("mode", IntStream.rangeClosed(1, n).toArray()),
                DoubleColumn.create("singular value", singularValues),
                DoubleColumn.create("overlap", overlaps),
                DoubleColumn.create("null spread", spreads));
    }

    /**
     * The singular values of couplings scaled to gain 1, over the share of modes that are larger.
     *
     * @return one row a mode: share of modes (from 0 to 1), singular value
     */
    public Table spectrum() {
        int n = singularValues.length;
        double gain = gain();
        return Table.create(
                "spectrum",
                DoubleColumn.create(
                        "share of modes",
                        IntStream.range(0, n).mapToDouble(a -> (a + 0.5) / n).toArray()),
                DoubleColumn.create(
                        "singular value",
                        Arrays.stream(singularValues).map(s -> s / gain).toArray()));
    }

    private double gain() {
        double squares = Arrays.stream(singularValues).map(s -> s * s).sum();
        return Math.sqrt(squares / singularValues.length);
    }

    /**
     * The {@link #spectrum} of a large matrix with independent entries, the quarter circle law: density sqrt(4 - s^2) /
     * pi at singular values from 0 to 2.
     *
     * @param points how many rows, at even steps of the singular value; 2 or more
     * @return columns share of modes, singular value; from the largest to the smallest
     */
    public static Table quarterCircle(int points) {
        Check.between("points", points, 2, 100_000);
        double[] values = IntStream.range(0, points)
                .mapToDouble(i -> 2 - 2.0 * i / (points - 1))
                .toArray();
        return Table.create(
                "quarter circle",
                DoubleColumn.create(
                        "share of modes",
                        Arrays.stream(values)
                                .map(s -> 1 - quarterCircleShare(s))
                                .toArray()),
                DoubleColumn.create("singular value", values));
    }

    /** The share of singular values below s. */
    private static double quarterCircleShare(double s) {
        double inside = Math.min(s, 2);
        return (inside * Math.sqrt(4 - inside * inside) / 2 + 2 * Math.asin(inside / 2)) / Math.PI;
    }

    /**
     * How far the singular values are from the quarter circle law of independent couplings, after Kolmogorov: the largest
     * difference between the shares of modes below any value.
     *
     * @return the distance, from about 1 / N for independent couplings to 1
     */
    public double quarterCircleDistance() {
        int n = singularValues.length;
        double gain = gain();
        double distance = 0;
        for (int a = 0; a < n; a++) {
            double expected = quarterCircleShare(singularValues[a] / gain);
            double above = (double) (n - a) / n - expected;
            double below = expected - (double) (n - a - 1) / n;
            distance = Math.max(distance, Math.max(above, below));
        }
        return distance;
    }

    /**
     * How the overlaps are distributed, beside unrelated vectors.
     *
     * @param bins how many, over a range that holds all overlaps and is even around 0; 3 to 1,000
     * @return one row a bin: overlap (the middle of the bin, in units of the null spread), density (share of all modes per null
     *     spread), null density (Gaussian of standard deviation 1)
     */
    public Table histogram(int bins) {
        Check.between("bins", bins, 3, 1000);
        double reach = Math.max(3, present().map(Math::abs).max().orElse(0) / nullSpread());
        double width = 2 * reach / bins;
        double[] density = new double[bins];
        for (double overlap : present().toArray()) {
            int bin = (int) ((overlap / nullSpread() + reach) / width);
            density[Math.max(0, Math.min(bins - 1, bin))] += 1 / (overlaps.length * width);
        }
        double[] middle = IntStream.range(0, bins)
                .mapToDouble(bin -> (bin + 0.5) * width - reach)
                .toArray();
        double[] expected = Arrays.stream(middle)
                .map(x -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI))
                .toArray();
        return Table.create(
                "overlaps",
                DoubleColumn.create("overlap", middle),
                DoubleColumn.create("density", density),
                DoubleColumn.create("null density", expected));
    }

    @Override
    public String toString() {
        return "overlaps of %s: spread %s, without overlaps %s, %s"
                .formatted(
                        Texts.count(overlaps.length, "mode"),
                        Texts.number(spread()),
                        Texts.number(nullSpread()),
                        Texts.mark(singularValues, overlaps));
    }
}
