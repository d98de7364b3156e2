package org.hopwise.train;

import java.util.Locale;
import java.util.Optional;

/** The kinds of penalty that sweeps compare, so that one axis can run over them. */
public enum PenaltyKind {
    /** {@link Penalty#none}: nothing, what every penalty is to be compared with; its strength is no matter. */
    NONE,
    /** {@link Penalty#l1}: single weights. */
    L1,
    /** {@link Penalty#resolvent}: the summed map. */
    R_SUM,
    /** {@link Penalty#hopwise}: every hop. */
    R_HOP,
    /** {@link Penalty#absoluteWalks}: absolute walks. */
    R_ABS;

    /**
     * The penalty of this kind.
     *
     * @param beta the strength, 0 or more; not used by none
     * @param alpha the damping a hop, above 0; not used by none and L1
     * @param length the number of time steps L; not used by none and L1
     * @return the penalty
     */
    public Penalty of(double beta, double alpha, int length) {
        return switch (this) {
            case NONE -> Penalty.none();
            case L1 -> Penalty.l1(beta);
            case R_SUM -> Penalty.resolvent(beta, alpha, length);
            case R_HOP -> Penalty.hopwise(beta, alpha, length);
            case R_ABS -> Penalty.absoluteWalks(beta, alpha, length);
        };
    }

    /**
     * What a penalty was made with.
     *
     * @param kind its kind
     * @param beta the strength
     * @param alpha the damping a hop; NaN for L1
     * @param length the number of time steps L; 0 for L1
     */
    public record Setting(PenaltyKind kind, double beta, double alpha, int length) {}

    /**
     * Kind and settings of a single penalty of the toolkit.
     *
     * @param penalty any penalty
     * @return its settings; empty for sums, scheduled penalties and penalties of your own
     */
    public static Optional<Setting> read(Penalty penalty) {
        if (penalty instanceof WeightPenalty single) {
            return Optional.of(new Setting(L1, single.beta(), Double.NaN, 0));
        }
        if (penalty instanceof SummedPenalty sum) {
            return Optional.of(new Setting(sum.absolute() ? R_ABS : R_SUM, sum.beta(), sum.alpha(), sum.length()));
        }
        if (penalty instanceof HopwisePenalty hop) {
            return Optional.of(new Setting(R_HOP, hop.beta(), hop.alpha(), hop.length()));
        }
        return Optional.empty();
    }

    /** The name that tables show: none, L1, R-sum, R-hop, R-abs. */
    @Override
    public String toString() {
        return switch (this) {
            case NONE -> "none";
            case L1 -> name();
            default -> "R-" + name().substring(2).toLowerCase(Locale.ROOT);
        };
    }
}
