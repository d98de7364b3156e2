package org.hopwise.sweep;

import java.io.Serializable;
import java.util.Map;
import org.hopwise.Seed;
import org.hopwise.internal.Texts;

/** One run of a sweep: a value for each axis, and a seed. */
public final class SweepPoint implements Serializable {

    private final Map<String, Object> values;
    private final Map<String, Object> cells;
    private final int replicate;

    /** Values, and what stands in the table for each. */
    SweepPoint(Map<String, Object> values, Map<String, Object> cells, int replicate) {
        this.values = values;
        this.cells = cells;
        this.replicate = replicate;
    }

    /**
     * The value of an axis.
     *
     * @param axis the axis' name
     * @param type the class of its values
     * @param <T> the type of its values
     * @return the value at this point
     * @throws IllegalArgumentException if there is no such axis or its values are of another type
     */
    public <T> T value(String axis, Class<T> type) {
        Object value = values.get(axis);
        if (value == null) {
            throw new IllegalArgumentException(
                    "axis '%s' is unknown; the sweep has %s.".formatted(axis, values.keySet()));
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("axis '%s' holds %s values; ask for that class instead of %s."
                    .formatted(axis, value.getClass().getSimpleName(), type.getSimpleName()));
        }
        return type.cast(value);
    }

    /**
     * The number of an axis of numbers.
     *
     * @param axis the axis' name
     * @return the value at this point
     */
    public double number(String axis) {
        return value(axis, Number.class).doubleValue();
    }

    /**
     * The seed of this run: equal across the grid for the same replicate, so that settings are compared in pairs.
     *
     * @return the seed
     */
    public Seed seed() {
        return Seed.of(replicate);
    }

    /** For reading, such as {@code beta = 0.1, seed = 3}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        cells.forEach((axis, cell) ->
                text.append(axis).append(" = ").append(Texts.cut(cell)).append(", "));
        return text.append("seed = ").append(replicate).toString();
    }

    Map<String, Object> values() {
        return values;
    }

    Map<String, Object> cells() {
        return cells;
    }

    int replicate() {
        return replicate;
    }
}
