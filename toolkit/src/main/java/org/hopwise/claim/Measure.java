package org.hopwise.claim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.table.Columns;
import org.hopwise.table.Groups;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * What a claim measures. A level and a loss are different measures: of two networks the one that does better after a
 * damage may be the one that lost more by it. So a sentence about losing asks for {@link #loss}, one about being good for
 * {@link #level}.
 *
 * @param name how the table of the claim calls it
 * @param column the column of numbers
 * @param condition the column that tells conditions apart; empty for a level
 * @param baseline the condition that losses are counted from; empty for a level
 */
public record Measure(String name, String column, String condition, String baseline) {

    /**
     * A column as it is.
     *
     * @param column the column of numbers, such as error
     * @return the measure
     */
    public static Measure level(String column) {
        return new Measure(column, column, "", "");
    }

    /**
     * What a run loses: its number under a condition minus its own number under the baseline. Positive where the number
     * rises, so of an error, or any number of which less is better, it is the harm done.
     *
     * @param column the column of numbers, such as error
     * @param condition the column that tells conditions apart, such as pressure
     * @param baseline the condition that is taken off, such as none; its rows are no evidence themselves
     * @return the measure
     */
    public static Measure loss(String column, String condition, String baseline) {
        return new Measure(
                "loss of %s against %s = %s".formatted(column, condition, baseline), column, condition, baseline);
    }

    boolean isLoss() {
        return !condition.isEmpty();
    }

    /** Rows of one run and condition each, with the measure in a column of this name; a loss has none for its baseline. */
    Table measured(Table runs, String name, String... keys) {
        NumericColumn<?> numbers = Columns.numbers(runs, column);
        if (!isLoss()) {
            return runs.copy().addColumns(numbers.asDoubleColumn().copy().setName(name));
        }
        List<Integer> rows = new ArrayList<>();
        DoubleColumn losses = DoubleColumn.create(name);
        int[] baselines = baselines(runs, keys);
        for (int row = 0; row < baselines.length; row++) {
            if (baselines[row] != row) {
                rows.add(row);
                losses.append(numbers.getDouble(row) - numbers.getDouble(baselines[row]));
            }
        }
        return runs.where(Groups.rows(rows)).addColumns(losses);
    }

    /** The row that holds the baseline of each row's run; of a level the row itself. */
    int[] baselines(Table runs, String... keys) {
        int[] found = new int[runs.rowCount()];
        Arrays.setAll(found, row -> row);
        if (!isLoss()) {
            return found;
        }
        Groups.require(runs, condition, baseline);
        String[] run = Arrays.stream(keys).filter(key -> !key.equals(condition)).toArray(String[]::new);
        Map<List<String>, Integer> before = new HashMap<>();
        for (int row = 0; row < runs.rowCount(); row++) {
            if (Groups.text(runs, row, condition).equals(baseline)) {
                before.put(Groups.key(runs, row, run), row);
            }
        }
        for (int row = 0; row < found.length; row++) {
            List<String> key = Groups.key(runs, row, run);
            Integer of = before.get(key);
            if (of == null) {
                throw new IllegalArgumentException(
                        "%s has no row with %s = '%s'; a loss is counted from there, so keep it in the table."
                                .formatted(key, condition, baseline));
            }
            found[row] = of;
        }
        return found;
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
