package org.hopwise.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.internal.Nd;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a trained network loses on given trials when a unit, a route or a hop is taken out. A silenced unit sends nothing; a
 * route is all recurrent edges from the units of a module to those of another; without hop k the output of each trial is
 * y - K_(k-2) u_(L-k+2), with K the effective walks of the intact network. The error is the mean square over trials and
 * outputs of output minus target; where no target is told, the intact output is the target. Lesions of the walks themselves,
 * without trials: {@code org.hopwise.network.Lesions}.
 */
public final class PathLesions {

    private final LoadedNetwork network;
    private final INDArray inputs;
    private final double[] targets;
    private final double[] intact;
    private final int outputs;

    private PathLesions(LoadedNetwork network, INDArray inputs, INDArray targets) {
        INDArray before = network.outputs(inputs);
        this.network = network;
        this.inputs = inputs.dup();
        this.outputs = (int) before.size(1);
        this.intact = Nd.values("outputs", before, 2);
        this.targets = Nd.values("targets", targets == null ? before : targets, 2);
        if (targets != null && !Arrays.equals(targets.shape(), before.shape())) {
            throw new IllegalArgumentException("targets are %s; they must be trials x outputs, %s."
                    .formatted(Arrays.toString(targets.shape()), Arrays.toString(before.shape())));
        }
    }

    /**
     * Lesions measured against the intact output.
     *
     * @param network the network
     * @param inputs steps x trials x inputs
     * @return the lesions
     * @throws IllegalArgumentException if the inputs do not fit the network
     */
    public static PathLesions of(LoadedNetwork network, INDArray inputs) {
        return new PathLesions(network, inputs, null);
    }

    /**
     * Lesions measured against targets.
     *
     * @param network the network
     * @param inputs steps x trials x inputs
     * @param targets trials x outputs, wanted after the last step
     * @return the lesions
     * @throws IllegalArgumentException if inputs or targets do not fit the network
     */
    public static PathLesions of(LoadedNetwork network, INDArray inputs, INDArray targets) {
        return new PathLesions(network, inputs, targets);
    }

    /**
     * Lesions of a network of ours, its noise left out, measured against the intact output.
     *
     * @param network the network, of linear, tanh, ReLU or softplus units
     * @param inputs steps x trials x inputs
     * @return the lesions
     * @throws IllegalArgumentException if the inputs do not fit the network, or its unit function is another one
     */
    public static PathLesions of(RecurrentNetwork network, INDArray inputs) {
        return of(LoadedNetwork.of(network), inputs);
    }

    /**
     * The error of the intact network.
     *
     * @return mean square; 0 where its own output is the target
     */
    public double intactError() {
        return error(intact);
    }

    private double error(double[] output) {
        double sum = 0;
        for (int i = 0; i < output.length; i++) {
            sum += (output[i] - targets[i]) * (output[i] - targets[i]);
        }
        return sum / output.length;
    }

    private record Lesion(String what, double error) {}

    /**
     * Each unit silenced.
     *
     * @return one row a unit: {@code kind}, {@code what}, {@code error}, {@code rise}, {@code rank} by rise, ties by name
     */
    public Table units() {
        List<Lesion> lesions = new ArrayList<>();
        int units = network.weights().hidden();
        for (int unit = 0; unit < units; unit++) {
            lesions.add(
                    new Lesion("hidden " + (unit + 1), errorOf(network.weights().silenced(unit))));
        }
        return table("silenced", lesions);
    }

    /**
     * Each route between modules taken out.
     *
     * @param modules the module of every unit, in order
     * @return one row a pair of modules, {@code what} such as {@code a -> b}; columns as {@link #units}
     * @throws IllegalArgumentException if there is not one module a unit
     */
    public Table routes(List<String> modules) {
        int units = network.weights().hidden();
        if (modules.size() != units) {
            throw new IllegalArgumentException(
                    "modules has %d entries; it needs one for each of the %d units.".formatted(modules.size(), units));
        }
        List<Lesion> lesions = new ArrayList<>();
        for (String from : new TreeSet<>(modules)) {
            for (String to : new TreeSet<>(modules)) {
                lesions.add(new Lesion(
                        from + " -> " + to,
                        errorWithout(
                                source -> modules.get(source).equals(from),
                                target -> modules.get(target).equals(to))));
            }
        }
        return table("route", lesions);
    }

    private double errorWithout(IntPredicate source, IntPredicate target) {
        Weights w = network.weights();
        INDArray recurrent = w.recurrent();
        for (int j = 0; j < w.hidden(); j++) {
            for (int i = 0; i < w.hidden() && source.test(j); i++) {
                if (target.test(i)) {
                    recurrent.putScalar(i, j, 0);
                }
            }
        }
        return errorOf(Weights.of(w.input(), recurrent, w.output(), w.hiddenBias(), w.outputBias()));
    }

    private double errorOf(Weights lesioned) {
        Interruption.check();
        return error(Nd.values("outputs", network.with(lesioned).outputs(inputs), 2));
    }

    /**
     * Each hop taken out.
     *
     * @return one row a hop from 2 on; columns as {@link #units}
     */
    public Table hops() {
        int trials = (int) inputs.size(1);
        int channels = (int) inputs.size(2);
        double[] u = Nd.values("inputs", inputs, 3);
        int steps = network.drivingSteps(inputs);
        HopDecomposition walks = HopDecomposition.of(network.effective(inputs), steps);
        List<Lesion> lesions = new ArrayList<>();
        for (int hop = 2; hop <= walks.lastHop(); hop++) {
            double[] block = Nd.values("hop", walks.hop(hop), 2);
            double[] left = intact.clone();
            int step = steps - 1 - (hop - 2);
            for (int trial = 0; trial < trials; trial++) {
                for (int a = 0; a < channels; a++) {
                    double input = u[(step * trials + trial) * channels + a];
                    for (int out = 0; out < outputs; out++) {
                        left[trial * outputs + out] -= block[a * outputs + out] * input;
                    }
                }
            }
            lesions.add(new Lesion(Integer.toString(hop), error(left)));
        }
        return table("hop", lesions);
    }

    private Table table(String kind, List<Lesion> lesions) {
        StringColumn kinds = StringColumn.create("kind");
        StringColumn whats = StringColumn.create("what");
        DoubleColumn errors = DoubleColumn.create("error");
        DoubleColumn rises = DoubleColumn.create("rise");
        IntColumn ranks = IntColumn.create("rank");
        lesions.sort(
                Comparator.comparingDouble((Lesion lesion) -> -lesion.error()).thenComparing(Lesion::what));
        for (Lesion lesion : lesions) {
            kinds.append(kind);
            whats.append(lesion.what());
            errors.append(lesion.error());
            rises.append(lesion.error() - intactError());
            ranks.append(ranks.size() + 1);
        }
        return Table.create("path lesions", kinds, whats, errors, rises, ranks);
    }

    @Override
    public String toString() {
        return "lesions of paths on %d trials, intact error %.4g".formatted(inputs.size(1), intactError());
    }
}
