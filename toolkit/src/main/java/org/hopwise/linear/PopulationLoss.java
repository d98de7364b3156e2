package org.hopwise.linear;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.engine.DoubleReals;
import org.hopwise.internal.engine.FlatLoss;
import org.hopwise.internal.engine.HopChain;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.Workspace;
import org.hopwise.rnn.Weights;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.MappedTask;
import org.hopwise.task.TaskShape;
import org.hopwise.train.ExactLoss;
import org.hopwise.train.Penalty;

/**
 * The mean squared error of a linear network on a linear task, exact over all trials instead of over a batch.
 *
 * <p>Inputs are white with mean 0 and variance v_k at the time that hop k carries, targets are linear in them. With hop
 * blocks K_k of the network and K*_k of the task, inputs x outputs, and the mean output m = c + W_out sum over j below L
 * of W_hh^j b, which should be 0,
 *
 * <pre>  loss = (1 / outputs) (sum over k = 2 to L + 1 of v_k |K_k - K*_k|^2 + |m|^2)</pre>
 *
 * <p>Value and gradient cost as much as those of {@link Penalty#hopwise}, about a batch of as many trials as inputs.
 * Immutable. Our own addition, with {@link LinearOptimum}; not the paper's.
 */
public final class PopulationLoss implements ExactLoss {

    static {
        FlatLoss.Door.open(loss -> loss instanceof PopulationLoss own ? own::accumulate : null);
    }

    private final String name;
    private final TaskShape shape;
    /** One array a hop from 2 on, inputs x outputs. */
    private final double[][] targets;

    private final double[] variances;

    private PopulationLoss(String name, TaskShape shape, double[][] targets, double[] variances) {
        this.name = name;
        this.shape = shape;
        this.targets = targets;
        this.variances = variances;
    }

    /**
     * The loss of a linear hierarchical task.
     *
     * @param task any but the product task
     * @return the loss
     * @throws IllegalStateException if the task is not linear in white inputs
     */
    public static PopulationLoss of(HierarchicalTask task) {
        int steps = task.shape().steps();
        double[] variances = new double[steps];
        Arrays.setAll(variances, j -> task.inputVariance(j + 2));
        return of(task, variances);
    }

    /**
     * The loss of any task whose targets are the sum over hops of its optimal maps applied to white inputs.
     *
     * @param task gives the optimal map of every hop
     * @param variances the variance of the input that each hop carries, 0 or more, from hop 2 to L + 1: the last step
     *     comes first
     * @return the loss
     * @throws IllegalArgumentException if there is not one variance a step, one is negative, or the targets do not vary
     */
    public static PopulationLoss of(MappedTask task, double... variances) {
        TaskShape shape = task.shape();
        if (variances.length != shape.steps()) {
            throw new IllegalArgumentException("variances has %d values; task '%s' has %d steps, so give one a step."
                    .formatted(variances.length, task.name(), shape.steps()));
        }
        double[][] targets = new double[variances.length][];
        for (int j = 0; j < variances.length; j++) {
            Check.notNegative("variance of hop " + (j + 2), variances[j]);
            targets[j] = Nd.values("optimal maps", task.optimalMap(j + 2), 2);
        }
        PopulationLoss loss = new PopulationLoss(task.name(), shape, targets, variances.clone());
        if (loss.targetVariance() == 0) {
            throw new IllegalArgumentException(
                    "the targets of task '%s' have variance 0, so there is nothing to learn; give a variance above 0 to a hop that carries signal."
                            .formatted(task.name()));
        }
        return loss;
    }

    /**
     * The loss of a linear network, biases included.
     *
     * @param weights of as many inputs and outputs as the task
     * @return the mean squared error
     */
    @Override
    public double error(Weights weights) {
        Parameters p = requireFit(weights);
        return accumulate(p, p.zeros(), new Workspace(p.precision));
    }

    /**
     * The loss divided by the mean variance of the targets: 0 is perfect, 1 is no better than a constant.
     *
     * @param weights of as many inputs and outputs as the task
     * @return the normalised mean squared error
     */
    public double normalisedError(Weights weights) {
        return error(weights) / targetVariance();
    }

    /**
     * The gradient of {@link #error}.
     *
     * @param weights of as many inputs and outputs as the task
     * @return one derivative a weight and bias, in the shape and orientation of the weights
     */
    @Override
    public Weights gradient(Weights weights) {
        Parameters p = requireFit(weights);
        Parameters gradient = p.zeros();
        accumulate(p, gradient, new Workspace(p.precision));
        return gradient.toWeights();
    }

    /** Adds the gradient to an accumulator, of double precision, and returns the value. */
    double accumulate(Parameters p, Parameters gradient, Workspace work) {
        work.reuse();
        int length = shape.steps();
        Reals reached = HopChain.reached(p.input, p.inputs, length, p, work);
        Reals slopes = HopChain.blocks(reached, p.inputs, length, p, work);
        double loss = 0;
        for (int j = 0; j < length; j++) {
            int at = j * p.inputs * p.outputs;
            loss += slopes.residual(at, DoubleReals.wrap(targets[j]), variances[j] / p.outputs);
        }
        HopChain.accumulate(reached, slopes, p.inputs, length, p, gradient.input, gradient, work);
        return loss + accumulateMean(p, gradient, work);
    }

    /** |m|^2 / outputs. The bias acts like one more input that is 1 at every step. */
    private double accumulateMean(Parameters p, Parameters gradient, Workspace work) {
        int length = shape.steps();
        Reals reached = HopChain.reached(p.hiddenBias, 1, length, p, work);
        Reals slopes = HopChain.blocks(reached, 1, length, p, work);
        Reals mean = work.reals(p.outputs);
        mean.copy(0, p.outputBias);
        mean.addRows(slopes);
        double loss = mean.residual(0, mean.zeros(p.outputs), 1.0 / p.outputs);
        gradient.outputBias.add(1, mean);
        slopes.fillRows(mean);
        HopChain.accumulate(reached, slopes, 1, length, p, gradient.hiddenBias, gradient, work);
        return loss;
    }

    private Parameters requireFit(Weights weights) {
        shape.requireFit(name, weights.inputs(), weights.outputs());
        return Parameters.of(weights, new DoubleReals(0));
    }

    /** Mean over outputs of the variance of the target: sum of v_k |K*_k|^2 / outputs. */
    double targetVariance() {
        return weightedSquares(targets) / shape.outputs();
    }

    /** Sum over hops of v_k |maps_k|^2. */
    double weightedSquares(double[][] maps) {
        double sum = 0;
        for (int j = 0; j < maps.length; j++) {
            double squares = Arrays.stream(maps[j]).map(x -> x * x).sum();
            sum += variances[j] * squares;
        }
        return sum;
    }

    double[][] targets() {
        return targets;
    }

    double[] variances() {
        return variances;
    }

    /** Inputs, outputs and steps of the task. */
    @Override
    public TaskShape shape() {
        return shape;
    }

    /**
     * The name of the task.
     *
     * @return the name
     */
    @Override
    public String name() {
        return name;
    }

    /**
     * The hop maps that have no loss at all.
     *
     * @return hops 2 to L + 1 of the task
     */
    public HopDecomposition target() {
        return decomposition(targets);
    }

    HopDecomposition decomposition(double[][] maps) {
        return HopDecomposition.ofMaps(Arrays.stream(maps)
                .map(map -> Nd.array(DMatrixRMaj.wrap(shape.inputs(), shape.outputs(), map)))
                .toList());
    }

    @Override
    public String toString() {
        return "loss of all trials of %s (%s)".formatted(name, shape);
    }
}
