package org.hopwise.rnn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;

/**
 * Dale's law: what a hidden unit sends to other hidden units has one sign, + for excitatory and - for inhibitory units.
 * Signs belong to sources, the columns of W.
 *
 * <p>Projected weights are set to 0 after each update where they have the wrong sign, W_ij = s_j max(0, s_j W_ij), so zeros
 * are exact. Reflected weights are the moduli of stored ones, W_ij = s_j |V_ij|: they bounce off 0 and are hardly ever 0,
 * and a V of 0 never moves. Reflection is what PsychRNN does (Ehrlich et al., eNeuro 2021), projection our default.
 *
 * @param ratio the share of excitatory units, from 0 to 1; of no use where there are signs
 * @param signs +1 or -1 a hidden unit; empty if the ratio decides
 * @param positiveInputs whether W_in is at least 0 too
 * @param excitatoryReadOut whether W_out is at least 0 too, and 0 from inhibitory units
 * @param reflected whether weights are reflected at 0 instead of projected on it
 */
public record Dale(
        double ratio, List<Integer> signs, boolean positiveInputs, boolean excitatoryReadOut, boolean reflected)
        implements Serializable {

    /**
     * Checks ratio and signs.
     *
     * @param ratio the share of excitatory units
     * @param signs +1 or -1 a hidden unit, or none
     * @param positiveInputs whether W_in is at least 0 too
     * @param excitatoryReadOut whether W_out is at least 0 too
     * @param reflected whether weights are reflected at 0
     */
    public Dale {
        Check.fraction("ratio", ratio);
        signs = List.copyOf(signs);
        for (int j = 0; j < signs.size(); j++) {
            if (Math.abs(signs.get(j)) != 1) {
                throw new IllegalArgumentException(
                        "sign of unit %d is %d; it must be 1 (excitatory) or -1 (inhibitory)."
                                .formatted(j, signs.get(j)));
            }
        }
    }

    /**
     * Dale's law for networks of any size, on W alone, projected: of H units the first floor(ratio H) are excitatory.
     *
     * @param ratio such as 0.8, from 0 to 1
     * @return the law
     */
    public static Dale ratio(double ratio) {
        return new Dale(ratio, List.of(), false, false, false);
    }

    /**
     * Dale's law with a sign for each unit, on W alone, projected.
     *
     * @param signs +1 or -1 a hidden unit, at least one
     * @return the law
     */
    public static Dale of(int... signs) {
        Check.positive("the number of signs", signs.length);
        double excitatory = Arrays.stream(signs).filter(sign -> sign == 1).count();
        return new Dale(excitatory / signs.length, Arrays.stream(signs).boxed().toList(), false, false, false);
    }

    /**
     * Whether W_in is to be at least 0 too; not unless asked.
     *
     * @param asked whether it is
     * @return a copy with the setting
     */
    public Dale positiveInputs(boolean asked) {
        return new Dale(ratio, signs, asked, excitatoryReadOut, reflected);
    }

    /**
     * Whether only excitatory units are to be read out, with weights of at least 0; not unless asked.
     *
     * @param asked whether they are
     * @return a copy with the setting
     */
    public Dale excitatoryReadOut(boolean asked) {
        return new Dale(ratio, signs, positiveInputs, asked, reflected);
    }

    /**
     * Whether weights are to be reflected at 0 instead of projected on it; not unless asked.
     *
     * @param asked whether they are
     * @return a copy with the setting
     */
    public Dale reflected(boolean asked) {
        return new Dale(ratio, signs, positiveInputs, excitatoryReadOut, asked);
    }

    /**
     * The signs in a network.
     *
     * @param hidden how many hidden units it has
     * @return +1 or -1 a hidden unit
     * @throws IllegalArgumentException if there are signs, but not for so many units
     */
    public int[] signs(int hidden) {
        if (signs.isEmpty()) {
            int excitatory = (int) Math.floor(ratio * hidden);
            return IntStream.range(0, hidden).map(j -> j < excitatory ? 1 : -1).toArray();
        }
        if (signs.size() != hidden) {
            throw new IllegalArgumentException("Dale's law has %d signs and the network %d hidden units; give one each."
                    .formatted(signs.size(), hidden));
        }
        return signs.stream().mapToInt(sign -> sign).toArray();
    }

    /**
     * A start for training under the law: moduli of a network's recurrent weights with the signs of their units,
     * inhibitory ones multiplied by the number of excitatory over that of inhibitory units, so that both balance, and all
     * scaled to a spectral radius of 1. Input and output weights become their moduli only where that is asked for.
     *
     * @param network any network
     * @return a network that keeps the law
     * @throws IllegalArgumentException if the weights have a spectral radius of 0
     */
    public RecurrentNetwork start(RecurrentNetwork network) {
        Matrices m = network.weights().matrices();
        int hidden = network.weights().hidden();
        int[] s = signs(hidden);
        double excitatory = Arrays.stream(s).filter(sign -> sign == 1).count();
        double balance = excitatory > 0 && excitatory < hidden ? excitatory / (hidden - excitatory) : 1;
        for (int at = 0; at < hidden * hidden; at++) {
            int sign = s[at % hidden];
            m.recurrent().data[at] = sign * Math.abs(m.recurrent().data[at]) * (sign > 0 ? 1 : balance);
        }
        for (int at = 0; positiveInputs && at < m.input().data.length; at++) {
            m.input().data[at] = Math.abs(m.input().data[at]);
        }
        for (int at = 0; excitatoryReadOut && at < m.output().data.length; at++) {
            m.output().data[at] = s[at % hidden] > 0 ? Math.abs(m.output().data[at]) : 0;
        }
        double radius = Weights.of(m).spectralRadius();
        if (radius == 0) {
            throw new IllegalArgumentException(
                    "recurrent weights have a spectral radius of 0, so they cannot be scaled to 1; start from random weights.");
        }
        DMatrixRMaj recurrent = m.recurrent();
        for (int at = 0; at < recurrent.data.length; at++) {
            recurrent.data[at] /= radius;
        }
        return network.with(Weights.of(m));
    }

    @Override
    public String toString() {
        return "Dale's law (%s%s%s, %s)"
                .formatted(
                        signs.isEmpty() ? "ratio " + ratio : "signs " + signs,
                        positiveInputs ? ", positive inputs" : "",
                        excitatoryReadOut ? ", excitatory read-out" : "",
                        reflected ? "reflected" : "projected");
    }
}
