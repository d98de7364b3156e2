package org.hopwise.randommode.coupling;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.internal.array.Products;
import org.hopwise.internal.machine.Interruption;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The two numbers of a coupling matrix J (units x units) on which the dimension of activity depends when its left and
 * right modes are generic: gain g_eff and effective rank alpha PR^D (arXiv 2409.01969, equations 10 to 13 and 37).
 *
 * <p>With component strengths D_a of the random-mode model J = L diag(D) R': g^2 = sum D^2 / N and alpha PR^D = (sum
 * D^2)^2 / (N sum D^4). With singular values s of J itself: g^2 = sum s^2 / N and PR^S = (sum s^2)^2 / (N sum s^4) =
 * |J|^4 / (N |J J'|^2) in Frobenius norms, which needs no decomposition. For generic modes
 *
 * <p>1 / (alpha PR^D) = 1 / PR^S - 2 (13),
 *
 * <p>so independent couplings have 1 / (alpha PR^D) = 0 and an orthogonal matrix has -1. Scaled by g^4, 1 / (alpha PR^D) is the fourth
 * free cumulant of J. Unequal units raise it too: see {@link #balanced}.
 *
 * @param units N
 * @param gain g, the root mean square length of a row
 * @param singularParticipation PR^S, from 1 / N (rank 1) to 1 (orthogonal)
 */
public record EffectiveRank(int units, double gain, double singularParticipation) {

    /** Below this many effective modes single networks deviate from the theory by a third or more (our simulations). */
    static final int FEWEST_MODES = 50;

    /** Rows of J J' that are formed at once, so that memory stays at two copies of J. */
    private static final int BLOCK = 64;

    /** Share of an even background, in mean square, that stands in for synapses that a unit lacks; see balanced. */
    private static final double BACKGROUND = 1e-3;

    private static final double BALANCE_TOLERANCE = 1e-8;
    private static final int MOST_SWEEPS = 5_000;

    private static final double SIGNED_TOLERANCE = 1e-13;
    private static final int SIGNED_SWEEPS = 1_000;

    /**
     * Checks that units, gain and participation are above 0.
     *
     * @param units N
     * @param gain g, the root mean square length of a row
     * @param singularParticipation PR^S, from 1 / N to 1
     */
    public EffectiveRank {
        Check.positive("units", units);
        Check.positive("gain", gain);
        Check.positive("singularParticipation", singularParticipation);
    }

    /**
     * Gain and effective rank of any couplings, without knowing their modes. Cost: N^3 multiplications, about 2 s for
     * 3,000 units.
     *
     * @param couplings J, units x units; row = target, column = source
     * @return gain and effective rank
     * @throws IllegalArgumentException if the matrix is not square, holds NaN or is zero
     */
    public static EffectiveRank of(INDArray couplings) {
        DMatrixRMaj j = Nd.square("couplings", couplings);
        int n = j.numRows;
        double gain = gain(j);
        // |J J'|^2 with J scaled to |J|^2 = N, so that fourth powers neither overflow nor vanish.
        double[] scaled = Arrays.stream(j.data).map(v -> v / gain).toArray();
        double fourth = squaredGram(scaled, n);
        return new EffectiveRank(n, gain, n / fourth);
    }

    /** g, the root mean square length of a row. */
    static double gain(DMatrixRMaj j) {
        double length = NormOps_DDRM.normF(j);
        if (length == 0) {
            throw new IllegalArgumentException(
                    "couplings are zero in all %d x %d entries; they have no gain and no effective rank."
                            .formatted(j.numRows, j.numCols));
        }
        return length / Math.sqrt(j.numRows);
    }

    private static double squaredGram(double[] j, int n) {
        double[] transposed = new double[n * n];
        Products.transpose(j, n, n, transposed);
        double sum = 0;
        for (int row = 0; row < n; row += BLOCK) {
            int rows = Math.min(BLOCK, n - row);
            double[] gram = new double[rows * n];
            Interruption.check();
            Products.addProduct(j, row * n, transposed, gram, 0, rows, n, n);
            for (double value : gram) {
                sum += value * value;
            }
        }
        return sum;
    }

    /**
     * Gain and effective rank that the random-mode model has with these strengths in a large network.
     *
     * @param units N
     * @param strengths D_a, one a component; any number of them
     * @return gain and effective rank; the participation of the singular values follows from 1 / PR^S = 1 / (alpha PR^D) + 2
     * @throws IllegalArgumentException if a strength is negative or not finite, or all are zero
     */
    public static EffectiveRank ofStrengths(int units, double... strengths) {
        Check.positive("units", units);
        double squares = 0;
        double fourths = 0;
        for (double strength : strengths) {
            Check.notNegative("a component strength", strength);
            squares += strength * strength;
            fourths += Math.pow(strength, 4);
        }
        if (!(fourths > 0)) {
            throw new IllegalArgumentException(
                    "the sum of fourth powers of %d component strengths is %s; one must be above 0."
                            .formatted(strengths.length, fourths));
        }
        double inverse = units * fourths / (squares * squares);
        return new EffectiveRank(units, Math.sqrt(squares / units), 1 / (inverse + 2));
    }

    /**
     * The couplings with every row and column scaled towards the same length, for judging the effective rank without
     * the inequality of units: with J_ij = A_i K_ij B_j this finds K, up to a factor, whatever A and B.
     *
     * <p>Rows and columns are scaled in turn (Sinkhorn and Knopp, 1967) until nothing changes. In a sparse matrix that
     * need not have a limit, as where two cells have one and the same source; so the lengths are those of J_ij^2 + 0.001
     * m with m the mean of all J_ij^2, while only J is scaled [our choice]. A unit with very few synapses therefore stays
     * shorter than the others, and one without any stays zero. The result has the gain of J.
     *
     * @param couplings J, units x units
     * @return a matrix of the same shape and gain
     * @throws IllegalArgumentException if the matrix is not square, holds NaN or is zero
     * @throws IllegalStateException if the scaling has not converged, with its residual
     */
    public static INDArray balanced(INDArray couplings) {
        DMatrixRMaj j = Nd.square("couplings", couplings);
        int n = j.numRows;
        double gain = gain(j);
        double[] squares = Arrays.stream(j.data).map(v -> v * v / (gain * gain)).toArray();
        double[] row = new double[n];
        double[] column = new double[n];
        Arrays.fill(column, 1);
        double change = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < MOST_SWEEPS && !(change < BALANCE_TOLERANCE); sweep++) {
            double[] byRow = new double[n];
            double background = BACKGROUND / n * Arrays.stream(column).sum();
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    byRow[i] += squares[i * n + k] * column[k];
                }
                row[i] = 1 / (byRow[i] + background);
            }
            double[] byColumn = new double[n];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    byColumn[k] += squares[i * n + k] * row[i];
                }
            }
            background = BACKGROUND / n * Arrays.stream(row).sum();
            change = 0;
            for (int k = 0; k < n; k++) {
                double next = 1 / (byColumn[k] + background);
                change = Math.max(change, Math.abs(next / column[k] - 1));
                column[k] = next;
            }
        }
        if (!(change < BALANCE_TOLERANCE)) {
            throw new IllegalStateException(
                    ("scaling rows and columns changes them by %.3g still after %d sweeps; it must be below %.0e. Leave out "
                                    + "units with extreme weights.")
                            .formatted(change, MOST_SWEEPS, BALANCE_TOLERANCE));
        }
        double after = 0;
        for (int i = 0; i < n * n; i++) {
            j.data[i] *= Math.sqrt(row[i / n] * column[i % n]);
            after += j.data[i] * j.data[i];
        }
        double factor = gain / Math.sqrt(after / n);
        return Nd.array(Arrays.stream(j.data).map(v -> v * factor).toArray(), n, n);
    }

    /** Which of rows and columns {@link #signedBalanced} scales last. */
    public enum Ending {
        /** Rows end at length 1 (targets). */
        ROWS,
        /** Columns end at length 1 (sources). */
        COLUMNS
    }

    /**
     * The paper's normalisation of a signed connectome (appendix B) with at most 1,000 sweeps.
     *
     * @param couplings J, units x units; row = target, column = source
     * @param ending what is scaled last
     * @return a matrix of the same shape
     * @see #signedBalanced(INDArray, Ending, int)
     */
    public static INDArray signedBalanced(INDArray couplings, Ending ending) {
        return signedBalanced(couplings, ending, SIGNED_SWEEPS);
    }

    /**
     * The paper's normalisation of a signed connectome (appendix B): rows, then columns, again and again; the positive and
     * the negative entries of each are scaled to length 1 / sqrt(2) apart. Zeros, and rows and columns without entries of a
     * sign, stay as they are.
     *
     * <p>Sweeps end where one changes no entry by more than 1e-13. Where a row or column has one sign only, as the columns of
     * cells that excite or inhibit have, rows and columns ask for different lengths and the alternation ends in a cycle of
     * two: so say what comes last. The paper does not; its text speaks of rows of norm 1. Sparse patterns may converge no
     * faster than 1 / sweeps. Cost: 4 operations a sweep and entry that is not 0.
     *
     * @param couplings J, units x units; row = target, column = source
     * @param ending what is scaled last
     * @param mostSweeps at most so many sweeps, 1 or more
     * @return a matrix of the same shape
     * @throws IllegalArgumentException if the matrix is not square, holds NaN or is zero
     */
    public static INDArray signedBalanced(INDArray couplings, Ending ending, int mostSweeps) {
        Check.positive("mostSweeps", mostSweeps);
        DMatrixRMaj j = Nd.square("couplings", couplings);
        double gain = gain(j);
        int n = j.numRows;
        // Connectomes are sparse, and an absent connection has no part in this.
        int[] places = IntStream.range(0, n * n).filter(at -> j.data[at] != 0).toArray();
        int[] rows = Arrays.stream(places).map(at -> at / n).toArray();
        int[] columns = Arrays.stream(places).map(at -> at % n).toArray();
        double[] values =
                Arrays.stream(places).mapToDouble(at -> j.data[at] / gain).toArray();
        double change = Double.POSITIVE_INFINITY;
        double[] before = new double[values.length];
        for (int sweep = 0; sweep < mostSweeps && change > SIGNED_TOLERANCE; sweep++) {
            Interruption.check();
            System.arraycopy(values, 0, before, 0, before.length);
            scaleSigns(values, rows, n);
            scaleSigns(values, columns, n);
            change = 0;
            for (int at = 0; at < before.length; at++) {
                change = Math.max(change, Math.abs(values[at] - before[at]));
            }
        }
        if (ending == Ending.ROWS) {
            scaleSigns(values, rows, n);
        }
        for (int at = 0; at < places.length; at++) {
            j.data[places[at]] = values[at];
        }
        return Nd.array(j);
    }

    /** Positive and negative entries of each line, a row or a column, to length 1 / sqrt(2); lines gives each entry's. */
    private static void scaleSigns(double[] values, int[] lines, int n) {
        double[] positive = new double[n];
        double[] negative = new double[n];
        for (int at = 0; at < values.length; at++) {
            double[] squares = values[at] > 0 ? positive : negative;
            squares[lines[at]] += values[at] * values[at];
        }
        for (int line = 0; line < n; line++) {
            positive[line] = length(positive[line]);
            negative[line] = length(negative[line]);
        }
        for (int at = 0; at < values.length; at++) {
            values[at] /= (values[at] > 0 ? positive : negative)[lines[at]];
        }
    }

    private static double length(double square) {
        return square == 0 ? 1 : Math.sqrt(2 * square);
    }

    /**
     * What the theory asks for, 1 / (alpha PR^D) = 1 / PR^S - 2 (13).
     *
     * @return from -1 (orthogonal) over 0 (independent couplings) to N - 2 (rank 1)
     */
    public double inverse() {
        return 1 / singularParticipation - 2;
    }

    /**
     * How many modes take part, N alpha PR^D.
     *
     * @return the number; infinite where 1 / (alpha PR^D) is not above 0, as for independent couplings
     */
    public double effectiveModes() {
        return inverse() > 0 ? units / inverse() : Double.POSITIVE_INFINITY;
    }

    /**
     * What speaks against using the theory here.
     *
     * @return a sentence, or nothing if all is well
     */
    public String remark() {
        return effectiveModes() >= FEWEST_MODES
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.3g effective modes; below %d the theory of large networks is off by a third or more",
                        effectiveModes(),
                        FEWEST_MODES);
    }

    /**
     * The numbers as a table of one row.
     *
     * @return columns units, gain, PR^S, 1 / effective rank, effective modes, remark
     */
    public Table toTable() {
        return Table.create(
                "effective rank",
                IntColumn.create("units", new int[] {units}),
                DoubleColumn.create("gain", gain),
                DoubleColumn.create("PR^S", singularParticipation),
                DoubleColumn.create("1 / effective rank", inverse()),
                DoubleColumn.create("effective modes", effectiveModes()),
                StringColumn.create("remark", remark()));
    }

    @Override
    public String toString() {
        return "effective rank of %s at gain %s: PR^S %s"
                .formatted(Texts.count(units, "unit"), Texts.number(gain), Texts.number(singularParticipation));
    }
}
