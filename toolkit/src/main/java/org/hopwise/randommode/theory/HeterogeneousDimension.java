package org.hopwise.randommode.theory;

import java.util.ArrayList;
import java.util.List;
import org.hopwise.randommode.averages.GaussianAverages;
import org.hopwise.randommode.averages.MixtureAverages;
import org.hopwise.randommode.averages.UnitClass;
import org.hopwise.rnn.Activation;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The dimension of activity of unequal units, {@code J_ij = A_i Jhat_ij B_j}, from raw and from z-scored data, with R = alpha PR^D the
 * effective rank. Output gains alone are those of the paper ({@link OutputGains}, equal to the lines here); input gains
 * are our extension.
 *
 * <p>All units see an input of one spectrum Q, scaled by A_i. With C_i the spectrum of output i, S_i its response, {@code
 * u = g^2 <A^2 B^2 S S'>}, weights w_i (1 for raw data, 1 / variance for z-scored) and {@code a = g^2 <w A^2 S S'>}, the
 * mean of w_i w_j N C_ij(w1) C_ij(w2) over all pairs, i = j included, is for outputs
 *
 * <p>{@code < C C' |w + B^2 a / (1 - u)|^2 > + (1 / R) |a / (1 - u)|^2 <B^2 C> <B^2 C'>}
 *
 * <p>and for states, with S_x = 1 / (1 + i w) and V = g^2 S_x S_x' / (1 - u),
 *
 * <p>{@code <w^2 A^4> Q Q' + |V|^2 <w A^2>^2 (<B^4 C C'> + <B^2 C> <B^2 C'> / R) + 2 Re[V] <w A^2> <w A^4 B^2
 * meanSlope^2> Q Q'}.
 *
 * <p>Unequal input gains add {@code <A^4> / <A^2>^2 - 1} to N / PR of raw states in discrete time; z-scoring takes that
 * away. A low effective rank survives z-scoring.
 *
 * <p>Theory is for large N. In finite networks units of equal gains differ in variance too, by chance, and z-scoring
 * takes that away as well: 8 networks of 1,000 units (erf, g = 5, continuous time) had N / PR of states 20.6 +- 0.4 raw
 * and 18.8 +- 0.3 z-scored, where theory has 21.0 for both.
 */
public final class HeterogeneousDimension {

    private final RankLine outputs;
    private final RankLine states;
    private final RankLine scoredOutputs;
    private final RankLine scoredStates;

    private HeterogeneousDimension(RankLine outputs, RankLine states, RankLine scoredOutputs, RankLine scoredStates) {
        this.outputs = outputs;
        this.states = states;
        this.scoredOutputs = scoredOutputs;
        this.scoredStates = scoredStates;
    }

    /**
     * Discrete time, in closed form: {@code x(t + 1) = J phi(x(t))}. Milliseconds; for tanh and a thousand unequal units
     * about a second.
     *
     * @param gain g, the root of N Var(Jhat_ij)
     * @param phi the nonlinearity
     * @param units the gains A and B
     * @return the four lines
     * @throws IllegalArgumentException if {@code g^2 <A^2 B^2>} is 1 or less: all activity dies out
     */
    public static HeterogeneousDimension discrete(double gain, Activation phi, Heterogeneity units) {
        double common = DiscreteDimension.variance(units.requireActive(gain), phi, units);
        double g2 = gain * gain;
        double loop = 0;
        double raw = 0;
        double scored = 0;
        double c = 0;
        double c2 = 0;
        double b2c = 0;
        double b4c2 = 0;
        for (UnitClass unit : units.classes()) {
            double variance = unit.inputPower() * common;
            double output = GaussianAverages.meanSquare(phi, variance);
            double slope2 = Math.pow(GaussianAverages.meanSlope(phi, variance), 2);
            loop += unit.share() * g2 * unit.inputPower() * unit.outputPower() * slope2;
            raw += unit.share() * g2 * unit.inputPower() * slope2;
            scored += unit.share() * g2 * unit.inputPower() * slope2 / output;
            c += unit.share() * output;
            c2 += unit.share() * output * output;
            b2c += unit.share() * unit.outputPower() * output;
            b4c2 += unit.share() * Math.pow(unit.outputPower() * output, 2);
        }
        double rest = 1 - loop * loop;
        double own = b4c2 / (b2c * b2c) / rest;
        return new HeterogeneousDimension(
                new RankLine((c2 + raw * raw * b4c2 / rest) / (c * c), Math.pow(raw * b2c / c, 2) / rest),
                new RankLine(inputSpread(units) + own, 1 / rest),
                new RankLine(1 + scored * scored * b4c2 / rest, Math.pow(scored * b2c, 2) / rest),
                new RankLine(1 + own, 1 / rest));
    }

    /** {@code <A^4> / <A^2>^2}. */
    private static double inputSpread(Heterogeneity units) {
        double power = units.mean(UnitClass::inputPower);
        return units.mean(unit -> Math.pow(unit.inputPower(), 2)) / (power * power);
    }

    /**
     * Continuous time: {@code dx/dt = -x + J phi(x)}. Costs grow with the number of different units: 2 to 6 s for the
     * log-normal law with erf up to spread 0.8. For tanh, gains whose A^2 varies beyond a factor of about 20 need too many terms.
     *
     * @param gain g, the root of N Var(Jhat_ij)
     * @param phi the nonlinearity
     * @param units the gains A and B; at most 200 different units
     * @return the four lines
     * @throws IllegalArgumentException if {@code g^2 <A^2 B^2>} is 1 or less: all activity dies out; or if there are more units
     * @throws IllegalStateException if the mean field misses its own equation, with the residual
     */
    public static HeterogeneousDimension continuous(double gain, Activation phi, Heterogeneity units) {
        List<UnitClass> classes = units.classes();
        if (classes.size() > 200) {
            throw new IllegalArgumentException(
                    "there are %d units; continuous time takes at most 200 different ones. Use Heterogeneity.logNormal, or bin the gains."
                            .formatted(classes.size()));
        }
        double largest = gain * gain * units.mean(UnitClass::outputPower);
        LagSolution solution = LagSolution.of(
                units.requireActive(gain), variance -> MixtureAverages.of(phi, classes, variance), largest);
        var averages = (MixtureAverages) solution.averages;
        List<double[]> lags = new ArrayList<>();
        for (int m = 0; m < classes.size(); m++) {
            double[] output = new double[solution.points()];
            for (int j = 0; j < output.length; j++) {
                output[j] = averages.parts().get(m).covariance(classes.get(m).inputPower() * solution.covariance(j));
            }
            lags.add(output);
        }
        double loop = Math.pow(gain * averages.meanSlope(), 2);
        PairIntegral integral = PairIntegral.at(
                        DimensionTheory.ingredients(solution, classes, lags, loop), new double[][] {{0, 0}})
                .get(0);
        return assemble(gain, units, averages, lags, integral);
    }

    private static HeterogeneousDimension assemble(
            double gain, Heterogeneity units, MixtureAverages averages, List<double[]> lags, PairIntegral integral) {
        double g2 = gain * gain;
        double raw = 0;
        double scored = 0;
        double c = 0;
        double c2 = 0;
        double rawState = 0;
        double scoredState = 0;
        double q = averages.variance();
        for (int m = 0; m < lags.size(); m++) {
            UnitClass unit = units.classes().get(m);
            double output = lags.get(m)[0];
            double slope2 = Math.pow(averages.parts().get(m).meanSlope(), 2);
            raw += unit.share() * g2 * unit.inputPower() * slope2;
            scored += unit.share() * g2 * unit.inputPower() * slope2 / output;
            c += unit.share() * output;
            c2 += unit.share() * output * output;
            rawState += unit.share() * Math.pow(unit.inputPower(), 2) * unit.outputPower() * slope2;
            scoredState += unit.share() * unit.inputPower() * unit.outputPower() * slope2;
        }
        double power = units.mean(UnitClass::inputPower);
        double own = g2 * g2 * integral.unshared() / (q * q);
        double shared = g2 * g2 * integral.shared() / (q * q);
        double input = 2 * g2 * integral.input() / (q * q);
        return new HeterogeneousDimension(
                new RankLine(
                        (c2 + 2 * raw * integral.raw() + raw * raw * integral.unshared()) / (c * c),
                        raw * raw * integral.shared() / (c * c)),
                new RankLine(inputSpread(units) + own + input * rawState / power, shared),
                new RankLine(
                        1 + 2 * scored * integral.scored() + scored * scored * integral.unshared(),
                        scored * scored * integral.shared()),
                new RankLine(1 + own + input * scoredState, shared));
    }

    /**
     * N / PR of the outputs phi(x), raw.
     *
     * @return the line
     */
    public RankLine outputs() {
        return outputs;
    }

    /**
     * N / PR of the states x, raw.
     *
     * @return the line
     */
    public RankLine states() {
        return states;
    }

    /**
     * N / PR of the outputs, each divided by its standard deviation.
     *
     * @return the line
     */
    public RankLine scoredOutputs() {
        return scoredOutputs;
    }

    /**
     * N / PR of the states, each divided by its standard deviation.
     *
     * @return the line
     */
    public RankLine scoredStates() {
        return scoredStates;
    }

    /**
     * All four predictions for networks of a size.
     *
     * @param networkUnits N, the number of units
     * @param effectiveRanks as in {@link RankLine#unitsPerDimension}
     * @return columns activity (states, outputs), data (raw, z-scored) and those of {@link RankLine#table}
     */
    public Table table(int networkUnits, double... effectiveRanks) {
        Table table = part("states", "raw", states.table(networkUnits, effectiveRanks));
        table.append(part("states", "z-scored", scoredStates.table(networkUnits, effectiveRanks)));
        table.append(part("outputs", "raw", outputs.table(networkUnits, effectiveRanks)));
        return table.append(part("outputs", "z-scored", scoredOutputs.table(networkUnits, effectiveRanks)));
    }

    private static Table part(String activity, String data, Table lines) {
        StringColumn activities = StringColumn.create("activity");
        StringColumn kinds = StringColumn.create("data");
        for (int i = 0; i < lines.rowCount(); i++) {
            activities.append(activity);
            kinds.append(data);
        }
        return Table.create("dimension", activities, kinds)
                .addColumns(lines.columns().toArray(Column[]::new));
    }

    @Override
    public String toString() {
        return "dimension of unequal units; raw states %s, z-scored %s".formatted(states, scoredStates);
    }
}
