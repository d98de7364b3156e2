package org.hopwise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hopwise.figure.Figure;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Draws the costs that {@code environment/bench cost} has measured: one panel a size. */
final class CostPicture {

    private static final String[] TIMES = {"seconds", "low", "high"};
    private static final double MILLIS_A_SECOND = 1000;

    private static final ColumnType[] TYPES = {
        ColumnType.STRING,
        ColumnType.STRING,
        ColumnType.DOUBLE,
        ColumnType.STRING,
        ColumnType.DOUBLE,
        ColumnType.DOUBLE,
        ColumnType.DOUBLE
    };

    private CostPicture() {}

    public static void main(String[] files) throws IOException {
        Table costs = Table.read()
                .csv(CsvReadOptions.builder(files[0]).columnTypes(TYPES).build());
        for (String time : TIMES) {
            costs.replaceColumn(
                    time, costs.doubleColumn(time).multiply(MILLIS_A_SECOND).setName(time));
        }
        Set<String> sizes = new LinkedHashSet<>(costs.stringColumn("size").asList());
        Figure[] panels = sizes.stream().map(size -> panel(costs, size)).toArray(Figure[]::new);
        Figure figure = Figure.grid(2, panels)
                .title("What it costs")
                .describe("Time of one update of a network of the default size (32-32-32, batch 64, 10 steps, hop-wise "
                        + "penalty) as one of its sizes grows, and of ten hop blocks of sparse wiring of degree 100 as its "
                        + "edges grow; one core, medians with ranges.");
        Files.write(Path.of(files[1]), figure.png(120));
    }

    private static Figure panel(Table costs, String size) {
        Table rows = costs.where(costs.stringColumn("size").isEqualTo(size));
        String work = rows.stringColumn("panel").get(0);
        return Figure.lines(rows, "value", "seconds")
                .by("library")
                .band("low", "high")
                .logX()
                .logY()
                .xLabel(size)
                .yLabel("milliseconds")
                .title("%s against %s".formatted(work, size));
    }
}
