package org.hopwise.randommode.coupling;

import java.util.Locale;
import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Memory;
import org.hopwise.randommode.theory.RankLine;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Random couplings J besides the {@link RandomModes}: row = target, column = source, entry (i, j) from unit j to unit i,
 * self-couplings included. The gain g is the root of N Var(J_ij).
 */
public final class Couplings {

    private Couplings() {}

    /**
     * Independent Gaussian entries of mean 0 and variance g^2 / N; 1 / (alpha PR^D) = 0.
     *
     * @param units N
     * @param gain g, above 0
     * @param seed the randomness; its stream {@code "independent couplings"} is used
     * @return J, units x units
     */
    public static INDArray independent(int units, double gain, Seed seed) {
        double scale = Check.positive("gain", gain) / Math.sqrt(Check.positive("units", units));
        return Nd.array(gaussian(units, scale, seed.named("independent couplings")));
    }

    /**
     * g times a rotation or reflection O drawn evenly from all of them (Haar measure); 1 / (alpha PR^D) = -1. O is the
     * orthogonal factor of a Gaussian matrix, its columns signed so that the triangular factor has a positive diagonal
     * (Mezzadri, 2007). About 4 N^3 operations: 2 s for 1,000 units.
     *
     * @param units N
     * @param gain g, above 0
     * @param seed the randomness; its stream {@code "orthogonal couplings"} is used
     * @return J = g O, units x units
     */
    public static INDArray orthogonal(int units, double gain, Seed seed) {
        Check.positive("gain", gain);
        var factors = DecompositionFactory_DDRM.qr(Check.positive("units", units), units);
        if (!factors.decompose(gaussian(units, 1, seed.named("orthogonal couplings")))) {
            throw new IllegalStateException("the orthogonal factor of %d x %d numbers was not found; use another seed."
                    .formatted(units, units));
        }
        DMatrixRMaj q = factors.getQ(null, true);
        DMatrixRMaj r = factors.getR(null, true);
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                q.data[i * units + j] *= r.get(j, j) < 0 ? -gain : gain;
            }
        }
        return Nd.array(q);
    }

    /**
     * Gaussian entries of mean 0 and variance g^2 / N in which J_ij and J_ji have the correlation gamma:
     * {@code J = (g / sqrt N) (cos t X + sin t X')} with {@code sin 2t = gamma}. Self-couplings have variance
     * {@code (1 + gamma) g^2 / N}.
     *
     * @param units N
     * @param gain g, above 0
     * @param symmetry gamma, from -1 (antisymmetric) over 0 (independent) to 1 (symmetric)
     * @param seed the randomness; its stream {@code "partially symmetric couplings"} is used
     * @return J, units x units
     */
    public static INDArray partiallySymmetric(int units, double gain, double symmetry, Seed seed) {
        if (!(Math.abs(symmetry) <= 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "symmetry is %s; it is the correlation of J_ij and J_ji, from -1 to 1.", symmetry));
        }
        double scale = Check.positive("gain", gain) / Math.sqrt(Check.positive("units", units));
        DMatrixRMaj x = gaussian(units, scale, seed.named("partially symmetric couplings"));
        double angle = Math.asin(symmetry) / 2;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int i = 0; i < units; i++) {
            for (int j = i; j < units; j++) {
                double above = x.get(i, j);
                double below = x.get(j, i);
                x.set(i, j, cos * above + sin * below);
                x.set(j, i, cos * below + sin * above);
            }
        }
        return Nd.array(x);
    }

    /**
     * Couplings of an effective rank, as {@link RankLine} takes it: random modes of equal strength, independent entries
     * if it is infinite, an orthogonal matrix if it is -1.
     *
     * @param units N
     * @param gain g, above 0
     * @param effectiveRank alpha PR^D, effective modes a unit: above 0, infinite, or -1
     * @param seed the randomness, as in {@link RandomModes#random}, {@link #independent} or {@link #orthogonal}
     * @return J, units x units
     */
    public static INDArray ofEffectiveRank(int units, double gain, double effectiveRank, Seed seed) {
        if (effectiveRank == Double.POSITIVE_INFINITY) {
            return independent(units, gain, seed);
        }
        return effectiveRank == -1
                ? orthogonal(units, gain, seed)
                : RandomModes.flat(units, effectiveRank).gain(gain).random(seed);
    }

    /**
     * Couplings of any origin at a gain of choice: all entries times one factor, so that g^2 = (1/N) sum of squares.
     *
     * @param couplings J, units x units, not all zero
     * @param gain g, above 0
     * @return a new array
     */
    public static INDArray scaledTo(INDArray couplings, double gain) {
        double factor = Check.positive("gain", gain) / EffectiveRank.gain(Nd.square("couplings", couplings));
        return couplings.mul(factor);
    }

    /**
     * The couplings of unequal units, A_i J_ij B_j: what arrives at unit i is multiplied by A_i, what leaves unit j by
     * B_j. Output gains are those of arXiv 2409.01969 (44), Phi_j = B_j phi(x_j); input gains are our extension.
     *
     * @param couplings J, units x units
     * @param inputGains A, one a unit
     * @param outputGains B, one a unit
     * @return A J B, a new array
     */
    public static INDArray withGains(INDArray couplings, double[] inputGains, double[] outputGains) {
        DMatrixRMaj scaled = Nd.square("couplings", couplings);
        requireLength("inputGains", inputGains, scaled.numRows);
        requireLength("outputGains", outputGains, scaled.numRows);
        for (int i = 0; i < scaled.numRows; i++) {
            for (int j = 0; j < scaled.numCols; j++) {
                scaled.data[i * scaled.numCols + j] *= inputGains[i] * outputGains[j];
            }
        }
        return Nd.array(scaled);
    }

    /**
     * Log-normal gains, one a unit, with {@code <A^2> = 1}: {@code A_i = exp(s z_i - s^2)}, z Gaussian. Raw dimensions of
     * states fall by {@code <A^4> = exp(4 s^2)} in discrete time.
     *
     * @param units N
     * @param spread s, the standard deviation of log A; 0 makes all gains 1
     * @param seed the randomness; its stream {@code "gains"} is used
     * @return N gains
     */
    public static double[] logNormalGains(int units, double spread, Seed seed) {
        Check.notNegative("spread", spread);
        double[] gains = new double[Check.positive("units", units)];
        Draws draws = new Draws(seed.named("gains"));
        for (int i = 0; i < units; i++) {
            gains[i] = Math.exp(spread * draws.gaussian() - spread * spread);
        }
        return gains;
    }

    /**
     * Output gains of the paper's family, B_i = c exp(-beta i / N) with {@code <B^2> = 1} and {@code PR^G = <B^2>^2 /
     * <B^4> = tanh(beta) / beta} (arXiv 2409.01969, figure 5). Nothing is random.
     *
     * @param units N
     * @param gainParticipation PR^G, from above 0 to 1
     * @return N gains, the largest first
     */
    public static double[] decayingGains(int units, double gainParticipation) {
        double beta = decayRate(gainParticipation);
        double[] gains = new double[Check.positive("units", units)];
        double square = 0;
        for (int i = 0; i < units; i++) {
            gains[i] = Math.exp(-beta * (i + 1) / units);
            square += gains[i] * gains[i] / units;
        }
        for (int i = 0; i < units; i++) {
            gains[i] /= Math.sqrt(square);
        }
        return gains;
    }

    /**
     * The rate beta of strengths or gains exp(-beta u), u even from 0 to 1, of a participation ratio: the root of tanh(beta)
     * / beta = PR.
     *
     * @param participation PR, from above 0 to 1
     * @return beta, 0 at 1
     */
    public static double decayRate(double participation) {
        if (!(participation > 0 && participation <= 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "participation is %s; a participation ratio lies above 0 and is at most 1, where all values are equal.",
                    participation));
        }
        if (1 - participation < 1e-12) {
            return 0;
        }
        return new BrentSolver(1e-15, 1e-300, 0)
                .findRoot(beta -> Math.tanh(beta) / beta - participation, 1e-7, 1.001 / participation);
    }

    private static void requireLength(String name, double[] gains, int units) {
        if (gains.length != units) {
            throw new IllegalArgumentException(
                    "%s has %d values for %d units; give one a unit.".formatted(name, gains.length, units));
        }
        Check.finite(name, gains, 0);
    }

    static DMatrixRMaj empty(int units) {
        Nd.requireUnits(units);
        Memory.square("Couplings of %d units".formatted(units), units, 2, "Use fewer units");
        return new DMatrixRMaj(units, units);
    }

    private static DMatrixRMaj gaussian(int units, double deviation, Seed seed) {
        Draws draws = new Draws(seed);
        DMatrixRMaj matrix = empty(units);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = deviation * draws.gaussian();
        }
        return matrix;
    }
}
