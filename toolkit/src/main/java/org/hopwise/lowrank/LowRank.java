package org.hopwise.lowrank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of N units whose couplings have a low rank R, in discrete time, without noise:
 * {@code z_t = a z_{t-1} + n phi(M z_{t-1} + W_u v_{t-1}; h)}. The R latents z are all there is to know of its state; unit
 * i has the current {@code x_i = (M z + W_u v)_i}, and in these the network is {@code x' = a x + M n phi(x; h)}: its
 * recurrent matrix is {@code M n / (1 - a)} with leak 1 - a. Inputs are low-passed on their way,
 * {@code v_t = a v_{t-1} + (1 - a) u_{t-1}}, unless the network takes them raw.
 *
 * <p>Immutable: arrays are copied on the way in and out. Source: arXiv 2406.16749; {@code right} is the N' of the paper with
 * the step dt / tau inside.
 *
 * @param decay a, what a latent keeps from one step to the next; above 0 and below 1
 * @param left M, units x rank
 * @param right n, rank x units
 * @param bias h, the threshold of every unit
 * @param input W_u, units x inputs; null for no inputs
 * @param ramp the unit function phi
 */
public record LowRank(double decay, INDArray left, INDArray right, INDArray bias, INDArray input, Ramp ramp)
        implements Serializable {

    /** The golden angle, at which preferred directions of a {@link #ring} follow one another. */
    private static final double GOLDEN_ANGLE = 2.399963229728653;

    /**
     * Checks the shapes and copies the arrays.
     *
     * @param decay a
     * @param left M
     * @param right n
     * @param bias h
     * @param input W_u, or null
     * @param ramp phi
     * @throws IllegalArgumentException if the decay is not between 0 and 1, shapes do not agree, the rank is above the
     *     number of units, or a value is not finite
     */
    public LowRank {
        if (!(decay > 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "decay is %s; it must be above 0 and below 1, such as 0.9.".formatted(decay));
        }
        java.util.Objects.requireNonNull(ramp, "ramp");
        left = copy("left", left, 2);
        long units = left.size(0);
        long rank = left.size(1);
        if (rank < 1 || rank > units) {
            throw new IllegalArgumentException(
                    "rank is %d; left is units x rank, so it must be from 1 to the %d units.".formatted(rank, units));
        }
        right = copy("right", right, 2);
        requireShape("right", right, "rank x units", rank, units);
        bias = copy("bias", bias, 1);
        requireShape("bias", bias, "one threshold a unit", units);
        input = input == null || input.isEmpty() ? Nd.empty(units, 0) : copy("input", input, 2);
        requireShape("input", input, "units x inputs", units, input.size(1));
    }

    private static INDArray copy(String name, INDArray array, int dimensions) {
        if (array.rank() != dimensions || array.isEmpty()) {
            throw new IllegalArgumentException("%s has shape %s; it must have %d dimensions and at least one entry."
                    .formatted(name, Arrays.toString(array.shape()), dimensions));
        }
        return Nd.array(Nd.values(name, array, dimensions), array.shape());
    }

    private static void requireShape(String name, INDArray array, String rule, long... shape) {
        if (!Arrays.equals(array.shape(), shape)) {
            throw new IllegalArgumentException(
                    "%s is %s; it must be %s, %s.".formatted(name, sizes(array.shape()), rule, sizes(shape)));
        }
    }

    static String sizes(long... shape) {
        return String.join(" x ", Arrays.stream(shape).mapToObj(Long::toString).toList());
    }

    /**
     * A network without inputs.
     *
     * @param decay a
     * @param left M, units x rank
     * @param right n, rank x units
     * @param bias h
     * @param ramp phi
     * @return the network
     */
    public static LowRank of(double decay, INDArray left, INDArray right, INDArray bias, Ramp ramp) {
        return new LowRank(decay, left, right, bias, null, ramp);
    }

    /**
     * A random network from which fits start: M uniform in ±1/sqrt R, n in ±1/sqrt N, thresholds 0, for clipped units
     * uniform in ±1/sqrt N; decay 0.9 and no inputs. Source: the public code of arXiv 2406.16749.
     *
     * @param units N
     * @param rank R, from 1 to N
     * @param ramp phi
     * @param seed the randomness; its stream {@code "low-rank start"} is used
     * @return the network
     */
    public static LowRank random(int units, int rank, Ramp ramp, Seed seed) {
        return random(units, rank, 0, ramp, seed);
    }

    /**
     * A random network with inputs, W_u uniform in ±1/sqrt U; otherwise as {@link #random(int, int, Ramp, Seed)}.
     *
     * @param units N
     * @param rank R, from 1 to N
     * @param inputs U, 0 or more
     * @param ramp phi
     * @param seed the randomness; its stream {@code "low-rank start"} is used
     * @return the network
     */
    public static LowRank random(int units, int rank, int inputs, Ramp ramp, Seed seed) {
        Check.positive("units", units);
        if (rank < 1 || rank > units) {
            throw new IllegalArgumentException("rank is %d; it must be from 1 to the %d units.".formatted(rank, units));
        }
        Check.between("inputs", inputs, 0, Nd.MOST_UNITS);
        Draws draws = new Draws(seed.named("low-rank start"));
        double[] left = new double[units * rank];
        double[] right = new double[rank * units];
        double[] input = new double[units * inputs];
        double[] bias = new double[units];
        draws.fillUniform(left, 1 / Math.sqrt(rank));
        draws.fillUniform(right, 1 / Math.sqrt(units));
        draws.fillUniform(input, 1 / Math.sqrt(Math.max(1, inputs)));
        if (ramp == Ramp.CLIPPED) {
            draws.fillUniform(bias, 1 / Math.sqrt(units));
        }
        return new LowRank(
                0.9,
                Nd.array(left, units, rank),
                Nd.array(right, rank, units),
                Nd.array(bias, units),
                inputs == 0 ? null : Nd.array(input, units, inputs),
                ramp);
    }

    /**
     * A teacher without data: a rank-2 ReLU network whose latents turn on a limit cycle. Unit i and unit i + P prefer the
     * direction {@code m_i = (cos 2.39996 i, sin 2.39996 i)}; the first P have threshold -0.1 and send (0.9 / P) m_i turned by
     * 0.6, the others have threshold 0.8 and send -m_i / P. With P = 30 the cycle has radius 1.668 to 1.825 and period 46.
     *
     * @param pairs P, at least 2
     * @return the network of 2 P units
     */
    public static LowRank ring(int pairs) {
        Check.between("pairs", pairs, 2, Nd.MOST_UNITS / 2);
        int units = 2 * pairs;
        double[] left = new double[2 * units];
        double[] right = new double[2 * units];
        double[] bias = new double[units];
        for (int i = 0; i < units; i++) {
            double angle = GOLDEN_ANGLE * (i % pairs);
            boolean drives = i < pairs;
            left[2 * i] = Math.cos(angle);
            left[2 * i + 1] = Math.sin(angle);
            bias[i] = drives ? -0.1 : 0.8;
            right[i] = drives ? 0.9 / pairs * Math.cos(angle + 0.6) : -Math.cos(angle) / pairs;
            right[units + i] = drives ? 0.9 / pairs * Math.sin(angle + 0.6) : -Math.sin(angle) / pairs;
        }
        return of(0.9, Nd.array(left, units, 2), Nd.array(right, 2, units), Nd.array(bias, units), Ramp.RELU);
    }

    /**
     * The network of the public low-rank files: arrays {@code m} (units x rank), {@code n} (rank x units), optionally
     * {@code b_rec} and {@code w_inp} (inputs x units), or the same names with the prefix {@code rnn.}. Their recurrent
     * matrix is {@code m n / units}, a unit adds {@code b_rec} to its current, and the step is 1 - a, so that left is m, right
     * is (1 - a) n / units and the threshold is -b_rec; units are ReLU.
     *
     * @param arrays arrays by name, as {@code ArrayFile.read} gives them
     * @param decay a, 0.9 in the published networks (step 10, time constant 100)
     * @return the network
     * @throws IllegalArgumentException if an array is missing, with the names that there are
     */
    public static LowRank ofArrays(Map<String, INDArray> arrays, double decay) {
        DMatrixRMaj m = Nd.matrix("m", named(arrays, "m"));
        DMatrixRMaj n = Nd.matrix("n", named(arrays, "n"));
        CommonOps_DDRM.scale((1 - decay) / m.numRows, n);
        double[] bias = new double[m.numRows];
        if (holds(arrays, "b_rec")) {
            INDArray stored = named(arrays, "b_rec");
            double[] values = Nd.values("b_rec", stored.reshape(stored.length()), 1);
            bias = Arrays.stream(values).map(b -> -b).toArray();
        }
        INDArray input = null;
        if (holds(arrays, "w_inp")) {
            input = Nd.array(CommonOps_DDRM.transpose(Nd.matrix("w_inp", named(arrays, "w_inp")), null));
        }
        return new LowRank(decay, Nd.array(m), Nd.array(n), Nd.array(bias, bias.length), input, Ramp.RELU);
    }

    /**
     * The arrays of {@link #ofArrays}, for a file that the public low-rank networks' own readers take.
     *
     * @return {@code m}, {@code n}, {@code b_rec} and, if there are inputs, {@code w_inp}
     * @throws IllegalArgumentException unless units are ReLU, the only function of these files
     */
    public Map<String, INDArray> toArrays() {
        if (ramp != Ramp.RELU) {
            throw new IllegalArgumentException(
                    "units are %s; these files know ReLU units only. Keep the arrays one by one.".formatted(ramp));
        }
        Map<String, INDArray> arrays = new java.util.LinkedHashMap<>();
        arrays.put("m", left());
        arrays.put("n", right().mul(units() / (1 - decay)));
        arrays.put("b_rec", bias().neg());
        if (inputs() > 0) {
            arrays.put("w_inp", input().transpose().dup('c'));
        }
        return arrays;
    }

    private static boolean holds(Map<String, INDArray> arrays, String name) {
        return arrays.containsKey(name) || arrays.containsKey("rnn." + name);
    }

    private static INDArray named(Map<String, INDArray> arrays, String name) {
        INDArray array = arrays.containsKey(name) ? arrays.get(name) : arrays.get("rnn." + name);
        if (array == null) {
            throw new IllegalArgumentException(
                    "there is no array %s; there are %s. Rename the factor, or build it with new LowRank."
                            .formatted(name, new java.util.TreeSet<>(arrays.keySet())));
        }
        return array;
    }

    /**
     * The low-rank part of a full network with leak: its recurrent matrix W_hh cut to its first singular modes,
     * {@code M = U}, {@code n = (1 - a) diag(s) V'}, thresholds the negative biases. With {@code rank} at or above the true
     * rank the recurrent matrix is kept.
     *
     * @param weights the network; its hidden units become ReLU units, its outputs are left out
     * @param decay a, one minus the leak
     * @param rank how many modes to keep
     * @return the network
     */
    public static LowRank of(Weights weights, double decay, int rank) {
        DMatrixRMaj recurrent = Nd.matrix("recurrent weights", weights.recurrent());
        Check.between("rank", rank, 1, recurrent.numRows);
        Factorisation factors = Factorisation.of(recurrent, rank);
        DMatrixRMaj n = factors.right();
        CommonOps_DDRM.scale(1 - decay, n);
        return new LowRank(
                decay,
                Nd.array(factors.left()),
                Nd.array(n),
                weights.hiddenBias().neg(),
                weights.input(),
                Ramp.RELU);
    }

    /**
     * M, a copy.
     *
     * @return units x rank
     */
    @Override
    public INDArray left() {
        return left.dup('c');
    }

    /**
     * n, a copy.
     *
     * @return rank x units
     */
    @Override
    public INDArray right() {
        return right.dup('c');
    }

    /**
     * h, a copy.
     *
     * @return one threshold a unit
     */
    @Override
    public INDArray bias() {
        return bias.dup('c');
    }

    /**
     * W_u, a copy.
     *
     * @return units x inputs; empty without inputs
     */
    @Override
    public INDArray input() {
        return input.isEmpty() ? input : input.dup('c');
    }

    /**
     * How many units there are.
     *
     * @return N
     */
    public int units() {
        return (int) left.size(0);
    }

    /**
     * How many latents there are.
     *
     * @return R
     */
    public int rank() {
        return (int) left.size(1);
    }

    /**
     * How many inputs there are.
     *
     * @return U, 0 without inputs
     */
    public int inputs() {
        return (int) input.size(1);
    }

    /**
     * The recurrent matrix per step, J = M n. In unit space the couplings of the leaky network are J / (1 - a).
     *
     * @return units x units; entry (i, j) goes from unit j to unit i
     */
    public INDArray couplings() {
        Nd.requireUnits(units());
        return Nd.array(CommonOps_DDRM.mult(leftMatrix(), rightMatrix(), null));
    }

    /**
     * The same network in the latents of the singular value decomposition M n = U s V': left U, right diag(s) V', the
     * largest entry of each column of U positive. Two fits can be compared only so, since any invertible change of latents
     * leaves everything that is observed as it is.
     *
     * @return the network with orthonormal left columns, in falling order of s
     */
    public LowRank canonical() {
        Factorisation factors = factors();
        return new LowRank(decay, Nd.array(factors.left()), Nd.array(factors.right()), bias, input, ramp);
    }

    /** P of the canonical form, z' = P z: rank x rank. */
    DMatrixRMaj toCanonical() {
        return CommonOps_DDRM.multTransA(factors().left(), leftMatrix(), null);
    }

    private Factorisation factors() {
        return Factorisation.ofProduct(leftMatrix(), rightMatrix());
    }

    /**
     * One step of the latents under a constant low-passed input.
     *
     * @param latent z, rank values
     * @param input v, one value an input; nothing for zero input
     * @return a z + n phi(M z + W_u v; h)
     */
    public double[] step(double[] latent, double... input) {
        return new Step(this, input).step(latent);
    }

    /**
     * A trajectory of the latents without noise under a constant low-passed input.
     *
     * @param start z at step 0
     * @param steps how many steps follow
     * @param input v, one value an input; nothing for zero input
     * @return (steps + 1) x rank
     */
    public INDArray run(double[] start, int steps, double... input) {
        Check.positive("steps", steps);
        Step map = new Step(this, input);
        double[] states = new double[(steps + 1) * rank()];
        double[] z = map.require(start);
        for (int t = 0; t <= steps; t++) {
            org.hopwise.internal.machine.Interruption.check();
            System.arraycopy(z, 0, states, t * rank(), rank());
            z = map.step(z);
        }
        return Nd.array(states, steps + 1, rank());
    }

    /**
     * What the network does near a fixed point, as weights whose walks are its hops: input W_u, recurrent D M n and output
     * M' so that the network's outputs are the latents in the canonical basis of the left columns. D has the slope of each
     * unit, so that {@code dz/dv} over one hop is {@code n D W_u}: outputs are n D, inputs W_u, recurrent M n D.
     *
     * @param p a fixed point of this network
     * @return weights with one hidden unit a unit, inputs as here and one output a latent
     * @throws IllegalArgumentException if the network has no inputs, or the point lies on a kink
     */
    public Weights weightsAt(FixedPoint p) {
        if (inputs() == 0) {
            throw new IllegalArgumentException("the network has no inputs, so no walk begins; give it input weights.");
        }
        double[] slopes = p.slopes(this);
        DMatrixRMaj send = rightMatrix();
        CommonOps_DDRM.multCols(send, slopes);
        DMatrixRMaj recurrent = CommonOps_DDRM.mult(leftMatrix(), send, null);
        return Weights.of(input(), Nd.array(recurrent), Nd.array(send));
    }

    DMatrixRMaj leftMatrix() {
        return Nd.matrix("left", left);
    }

    DMatrixRMaj rightMatrix() {
        return Nd.matrix("right", right);
    }

    double[] biases() {
        return Nd.values("bias", bias, 1);
    }

    DMatrixRMaj inputMatrix() {
        return inputs() == 0 ? new DMatrixRMaj(units(), 0) : Nd.matrix("input", input);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "low-rank network of %s, rank %d, %s, decay %s%s",
                Texts.count(units(), "unit"),
                rank(),
                ramp,
                Texts.number(decay),
                inputs() == 0 ? "" : ", " + Texts.count(inputs(), "input"));
    }
}
