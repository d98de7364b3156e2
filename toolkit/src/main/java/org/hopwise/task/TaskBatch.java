package org.hopwise.task;

import java.util.Arrays;
import java.util.Objects;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Some trials of a task: input sequences and the targets that belong to them. Immutable. */
public final class TaskBatch {

    private final TaskShape shape;
    private final int trials;
    private final double[] inputs;
    private final double[] targets;

    private TaskBatch(TaskShape shape, int trials, double[] inputs, double[] targets) {
        this.shape = shape;
        this.trials = trials;
        this.inputs = inputs;
        this.targets = targets;
    }

    /**
     * A batch from arrays.
     *
     * @param inputs steps x trials x inputs
     * @param targets trials x outputs
     * @return the batch
     * @throws IllegalArgumentException if shapes do not agree or a value is not finite
     */
    public static TaskBatch of(INDArray inputs, INDArray targets) {
        double[] in = Nd.values("inputs", inputs, 3);
        double[] out = Nd.values("targets", targets, 2);
        if (inputs.size(1) != targets.size(0)) {
            throw new IllegalArgumentException("inputs hold %d trials and targets %d; they must be the same trials."
                    .formatted(inputs.size(1), targets.size(0)));
        }
        TaskShape shape = new TaskShape((int) inputs.size(2), (int) targets.size(1), (int) inputs.size(0));
        return new TaskBatch(shape, (int) inputs.size(1), in, out);
    }

    /**
     * A batch from flat row-major values, for tasks that draw them directly.
     *
     * @param shape the sizes of the task
     * @param trials how many trials
     * @param inputs steps x trials x inputs values, copied
     * @param targets trials x outputs values, copied
     * @return the batch
     * @throws IllegalArgumentException if an array has the wrong length or a value is not finite
     */
    public static TaskBatch of(TaskShape shape, int trials, double[] inputs, double[] targets) {
        Check.positive("trials", trials);
        requireLength("inputs", inputs, (long) shape.steps() * trials * shape.inputs());
        requireLength("targets", targets, (long) trials * shape.outputs());
        Check.finite("inputs", inputs, shape.inputs());
        Check.finite("targets", targets, shape.outputs());
        return new TaskBatch(shape, trials, inputs.clone(), targets.clone());
    }

    /** A batch from numbers of single precision. */
    static TaskBatch of(TaskShape shape, int trials, float[] inputs, float[] targets) {
        return new TaskBatch(shape, trials, widened(inputs), widened(targets));
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    private static void requireLength(String name, double[] values, long length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "%s have %d values; this shape needs %d.".formatted(name, values.length, length));
        }
    }

    /**
     * Checks that these are the trials that a task was asked for.
     *
     * @param task the task, for its name and shape
     * @param wanted how many trials were asked for
     * @throws IllegalArgumentException if their number or their sizes differ
     */
    public void requireFit(Task task, int wanted) {
        if (trials != wanted) {
            throw new IllegalArgumentException(
                    "task '%s' gave %d trials where %d were asked for; ".formatted(task.name(), trials, wanted)
                            + "set the trainer's batch, or the number of test trials, to %d.".formatted(trials));
        }
        TaskShape said = task.shape();
        if (!shape.equals(said)) {
            throw new IllegalArgumentException(
                    "task '%s' says %d inputs, %d outputs and %d steps, but its batch has %d, %d and %d; mend its shape or its batch."
                            .formatted(
                                    task.name(),
                                    said.inputs(),
                                    said.outputs(),
                                    said.steps(),
                                    shape.inputs(),
                                    shape.outputs(),
                                    shape.steps()));
        }
    }

    /**
     * The sizes of the task.
     *
     * @return inputs, outputs and steps
     */
    public TaskShape shape() {
        return shape;
    }

    /**
     * How many trials there are.
     *
     * @return the number of trials
     */
    public int trials() {
        return trials;
    }

    /**
     * One number of the input sequences, without a copy of them: for loops.
     *
     * @param step the time step, counted from 0
     * @param trial the trial
     * @param unit the input unit
     * @return the input
     * @throws IndexOutOfBoundsException if there is no such step, trial or unit
     */
    public double input(int step, int trial, int unit) {
        Objects.checkIndex(step, shape.steps());
        Objects.checkIndex(trial, trials);
        return inputs[(step * trials + trial) * shape.inputs() + Objects.checkIndex(unit, shape.inputs())];
    }

    /**
     * One number of the targets, without a copy of them: for loops.
     *
     * @param trial the trial, counted from 0
     * @param unit the output unit
     * @return the target
     * @throws IndexOutOfBoundsException if there is no such trial or unit
     */
    public double target(int trial, int unit) {
        Objects.checkIndex(trial, trials);
        return targets[trial * shape.outputs() + Objects.checkIndex(unit, shape.outputs())];
    }

    /**
     * The input sequences, a copy of all of them each time; in a loop ask once, or for {@link #input}.
     *
     * @return steps x trials x inputs
     */
    public INDArray inputs() {
        return Nd.array(inputs.clone(), shape.steps(), trials, shape.inputs());
    }

    /**
     * The targets, a copy of all of them each time; in a loop ask once, or for {@link #target}.
     *
     * @return trials x outputs
     */
    public INDArray targets() {
        return Nd.array(targets.clone(), trials, shape.outputs());
    }

    /**
     * Copies the input sequences into an array, for loops that work on primitive arrays.
     *
     * @param into receives steps x trials x inputs values, row-major
     */
    public void copyInputs(double[] into) {
        System.arraycopy(inputs, 0, into, 0, inputs.length);
    }

    /**
     * Copies the input sequences into an array, rounded to single precision.
     *
     * @param into receives steps x trials x inputs values, row-major
     */
    public void copyInputs(float[] into) {
        round(inputs, into);
    }

    /**
     * Copies the targets into an array, rounded to single precision.
     *
     * @param into receives trials x outputs values, row-major
     */
    public void copyTargets(float[] into) {
        round(targets, into);
    }

    private static void round(double[] from, float[] into) {
        for (int i = 0; i < from.length; i++) {
            into[i] = (float) from[i];
        }
    }

    /**
     * Copies the targets into an array.
     *
     * @param into receives trials x outputs values, row-major
     */
    public void copyTargets(double[] into) {
        System.arraycopy(targets, 0, into, 0, targets.length);
    }

    @Override
    public String toString() {
        return "%s of %s, %s and %s, %s"
                .formatted(
                        Texts.count(trials, "trial"),
                        Texts.count(shape.steps(), "step"),
                        Texts.count(shape.inputs(), "input"),
                        Texts.count(shape.outputs(), "output"),
                        Texts.mark(inputs, targets));
    }
}
