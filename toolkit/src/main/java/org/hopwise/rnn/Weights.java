package org.hopwise.rnn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.linear.LinearAlgebra;
import org.hopwise.internal.linear.SpectralRadius;
import org.hopwise.internal.machine.Memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a recurrent network, in double precision. Row = target, column = source: W_in is hidden x inputs, W_hh
 * hidden x hidden, W_out outputs x hidden. Immutable; arrays are copied on the way in and out; every value is finite.
 */
public final class Weights implements Serializable {

    static {
        WeightsDoor.open(weights -> ((Weights) weights).matrices, Weights::of);
    }

    /** Hop blocks of transformed weights are off by rounding times the condition, here 1e-6. */
    private static final double WORST_CONDITION = 1e10;

    private final Matrices matrices;

    private Weights(Matrices matrices) {
        this.matrices = matrices;
    }

    /**
     * Weights without biases.
     *
     * @param input hidden x inputs; entry (i, j) is the weight from input j to hidden unit i
     * @param recurrent hidden x hidden; entry (i, j) is the weight from hidden unit j to hidden unit i
     * @param output outputs x hidden; entry (i, j) is the weight from hidden unit j to output i
     * @return the weights
     * @throws IllegalArgumentException if shapes do not agree or a value is not finite
     */
    public static Weights of(INDArray input, INDArray recurrent, INDArray output) {
        return of(new Matrices(
                Nd.matrix("input weights", input),
                Nd.matrix("recurrent weights", recurrent),
                Nd.matrix("output weights", output),
                new DMatrixRMaj((int) recurrent.size(0), 1),
                new DMatrixRMaj((int) output.size(0), 1)));
    }

    /**
     * Weights with biases.
     *
     * @param input hidden x inputs
     * @param recurrent hidden x hidden
     * @param output outputs x hidden
     * @param hiddenBias one a hidden unit
     * @param outputBias one an output
     * @return the weights
     * @throws IllegalArgumentException if shapes do not agree or a value is not finite
     */
    public static Weights of(
            INDArray input, INDArray recurrent, INDArray output, INDArray hiddenBias, INDArray outputBias) {
        return of(new Matrices(
                Nd.matrix("input weights", input),
                Nd.matrix("recurrent weights", recurrent),
                Nd.matrix("output weights", output),
                new DMatrixRMaj(Nd.values("hidden biases", hiddenBias, 1)),
                new DMatrixRMaj(Nd.values("output biases", outputBias, 1))));
    }

    /**
     * Weights without biases, from rows written out in code.
     *
     * @param input hidden rows of inputs values
     * @param recurrent hidden rows of hidden values
     * @param output outputs rows of hidden values
     * @return the weights
     * @throws IllegalArgumentException if shapes do not agree or a value is not finite
     */
    public static Weights of(double[][] input, double[][] recurrent, double[][] output) {
        return of(new Matrices(
                new DMatrixRMaj(input),
                new DMatrixRMaj(recurrent),
                new DMatrixRMaj(output),
                new DMatrixRMaj(recurrent.length, 1),
                new DMatrixRMaj(output.length, 1)));
    }

    /** Weights from the toolkit's plain matrices, which are copied. */
    static Weights of(Matrices matrices) {
        Matrices m = matrices.copy();
        int hidden = m.recurrent().numRows;
        requireShape("recurrent weights", m.recurrent(), hidden, hidden, "square");
        requireShape("input weights", m.input(), hidden, m.input().numCols, "hidden x inputs");
        requireShape("output weights", m.output(), m.output().numRows, hidden, "outputs x hidden");
        requireLength("hidden biases", m.hiddenBias().data, hidden);
        requireLength("output biases", m.outputBias().data, m.output().numRows);
        Check.finite("input weights", m.input().data, m.input().numCols);
        Check.finite("recurrent weights", m.recurrent().data, hidden);
        Check.finite("output weights", m.output().data, hidden);
        Check.finite("hidden biases", m.hiddenBias().data, 0);
        Check.finite("output biases", m.outputBias().data, 0);
        return new Weights(m);
    }

    private static void requireShape(String name, DMatrixRMaj matrix, int rows, int columns, String rule) {
        if (matrix.numRows < 1 || matrix.numCols < 1) {
            throw new IllegalArgumentException(
                    "%s are %d x %d; every size must be at least 1.".formatted(name, matrix.numRows, matrix.numCols));
        }
        if (matrix.numRows != rows || matrix.numCols != columns) {
            throw new IllegalArgumentException("%s are %d x %d; they must be %s, here %d x %d."
                    .formatted(name, matrix.numRows, matrix.numCols, rule, rows, columns));
        }
    }

    private static void requireLength(String name, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "%s are %d values; they must be %d, one a unit.".formatted(name, values.length, length));
        }
    }

    /**
     * How many input units there are.
     *
     * @return the number of inputs
     */
    public int inputs() {
        return matrices.input().numCols;
    }

    /**
     * How many hidden units there are.
     *
     * @return the number of hidden units
     */
    public int hidden() {
        return matrices.recurrent().numRows;
    }

    /**
     * How many output units there are.
     *
     * @return the number of outputs
     */
    public int outputs() {
        return matrices.output().numRows;
    }

    /**
     * One input weight; nothing is copied.
     *
     * @param to the hidden unit i
     * @param from the input j
     * @return the weight from input j to hidden unit i
     * @throws IllegalArgumentException if there is no such unit
     */
    public double input(int to, int from) {
        return entry(matrices.input(), to, from);
    }

    /**
     * One recurrent weight; nothing is copied.
     *
     * @param to the hidden unit i
     * @param from the hidden unit j
     * @return the weight from hidden unit j to hidden unit i
     * @throws IllegalArgumentException if there is no such unit
     */
    public double recurrent(int to, int from) {
        return entry(matrices.recurrent(), to, from);
    }

    /**
     * One output weight; nothing is copied.
     *
     * @param to the output i
     * @param from the hidden unit j
     * @return the weight from hidden unit j to output i
     * @throws IllegalArgumentException if there is no such unit
     */
    public double output(int to, int from) {
        return entry(matrices.output(), to, from);
    }

    private static double entry(DMatrixRMaj matrix, int row, int column) {
        Check.between("to", row, 0, matrix.numRows - 1);
        Check.between("from", column, 0, matrix.numCols - 1);
        return matrix.unsafe_get(row, column);
    }

    /**
     * Input weights W_in, a copy; one entry is {@link #input(int, int)}.
     *
     * @return hidden x inputs; entry (i, j) is the weight from input j to hidden unit i
     */
    public INDArray input() {
        return Nd.array(matrices.input());
    }

    /**
     * Recurrent weights W_hh, a copy; one entry is {@link #recurrent(int, int)}.
     *
     * @return hidden x hidden; entry (i, j) is the weight from hidden unit j to hidden unit i
     */
    public INDArray recurrent() {
        return Nd.array(matrices.recurrent());
    }

    /**
     * Output weights W_out, a copy; one entry is {@link #output(int, int)}.
     *
     * @return outputs x hidden; entry (i, j) is the weight from hidden unit j to output i
     */
    public INDArray output() {
        return Nd.array(matrices.output());
    }

    /**
     * Hidden biases b, a copy.
     *
     * @return one value a hidden unit
     */
    public INDArray hiddenBias() {
        return Nd.array(matrices.hiddenBias().data.clone(), hidden());
    }

    /**
     * Output biases c, a copy.
     *
     * @return one value an output
     */
    public INDArray outputBias() {
        return Nd.array(matrices.outputBias().data.clone(), outputs());
    }

    /**
     * The network as a directed graph over inputs, hidden units and outputs, in this order: blocks W_in', W_hh', W_out'
     * and zero elsewhere. Biases are not edges. Source: arXiv 2605.03598, block adjacency.
     *
     * @return n x n with n = inputs + hidden + outputs; entry (a, b) is the weight of the edge from a to b
     */
    public INDArray adjacency() {
        int units = inputs() + hidden() + outputs();
        Memory.square("The adjacency of %d units".formatted(units), units, 2, "Use the weights themselves");
        DMatrixRMaj adjacency = new DMatrixRMaj(units, units);
        insertTransposed(matrices.input(), adjacency, 0, inputs());
        insertTransposed(matrices.recurrent(), adjacency, inputs(), inputs());
        insertTransposed(matrices.output(), adjacency, inputs(), inputs() + hidden());
        return Nd.array(adjacency);
    }

    private static void insertTransposed(DMatrixRMaj block, DMatrixRMaj into, int row, int column) {
        CommonOps_DDRM.insert(CommonOps_DDRM.transpose(block, null), into, row, column);
    }

    /**
     * The largest modulus of an eigenvalue of W_hh, which is also that of the whole adjacency, since that is block
     * triangular. Up to 300 units from all eigenvalues, cost about 10 hidden^3; above as in
     * {@link org.hopwise.graph.Wiring#spectralRadius}.
     *
     * @return the spectral radius
     * @throws IllegalStateException if it did not converge, with the residual
     */
    public double spectralRadius() {
        return SpectralRadius.of(matrices.recurrent());
    }

    /**
     * Weight sparsity: the fraction of weights, over the three matrices, whose modulus is below a bound.
     *
     * @param bound above 0, such as 0.01
     * @return from 0 to 1
     */
    public double fractionBelow(double bound) {
        Check.positive("bound", bound);
        long small = 0;
        int all = 0;
        for (DMatrixRMaj matrix : List.of(matrices.input(), matrices.recurrent(), matrices.output())) {
            small += Arrays.stream(matrix.data).filter(w -> Math.abs(w) < bound).count();
            all += matrix.data.length;
        }
        return (double) small / all;
    }

    /**
     * The same network in other hidden coordinates: (T W_in, T W_hh T^-1, W_out T^-1). Every hop block stays as it is,
     * and so does everything that a linear network computes, although the weights differ. Biases become T b.
     *
     * @param transform hidden x hidden, invertible; a permutation renumbers the hidden units
     * @return the transformed weights
     * @throws IllegalArgumentException if the transform has the wrong shape, is singular, or is so within rounding: its
     *     condition number, scaled by rows or columns, is above 1e10
     */
    public Weights rebased(INDArray transform) {
        DMatrixRMaj t = Nd.matrix("transform", transform);
        requireShape("transform", t, hidden(), hidden(), "hidden x hidden");
        DMatrixRMaj inverse = t.copy();
        if (!CommonOps_DDRM.invert(inverse)) {
            throw new IllegalArgumentException("transform is singular; use an invertible matrix.");
        }
        double condition = LinearAlgebra.condition(t, inverse);
        if (!(condition <= WORST_CONDITION)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "transform has condition number %.1e; above %.0e it is singular in rounding. Use rows that differ more.",
                    condition,
                    WORST_CONDITION));
        }
        return of(new Matrices(
                CommonOps_DDRM.mult(t, matrices.input(), null),
                CommonOps_DDRM.mult(CommonOps_DDRM.mult(t, matrices.recurrent(), null), inverse, null),
                CommonOps_DDRM.mult(matrices.output(), inverse, null),
                CommonOps_DDRM.mult(t, matrices.hiddenBias(), null),
                matrices.outputBias()));
    }

    /**
     * The network as its units see it around a working point: rows of W_in and W_hh, which are the inputs of each hidden
     * unit, times that unit's gain. Walks then count each hidden unit that they pass once with its gain, so that
     * a linear network with the new weights has the Jacobian of a nonlinear one whose slopes do not vary. Output weights
     * and biases stay. Our own correction.
     *
     * @param meanSlope one gain a hidden unit, such as {@code network.meanSlopes(inputs).mean(0)}
     * @return weights with gain
     * @throws IllegalArgumentException if there is not one gain a hidden unit
     */
    public Weights withGain(INDArray meanSlope) {
        double[] gains = Nd.values("mean slopes", meanSlope, 1);
        requireLength("mean slopes", gains, hidden());
        Matrices m = matrices();
        CommonOps_DDRM.multRows(gains, m.input());
        CommonOps_DDRM.multRows(gains, m.recurrent());
        return of(m);
    }

    /**
     * The network without its smallest weights: this fraction of all weights of the three matrices together, the
     * smallest by modulus, becomes 0. Of equal ones, those earlier in W_in, W_hh, W_out go first. Biases stay.
     *
     * @param fraction from 0 to 1, rounded to whole weights
     * @return a pruned copy
     */
    public Weights pruned(double fraction) {
        return of(Perturbations.pruned(matrices(), fraction));
    }

    /**
     * The network without weights picked at random: exactly this fraction of all weights of the three matrices together
     * becomes 0. Biases stay.
     *
     * @param fraction from 0 to 1, rounded to whole weights
     * @param seed the randomness; the stream {@code "deletion"} of it is used
     * @return a damaged copy
     */
    public Weights withRandomDeletion(double fraction, Seed seed) {
        return of(Perturbations.deleted(matrices(), fraction, seed));
    }

    /**
     * The network with multiplicative Gaussian noise: every weight of the three matrices times 1 + relative z, z
     * standard normal and independent. Biases and zeros stay.
     *
     * @param relative standard deviation of the noise as a fraction of the weight, 0 or more
     * @param seed the randomness; the stream {@code "weight noise"} of it is used
     * @return a noisy copy
     */
    public Weights withNoise(double relative, Seed seed) {
        return of(Perturbations.noisy(matrices(), relative, seed));
    }

    /**
     * The network without recurrent weights between modules: hidden units of module q are numbers q m to (q + 1) m - 1.
     * As a mask for training it holds these weights at 0.
     *
     * @param modules how many modules of equal size; must divide the hidden units
     * @return a copy with the blocks of W_hh across modules at 0
     */
    public Weights withoutCrossEdges(int modules) {
        Check.positive("modules", modules);
        Check.divides("modules", modules, "hidden units", hidden());
        Matrices m = matrices();
        clearAcross(m.recurrent(), modules);
        return of(m);
    }

    /**
     * The network without input and output weights between modules: the same division of inputs, hidden units and outputs
     * into modules, one after the other. With {@link #withoutCrossEdges} as well, no walk leaves its module.
     *
     * @param modules how many modules of equal size; must divide inputs, hidden units and outputs
     * @return a copy with the blocks of W_in and W_out across modules at 0
     */
    public Weights withoutCrossPorts(int modules) {
        Check.positive("modules", modules);
        Check.divides("modules", modules, "inputs", inputs());
        Check.divides("modules", modules, "hidden units", hidden());
        Check.divides("modules", modules, "outputs", outputs());
        Matrices m = matrices();
        clearAcross(m.input(), modules);
        clearAcross(m.output(), modules);
        return of(m);
    }

    private static void clearAcross(DMatrixRMaj matrix, int modules) {
        int rows = matrix.numRows / modules;
        int columns = matrix.numCols / modules;
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                if (i / rows != j / columns) {
                    matrix.set(i, j, 0);
                }
            }
        }
    }

    /**
     * The network in which one unit sends nothing, neither to hidden units nor to outputs: its columns of W_hh and W_out
     * are 0. What it receives stays, and so do biases.
     *
     * @param unit which hidden unit, from 0
     * @return a lesioned copy
     * @throws IllegalArgumentException if there is no such unit
     */
    public Weights silenced(int unit) {
        if (unit < 0 || unit >= hidden()) {
            throw new IllegalArgumentException(
                    "unit is %d; the hidden units go from 0 to %d.".formatted(unit, hidden() - 1));
        }
        Matrices m = matrices();
        for (DMatrixRMaj sent : List.of(m.recurrent(), m.output())) {
            for (int i = 0; i < sent.numRows; i++) {
                sent.set(i, unit, 0);
            }
        }
        return of(m);
    }

    /** The weights as plain matrices, a copy. */
    Matrices matrices() {
        return matrices.copy();
    }

    @Override
    public String toString() {
        return "weights of %s, %s and %s, %s"
                .formatted(
                        Texts.count(inputs(), "input"),
                        Texts.count(hidden(), "hidden unit"),
                        Texts.count(outputs(), "output"),
                        Texts.mark(
                                matrices.input().data,
                                matrices.recurrent().data,
                                matrices.output().data,
                                matrices.hiddenBias().data,
                                matrices.outputBias().data));
    }
}
