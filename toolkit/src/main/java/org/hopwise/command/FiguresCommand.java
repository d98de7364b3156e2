package org.hopwise.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hopwise.figure.Figure;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.io.WiringFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The picture of a profile. */
@Command(
        name = "figures",
        mixinStandardHelpOptions = true,
        description = {
            "Draws profile.csv of a results folder beside it, as profile.png and profile.svg: what every hop carries, and the null models with the middle 95 %% of their draws."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hopwise figures results"})
final class FiguresCommand implements Callable<Integer> {

    private static final int DPI = 200;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "what hopwise hops --out has written")
    private Path folder;

    @Override
    public Integer call() {
        Table cells = WiringFile.units(folder.resolve("profile.csv"));
        boolean tested = cells.containsColumn("null");
        StringColumn hop = StringColumn.create("hop");
        StringColumn which = StringColumn.create("which");
        DoubleColumn value = DoubleColumn.create("value");
        DoubleColumn low = DoubleColumn.create("low");
        DoubleColumn high = DoubleColumn.create("high");
        String first = tested ? cells.getString(0, "null") : "";
        for (int row = 0; row < cells.rowCount(); row++) {
            String quantity = tested ? "influence" : "share";
            if (!tested || cells.getString(row, "null").equals(first)) {
                add(cells, row, "observed", quantity, quantity, quantity, hop, which, value, low, high);
            }
            if (tested) {
                String name = "null: " + cells.getString(row, "null");
                add(cells, row, name, "null_mean", "null_low", "null_high", hop, which, value, low, high);
            }
        }
        Table bars = Table.create("profile", hop, which, value, low, high);
        Figure figure = Figure.bars(bars, "hop", "value")
                .by("which")
                .band("low", "high")
                .yLabel(tested ? "influence of the hop" : "share of absolute influence")
                .title("What every hop carries");
        AtomicFiles.write(
                folder.toAbsolutePath(),
                Map.of(
                        "profile.png",
                        figure.png(DPI),
                        "profile.svg",
                        figure.svg().getBytes(StandardCharsets.UTF_8)));
        spec.commandLine().getOut().println(folder.resolve("profile.png"));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static void add(
            Table cells,
            int row,
            String name,
            String middle,
            String lower,
            String upper,
            StringColumn hop,
            StringColumn which,
            DoubleColumn value,
            DoubleColumn low,
            DoubleColumn high) {
        hop.append(cells.getString(row, "hop"));
        which.append(name);
        value.append(number(cells, row, middle));
        low.append(number(cells, row, lower));
        high.append(number(cells, row, upper));
    }

    private static double number(Table cells, int row, String column) {
        String cell = cells.getString(row, column);
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }
}
