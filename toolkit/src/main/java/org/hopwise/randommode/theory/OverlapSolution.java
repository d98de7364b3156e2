package org.hopwise.randommode.theory;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hopwise.internal.Texts;
import org.hopwise.randommode.simulation.Activity;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Single units and dimension of activity in a network with overlaps: means over independent groups of samples, each with
 * its standard error.
 */
public final class OverlapSolution {

    private static final List<String> QUANTITIES =
            List.of("state variance", "output variance", "units per state dimension", "units per output dimension");

    private final List<Group> groups;
    private final int samples;

    OverlapSolution(List<Group> groups, int samples) {
        this.groups = groups;
        this.samples = samples;
    }

    /** What one group of samples settled on. */
    static final class Group {
        final double stateVariance;
        final double outputVariance;
        final double stateUnits;
        final double outputUnits;
        private final SampledField field;

        Group(SampledField field, PairProblem pairs) {
            this.field = field;
            this.stateVariance = field.window.covariance(field.stateSpectrum(), 0);
            this.outputVariance = field.window.covariance(field.outputSpectrum, 0);
            this.stateUnits = pairs.stateUnits();
            this.outputUnits = pairs.outputUnits();
        }

        double quantity(int index) {
            return switch (index) {
                case 0 -> stateVariance;
                case 1 -> outputVariance;
                case 2 -> stateUnits;
                default -> outputUnits;
            };
        }
    }

    private double mean(ToDoubleFunction<Group> value) {
        return groups.stream().mapToDouble(value).average().orElseThrow();
    }

    private double standardError(ToDoubleFunction<Group> value) {
        double mean = mean(value);
        double squares = groups.stream()
                .mapToDouble(group -> Math.pow(value.applyAsDouble(group) - mean, 2))
                .sum();
        return Math.sqrt(squares / (groups.size() - 1) / groups.size());
    }

    /**
     * The variance of a state.
     *
     * @return C_x(0)
     */
    public double stateVariance() {
        return mean(group -> group.stateVariance);
    }

    /**
     * The variance of an output.
     *
     * @return C_phi(0)
     */
    public double outputVariance() {
        return mean(group -> group.outputVariance);
    }

    /**
     * How many units there are to a dimension of the states.
     *
     * @return N / PR_x
     */
    public double unitsPerStateDimension() {
        return mean(group -> group.stateUnits);
    }

    /**
     * How many units there are to a dimension of the outputs.
     *
     * @return N / PR_phi
     */
    public double unitsPerOutputDimension() {
        return mean(group -> group.outputUnits);
    }

    /**
     * The four numbers with their standard errors, named as in the summary of {@link Activity}.
     *
     * @return columns quantity, value, standard error, samples
     */
    public Table summary() {
        Table table = Table.create(
                "overlap theory",
                StringColumn.create("quantity"),
                DoubleColumn.create("value"),
                DoubleColumn.create("standard error"),
                IntColumn.create("samples"));
        for (int i = 0; i < QUANTITIES.size(); i++) {
            int index = i;
            table.stringColumn("quantity").append(QUANTITIES.get(i));
            table.doubleColumn("value").append(mean(group -> group.quantity(index)));
            table.doubleColumn("standard error").append(standardError(group -> group.quantity(index)));
            table.intColumn("samples").append(samples * groups.size());
        }
        return table;
    }

    /**
     * Mean covariances of single units with themselves, as {@link Activity#covariances}.
     *
     * @param lags tau, in time constants or steps, from 0 to a quarter of the sampled window: 64 steps or 51 time constants
     * @return columns lag, state (C_x(tau)), output (C_phi(tau)); one row a lag
     * @throws IllegalArgumentException if a lag is out of range or, in discrete time, no whole number
     */
    public Table covariances(double... lags) {
        Table table = Table.create(
                "covariances", DoubleColumn.create("lag"), DoubleColumn.create("state"), DoubleColumn.create("output"));
        for (double lag : lags) {
            requireLag(lag);
            table.doubleColumn("lag").append(lag);
            table.doubleColumn("state")
                    .append(mean(group -> group.field.window.covariance(group.field.stateSpectrum(), lag)));
            table.doubleColumn("output")
                    .append(mean(group -> group.field.window.covariance(group.field.outputSpectrum, lag)));
        }
        return table;
    }

    private void requireLag(double lag) {
        SampledField field = groups.get(0).field;
        double last = field.window.points * field.window.step / 4;
        boolean isWhole = !field.isDiscrete || lag == Math.rint(lag);
        if (!(lag >= 0 && lag <= last && isWhole)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a lag is %s; it must be from 0 to %s, a quarter of the sampled window%s.",
                    lag,
                    last,
                    field.isDiscrete ? ", and whole in discrete time" : ""));
        }
    }

    @Override
    public String toString() {
        return "overlap theory from %s of %s: N / PR of states %s, of outputs %s"
                .formatted(
                        Texts.count(groups.size(), "group"),
                        Texts.count(samples, "sample"),
                        Texts.number(unitsPerStateDimension()),
                        Texts.number(unitsPerOutputDimension()));
    }
}
