package org.hopwise.train;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Task;
import org.hopwise.task.Tasks;

/** How many bytes an update on a fixed batch allocates, one line a penalty. */
final class FixedTraining {

    private static final int MOST_WARMING = 20;

    private FixedTraining() {}

    /** All kinds but the normalised ones, whose eigenvalues are new arrays each time. */
    static List<Penalty> penalties() {
        return PrecisionTest.penalties().stream()
                .filter(penalty -> !penalty.toString().contains("normalised"))
                .toList();
    }

    /**
     * Two numbers of the history, a seed and the reports; a scheduled penalty is a new value at every update of its rise.
     */
    static double bound(Penalty penalty) {
        return penalty.toString().contains("rising") ? 400 : 100;
    }

    public static void main(String[] args) {
        HierarchicalTask drawn = Tasks.subtraction().size(8, 4).steps(6);
        Task task = Task.fixed(drawn.batch(36, Seed.of(2)));
        RecurrentNetwork start = RecurrentNetwork.random(drawn, 21, Activation.TANH, Seed.of(1));
        for (Penalty penalty : penalties()) {
            Trainer trainer = Trainer.adam(1e-3).batch(36).penalty(penalty);
            double least = Double.POSITIVE_INFINITY;
            // Until the JIT has compiled a loop, every vector in it is an object; on a busy machine that takes a while.
            for (int warming = 0; warming < MOST_WARMING && least > bound(penalty); warming++) {
                least = Math.min(least, anUpdate(trainer, start, task));
            }
            System.out.println(least);
        }
    }

    private static double anUpdate(Trainer trainer, RecurrentNetwork start, Task task) {
        double few = allocated(() -> trainer.updates(1000).train(start, task));
        double many = allocated(() -> trainer.updates(3000).train(start, task));
        return Math.abs(many - few) / 2000;
    }

    private static double allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}
