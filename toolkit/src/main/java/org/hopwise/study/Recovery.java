package org.hopwise.study;

import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.internal.Check;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.stats.Correlation;
import org.hopwise.task.MappedTask;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Where in a network its task can be seen: the correlation of several pictures of the network with what the task asks
 * for. The measures of the paper (arXiv 2605.03598, as summarised) stand beside controls of our own.
 */
public final class Recovery {

    private static final int TRIALS = 200;

    private Recovery() {}

    /**
     * Pearson's correlations, each over all entries, of
     *
     * <ul>
     *   <li>{@code influence map}: the resolvent of the normalised adjacency over the hops that the task has time for, with
     *       the optimal map;
     *   <li>{@code full resolvent}: the same over all hops;
     *   <li>{@code communicability}: exp of the normalised adjacency, with the optimal map;
     *   <li>{@code hop 2 alone}: W_out W_in, no recurrence at all, with the optimal map;
     *   <li>{@code recurrent weights}: W_hh transposed, with the optimal map; missing unless inputs, hidden units and
     *       outputs are equally many;
     *   <li>{@code every hop}: all hop blocks with the optimal map of each hop;
     *   <li>{@code every hop, Jacobian}: the same for the mean Jacobian over 200 trials.
     * </ul>
     *
     * @param network the network
     * @param task the task, with as many inputs and outputs as the network
     * @param alpha the damping a hop of the resolvents, above 0 and below 1
     * @param seed the randomness; the stream {@code "jacobian"} of it is used
     * @return seven rows: {@code measure}, {@code correlation}
     */
    public static Table of(RecurrentNetwork network, MappedTask task, double alpha, Seed seed) {
        Check.positive("alpha", alpha);
        Weights w = network.weights();
        int steps = task.shape().steps();
        task.shape().requireFit(task.name(), w.inputs(), w.outputs());
        WalkMeasure resolvent = WalkMeasure.resolvent(alpha).normalised();
        INDArray optimum = task.optimalMap();
        INDArray kernel = HopDecomposition.of(task).kernel();
        HopDecomposition hops = HopDecomposition.of(w, steps);
        INDArray trials = task.batch(TRIALS, seed.named("jacobian")).inputs();
        boolean square = w.hidden() == w.inputs() && w.hidden() == w.outputs();
        StringColumn measures = StringColumn.create("measure");
        DoubleColumn correlations = DoubleColumn.create("correlation");
        measures.append("influence map");
        correlations.append(map(w, resolvent.truncated(steps), optimum));
        measures.append("full resolvent");
        correlations.append(map(w, resolvent, optimum));
        measures.append("communicability");
        correlations.append(map(w, WalkMeasure.communicability().normalised(), optimum));
        measures.append("hop 2 alone");
        correlations.append(Correlation.of(hops.hop(2), optimum));
        measures.append("recurrent weights");
        correlations.append(square ? Correlation.of(w.recurrent().transpose(), optimum) : Double.NaN);
        measures.append("every hop");
        correlations.append(Correlation.of(hops.kernel(), kernel));
        measures.append("every hop, Jacobian");
        correlations.append(
                Correlation.of(HopDecomposition.ofJacobian(network, trials).kernel(), kernel));
        return Table.create("recovery", measures, correlations);
    }

    private static double map(Weights w, WalkMeasure measure, INDArray optimum) {
        return Correlation.of(InfluenceMap.of(w, measure).matrix(), optimum);
    }
}
