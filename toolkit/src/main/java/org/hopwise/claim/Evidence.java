package org.hopwise.claim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopwise.stats.Comparison;
import org.hopwise.stats.Summary;
import org.hopwise.table.Columns;
import org.hopwise.table.Groups;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * What the runs of a table say about a claim: a measure, compared with a control in pairs of seeds, in one group or many,
 * without the networks that have lost their task. Immutable: every setting returns a copy.
 *
 * <pre>{@code
 * Evidence.of(damage, Measure.loss("error", "pressure", "none"))
 *     .per("task", "pressure").against("penalty", "R-sum", "L1").withoutLost("error", 0.9)
 * }</pre>
 *
 * <p>An observation is a seed. A seed that stands twice in a group is refused, since copies of one network are no
 * replicates. A network that has lost its task is not worse or better than another, it is another kind of thing: it is
 * in no comparison, and the table of the claim counts it.
 */
public final class Evidence {

    private static final String VALUE = "measured value";
    private static final String SEED = "seed";

    private final Table runs;
    private final Measure measure;
    private final List<String> by;
    private final Pair groups;
    private final Lost lost;
    private final Match match;

    /** The column that tells two groups apart, and which is compared with which. */
    private record Pair(String column, String treated, String control) {}

    /** Networks above a bound in some column; both: a pair counts as long as one of it is below. */
    private record Lost(String column, double above, boolean both) {}

    /** What both must agree in, and over how long a gap a line may go. */
    private record Match(String x, double largestGap) {}

    private Evidence(Table runs, Measure measure, List<String> by, Pair groups, Lost lost, Match match) {
        this.runs = runs;
        this.measure = measure;
        this.by = by;
        this.groups = groups;
        this.lost = lost;
        this.match = match;
    }

    /**
     * Evidence of a single number: the mean over all seeds.
     *
     * @param runs a tidy table with a column {@code seed}
     * @param measure what to measure
     * @return the evidence
     * @throws IllegalArgumentException if a column is missing
     */
    public static Evidence of(Table runs, Measure measure) {
        Columns.named(runs, SEED);
        Columns.numbers(runs, measure.column());
        return new Evidence(runs, measure, List.of(), null, null, null);
    }

    /**
     * One number for each group of runs; one for all unless set.
     *
     * @param columns the columns whose values make a group
     * @return a copy with the setting
     */
    public Evidence per(String... columns) {
        for (String column : columns) {
            Columns.named(runs, column);
        }
        return new Evidence(runs, measure, List.of(columns), groups, lost, match);
    }

    /**
     * Compares two kinds of runs: the measure of the first minus that of the control, paired by seed, with the sign-flip
     * test of {@link Comparison#pairedTests}.
     *
     * @param column the column that tells them apart, such as penalty
     * @param treated the runs that the claim is about, such as R-hop
     * @param control the runs that they are compared with, such as none
     * @return a copy with the setting
     */
    public Evidence against(String column, String treated, String control) {
        Groups.require(runs, column, treated);
        Groups.require(runs, column, control);
        return new Evidence(runs, measure, by, new Pair(column, treated, control), lost, match);
    }

    /**
     * Leaves out what has lost its task: runs, and of comparisons every pair with such a run. Of a loss the run's baseline
     * decides, since damage may well be what makes a network lose its task.
     *
     * @param column the column that tells, such as error
     * @param above a run above this has lost its task, such as 0.9 of the targets' variance
     * @return a copy with the setting
     */
    public Evidence withoutLost(String column, double above) {
        Columns.numbers(runs, column);
        return new Evidence(runs, measure, by, groups, new Lost(column, above, false), match);
    }

    /**
     * Leaves out pairs of which both have lost their task, for a claim that one of two loses it where the other does not.
     *
     * @param column the column that tells, such as error
     * @param above a run above this has lost its task
     * @return a copy with the setting
     */
    public Evidence withoutBothLost(String column, double above) {
        Columns.numbers(runs, column);
        return new Evidence(runs, measure, by, groups, new Lost(column, above, true), match);
    }

    /**
     * Compares where both agree in something else, as {@link Comparison#matched}: curves over x, without lines longer than
     * the gap.
     *
     * @param x the column to agree in
     * @param largestGap the longest line that counts, as a share of the x that either curve of a seed reaches, such as 0.25
     * @return a copy with the setting
     */
    public Evidence matched(String x, double largestGap) {
        Columns.numbers(runs, x);
        return new Evidence(runs, measure, by, groups, lost, new Match(x, largestGap));
    }

    /**
     * The numbers, one row a group.
     *
     * @return columns of {@link #per}, {@code mean}, {@code low}, {@code high}, {@code count}, {@code excluded}, the number
     *     of seeds left out, and of comparisons {@code effect}, {@code p} and {@code holm}, of matched ones also
     *     {@code overlap} and {@code gap}
     * @throws IllegalArgumentException if a seed stands twice in a group, or runs have no partner
     */
    public Table table() {
        if (groups == null && (match != null || (lost != null && lost.both))) {
            throw new IllegalArgumentException(
                    "nothing is compared, so nothing can match or be lost on both sides; say with what in against.");
        }
        String[] columns = by.toArray(String[]::new);
        Table measured = measure.measured(runs, VALUE, keys());
        Set<List<String>> excluded = lost == null ? Set.of() : exclude(measured);
        if (match == null) {
            requireOneValueASeed(measured);
        }
        Table numbers = groups == null
                ? Summary.of(measured, VALUE, columns)
                : match == null
                        ? Comparison.pairedTests(
                                measured, VALUE, groups.column, groups.treated, groups.control, columns)
                        : Comparison.matched(
                                measured,
                                match.x,
                                match.largestGap,
                                VALUE,
                                groups.column,
                                groups.treated,
                                groups.control,
                                columns);
        IntColumn counts = IntColumn.create("excluded");
        for (int row = 0; row < numbers.rowCount(); row++) {
            List<String> group = Groups.key(numbers, row, columns);
            counts.append((int) excluded.stream()
                    .filter(key -> key.subList(0, by.size()).equals(group))
                    .count());
        }
        return numbers.addColumns(counts);
    }

    /** The columns that tell one row of a run from another: groups, seed, the compared column, and what a loss is of. */
    private String[] keys() {
        List<String> keys = new ArrayList<>(by);
        keys.add(SEED);
        if (groups != null) {
            keys.add(groups.column);
        }
        if (measure.isLoss() && !keys.contains(measure.condition())) {
            keys.add(measure.condition());
        }
        return keys.toArray(String[]::new);
    }

    /** Empties the values of what is lost; gives the group and seed of each observation that went with them. */
    private Set<List<String>> exclude(Table measured) {
        Set<List<String>> gone = new HashSet<>();
        DoubleColumn values = measured.doubleColumn(VALUE);
        boolean[] dead = dead(measured);
        String[] observation = Arrays.copyOf(by.toArray(String[]::new), by.size() + 1);
        observation[by.size()] = SEED;
        Map<List<String>, Integer> deadControls = new HashMap<>();
        for (int row = 0; row < dead.length; row++) {
            if (dead[row] && isIn(measured, row, false)) {
                deadControls.merge(Groups.key(measured, row, observation), 1, Integer::sum);
            }
        }
        for (int row = 0; row < dead.length; row++) {
            List<String> key = Groups.key(measured, row, observation);
            boolean treated = isIn(measured, row, true);
            boolean control = isIn(measured, row, false);
            boolean partnerDead = treated && deadControls.containsKey(key);
            boolean out = match != null
                    ? dead[row]
                    : lost.both ? dead[row] && partnerDead : treated && (dead[row] || partnerDead);
            if (out && (treated || control)) {
                values.setMissing(row);
                gone.add(key);
            }
        }
        return gone;
    }

    private boolean isIn(Table measured, int row, boolean treated) {
        return groups == null
                ? treated
                : Groups.text(measured, row, groups.column).equals(treated ? groups.treated : groups.control);
    }

    /** Whether each measured row's run has lost its task. */
    private boolean[] dead(Table measured) {
        NumericColumn<?> levels = Columns.numbers(runs, lost.column);
        int[] baselines = measure.baselines(runs, keys());
        boolean[] dead = new boolean[measured.rowCount()];
        int at = 0;
        for (int row = 0; row < baselines.length; row++) {
            if (!measure.isLoss() || baselines[row] != row) {
                dead[at++] = levels.getDouble(baselines[row]) > lost.above;
            }
        }
        return dead;
    }

    private void requireOneValueASeed(Table measured) {
        List<String> keys = new ArrayList<>(by);
        keys.add(SEED);
        if (groups != null) {
            keys.add(groups.column);
        }
        Groups.of(measured, keys.toArray(String[]::new)).forEach((key, rows) -> {
            if (rows.size() > 1) {
                throw new IllegalArgumentException(
                        "%s has %d rows at %s; a seed is one observation, so name more columns in per or average first."
                                .formatted(runs.name(), rows.size(), key));
            }
        });
    }

    /** What a row is called: the measure or the two that are compared, then the group. */
    String label(Table numbers, int row) {
        String subject = groups == null ? measure.name() : groups.treated + " minus " + groups.control;
        String group = String.join(", ", Groups.key(numbers, row, by.toArray(String[]::new)));
        return group.isEmpty() ? subject : subject + ": " + group;
    }

    Terms terms() {
        String within = by.isEmpty() ? "" : ", within " + String.join(", ", by);
        String compared = groups == null
                ? "mean with the bound"
                : "%s: %s minus %s, in pairs of seeds".formatted(groups.column, groups.treated, groups.control);
        String matched = match == null
                ? ""
                : ", at equal %s, no line over more than %s of the range"
                        .formatted(match.x, Criterion.number(match.largestGap));
        String excluded = lost == null
                ? "none"
                : (groups == null
                                ? "runs that have"
                                : lost.both ? "pairs of which both have" : "pairs of which one has")
                        + " lost the task (%s above %s%s)"
                                .formatted(
                                        lost.column,
                                        Criterion.number(lost.above),
                                        measure.isLoss()
                                                ? " at %s = %s".formatted(measure.condition(), measure.baseline())
                                                : "");
        return new Terms(
                measure.name(), compared + within + matched, groups == null ? "none" : groups.control, excluded, SEED);
    }

    /** What is measured and how, then the numbers. */
    @Override
    public String toString() {
        return terms() + "\n" + table().print();
    }
}
