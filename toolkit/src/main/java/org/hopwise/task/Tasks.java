package org.hopwise.task;

import java.util.List;

/**
 * The tasks of the main paper (arXiv 2605.03598): averaging, addition, subtraction, multiplication, on-off and sparse.
 * The families are the paper's; sizes and normalisation are ours: 32 units in 4 modules, 10 steps, unit variance of
 * every target. All settings of {@link HierarchicalTask} apply.
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
}
