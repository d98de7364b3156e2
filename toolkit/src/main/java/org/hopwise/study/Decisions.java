package org.hopwise.study;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hopwise.Seed;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.Loss;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * What a network chooses in each trial of a task, with its noise on. The choice is the output whose mean is largest over
 * the last stretch of steps that count, fixation included, and the answer is the same of the targets; before that stretch
 * the network should hold the output that is the target there. In a task by squares an answer is right at a moment where
 * the output has the sign of its target.
 */
public final class Decisions {

    private static final double HELD = 0.99;
    /** Coherences from here on must be told nearly always. */
    private static final double STRONG = 0.128;

    private final Task task;
    private final SortedMap<String, double[]> conditions;
    private final int[] choices;
    private final int[] answers;
    private final double held;
    private final double signs;

    private Decisions(Task task, TaskBatch batch, double[] outputs) {
        this.task = task;
        this.conditions = batch.conditions();
        int trials = batch.trials();
        this.choices = new int[trials];
        this.answers = new int[trials];
        double keptMoments = 0;
        double moments = 0;
        double right = 0;
        double all = 0;
        TaskShape shape = batch.shape();
        int width = shape.outputs();
        for (int trial = 0; trial < trials; trial++) {
            int last = shape.steps() - 1;
            int first = shape.steps() - shape.reads();
            int begin = beginOfAnswer(batch, trial);
            double[] means = new double[width];
            double[] wanted = new double[width];
            for (int t = first; t <= last; t++) {
                for (int o = 0; o < width; o++) {
                    double y = outputs[(t * trials + trial) * width + o];
                    double target = batch.target(t, trial, o);
                    double weight = batch.weight(t, trial, o);
                    right += weight * (y * target > 0 ? 1 : 0);
                    all += weight;
                    if (t >= begin) {
                        means[o] += y;
                        wanted[o] += target;
                    }
                }
                if (task.loss() == Loss.CROSS_ENTROPY && t < begin && batch.weight(t, trial, 0) > 0) {
                    moments++;
                    keptMoments += largest(row(outputs, t * trials + trial, width)) == largest(targets(batch, t, trial))
                            ? 1
                            : 0;
                }
            }
            choices[trial] = largest(means);
            answers[trial] = largest(wanted);
        }
        this.held = moments == 0 ? 1 : keptMoments / moments;
        this.signs = right / all;
    }

    /**
     * Asks a network.
     *
     * @param network the network; its noise is on
     * @param task the task
     * @param trials how many fresh trials, at least 1; 1,000 are our choice
     * @param seed the randomness; the stream {@code "test"} of it is used, which no training draws from
     * @return the choices
     * @throws IllegalArgumentException if network and task do not fit
     */
    public static Decisions of(RecurrentNetwork network, Task task, int trials, Seed seed) {
        TaskBatch batch = trials(network, task, trials, seed);
        return of(network, task, batch, batch.inputs(), seed);
    }

    private static TaskBatch trials(RecurrentNetwork network, Task task, int trials, Seed seed) {
        task.shape()
                .requireFit(
                        task.name(),
                        network.weights().inputs(),
                        network.weights().outputs());
        TaskBatch batch = task.batch(trials, seed.named("test"));
        batch.requireFit(task, trials);
        return batch;
    }

    private static Decisions of(RecurrentNetwork network, Task task, TaskBatch batch, INDArray inputs, Seed seed) {
        double[] outputs =
                Nd.values("outputs", network.run(inputs, seed.named("test")).outputsOverTime(), 3);
        return new Decisions(task, batch, outputs);
    }

    /**
     * What each hidden unit is needed for: the accuracy with the unit silenced, for every value of a condition, on the same
     * trials and with the same noise as the intact network. A silenced unit sends nothing ({@code Weights.silenced}). Cost:
     * a run a hidden unit, and one more.
     *
     * @param network the network; its noise is on
     * @param task a task by choices
     * @param condition a condition of the task, such as {@code "context"}
     * @param trials how many fresh trials, at least 1
     * @param seed the randomness; the stream {@code "test"} of it is used
     * @return a row a unit and value: {@code unit} (from 1), the condition, {@code accuracy}, {@code drop} against the
     *     intact network
     * @throws IllegalArgumentException if network and task do not fit, there is no such condition, or the task is by
     *     squares
     */
    public static Table silenced(RecurrentNetwork network, Task task, String condition, int trials, Seed seed) {
        if (task.loss() == Loss.SQUARES) {
            throw new IllegalArgumentException(
                    "task '%s' is by squares and has no choices; use PathLesions.".formatted(task.name()));
        }
        TaskBatch batch = trials(network, task, trials, seed);
        INDArray inputs = batch.inputs();
        Decisions intact = of(network, task, batch, inputs, seed);
        double[] values = intact.condition(condition);
        double[] kinds = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .distinct()
                .sorted()
                .toArray();
        IntColumn units = IntColumn.create("unit");
        DoubleColumn kind = DoubleColumn.create(condition);
        DoubleColumn accuracy = DoubleColumn.create("accuracy");
        DoubleColumn drop = DoubleColumn.create("drop");
        for (int unit = 0; unit < network.weights().hidden(); unit++) {
            RecurrentNetwork lesioned = network.with(network.weights().silenced(unit));
            Decisions left = of(lesioned, task, batch, inputs, seed);
            for (double value : kinds) {
                IntPredicate takes = trial -> values[trial] == value;
                units.append(unit + 1);
                kind.append(value);
                accuracy.append(left.accuracy(takes));
                drop.append(intact.accuracy(takes) - left.accuracy(takes));
            }
        }
        return Table.create("silenced units", units, kind, accuracy, drop);
    }

    /** The first step of the last stretch of steps that count. */
    private static int beginOfAnswer(TaskBatch batch, int trial) {
        TaskShape shape = batch.shape();
        int first = shape.steps() - shape.reads();
        int t = shape.steps() - 1;
        while (t > first && !counts(batch, t, trial)) {
            t--;
        }
        while (t > first && counts(batch, t - 1, trial)) {
            t--;
        }
        return t;
    }

    private static boolean counts(TaskBatch batch, int step, int trial) {
        for (int o = 0; o < batch.shape().outputs(); o++) {
            if (batch.weight(step, trial, o) > 0) {
                return true;
            }
        }
        return false;
    }

    private static double[] row(double[] values, int row, int width) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }

    private static double[] targets(TaskBatch batch, int step, int trial) {
        double[] targets = new double[batch.shape().outputs()];
        Arrays.setAll(targets, o -> batch.target(step, trial, o));
        return targets;
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }

    /**
     * How often the choice is the answer; of a task by squares the share of weighted moments with the right sign.
     *
     * @return from 0 to 1
     */
    public double accuracy() {
        if (task.loss() == Loss.SQUARES) {
            return signs;
        }
        return accuracy(trial -> true);
    }

    /**
     * How much of the time before the answer the network held what it should, of the moments that count.
     *
     * @return from 0 to 1; 1 if nothing counts before the answer, and for tasks by squares
     */
    public double held() {
        return held;
    }

    /**
     * Trials and right choices a condition: a row for each combination of values that occurs, in rising order.
     *
     * @return the conditions by their names, {@code trials}, {@code correct} (how many), {@code accuracy}
     */
    public Table byCondition() {
        Table table = counted(
                List.copyOf(conditions.keySet()), trial -> choices[trial] == answers[trial], "correct", "accuracy");
        return table.setName("by condition");
    }

    /**
     * How often an output was chosen, which is what a psychometric curve shows: a row for each combination of values that
     * occurs, in rising order.
     *
     * @param output the output whose choice counts, such as 2 for *right*
     * @param names the conditions that tell rows apart, at least one
     * @return the conditions by their names, {@code trials}, {@code chosen} (how many), {@code share}
     * @throws IllegalArgumentException if there is no such output or condition
     */
    public Table chosen(int output, String... names) {
        requireOutput(output);
        return counted(List.of(names), trial -> choices[trial] == output, "chosen", "share")
                .setName("chosen");
    }

    private Table counted(List<String> names, IntPredicate counts, String many, String share) {
        List<double[]> values = names.stream().map(this::condition).toList();
        SortedMap<List<Double>, int[]> rows = new TreeMap<>(Decisions::compare);
        for (int trial = 0; trial < choices.length; trial++) {
            int number = trial;
            List<Double> key = values.stream().map(all -> all[number]).toList();
            int[] row = rows.computeIfAbsent(key, unseen -> new int[2]);
            row[0]++;
            row[1] += counts.test(trial) ? 1 : 0;
        }
        Table table = Table.create();
        names.forEach(name -> table.addColumns(DoubleColumn.create(name)));
        IntColumn trials = IntColumn.create("trials");
        IntColumn counted = IntColumn.create(many);
        DoubleColumn shares = DoubleColumn.create(share);
        rows.forEach((key, row) -> {
            for (int column = 0; column < key.size(); column++) {
                table.doubleColumn(column).append(key.get(column));
            }
            trials.append(row[0]);
            counted.append(row[1]);
            shares.append((double) row[1] / row[0]);
        });
        return table.addColumns(trials, counted, shares);
    }

    private static int compare(List<Double> one, List<Double> other) {
        int sign = 0;
        for (int i = 0; sign == 0 && i < one.size(); i++) {
            sign = Double.compare(one.get(i), other.get(i));
        }
        return sign;
    }

    /**
     * How often an output was chosen, as it depends on conditions: P = Phi(b_0 + b . x) with one coefficient a condition.
     *
     * @param output the output whose choice counts, such as 2 for *right*
     * @param names the conditions, at least one
     * @return the fit by maximum likelihood
     * @throws IllegalArgumentException if there is no such output or condition
     */
    public Psychometric psychometric(int output, String... names) {
        return psychometric(output, trial -> true, names);
    }

    /**
     * The same over some trials.
     *
     * @param condition the condition that chooses them, such as {@code "context"}
     * @param value its value
     * @param output the output whose choice counts
     * @param names the conditions of the fit, at least one
     * @return the fit by maximum likelihood
     * @throws IllegalArgumentException if there is no such output or condition, or no trial
     */
    public Psychometric psychometricWhere(String condition, double value, int output, String... names) {
        double[] chosen = condition(condition);
        return psychometric(output, trial -> chosen[trial] == value, names);
    }

    private Psychometric psychometric(int output, IntPredicate takes, String... names) {
        requireOutput(output);
        double[][] values = Arrays.stream(names).map(this::condition).toArray(double[][]::new);
        int[] taken = IntStream.range(0, choices.length).filter(takes).toArray();
        if (taken.length == 0) {
            throw new IllegalArgumentException(
                    "no trial of task '%s' has that condition; use a value that occurs.".formatted(task.name()));
        }
        double[][] x = new double[names.length][taken.length];
        int[] trials = new int[taken.length];
        int[] chosen = new int[taken.length];
        for (int i = 0; i < taken.length; i++) {
            for (int k = 0; k < names.length; k++) {
                x[k][i] = values[k][taken[i]];
            }
            trials[i] = 1;
            chosen[i] = choices[taken[i]] == output ? 1 : 0;
        }
        return Psychometric.of(x, trials, chosen);
    }

    private void requireOutput(int output) {
        if (output < 0 || output >= task.shape().outputs()) {
            throw new IllegalArgumentException("output is %d; the outputs of task '%s' go from 0 to %d."
                    .formatted(output, task.name(), task.shape().outputs() - 1));
        }
    }

    private double[] condition(String name) {
        double[] values = conditions.get(name);
        if (values == null) {
            throw new IllegalArgumentException(
                    "task '%s' has no condition '%s'; it has %s.".formatted(task.name(), name, conditions.keySet()));
        }
        return values;
    }

    /**
     * Whether this is what *solved* means for the task. Held at least 0.99 of the time before the answer, and:
     * {@code perceptual}, 0.95 correct at |c| of 0.128 and more and a threshold of at most 0.08; {@code context}, 0.9 correct
     * in each context and a slope by what is irrelevant of at most 0.2 of that by what counts; {@code match} and
     * {@code gonogo}, 0.98 correct; {@code comparison}, 0.9 correct for every pair; {@code flipflop}, the right sign at 0.97
     * of weighted moments.
     *
     * @return whether the task is solved
     * @throws IllegalArgumentException for any other task, for which no such rule stands
     */
    public boolean isSolved() {
        boolean answered = switch (task.name()) {
            case "perceptual" -> isPerceptualSolved();
            case "context" -> isSolvedIn(0, "motion", "colour") && isSolvedIn(1, "colour", "motion");
            case "match", "gonogo" -> accuracy() >= 0.98;
            case "comparison" -> byCondition().doubleColumn("accuracy").min() >= 0.9;
            case "flipflop" -> accuracy() >= 0.97;
            default ->
                throw new IllegalArgumentException(
                        "task '%s' is none of those of Tasks.overTime(), so no rule says when it is solved; compare accuracy() with a bound of yours."
                                .formatted(task.name()));
        };
        return answered && held >= HELD;
    }

    private boolean isPerceptualSolved() {
        double[] coherence = condition("coherence");
        Psychometric fit = psychometric(2, "coherence");
        return accuracy(trial -> Math.abs(coherence[trial]) >= STRONG) >= 0.95
                && (!fit.isFinite() || (fit.threshold() > 0 && fit.threshold() <= 0.08));
    }

    private boolean isSolvedIn(int context, String relevant, String irrelevant) {
        double[] contexts = condition("context");
        Psychometric fit = psychometricWhere("context", context, 2, relevant, irrelevant);
        return accuracy(trial -> contexts[trial] == context) >= 0.9
                && Math.abs(fit.slopes().get(1) / fit.slope()) <= 0.2;
    }

    private double accuracy(IntPredicate takes) {
        int[] taken = IntStream.range(0, choices.length).filter(takes).toArray();
        return Arrays.stream(taken)
                .mapToDouble(trial -> choices[trial] == answers[trial] ? 1 : 0)
                .average()
                .orElse(0);
    }

    @Override
    public String toString() {
        return "%s of task '%s': accuracy %s, held %s"
                .formatted(
                        Texts.count(choices.length, "trial"),
                        task.name(),
                        Texts.number(accuracy()),
                        Texts.number(held));
    }
}
