package org.hopwise.lowrank;

import org.hopwise.internal.Texts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The bound of every update, on its own trials and before the update was made. */
public final class FitHistory {

    private final double[] bounds;

    FitHistory(double[] bounds) {
        this.bounds = bounds;
    }

    /**
     * How many updates were made.
     *
     * @return the number of updates
     */
    public int updates() {
        return bounds.length;
    }

    /**
     * One row an update: {@code update} counted from 1, {@code bound} a step.
     *
     * @return the table
     */
    public Table toTable() {
        IntColumn updates = IntColumn.create("update");
        for (int update = 1; update <= bounds.length; update++) {
            updates.append(update);
        }
        return Table.create("fit history", updates, DoubleColumn.create("bound", bounds));
    }

    @Override
    public String toString() {
        return "%s: bound %s to %s"
                .formatted(
                        Texts.count(bounds.length, "update"),
                        Texts.number(bounds[0]),
                        Texts.number(bounds[bounds.length - 1]));
    }
}
