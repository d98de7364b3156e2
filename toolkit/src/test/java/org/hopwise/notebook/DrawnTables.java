package org.hopwise.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables drawn for a world in which sentences are true or false, in place of trained networks. */
public final class DrawnTables {

    private static final double NOISE = 0.01;
    private static Map<String, Table> tables = Map.of();

    private double noise = NOISE;
    private final Map<String, List<?>> axes = new LinkedHashMap<>();
    private final Map<String, ToDoubleFunction<Map<String, Object>>> columns = new LinkedHashMap<>();

    /** What cells find under these names. */
    static void set(Map<String, Table> drawn) {
        tables = drawn;
    }

    /** A table of the present world, for cells. */
    public static Table named(String name) {
        return tables.get(name).copy();
    }

    static DrawnTables over(String axis, Object... values) {
        return new DrawnTables().and(axis, values);
    }

    DrawnTables and(String axis, Object... values) {
        axes.put(axis, List.of(values));
        return this;
    }

    /** A column whose mean is a function of the row's axes. */
    DrawnTables column(String name, ToDoubleFunction<Map<String, Object>> mean) {
        columns.put(name, mean);
        return this;
    }

    /** Without noise, for numbers that have none. */
    DrawnTables still() {
        noise = 0;
        return this;
    }

    /** One row a point of the axes and seed. */
    Table draw(int seeds) {
        List<Map<String, Object>> rows = List.of(new LinkedHashMap<>());
        List<Integer> numbers = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            numbers.add(seed);
        }
        Map<String, List<?>> all = new LinkedHashMap<>(axes);
        all.put("seed", numbers);
        for (String axis : all.keySet()) {
            List<Map<String, Object>> more = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                for (Object value : all.get(axis)) {
                    Map<String, Object> longer = new LinkedHashMap<>(row);
                    longer.put(axis, value);
                    more.add(longer);
                }
            }
            rows = more;
        }
        return table(all, rows);
    }

    private Table table(Map<String, List<?>> all, List<Map<String, Object>> rows) {
        SplittableRandom random = new SplittableRandom(8);
        Table t = Table.create("drawn");
        all.forEach((axis, values) -> {
            if (values.get(0) instanceof String) {
                t.addColumns(StringColumn.create(
                        axis, rows.stream().map(row -> (String) row.get(axis)).toList()));
            } else if (values.get(0) instanceof Integer) {
                t.addColumns(IntColumn.create(
                        axis,
                        rows.stream().mapToInt(row -> (Integer) row.get(axis)).toArray()));
            } else {
                t.addColumns(DoubleColumn.create(
                        axis,
                        rows.stream().mapToDouble(row -> (Double) row.get(axis)).toArray()));
            }
        });
        columns.forEach((name, mean) -> t.addColumns(DoubleColumn.create(
                name,
                rows.stream()
                        .mapToDouble(row -> mean.applyAsDouble(row) + noise * (random.nextDouble() - 0.5))
                        .toArray())));
        return t;
    }
}
