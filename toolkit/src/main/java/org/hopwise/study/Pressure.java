package org.hopwise.study;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hopwise.Seed;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Task;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a trained network can lose: its test error after damage to its weights. The kinds of damage are our choice. */
public final class Pressure {

    private static final int TRIALS = 2000;

    private Pressure() {}

    /**
     * Tests a network as it is and under five kinds of damage: the smallest 30 % and 50 % of its weights removed, a
     * random 5 % removed, and every weight multiplied by 1 + r x with x standard Gaussian and r = 0.1 and 0.3. Each test
     * is on the same 2,000 fresh trials.
     *
     * @param network the network
     * @param task the task to test on
     * @param seed the randomness; the streams {@code "test"}, {@code "deletion"} and {@code "noise"} of it are used
     * @return six rows: {@code pressure}, {@code error} (normalised, see {@link Evaluation})
     */
    public static Table on(RecurrentNetwork network, Task task, Seed seed) {
        Weights w = network.weights();
        Map<String, Weights> damaged = new LinkedHashMap<>();
        damaged.put("none", w);
        damaged.put("pruned 30 %", w.pruned(0.3));
        damaged.put("pruned 50 %", w.pruned(0.5));
        damaged.put("deleted 5 %", w.withRandomDeletion(0.05, seed.named("deletion")));
        damaged.put("noise 10 %", w.withNoise(0.1, seed.named("noise")));
        damaged.put("noise 30 %", w.withNoise(0.3, seed.named("noise")));
        StringColumn names = StringColumn.create("pressure");
        DoubleColumn errors = DoubleColumn.create("error");
        damaged.forEach((name, weights) -> {
            RecurrentNetwork hurt = network.with(weights);
            names.append(name);
            errors.append(Evaluation.of(hurt, task, TRIALS, seed).normalisedError());
        });
        return Table.create("pressure", names, errors);
    }
}
