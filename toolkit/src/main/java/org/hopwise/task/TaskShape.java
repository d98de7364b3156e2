package org.hopwise.task;

import java.io.Serializable;
import org.hopwise.internal.Check;
import org.hopwise.internal.Texts;
import org.hopwise.internal.machine.Memory;

/**
 * The sizes of a task.
 *
 * @param inputs how many input units
 * @param outputs how many output units
 * @param steps how many time steps L
 * @param reads how many of the last steps have targets and weights, from 1 to L
 */
public record TaskShape(int inputs, int outputs, int steps, int reads) implements Serializable {

    /**
     * Checks that every size is positive and that there is a step for every read.
     *
     * @param inputs how many input units
     * @param outputs how many output units
     * @param steps how many time steps
     * @param reads how many of the last steps have targets
     */
    public TaskShape {
        Check.positive("inputs", inputs);
        Check.positive("outputs", outputs);
        Check.positive("steps", steps);
        Check.between("reads", reads, 1, steps);
    }

    /**
     * A task that is read once, after the last step.
     *
     * @param inputs how many input units
     * @param outputs how many output units
     * @param steps how many time steps
     */
    public TaskShape(int inputs, int outputs, int steps) {
        this(inputs, outputs, steps, 1);
    }

    /** Refuses a batch that arrays or this JVM cannot hold, twice in double precision: as it is drawn and given out. */
    void requireRoom(int trials) {
        Check.positive("trials", trials);
        String what =
                "Batches of %d trials, %d steps, %d inputs and %d outputs".formatted(trials, steps, inputs, outputs);
        // Targets of several reads have weights beside them.
        double answers = (double) reads * outputs * (reads == 1 ? 1 : 2);
        double most = (double) trials * Math.max((double) steps * inputs, (double) reads * outputs);
        Memory.requireArray(what, most, "Use fewer trials");
        double numbers = trials * ((double) steps * inputs + answers);
        Memory.require(what, 2.0 * Double.BYTES * numbers, "Use fewer trials");
    }

    /**
     * Checks that a network fits a task of this shape.
     *
     * @param task the name of the task, for the message
     * @param networkInputs how many inputs the network has
     * @param networkOutputs how many outputs the network has
     * @throws IllegalArgumentException if one of them differs from the task's
     */
    public void requireFit(String task, int networkInputs, int networkOutputs) {
        if (networkInputs != inputs || networkOutputs != outputs) {
            throw new IllegalArgumentException(
                    "network has %d inputs and %d outputs, task '%s' has %d and %d; they must be the same."
                            .formatted(networkInputs, networkOutputs, task, inputs, outputs));
        }
    }

    @Override
    public String toString() {
        String sizes = "%s, %s, %s"
                .formatted(Texts.count(inputs, "input"), Texts.count(outputs, "output"), Texts.count(steps, "step"));
        return reads == 1 ? sizes : sizes + ", read at the last " + reads;
    }
}
