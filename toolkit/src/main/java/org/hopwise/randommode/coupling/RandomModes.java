package org.hopwise.randommode.coupling;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.Products;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The random-mode model of couplings, J = L diag(D) R' (arXiv 2409.01969, equations 2 to 8): {@code J_ij = sum over a = 1..M of L_ia D_a R_ja}, with
 * entries of L and R Gaussian, mean 0, variance 1/N. Columns of L are output (left) modes, those of R input (right) modes, D_a
 * the strengths of the M = alpha N components. Row = target, column = source. Immutable: every setting returns a copy.
 *
 * <p>Two numbers count for the dimension of activity: the gain, {@code g_eff^2 = (1/N) sum D_a^2 = N Var(J_ij)} (37), and
 * the effective rank a unit, {@code alpha PR^D = (1/N) (sum D_a^2)^2 / sum D_a^4} (12), where {@code PR^D = <D^2>^2 / <D^4>}
 * (11) knows nothing of alpha. The effective rank may exceed 1. Independent Gaussian couplings are the limit of an infinite
 * one ({@link Couplings#independent}).
 *
 * <p>With overlaps, cov(L_a, R_a) = rho_a / N (K1, K2): {@code R_a = rho_a L_a + sqrt(1 - rho_a^2) xi_a}, so the mean of
 * {@code L_a . R_a} is rho_a. Unless {@code (1/N) sum D_a rho_a} is 0, as in {@link #sigmoidOverlaps}, every unit gets a
 * self-coupling of that size.
 */
public final class RandomModes {

    /** An exponential spectrum is cut where a component's share of sum D^2 has fallen to exp(-16); D^4 converges faster. */
    private static final int EXPONENTIAL_DECAYS = 8;

    /** Modes drawn and multiplied at a time: 256 of 2,000 units are 4 MB. Changes rounding, so it is fixed. */
    private static final int MODES_AT_A_TIME = 256;

    /** 8 modes a unit take 2 s for 1,000 units, so 1,000 some minutes; 1 / (alpha PR^D) is then 0.001, as good as independent. */
    private static final double MOST_MODES_A_UNIT = 1000;

    /** beta_rho of figure 7. */
    private static final double SIGMOID_SLOPE = 16;

    private final int units;
    private final double[] shape;
    private final double gain;
    private final double[] overlaps;

    private RandomModes(int units, double[] shape, double gain, double[] overlaps) {
        this.units = units;
        this.shape = shape;
        this.gain = gain;
        this.overlaps = overlaps;
    }

    /**
     * M = round(R N) components of equal strength, gain 1, no overlaps. For R below 1 this is also the step of figure 10:
     * N components of which the first R N are equal and the others 0.
     *
     * @param units N
     * @param effectiveRank R = alpha PR^D, effective modes a unit; at least 1/N and at most 1,000
     * @return the model
     * @throws IllegalArgumentException if that is less than one mode
     */
    public static RandomModes flat(int units, double effectiveRank) {
        requireModes(units, effectiveRank);
        double[] shape = new double[(int) Math.round(effectiveRank * units)];
        Arrays.fill(shape, 1);
        return of(units, shape);
    }

    /**
     * Strengths D_a = exp(-a / (R N)), a = 1..8 R N, gain 1, no overlaps. The effective rank of the finite list is
     * within 1 % of R from 10 effective modes on.
     *
     * @param units N
     * @param effectiveRank R = alpha PR^D, effective modes a unit; at least 1/N and at most 1,000
     * @return the model
     * @throws IllegalArgumentException if that is less than one mode
     */
    public static RandomModes exponential(int units, double effectiveRank) {
        requireModes(units, effectiveRank);
        double decay = effectiveRank * units;
        int modes = (int) Math.ceil(EXPONENTIAL_DECAYS * decay);
        return of(
                units,
                IntStream.rangeClosed(1, modes)
                        .mapToDouble(a -> Math.exp(-a / decay))
                        .toArray());
    }

    /**
     * The strengths of the paper's figures 4, 5 and 7: N components with D_a = exp(-beta a / N), {@code PR^D = tanh(beta) /
     * beta}, up to rank 1; above, equal strengths of alpha = R. Gain 1, no overlaps.
     *
     * @param units N
     * @param effectiveRank R = alpha PR^D; at least 1/N and at most 1,000
     * @return the model
     * @throws IllegalArgumentException if that is less than one mode
     */
    public static RandomModes decaying(int units, double effectiveRank) {
        requireModes(units, effectiveRank);
        if (effectiveRank > 1) {
            return flat(units, effectiveRank);
        }
        double beta = Couplings.decayRate(effectiveRank);
        return of(
                units,
                IntStream.rangeClosed(1, units)
                        .mapToDouble(a -> Math.exp(-beta * a / units))
                        .toArray());
    }

    /**
     * Components of these strengths, up to a common factor that {@link #gain} sets; gain 1, no overlaps.
     *
     * @param units N
     * @param strengths D_a, one a component; not negative, at least one above 0
     * @return the model
     */
    public static RandomModes of(int units, double... strengths) {
        Check.positive("units", units);
        if (strengths.length == 0) {
            throw new IllegalArgumentException("there are 0 strengths; give at least 1 component.");
        }
        for (int a = 0; a < strengths.length; a++) {
            if (!(strengths[a] >= 0) || Double.isInfinite(strengths[a])) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "strengths[%d] is %s; a strength is finite and 0 or more. Put a sign into the overlap: "
                                + "-D with overlap rho is D with overlap -rho.",
                        a,
                        strengths[a]));
            }
        }
        if (power(strengths, 2) == 0) {
            throw new IllegalArgumentException(
                    "all %d strengths are 0; at least one component must be above 0.".formatted(strengths.length));
        }
        return new RandomModes(units, strengths.clone(), 1, new double[strengths.length]);
    }

    private static void requireModes(int units, double effectiveRank) {
        Check.positive("units", units);
        Check.positive("effectiveRank", effectiveRank);
        if (effectiveRank * units < 1 || effectiveRank > MOST_MODES_A_UNIT) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "effectiveRank is %s, which is %s modes for %d units; it must be from 1/units = %s to %.0f. Use more "
                            + "units for lower ranks, Couplings.independent for the limit of high ones.",
                    effectiveRank,
                    effectiveRank * units,
                    units,
                    1.0 / units,
                    MOST_MODES_A_UNIT));
        }
    }

    /**
     * The gain g, the root of N Var(J_ij): all strengths are multiplied by one factor so that (1/N) sum D_a^2 = g^2; 1
     * unless set.
     *
     * @param gain above 0
     * @return a copy with the setting
     */
    public RandomModes gain(double gain) {
        return new RandomModes(units, shape, Check.positive("gain", gain), overlaps);
    }

    /**
     * One overlap for all components; 0 unless set.
     *
     * @param overlap rho, the mean of L_a . R_a, from -1 to 1
     * @return a copy with the setting
     */
    public RandomModes overlap(double overlap) {
        double[] all = new double[shape.length];
        Arrays.fill(all, overlap);
        return overlaps(all);
    }

    /**
     * An overlap for each component; 0 unless set.
     *
     * @param overlaps rho_a, each from -1 to 1, in the order of the strengths
     * @return a copy with the setting
     */
    public RandomModes overlaps(double... overlaps) {
        if (overlaps.length != shape.length) {
            throw new IllegalArgumentException("there are %d overlaps and %d components; give one a component."
                    .formatted(overlaps.length, shape.length));
        }
        for (int a = 0; a < overlaps.length; a++) {
            if (!(Math.abs(overlaps[a]) <= 1)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "overlaps[%d] is %s; an overlap is a correlation, from -1 to 1. Larger feedback needs a larger "
                                + "strength.",
                        a,
                        overlaps[a]));
            }
        }
        return new RandomModes(units, shape, gain, overlaps.clone());
    }

    /**
     * The overlaps of figure 7 (K35): {@code rho_a = gamma (1 - 2 / (1 + exp(-16 (a / M - u))))}, a = 1..M, with u such that
     * {@code sum D_a rho_a = 0}, so that no unit is coupled to itself.
     *
     * @param gamma the overlap of the first components, from -1 to 1; the last have about its opposite
     * @return a copy with the overlaps
     */
    public RandomModes sigmoidOverlaps(double gamma) {
        if (!(Math.abs(gamma) <= 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "gamma is %s; the overlaps that it scales are correlations, from -1 to 1.", gamma));
        }
        double turn = new BrentSolver(1e-15, 1e-300, 0)
                .findRoot(
                        u -> IntStream.range(0, shape.length)
                                .mapToDouble(a -> shape[a] * sigmoid(a, u))
                                .sum(),
                        -3,
                        4);
        return overlaps(IntStream.range(0, shape.length)
                .mapToDouble(a -> gamma * sigmoid(a, turn))
                .toArray());
    }

    /** From 1 over 0 at u to -1. */
    private double sigmoid(int a, double turn) {
        return 1 - 2 / (1 + Math.exp(-SIGMOID_SLOPE * ((a + 1.0) / shape.length - turn)));
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
     * The strengths D_a, scaled to the gain; a copy.
     *
     * @return one value a component
     */
    public double[] strengths() {
        double factor = gain * Math.sqrt(units / power(shape, 2));
        return Arrays.stream(shape).map(d -> factor * d).toArray();
    }

    /**
     * The overlaps rho_a, a copy.
     *
     * @return one value a component
     */
    public double[] overlaps() {
        return overlaps.clone();
    }

    /**
     * PR^D = (1/M) (sum D_a^2)^2 / sum D_a^4 (11) of exactly these strengths: how many of the components count.
     *
     * @return from 1 / M to 1
     */
    public double strengthParticipation() {
        return effectiveRank() * units / shape.length;
    }

    /**
     * alpha PR^D = (1/N) (sum D_a^2)^2 / sum D_a^4 (12) of exactly these strengths.
     *
     * @return effective modes a unit
     */
    public double effectiveRank() {
        return Math.pow(power(shape, 2), 2) / power(shape, 4) / units;
    }

    private static double power(double[] values, int exponent) {
        return Arrays.stream(values).map(d -> Math.pow(d, exponent)).sum();
    }

    /**
     * Couplings drawn from the model. About 2 N^2 M operations and N^2 numbers of memory, however many modes there are.
     *
     * @param seed the randomness; its streams {@code "left modes"} and {@code "right modes"} are used, mode by mode, so
     *     that a longer list of strengths starts with the same modes
     * @return J, units x units; entry (i, j) is the coupling from unit j to unit i
     */
    public INDArray random(Seed seed) {
        Draws leftDraws = new Draws(seed.named("left modes"));
        Draws rightDraws = new Draws(seed.named("right modes"));
        double[] strengths = strengths();
        DMatrixRMaj couplings = Couplings.empty(units);
        double[] left = new double[MODES_AT_A_TIME * units];
        double[] right = new double[MODES_AT_A_TIME * units];
        for (int first = 0; first < strengths.length; first += MODES_AT_A_TIME) {
            int modes = Math.min(MODES_AT_A_TIME, strengths.length - first);
            for (int a = 0; a < modes; a++) {
                double strength = strengths[first + a] / units;
                double rho = overlaps[first + a];
                double rest = Math.sqrt(1 - rho * rho);
                for (int i = a * units; i < (a + 1) * units; i++) {
                    double z = leftDraws.gaussian();
                    left[i] = strength * z;
                    right[i] = rho * z + rest * rightDraws.gaussian();
                }
            }
            Products.addTransposedProduct(left, 0, right, 0, couplings.data, modes, units, units);
        }
        return Nd.array(couplings);
    }

    /** For reading, and for telling kept runs apart: lists are given by length and hash. */
    @Override
    public String toString() {
        return "random modes: %d units, %d components, gain %s, effective rank %s, strengths #%08x, overlaps #%08x"
                .formatted(
                        units, shape.length, gain, effectiveRank(), Arrays.hashCode(shape), Arrays.hashCode(overlaps));
    }
}
