package org.hopwise.task;

import java.util.List;

/**
 * The tasks of the main paper (arXiv 2605.03598): averaging, addition, subtraction, multiplication, on-off and sparse.
 * The families are the paper's; sizes and normalisation are ours: 32 units in 4 modules, 10 steps, unit variance of
 * every target. All settings of {@link HierarchicalTask} apply.
 *
 * <p>And six tasks of neuroscience with answers over time, in steps of 20 ms for networks with a time constant of 100 ms
 * (a = 0.2). In all but the flip-flop, input 0 is a fixation cue that goes off at the go signal, output 0 is fixation, and
 * the loss is cross-entropy; fixation counts 1 until the go signal, nothing counts for five steps, and the answer counts 5
 * until the end. Conditions are drawn uniformly and stand in {@link TaskBatch#conditions}. Times and values are our
 * choice, after the tasks of PsychRNN and NeuroGym.
 */
public final class Tasks {

    private Tasks() {}

    /**
     * Every unit of a module reports the average of its own module over all steps.
     *
     * @return the task
     */
    public static HierarchicalTask averaging() {
        return HierarchicalTask.linear("averaging", 1, 0);
    }

    /**
     * Every unit reports its own module's average plus the sibling module's.
     *
     * @return the task
     */
    public static HierarchicalTask addition() {
        return HierarchicalTask.linear("addition", 1, 1);
    }

    /**
     * Every unit reports its own module's average minus the sibling module's.
     *
     * @return the task
     */
    public static HierarchicalTask subtraction() {
        return HierarchicalTask.linear("subtraction", 1, -1);
    }

    /**
     * Every unit reports the product of its own module's mean with the sibling module's. Inputs are positive on average,
     * so that the mean Jacobian, the target influence, does not vanish.
     *
     * @return the task
     */
    public static HierarchicalTask multiplication() {
        return HierarchicalTask.product("multiplication");
    }

    /**
     * Averaging with signal on even hops only, that is at every other step; the steps between carry noise.
     *
     * @return the task
     */
    public static HierarchicalTask onOff() {
        return HierarchicalTask.linear("on-off", 1, 0).signalEvery(2, 0);
    }

    /**
     * Averaging with signal on every fifth hop only: hops 4 and 9 of the standard 10 steps.
     *
     * @return the task
     */
    public static HierarchicalTask sparse() {
        return HierarchicalTask.linear("sparse", 1, 0).signalEvery(5, 4);
    }

    /**
     * The six tasks in the order of the paper.
     *
     * @return averaging, addition, subtraction, multiplication, on-off, sparse
     */
    public static List<HierarchicalTask> all() {
        return List.of(averaging(), addition(), subtraction(), multiplication(), onOff(), sparse());
    }

    /**
     * Which side gets more? 65 steps, go signal at 50. Inputs 1 (left) and 2 (right) carry (1 - c) / 2 and (1 + c) / 2 from
     * step 10 to 50; output 1 says left, 2 right. Condition {@code coherence}: c = +-0.032, 0.064, 0.128, 0.256, 0.512.
     *
     * @return the task
     */
    public static Task perceptual() {
        return TimedTasks.perceptual();
    }

    /**
     * Evidence of two kinds, of which a cue names the one that counts. 65 steps, go signal at 50. Inputs 1 and 2 carry
     * motion and 3 and 4 colour as in {@link #perceptual}; input 5 or 6 is 1 until the go signal where motion or colour
     * counts. Conditions {@code motion}, {@code colour} (+-0.064, 0.128, 0.256, 0.512) and {@code context} (0 or 1).
     *
     * @return the task
     */
    public static Task context() {
        return TimedTasks.context();
    }

    /**
     * Was the second stimulus the same as the first? 60 steps, go signal at 45. Input 1 or 2 is 1 at steps 5 to 14
     * (sample) and again at 35 to 44 (test); output 1 says same, 2 other. Conditions {@code sample} and {@code test}, 0 or 1.
     *
     * @return the task
     */
    public static Task match() {
        return TimedTasks.match();
    }

    /**
     * To answer or not. 40 steps, go signal at 25. Input 1 (no-go) or 2 (go) is 1 at steps 5 to 14; output 1 answers, and on
     * no-go trials fixation is kept. Condition {@code go}, 0 or 1.
     *
     * @return the task
     */
    public static Task gonogo() {
        return TimedTasks.gonogo();
    }

    /**
     * Which of two frequencies was higher? 60 steps, go signal at 45. At steps 5 to 14 and 35 to 44 input 1 carries
     * 0.4 + 0.8 (f - 10) / 24 and input 2 carries 0.4 + 0.8 (34 - f) / 24; output 1 says the first, 2 the second. Conditions
     * {@code f1} and {@code f2}: 18 and 10, 22 and 14, 26 and 18, 30 and 22, 34 and 26, in both orders.
     *
     * @return the task
     */
    public static Task comparison() {
        return TimedTasks.comparison();
    }

    /**
     * Three bits to remember: each input gets pulses of +-1, three steps long, and its output is the sign of the last, by
     * squares. 100 steps; first pulses at step 0, gaps of 10 steps and a geometric number of mean 14; nothing counts for
     * five steps from each pulse, on its own output.
     *
     * @return the task
     */
    public static Task flipflop() {
        return TimedTasks.flipflop();
    }

    /**
     * The six tasks with answers over time.
     *
     * @return perceptual, context, match, gonogo, comparison, flipflop
     */
    public static List<Task> overTime() {
        return List.of(perceptual(), context(), match(), gonogo(), comparison(), flipflop());
    }
}
