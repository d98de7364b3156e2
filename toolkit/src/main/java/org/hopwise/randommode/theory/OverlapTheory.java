package org.hopwise.randommode.theory;

import java.util.List;
import java.util.Locale;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Texts;
import org.hopwise.internal.machine.Parallel;
import org.hopwise.randommode.coupling.RandomModes;
import org.hopwise.rnn.Activation;

/**
 * The theory of networks whose left and right modes overlap (arXiv 2409.01969, equations 47 to 51). Each unit then feels
 * its own past, its state is no longer Gaussian, and single units see the overlaps: the single-unit process is sampled.
 * The dimension then follows in closed form (51).
 *
 * <p>x = G (xi + K phi(x)) in frequency, G = 1 / (1 + i w) or one step's delay, xi Gaussian with spectrum (1/N) sum_a
 * |D_a / (1 - rho_a D_a S)|^2 C_phi (48), memory K = (1/N) sum_a rho_a D_a / (1 - rho_a D_a S) (49), S the response of phi(x) to
 * xi. Sampling settles to a relative change of 1e-5; what is left is the luck of the draw, which is known from several
 * independent groups of samples and given as standard error. Without overlaps sampling drops out, and the result is
 * that of {@link DiscreteDimension} and {@link DimensionTheory}.
 *
 * <p>Sound where the instantaneous feedback (1/N) sum rho D is below 1 (in discrete time: its modulus), else a unit could
 * stay on either side for ever and the symmetric state that is solved for need not be the right one. Networks of up to
 * 1,000 units scatter by 10 to 30 % around the theory. Immutable: every setting returns a copy.
 */
public final class OverlapTheory {

    private static final int DISCRETE_POINTS = 256;
    private static final int CONTINUOUS_POINTS = 1024;

    /** Halving it changes N / PR at gain 3 by less than its standard error. */
    private static final double TIME_STEP = 0.2;

    /** Pairs of frequencies times kinds of components: beyond, the four-point problem takes minutes. */
    private static final int MOST_CLASSES = 256;

    private final ModeLaw law;
    private final String couplings;
    private final boolean isDiscrete;
    private final Activation nonlinearity;
    private final int samples;
    private final int groups;
    private final Seed seed;

    private OverlapTheory(
            ModeLaw law,
            String couplings,
            boolean isDiscrete,
            Activation nonlinearity,
            int samples,
            int groups,
            Seed seed) {
        this.law = law;
        this.couplings = couplings;
        this.isDiscrete = isDiscrete;
        this.nonlinearity = nonlinearity;
        this.samples = samples;
        this.groups = groups;
        this.seed = seed;
    }

    /**
     * Networks in discrete time, x(t + 1) = J phi(x(t)).
     *
     * @param modes strengths and overlaps; the number of units counts only through components a unit
     * @return the theory with its usual settings
     */
    public static OverlapTheory discrete(RandomModes modes) {
        return new OverlapTheory(ModeLaw.of(modes), modes.toString(), true, Activation.ERF, 256, 4, Seed.of(0));
    }

    /**
     * Networks in continuous time, dx/dt = -x + J phi(x). The window is 205 time constants; correlations that last
     * longer than some 30, as close to the onset of activity, do not fit.
     *
     * @param modes strengths and overlaps; the number of units counts only through components a unit
     * @return the theory with its usual settings
     */
    public static OverlapTheory continuous(RandomModes modes) {
        return new OverlapTheory(ModeLaw.of(modes), modes.toString(), false, Activation.ERF, 256, 4, Seed.of(0));
    }

    /**
     * Partially symmetric Gaussian couplings in continuous time, {@link
     * org.hopwise.randommode.coupling.Couplings#partiallySymmetric}: memory {@code symmetry g^2 S} and four-point function (H19).
     *
     * @param gain g, the root of N Var(J_ij), above 0
     * @param symmetry the correlation of J_ij and J_ji, from -1 to 1; towards 1 activity freezes and nothing settles
     * @return the theory with its usual settings
     */
    public static OverlapTheory partiallySymmetric(double gain, double symmetry) {
        Check.positive("gain", gain);
        if (!(Math.abs(symmetry) <= 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "symmetry is %s; it is the correlation of J_ij and J_ji, from -1 to 1.", symmetry));
        }
        return new OverlapTheory(
                ModeLaw.partiallySymmetric(gain, symmetry),
                String.format(Locale.ROOT, "couplings of gain %s and symmetry %s", gain, symmetry),
                false,
                Activation.ERF,
                256,
                4,
                Seed.of(0));
    }

    /**
     * The nonlinearity phi; erf unless set.
     *
     * @param nonlinearity phi
     * @return a copy with the setting
     */
    public OverlapTheory nonlinearity(Activation nonlinearity) {
        return new OverlapTheory(law, couplings, isDiscrete, nonlinearity, samples, groups, seed);
    }

    /**
     * Sampled trajectories in each group; 256 unless set. Standard errors fall with the root of samples times groups; few
     * samples in a group also make N / PR a little too small (at gain 3 and overlap -0.15 by 14 % with 32, 2 % with 128).
     *
     * @param samples at least 16
     * @return a copy with the setting
     */
    public OverlapTheory samples(int samples) {
        Check.between("samples", samples, 16, 100_000);
        return new OverlapTheory(law, couplings, isDiscrete, nonlinearity, samples, groups, seed);
    }

    /**
     * Independent groups of samples, from which the standard errors are; 4 unless set. They run on all cores.
     *
     * @param groups at least 2
     * @return a copy with the setting
     */
    public OverlapTheory groups(int groups) {
        Check.between("groups", groups, 2, 1000);
        return new OverlapTheory(law, couplings, isDiscrete, nonlinearity, samples, groups, seed);
    }

    /**
     * The randomness of the samples; 0 unless set. Its stream {@code "overlap samples"} is used, one child a group.
     *
     * @param seed the seed
     * @return a copy with the setting
     */
    public OverlapTheory seed(Seed seed) {
        return new OverlapTheory(law, couplings, isDiscrete, nonlinearity, samples, groups, seed);
    }

    /**
     * Solves. Takes about 1 s in discrete and 5 s in continuous time on two idle cores with the usual settings and one kind
     * of component; the same result on any number of cores.
     *
     * @return single units and dimension
     * @throws IllegalArgumentException if the feedback through overlaps is 1 or more, activity dies out, or the
     *     components are of too many kinds
     * @throws IllegalStateException if the sampled process does not settle, with what is missing
     */
    public OverlapSolution solve() {
        if (law.classes().size() > MOST_CLASSES) {
            throw new IllegalArgumentException(
                    "the components have %d different strengths and overlaps; at most %d are solved. Round the strengths into fewer values."
                            .formatted(law.classes().size(), MOST_CLASSES));
        }
        double feedback = law.feedback();
        if (feedback >= 1 || (isDiscrete && feedback <= -1)) {
            throw new IllegalArgumentException(
                    "the feedback through overlaps, (1/N) sum rho D, is %.3g; it must be below 1%s. Use smaller overlaps or strengths."
                            .formatted(feedback, isDiscrete ? " and above -1" : ""));
        }
        Seed draws = seed.named("overlap samples");
        OverlapSolution.Group[] solved = new OverlapSolution.Group[groups];
        Parallel.run(
                Runtime.getRuntime().availableProcessors(), groups, group -> solved[group] = solve(draws.child(group)));
        return new OverlapSolution(List.of(solved), samples);
    }

    private OverlapSolution.Group solve(Seed draws) {
        PeriodicWindow window =
                isDiscrete ? new PeriodicWindow(DISCRETE_POINTS, 1) : new PeriodicWindow(CONTINUOUS_POINTS, TIME_STEP);
        SampledField field = new SampledField(law, nonlinearity, isDiscrete, window, samples, draws);
        return new OverlapSolution.Group(field, new PairProblem(field));
    }

    @Override
    public String toString() {
        return "overlap theory in %s time, %s, %s in %s, seed %d, of %s"
                .formatted(
                        isDiscrete ? "discrete" : "continuous",
                        nonlinearity,
                        Texts.count(samples, "sample"),
                        Texts.count(groups, "group"),
                        seed.value(),
                        couplings);
    }
}
