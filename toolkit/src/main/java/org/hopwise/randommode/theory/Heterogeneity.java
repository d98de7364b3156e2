package org.hopwise.randommode.theory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hopwise.internal.Check;
import org.hopwise.internal.Texts;
import org.hopwise.randommode.averages.UnitClass;
import org.hopwise.randommode.coupling.Couplings;

/**
 * How unequal units are: {@code J_ij = A_i Jhat_ij B_j}, with input gains A, output gains B and random-mode couplings
 * Jhat that know nothing of them. Output gains are those of arXiv 2409.01969 (44); input gains are our extension.
 */
public final class Heterogeneity {

    /** Standard deviations between classes of the log-normal law; averages converge exponentially in it. */
    private static final double CLASS_WIDTH = 0.5;

    /** How far the law is followed; beyond lies less than 1e-6 of any moment that enters. */
    private static final double REACH = 5;

    private static final double WIDEST = 1.5;

    private final List<UnitClass> classes;

    private Heterogeneity(List<UnitClass> classes) {
        this.classes = Collections.unmodifiableList(classes);
    }

    /**
     * All units alike, A = B = 1.
     *
     * @return no heterogeneity
     */
    public static Heterogeneity none() {
        return new Heterogeneity(List.of(UnitClass.ALL_ALIKE));
    }

    /**
     * Log-normal input gains with {@code <A^2> = 1}, as {@link Couplings#logNormalGains} draws them, and B = 1:
     * averages over the law itself.
     *
     * @param spread the standard deviation of log A, from 0 to 1.5
     * @return some 25 classes of units
     */
    public static Heterogeneity logNormal(double spread) {
        Check.notNegative("spread", spread);
        if (spread > WIDEST) {
            throw new IllegalArgumentException(
                    "spread is %s; it must be at most %s, beyond which a handful of units makes all averages. Give the gains themselves to Heterogeneity.of."
                            .formatted(spread, WIDEST));
        }
        if (spread == 0) {
            return none();
        }
        // The fourth moment, the highest that enters, has its weight around z = 4 spread.
        List<UnitClass> classes = new ArrayList<>();
        for (double z = -REACH; z < REACH + 4 * spread; z += CLASS_WIDTH) {
            double share = CLASS_WIDTH / Math.sqrt(2 * Math.PI) * Math.exp(-z * z / 2);
            classes.add(new UnitClass(share, Math.exp(spread * z - spread * spread), 1));
        }
        return new Heterogeneity(classes);
    }

    /**
     * Output gains of the paper's family, B(u) = c exp(-beta u) over the share u of units, with {@code <B^2> = 1} and
     * {@code PR^G = <B^2>^2 / <B^4> = tanh(beta) / beta}, as {@link Couplings#decayingGains} gives them; input gains 1.
     *
     * @param gainParticipation PR^G, from above 0 to 1
     * @return 16 classes of units, Gauss-Legendre nodes of u
     */
    public static Heterogeneity decaying(double gainParticipation) {
        OutputGains.requireParticipation(gainParticipation);
        double beta = Couplings.decayRate(gainParticipation);
        double square = beta == 0 ? 1 : -Math.expm1(-2 * beta) / (2 * beta);
        List<UnitClass> classes = new ArrayList<>();
        for (int i = 0; i < GaussLegendre.NODES.length; i++) {
            double gain = Math.exp(-beta * GaussLegendre.NODES[i]) / Math.sqrt(square);
            classes.add(new UnitClass(GaussLegendre.WEIGHTS[i], 1, gain));
        }
        return beta == 0 ? none() : new Heterogeneity(classes);
    }

    /**
     * The gains of the units of one network.
     *
     * @param inputGains A, one a unit, not 0
     * @param outputGains B, one a unit
     * @return one class a unit
     */
    public static Heterogeneity of(double[] inputGains, double[] outputGains) {
        if (inputGains.length == 0 || inputGains.length != outputGains.length) {
            throw new IllegalArgumentException("there are %d input gains and %d output gains; give one of each a unit."
                    .formatted(inputGains.length, outputGains.length));
        }
        Check.finite("inputGains", inputGains, 0);
        Check.finite("outputGains", outputGains, 0);
        List<UnitClass> classes = new ArrayList<>();
        for (int i = 0; i < inputGains.length; i++) {
            if (inputGains[i] == 0) {
                throw new IllegalArgumentException(
                        "inputGains[%d] is 0; that unit is silent and has no z-score. Leave it out.".formatted(i));
            }
            classes.add(new UnitClass(1.0 / inputGains.length, inputGains[i], outputGains[i]));
        }
        return new Heterogeneity(classes);
    }

    List<UnitClass> classes() {
        return classes;
    }

    /** The average over units. */
    double mean(ToDoubleFunction<UnitClass> function) {
        double sum = 0;
        for (UnitClass unit : classes) {
            sum += unit.share() * function.applyAsDouble(unit);
        }
        return sum;
    }

    /** The gain, if a network of these units is active at it: g^2 (A^2 B^2) > 1 on average. */
    double requireActive(double gain) {
        Check.positive("gain", gain);
        double effective = gain * Math.sqrt(mean(unit -> unit.inputPower() * unit.outputPower()));
        if (classes.size() == 1 || effective <= 1) {
            MeanField.requireActive(effective);
        }
        return gain;
    }

    @Override
    public String toString() {
        return classes.size() == 1
                ? "all units alike"
                : "units in %d classes of gains, %s"
                        .formatted(
                                classes.size(),
                                Texts.mark(classes.stream()
                                        .map(units ->
                                                new double[] {units.share(), units.inputGain(), units.outputGain()})
                                        .toArray(double[][]::new)));
    }
}
