package org.hopwise.train;

import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.rnn.Weights;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Measures on the weights in the course of a training, in a tidy table. */
final class Watch {

    private final SortedMap<String, ToDoubleFunction<Weights>> measures;
    private final IntColumn updates = IntColumn.create("update");
    private final StringColumn names = StringColumn.create("measure");
    private final DoubleColumn values = DoubleColumn.create("value");

    Watch(SortedMap<String, ToDoubleFunction<Weights>> measures) {
        this.measures = measures;
    }

    void measure(int update, Parameters p) {
        if (measures.isEmpty()) {
            return;
        }
        Weights weights = p.toWeights();
        measures.forEach((name, measure) -> {
            updates.append(update);
            names.append(name);
            values.append(measure.applyAsDouble(weights));
        });
    }

    Table table() {
        return Table.create("watched", updates, names, values);
    }
}
