package org.hopwise.train;

import org.hopwise.internal.Texts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Loss and penalty of every update, before the update was made, and what was watched. */
public final class TrainingHistory {

    private final double[] losses;
    private final double[] penalties;
    private final Table watched;

    TrainingHistory(double[] losses, double[] penalties, Table watched) {
        this.losses = losses;
        this.penalties = penalties;
        this.watched = watched;
    }

    /**
     * How many updates were made.
     *
     * @return the number of updates
     */
    public int updates() {
        return losses.length;
    }

    /**
     * One row an update: {@code update} counted from 1, {@code loss} without penalty, {@code penalty}.
     *
     * @return the table
     */
    public Table toTable() {
        IntColumn updates = IntColumn.create("update");
        for (int update = 1; update <= losses.length; update++) {
            updates.append(update);
        }
        return Table.create(
                "training history",
                updates,
                DoubleColumn.create("loss", losses),
                DoubleColumn.create("penalty", penalties));
    }

    /**
     * What {@link Trainer#watch} asked for, one row a measurement: {@code update}, the number of updates made;
     * {@code measure}, its name, in alphabetical order; {@code value}. Without rows if nothing was asked for.
     *
     * @return the table, a copy
     */
    public Table watched() {
        return watched.copy();
    }

    @Override
    public String toString() {
        int last = losses.length - 1;
        String watches = watched.isEmpty() ? "" : ", " + Texts.count(watched.rowCount(), "measurement");
        return last < 0
                ? "no updates"
                : "%s: loss %s to %s, penalty %s to %s%s"
                        .formatted(
                                Texts.count(losses.length, "update"),
                                Texts.number(losses[0]),
                                Texts.number(losses[last]),
                                Texts.number(penalties[0]),
                                Texts.number(penalties[last]),
                                watches);
    }
}
