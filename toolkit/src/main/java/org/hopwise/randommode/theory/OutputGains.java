package org.hopwise.randommode.theory;

import java.util.Locale;

/**
 * The dimension of networks whose units multiply their outputs by unequal gains, Phi_i = G_i phi(x_i), in continuous time
 * (arXiv 2409.01969, equations 44 to 46 and J18). Of the gains only {@code PR^G = <G^2>^2 / <G^4>} counts. With A and B
 * of {@link DimensionTheory#outputs} at the gain {@code g_eff = sqrt(alpha <D^2> <G^2>)},
 *
 * <p>normalised activity phi (46b): {@code N / PR = A + B (1 / PR^G + 1 / (alpha PR^D) - 1)}
 *
 * <p>weighted activity G phi (46a): {@code N / PR = A / PR^G + B / (alpha PR^D)}
 *
 * <p>readout G' phi, with gains of the same participation that are independent of those in the couplings (J18):
 * {@code N / PR = A + B / (alpha PR^D) + (1 / PR^G - 1) (1 + B)}. Where couplings know no gains at all, B is left out of
 * the last bracket.
 *
 * <p>So z-scored data keep what recurrent gains do to the dimension, in which gains and a low effective rank are alike;
 * z-scoring undoes what gains of a readout do.
 *
 * @param participation PR^G, from above 0 to 1
 * @param outputs N / PR of phi, or of z-scored data
 * @param weighted N / PR of G phi
 * @param readout N / PR of G' phi, with independent gains of a readout
 */
public record OutputGains(double participation, RankLine outputs, RankLine weighted, RankLine readout) {

    /**
     * Checks the participation.
     *
     * @param participation PR^G, from above 0 to 1
     * @param outputs N / PR of phi, or of z-scored data
     * @param weighted N / PR of G phi
     * @param readout N / PR of G' phi, with independent gains of a readout
     */
    public OutputGains {
        requireParticipation(participation);
    }

    static double requireParticipation(double participation) {
        if (!(participation > 0 && participation <= 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "gainParticipation is %s; PR^G = <G^2>^2 / <G^4> lies above 0 and is at most 1, where all gains are equal.",
                    participation));
        }
        return participation;
    }

    /**
     * The three lines of gains with a participation ratio. Costs nothing beside the theory.
     *
     * @param theory of equal units, at the gain g_eff that counts the gains in
     * @param gainParticipation PR^G, from above 0 to 1
     * @return the lines, as functions of the effective rank alpha PR^D
     */
    public static OutputGains of(DimensionTheory theory, double gainParticipation) {
        double spread = 1 / requireParticipation(gainParticipation) - 1;
        double a = theory.outputs().intercept();
        double b = theory.outputs().slope();
        return new OutputGains(
                gainParticipation,
                new RankLine(a + b * spread, b),
                new RankLine(a / gainParticipation, b),
                new RankLine(a + spread * (1 + b), b));
    }
}
