package org.hopwise.lesson;

import java.util.List;
import java.util.stream.IntStream;
import org.hopwise.figure.Figure;
import org.hopwise.internal.Check;
import org.hopwise.internal.Texts;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A drawing of a network: inputs at the left, hidden units in a row, outputs at the right, an arrow from source to target
 * for every weight that is not 0. A layer of more than eight units is one box, or one a module, and its arrows then stand
 * for all weights between two boxes. Immutable.
 */
public final class NetworkDrawing {

    private static final int MOST_UNITS = 8;

    private final Weights weights;
    private final int modules;
    private final List<String> walk;

    private NetworkDrawing(Weights weights, int modules, List<String> walk) {
        this.weights = weights;
        this.modules = modules;
        this.walk = walk;
    }

    /**
     * The drawing of a network.
     *
     * @param weights its weights, rows targets and columns sources
     * @return the drawing
     */
    public static NetworkDrawing of(Weights weights) {
        return new NetworkDrawing(weights, 0, List.of());
    }

    /**
     * Inputs and outputs as one box a module; each unit by itself, or one box where there are more than eight, unless set.
     *
     * @param modules from 1 to 8; must divide the numbers of inputs and outputs
     * @return a copy with the setting
     */
    public NetworkDrawing modules(int modules) {
        Check.between("modules", modules, 1, MOST_UNITS);
        Check.divides("modules", modules, "inputs", weights.inputs());
        Check.divides("modules", modules, "outputs", weights.outputs());
        return new NetworkDrawing(weights, modules, walk);
    }

    /**
     * Marks a walk; none unless set.
     *
     * @param units the names of the units that it passes, such as {@code "in 1", "h 1", "out 1"}
     * @return a copy with the setting
     */
    public NetworkDrawing walk(String... units) {
        return new NetworkDrawing(weights, modules, List.of(units));
    }

    /**
     * The drawing as a figure, 700 pixels wide, whose description lists up to twelve edges.
     *
     * @return the figure
     */
    public Figure figure() {
        List<String> inputs = names("in", "input", weights.inputs(), modules);
        List<String> hidden = names("h", "hidden unit", weights.hidden(), 0);
        List<String> outputs = names("out", "output", weights.outputs(), modules);
        Table edges = Table.create(
                "edges", StringColumn.create("from"), StringColumn.create("to"), DoubleColumn.create("weight"));
        append(edges, weights.input(), inputs, hidden);
        append(edges, weights.recurrent(), hidden, hidden);
        append(edges, weights.output(), hidden, outputs);
        Figure figure = Figure.network(edges, List.of(inputs, hidden, outputs));
        return walk.isEmpty() ? figure : figure.walk(walk.toArray(String[]::new));
    }

    private static List<String> names(String prefix, String thing, int units, int modules) {
        if (modules > 0) {
            String each = Texts.count(units / modules, thing);
            return IntStream.rangeClosed(1, modules)
                    .mapToObj(module -> "module %d: %s".formatted(module, each))
                    .toList();
        }
        return units > MOST_UNITS
                ? List.of(Texts.count(units, thing))
                : IntStream.rangeClosed(1, units)
                        .mapToObj(unit -> prefix + " " + unit)
                        .toList();
    }

    /** Rows of the matrix are targets, columns sources. */
    private static void append(Table edges, INDArray matrix, List<String> from, List<String> to) {
        boolean isFolded = matrix.columns() != from.size() || matrix.rows() != to.size();
        for (int target = 0; target < to.size(); target++) {
            for (int source = 0; source < from.size(); source++) {
                double weight = isFolded ? Double.NaN : matrix.getDouble(target, source);
                if (weight != 0) {
                    edges.stringColumn("from").append(from.get(source));
                    edges.stringColumn("to").append(to.get(target));
                    edges.doubleColumn("weight").append(weight);
                }
            }
        }
    }

    /** What is drawn. */
    @Override
    public String toString() {
        return "drawing of " + weights;
    }
}
