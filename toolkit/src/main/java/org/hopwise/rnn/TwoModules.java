package org.hopwise.rnn;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Texts;
import org.hopwise.internal.array.Draws;

/**
 * Random networks of two equal modules, to compare the modularity of wiring and of influence. An edge between two hidden
 * units exists with probability d inside a module and p d across; its weight is uniform in (0, 1), or in (-1, 1) if
 * signed. Input i drives hidden unit i and output i reads it, with weight 1 each, so that hop k carries the (k - 2)-th
 * power of the recurrent weights and hop 3 the wiring itself. Self-connections are allowed.
 *
 * <p>With positive weights the modularity of hop k is Q_k = 1/2 ((1 - p) / (1 + p))^(k - 2) up to sampling. Weights are
 * not scaled to any spectral radius; use a normalised measure. Immutable: every setting returns a copy. Our own
 * construction after the two-module networks of Bena and Goodman (2025).
 */
public final class TwoModules {

    private static final double STANDARD_DENSITY = 0.5;

    private final int units;
    private final double density;
    private final double ratio;
    private final boolean signed;
    private final DeadEnds deadEnds;

    /** Whether there are hidden units that nothing leaves, and whether edges across modules end in them. */
    private enum DeadEnds {
        NONE,
        BESIDE_CROSSINGS,
        BEHIND_CROSSINGS
    }

    private TwoModules(int units, double density, double ratio, boolean signed, DeadEnds deadEnds) {
        this.units = units;
        this.density = density;
        this.ratio = ratio;
        this.signed = signed;
        this.deadEnds = deadEnds;
    }

    /**
     * Networks of this many inputs, outputs and hidden units, the first half of each in the first module; positive
     * weights, density 0.5 inside modules.
     *
     * @param units an even number
     * @param ratio p, density across over density inside, from 0 (two networks) to 1 (no modules)
     * @return the kind of network
     * @throws IllegalArgumentException if units is not even and positive or the ratio not a fraction
     */
    public static TwoModules of(int units, double ratio) {
        Check.positive("units", units);
        Check.divides("modules", 2, "units", units);
        return new TwoModules(units, STANDARD_DENSITY, Check.fraction("ratio", ratio), false, DeadEnds.NONE);
    }

    /**
     * Density inside modules; 0.5 unless set.
     *
     * @param density d, the probability of an edge, from 0 to 1
     * @return a copy with the setting
     */
    public TwoModules density(double density) {
        return new TwoModules(units, Check.fraction("density", density), ratio, signed, deadEnds);
    }

    /**
     * Weights of both signs with mean 0, instead of positive ones.
     *
     * @return a copy with the setting
     */
    public TwoModules signed() {
        return new TwoModules(units, density, ratio, true, deadEnds);
    }

    /**
     * As many hidden units again, which receive edges from inside their module and send none; no walk to an output
     * passes them. Edges across modules end where they did, on walks. Hidden units of a module stand together: its
     * {@code units / 2} first, then its dead ends.
     *
     * @return a copy with the setting
     */
    public TwoModules withDeadEnds() {
        return new TwoModules(units, density, ratio, signed, DeadEnds.BESIDE_CROSSINGS);
    }

    /**
     * Dead ends as in {@link #withDeadEnds}, and every edge across modules ends in the dead end that belongs to the
     * unit where it would have ended. From the same seed the structural modularity is exactly that of
     * {@link #withDeadEnds}, for each module sends and receives the same; but now every walk from an input to an output
     * stays in its module, and no influence crosses.
     *
     * @return a copy with the setting
     */
    public TwoModules withCrossingsIntoDeadEnds() {
        return new TwoModules(units, density, ratio, signed, DeadEnds.BEHIND_CROSSINGS);
    }

    /**
     * One network.
     *
     * @param seed the randomness; the stream {@code "two modules"} of it is used, alike for all settings of dead ends
     *     other than none
     * @return weights without biases: units x inputs, hidden x hidden, outputs x units, with twice as many hidden units
     *     if there are dead ends
     */
    public Weights random(Seed seed) {
        Draws draws = new Draws(seed.named("two modules"));
        int half = units / 2;
        int perModule = deadEnds == DeadEnds.NONE ? half : units;
        Matrices m = new Matrices(
                new DMatrixRMaj(2 * perModule, units),
                new DMatrixRMaj(2 * perModule, 2 * perModule),
                new DMatrixRMaj(units, 2 * perModule),
                new DMatrixRMaj(2 * perModule, 1),
                new DMatrixRMaj(units, 1));
        for (int source = 0; source < units; source++) {
            int from = source / half * perModule + source % half;
            m.input().set(from, source, 1);
            m.output().set(source, from, 1);
            for (int to = 0; to < 2 * perModule; to++) {
                boolean inside = to / perModule == source / half;
                boolean deadEnd = to % perModule >= half;
                boolean edge = draws.uniform() < (inside ? density : ratio * density);
                double weight = signed ? 2 * draws.uniform() - 1 : draws.uniform();
                if (edge && (inside || !deadEnd)) {
                    boolean moved = !inside && deadEnds == DeadEnds.BEHIND_CROSSINGS;
                    m.recurrent().set(moved ? to + half : to, from, weight);
                }
            }
        }
        return Weights.of(m);
    }

    @Override
    public String toString() {
        return "two modules of %s each, density %s, ratio %s, %s weights, dead ends %s"
                .formatted(
                        Texts.count(units / 2, "unit"),
                        density,
                        ratio,
                        signed ? "signed" : "positive",
                        deadEnds.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
