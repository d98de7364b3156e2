package org.hopwise.notebook;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopwise.figure.Figure;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.internal.Texts;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.TaskBatch;
import org.hopwise.train.TrainedNetwork;
import org.hopwise.train.TrainingHistory;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Pictures of the toolkit's values, where a picture says more than their text. */
final class Views {

    /** Cells of a heat map beyond which a notebook would wait for seconds. */
    private static final int MOST_CELLS = 250_000;

    /** Points of a curve; more than pixels across the figure show nothing new. */
    private static final int MOST_POINTS = 1_000;

    private static final int TRIALS = 3;
    private static final int UNITS = 4;

    private Views() {}

    static MimeBundle map(InfluenceMap map) {
        Table table = map.toTable();
        return table.rowCount() > MOST_CELLS
                ? MimeBundle.text(map.toString())
                : picture(Figure.heatmap(table, "to", "from", "influence").title("Influence"), map);
    }

    static MimeBundle hops(HopDecomposition hops) {
        return picture(Figure.bars(hops.profile(), "hop", "share").title("Share of each hop"), hops);
    }

    static MimeBundle trained(TrainedNetwork trained) {
        return curve(trained.history(), trained);
    }

    static MimeBundle history(TrainingHistory history) {
        return curve(history, history);
    }

    private static MimeBundle curve(TrainingHistory history, Object of) {
        Table table = history.toTable();
        if (table.isEmpty()) {
            return MimeBundle.text(of.toString());
        }
        int points = Math.min(MOST_POINTS, table.rowCount());
        long last = table.rowCount() - 1L;
        Table part = table.rows(IntStream.range(0, points)
                .map(i -> (int) (i * last / Math.max(1, points - 1)))
                .toArray());
        boolean isPositive = part.doubleColumn("loss").min() > 0;
        Figure curve = Figure.lines(part, "update", "loss").title("Loss");
        return picture(isPositive ? curve.logY() : curve, of);
    }

    /** The first trials: what the first inputs carry over the steps, and what the outputs are to say. */
    static MimeBundle batch(TaskBatch batch) {
        var shape = batch.shape();
        double[] inputs = new double[shape.steps() * batch.trials() * shape.inputs()];
        double[] targets = new double[shape.reads() * batch.trials() * shape.outputs()];
        batch.copyInputs(inputs);
        batch.copyTargets(targets);
        Figure[] panels = IntStream.range(0, Math.min(TRIALS, batch.trials()))
                .mapToObj(trial -> Figure.lines(trial(batch, inputs, trial), "step", "value")
                        .by("input")
                        .title(
                                shape.reads() == 1
                                        ? "Trial %d: targets %s"
                                                .formatted(trial + 1, first(targets, trial, shape.outputs()))
                                        : "Trial " + (trial + 1)))
                .toArray(Figure[]::new);
        return picture(Figure.grid(panels.length, panels), batch);
    }

    private static Table trial(TaskBatch batch, double[] inputs, int trial) {
        var shape = batch.shape();
        StringColumn unit = StringColumn.create("input");
        IntColumn step = IntColumn.create("step");
        DoubleColumn value = DoubleColumn.create("value");
        for (int i = 0; i < Math.min(UNITS, shape.inputs()); i++) {
            for (int t = 0; t < shape.steps(); t++) {
                unit.append(String.valueOf(i + 1));
                step.append(t + 1);
                value.append(inputs[(t * batch.trials() + trial) * shape.inputs() + i]);
            }
        }
        return Table.create("trial", unit, step, value);
    }

    private static String first(double[] targets, int trial, int outputs) {
        String shown = IntStream.range(0, Math.min(UNITS, outputs))
                .mapToObj(o -> Texts.number(targets[trial * outputs + o]))
                .collect(Collectors.joining(", "));
        return outputs > UNITS ? shown + ", …" : shown;
    }

    /** The three layers as boxes, with the number of their units and what leads from one to the next. */
    static MimeBundle network(RecurrentNetwork network) {
        return boxes(network.weights(), network.activation().toString(), network.toString());
    }

    static MimeBundle weights(Weights weights) {
        return boxes(weights, "", weights.toString());
    }

    private static MimeBundle boxes(Weights weights, String activation, String text) {
        String[] cells = {
            box(Texts.count(weights.inputs(), "input")),
            "→",
            box(Texts.count(weights.hidden(), "hidden unit") + " " + activation + " ↻"),
            "→",
            box(Texts.count(weights.outputs(), "output"))
        };
        String html = "<table><tr><td>" + String.join("</td><td>", cells) + "</td></tr></table>";
        return MimeBundle.html(html, text);
    }

    private static String box(String text) {
        return "<b>[ " + Texts.escaped(text.strip()) + " ]</b>";
    }

    private static MimeBundle picture(Figure figure, Object value) {
        return MimeBundle.png(figure.png(Renderers.DPI), value.toString());
    }
}
