package org.hopwise.task;

import org.hopwise.internal.Check;

/**
 * The sizes of a task.
 *
 * @param inputs how many input units
 * @param outputs how many output units
 * @param steps how many time steps L; the output is read after the last
 */
public record TaskShape(int inputs, int outputs, int steps) {

    /**
     * Checks that every size is positive.
     *
     * @param inputs how many input units
     * @param outputs how many output units
     * @param steps how many time steps
     */
    public TaskShape {
        Check.positive("inputs", inputs);
        Check.positive("outputs", outputs);
        Check.positive("steps", steps);
    }
}
