package org.hopwise.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.table.Columns;
import org.hopwise.table.Groups;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/** The best of several settings, chosen without the numbers that then judge it. */
public final class Choice {

    private static final String SEED = "seed";

    private Choice() {}

    /**
     * For each seed the row at the setting whose mean over all <em>other</em> seeds is the lowest. The lowest number of each
     * seed itself would flatter whatever has more settings to choose from, since it chooses by the noise that it reports.
     *
     * @param t a table with a column {@code seed} and one row a group, setting and seed
     * @param setting the column to choose in, such as beta
     * @param value the numeric column of which less is better, such as error
     * @param by the columns within whose groups to choose
     * @return one row a group and seed, with all columns; of equally good settings the first
     * @throws IllegalArgumentException if a column is missing, a seed stands twice at a setting, or a group has one seed
     */
    public static Table lowestOnOtherSeeds(Table t, String setting, String value, String... by) {
        NumericColumn<?> values = Columns.numbers(t, value);
        String[] keys = Arrays.copyOf(by, by.length + 1);
        keys[by.length] = setting;
        List<Integer> chosen = new ArrayList<>();
        for (List<Integer> group : Groups.of(t, by).values()) {
            Map<String, Map<String, Integer>> rows = new LinkedHashMap<>();
            for (int row : group) {
                Integer twice = rows.computeIfAbsent(Groups.text(t, row, setting), unused -> new LinkedHashMap<>())
                        .put(Groups.text(t, row, SEED), row);
                if (twice != null) {
                    throw new IllegalArgumentException("seed %s stands twice at %s; name more columns in by."
                            .formatted(Groups.text(t, row, SEED), Groups.key(t, row, keys)));
                }
            }
            for (String seed : rows.values().iterator().next().keySet()) {
                chosen.add(best(rows, seed, values));
            }
        }
        return t.where(Groups.rows(chosen));
    }

    private static int best(Map<String, Map<String, Integer>> rows, String seed, NumericColumn<?> values) {
        Integer best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (Map<String, Integer> seeds : rows.values()) {
            double mean = seeds.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(seed))
                    .mapToDouble(entry -> values.getDouble(entry.getValue()))
                    .average()
                    .orElse(Double.NaN);
            if (mean < lowest && seeds.containsKey(seed)) {
                lowest = mean;
                best = seeds.get(seed);
            }
        }
        if (best == null) {
            throw new IllegalArgumentException(
                    "seed %s has no other seeds with numbers to choose by; use at least 2.".formatted(seed));
        }
        return best;
    }
}
