package org.hopwise.critical;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** How long a disturbance is remembered and how far it gets, from a table of {@link LatticeRun#spread}. */
public final class Disturbance {

    private Disturbance() {}

    /**
     * Memory and reach, in one row: {@code memory}, steps until the size has fallen to 1/e of that at a given record,
     * interpolated in its logarithm; {@code reach}, the mean distance of the squared difference over the whole life, the sum
     * of distance size^2 over that of size^2.
     *
     * @param spread one row a step
     * @param from the row from which on memory counts, such as the end of a pulse
     * @return the table
     * @throws IllegalArgumentException if there is no such row or the run ends before 1/e
     */
    public static Table scales(Table spread, int from) {
        double[] size = spread.doubleColumn("size").asDoubleArray();
        double[] distance = spread.doubleColumn("distance").asDoubleArray();
        if (from < 0 || from >= size.length || !(size[from] > 0)) {
            throw new IllegalArgumentException("from is %d; it must be one of the %d rows, with something to remember."
                    .formatted(from, size.length));
        }
        int to = from;
        while (to < size.length && size[to] > size[from] / Math.E) {
            to++;
        }
        if (to == size.length) {
            throw new IllegalArgumentException(
                    "after %d rows size has not fallen to 1/e of %s; run for more steps.".formatted(to, size[from]));
        }
        double left = Math.log(size[to - 1] / size[from]) + 1;
        double fraction = left / Math.log(size[to - 1] / size[to]);
        double[] step = spread.intColumn("step").asDoubleArray();
        double memory = step[to - 1] + fraction * (step[to] - step[to - 1]) - step[from];
        double weight = 0;
        double moment = 0;
        for (int i = 0; i < size.length; i++) {
            weight += size[i] * size[i];
            moment += distance[i] * size[i] * size[i];
        }
        return Table.create(
                "scales", DoubleColumn.create("memory", memory), DoubleColumn.create("reach", moment / weight));
    }
}
