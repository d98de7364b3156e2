package org.hopwise.metrics;

import java.util.List;
import java.util.stream.Collectors;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Complex-network metrics of a network. Immutable: every setting returns a copy. All variances and standard
 * deviations are in population form (divided by n), units and steps are counted from 1.
 *
 * <p><b>Of weights alone.</b> <em>Link weights</em> of a layer [S]: its weights pooled with its biases. <em>Node
 * strength</em> [S]: incoming weights + bias + outgoing weights, {@code s_k = sum_i W_ki + b_k + sum_j W_jk} with the
 * first sum over the layer's own weights and the second over the next layer's; inputs have an incoming, outputs an
 * outgoing link of 1. <em>Layer fluctuation</em> [S]: the standard deviation of the strengths of a layer. A recurrent
 * network is taken folded [R], one node a unit, so that a self-loop counts twice; or unfolded over T steps [R], one
 * node a unit and step, without the links from before step 1 and beyond step T and with the links to the outputs
 * where those are read ({@link Reading}).
 *
 * <p><b>Of weights that carry data</b> [R]. Each link counts with the activity that it carries: {@code s_k(x) = sum_i
 * W_ki h_i + b_k + h_k sum_j W_jk}, which is the unit's pre-activation plus its activity times its outgoing weights
 * [D]. For a recurrent network at step t, {@code s_k(t) = z_k(t) + h_k(t) ((t < T) sum_j Whh_jk + (read at t) sum_o
 * Wout_ok)}. With all activities 1 it is the node strength.
 *
 * <p>Neither is a property of what a network computes: {@link Gauge} changes every strength and no output.
 *
 * <p>Cost: proportional to the links without data; with data one forward run and a few passes over the states of each
 * step. Memory beyond the inputs: a few arrays of trials x units, and two means a unit and step. Sources: arXiv
 * 2404.11172 and 2110.02628; formulas marked [R] are our reconstruction, since the full texts could not be read.
 */
public final class NetworkMetrics {

    private static final String STRENGTH = "neurons strength";
    private static final String ACTIVATION = "neurons activation";
    private static final int STRENGTH_COLUMNS = 10;

    private final Topology topology;
    private final TrialRuns sample;
    private final Activity activity;

    private NetworkMetrics(Topology topology, TrialRuns sample, Activity activity) {
        this.topology = topology;
        this.sample = sample;
        this.activity = activity;
    }

    /**
     * The metrics of a recurrent network without data, folded unless {@link #unfolded} is asked for.
     *
     * @param weights the weights
     * @return metrics of layers {@code input}, {@code hidden}, {@code output}
     * @throws IllegalArgumentException if the largest modulus of a weight is above 1e150 or, not being 0, below 1e-150
     */
    public static NetworkMetrics of(Weights weights) {
        Given.required("weights", weights, "pass the weights of a network");
        return new NetworkMetrics(Given.measurable(new RecurrentTopology(weights, 0, Reading.LAST)), null, null);
    }

    /**
     * The metrics of a fully connected network without data.
     *
     * @param layers at least one, each with as many inputs as the one before has units
     * @return metrics of layers {@code input}, {@code hidden 1}, {@code hidden 2}, ..., {@code output}
     * @throws IllegalArgumentException if there is no layer or two do not fit
     */
    public static NetworkMetrics of(List<Layer> layers) {
        return new NetworkMetrics(Given.measurable(new LayeredTopology(layers)), null, null);
    }

    /**
     * The metrics of a recurrent network that carries data. What arrives at a hidden unit is its drive d_t and its activity
     * is its rate r_t; a leak keeps what a unit has and is no link. Noise is left out, and a start other than rest is no
     * node, but what it sends arrives at step 1 [O].
     *
     * @param network the network, such as {@code LoadedNetwork.network()}
     * @param inputs steps x trials x inputs
     * @return metrics with and without data
     * @throws IllegalArgumentException if inputs are empty, not finite or of another width
     */
    public static NetworkMetrics of(RecurrentNetwork network, INDArray inputs) {
        Given.required("network", network, "pass a recurrent network");
        double[] x = values(
                "inputs",
                inputs,
                3,
                "steps x trials x inputs",
                network.weights().inputs());
        TrialRuns sample = new TrialRuns(network, x, (int) inputs.size(0), (int) inputs.size(1));
        RecurrentTopology topology = new RecurrentTopology(network.weights(), 0, Reading.LAST);
        return new NetworkMetrics(Given.measurable(topology), sample, sample.run(Reading.LAST));
    }

    /**
     * The metrics of a fully connected network that carries data.
     *
     * @param layers at least one, each with as many inputs as the one before has units
     * @param samples samples x inputs
     * @return metrics with and without data
     * @throws IllegalArgumentException if layers do not fit, or samples are empty, not finite or of another width
     */
    public static NetworkMetrics of(List<Layer> layers, INDArray samples) {
        LayeredTopology topology = new LayeredTopology(layers);
        double[] x =
                values("samples", samples, 2, "samples x inputs", layers.get(0).inputs());
        return new NetworkMetrics(Given.measurable(topology), null, Activity.of(topology, x, (int) samples.size(0)));
    }

    private static double[] values(String name, INDArray array, int rank, String shape, int width) {
        Given.required(name, array, "pass an array of " + shape);
        if (array.isEmpty() || array.length() == 0) {
            throw new IllegalArgumentException("%s are empty; pass at least one case, %s.".formatted(name, shape));
        }
        if (array.rank() == rank && array.size(rank - 1) != width) {
            throw new IllegalArgumentException("%s have %d values a case; they must have %d, the inputs of the network."
                    .formatted(name, array.size(rank - 1), width));
        }
        return Nd.values(name, array, rank);
    }

    /**
     * Unfolded over time: a node a unit and step. Metrics with data are of the unfolded network anyway.
     *
     * @param steps how many, at least 1; with data as many as the inputs have
     * @return a copy
     * @throws IllegalArgumentException if there are data of another number of steps
     * @throws IllegalStateException if the network is fully connected
     */
    public NetworkMetrics unfolded(int steps) {
        RecurrentTopology recurrent = recurrent();
        Check.positive("steps", steps);
        if (sample != null && sample.steps() != steps) {
            throw new IllegalArgumentException(
                    "steps is %d but the inputs have %d; use unfolded(%d), or inputs of %d steps."
                            .formatted(steps, sample.steps(), sample.steps(), steps));
        }
        return new NetworkMetrics(
                new RecurrentTopology(recurrent.weights(), steps, recurrent.reading()), sample, activity);
    }

    /**
     * At which steps outputs are read; {@link Reading#LAST} unless set. Folded strengths do not depend on it; metrics
     * with data are computed anew.
     *
     * @param reading when
     * @return a copy
     * @throws IllegalStateException if the network is fully connected
     */
    public NetworkMetrics reading(Reading reading) {
        Given.required("reading", reading, "use Reading.LAST or Reading.EVERY_STEP");
        RecurrentTopology recurrent = recurrent();
        return new NetworkMetrics(
                new RecurrentTopology(recurrent.weights(), recurrent.steps(), reading),
                sample,
                sample == null ? null : sample.run(reading));
    }

    private RecurrentTopology recurrent() {
        if (topology instanceof RecurrentTopology recurrent) {
            return recurrent;
        }
        throw new IllegalStateException("a %s has no steps; unfold a recurrent network.".formatted(topology));
    }

    /**
     * The link weights, pooled by layer: of a fully connected network the weights into each layer with its biases; of
     * a recurrent one {@code hidden} (W_in, W_hh and b), {@code output} (W_out and c) [S], and without biases {@code
     * input} (W_in) and {@code recurrent} (W_hh) [O].
     *
     * @return one row a layer: {@code layer}, {@code count}, {@code mean}, {@code variance}, {@code absolute}, the
     *     sum of moduli
     */
    public Table links() {
        Table table = Table.create(
                "links",
                StringColumn.create("layer"),
                IntColumn.create("count"),
                DoubleColumn.create("mean"),
                DoubleColumn.create("variance"),
                DoubleColumn.create("absolute"));
        for (Links links : topology.links()) {
            double[] values = links.values();
            double absolute = 0;
            for (double value : values) {
                absolute += Math.abs(value);
            }
            table.stringColumn("layer").append(links.layer());
            table.intColumn("count").append(values.length);
            table.doubleColumn("mean").append(Spread.mean(values));
            table.doubleColumn("variance").append(Spread.variance(values));
            table.doubleColumn("absolute").append(absolute);
        }
        return table;
    }

    /**
     * The link weights of one layer, as {@link #links()} pools them, for a histogram or a divergence.
     *
     * @param layer the name of a layer in {@link #links()}
     * @return weights row by row, then biases
     * @throws IllegalArgumentException if there is no such layer, with those that there are
     */
    public double[] links(String layer) {
        return topology.links().stream()
                .filter(links -> links.layer().equals(layer))
                .findFirst()
                .orElseThrow(() -> unknown(
                        layer, topology.links().stream().map(Links::layer).toList()))
                .values();
    }

    /**
     * The histogram of a layer's link weights [S]: equal bins from the least to the largest weight, each with its lower
     * bound and without its upper one, save the last.
     *
     * @param layer the name of a layer in {@link #links()}
     * @param bins how many
     * @return one row a bin: {@code low}, {@code high}, {@code count}
     */
    public Table histogram(String layer, int bins) {
        return Distributions.histogram(links(layer), bins);
    }

    /**
     * Node by node: in- and out-strength [O], strength [S], and the strength of the moduli of every term [O]. The
     * in-strength holds the bias, so that {@code in + out} is the strength. Disparity [O] is {@code sum w^2 / (sum
     * |w|)^2} of the links alone, 0 where all are 0: one over the number of links when all are equal, 1 when one has
     * all.
     *
     * @return one row a node: {@code layer}, {@code unit}, {@code step} where unfolded, {@code in}, {@code out}, {@code
     *     bias}, {@code strength}, {@code absolute}, {@code inDisparity}, {@code outDisparity}
     */
    public Table strengths() {
        List<Nodes> nodes = topology.nodes();
        double rows = nodes.stream().mapToDouble(Nodes::units).sum();
        Memory.requireArray("A table of %.0f nodes".formatted(rows), rows, "Use fewer steps");
        Memory.require("A table of %.0f nodes".formatted(rows), 8.0 * STRENGTH_COLUMNS * rows, "Use fewer steps");
        Table table = Table.create("strengths", StringColumn.create("layer"), IntColumn.create("unit"));
        if (topology.steps() > 0) {
            table.addColumns(IntColumn.create("step"));
        }
        for (String name : List.of("in", "out", "bias", "strength", "absolute", "inDisparity", "outDisparity")) {
            table.addColumns(DoubleColumn.create(name));
        }
        for (Nodes layer : nodes) {
            for (int u = 0; u < layer.units(); u++) {
                table.stringColumn("layer").append(layer.layer());
                table.intColumn("unit").append(u + 1);
                if (topology.steps() > 0) {
                    table.intColumn("step").append(layer.step());
                }
                table.doubleColumn("in").append(layer.in().sum(u) + layer.bias(u));
                table.doubleColumn("out").append(layer.out().sum(u));
                table.doubleColumn("bias").append(layer.bias(u));
                table.doubleColumn("strength").append(layer.strength(u));
                table.doubleColumn("absolute").append(layer.absolute(u));
                table.doubleColumn("inDisparity").append(layer.in().disparity(u));
                table.doubleColumn("outDisparity").append(layer.out().disparity(u));
            }
        }
        return table;
    }

    /**
     * The strengths of one layer; unfolded, the mean over the steps at which the layer has nodes.
     *
     * @param layer {@code input}, {@code hidden}, {@code output}, or {@code hidden 1} and so on of a fully connected
     *     network
     * @return one value a unit
     * @throws IllegalArgumentException if there is no such layer, with those that there are
     */
    public double[] strengths(String layer) {
        List<Nodes> nodes = layer(layer);
        double[] means = new double[nodes.get(0).units()];
        for (Nodes step : nodes) {
            for (int u = 0; u < means.length; u++) {
                means[u] += step.strength(u);
            }
        }
        for (int u = 0; u < means.length; u++) {
            means[u] /= nodes.size();
        }
        return means;
    }

    /**
     * The layer fluctuations: how unequal the strengths of a layer are.
     *
     * @return one row a layer, and step where unfolded: {@code layer}, {@code step}, {@code fluctuation}
     */
    public Table fluctuations() {
        Table table = byLayer("fluctuations", "fluctuation");
        for (Nodes layer : topology.nodes()) {
            append(table, layer).doubleColumn("fluctuation").append(Spread.deviation(layer.strengths()));
        }
        return table;
    }

    /**
     * The fluctuation of one layer, and one a step of an unfolded one.
     *
     * @param layer its name, as for {@link #strengths(String)}
     * @return one value folded; one a step at which the layer has nodes unfolded
     * @throws IllegalArgumentException if there is no such layer, with those that there are
     */
    public double[] fluctuations(String layer) {
        return layer(layer).stream()
                .mapToDouble(nodes -> Spread.deviation(nodes.strengths()))
                .toArray();
    }

    /**
     * What the fluctuations would be if each weight matrix and each bias were drawn anew, independent and with its
     * own variance: {@link StrengthNull} with one variance a matrix [D], such as (1 - 1/n) (in s_in^2 + out s_out^2 +
     * 2 n s_hh^2 + s_b^2) for the square of the hidden fluctuation of a folded network.
     *
     * @return one row a layer, and step where unfolded: {@code layer}, {@code step}, {@code nodeVariance}, {@code
     *     fluctuation}, the root of its expected square
     */
    public Table expectedFluctuation() {
        Table table = byLayer("expected fluctuation", "nodeVariance", "fluctuation");
        for (Nodes layer : topology.nodes()) {
            append(table, layer)
                    .doubleColumn("nodeVariance")
                    .append(layer.expected().nodeVariance());
            table.doubleColumn("fluctuation").append(layer.expected().fluctuation());
        }
        return table;
    }

    private Table byLayer(String name, String... numbers) {
        Table table = Table.create(name, StringColumn.create("layer"));
        if (topology.steps() > 0) {
            table.addColumns(IntColumn.create("step"));
        }
        for (String number : numbers) {
            table.addColumns(DoubleColumn.create(number));
        }
        return table;
    }

    private Table append(Table table, Nodes nodes) {
        table.stringColumn("layer").append(nodes.layer());
        if (topology.steps() > 0) {
            table.intColumn("step").append(nodes.step());
        }
        return table;
    }

    private List<Nodes> layer(String layer) {
        List<Nodes> nodes = topology.nodes();
        List<Nodes> chosen = nodes.stream().filter(n -> n.layer().equals(layer)).toList();
        if (chosen.isEmpty()) {
            throw unknown(layer, nodes.stream().map(Nodes::layer).distinct().toList());
        }
        return chosen;
    }

    private static IllegalArgumentException unknown(String layer, List<String> layers) {
        return new IllegalArgumentException("there is no layer '%s'; use one of %s."
                .formatted(layer, layers.stream().map("'%s'"::formatted).collect(Collectors.joining(", "))));
    }

    /**
     * Neurons strength [R], neuron by neuron: mean and standard deviation over cases, which are samples, or samples
     * and the steps at which the layer has nodes.
     *
     * @return one row a neuron: {@code layer}, {@code unit}, {@code mean}, {@code sd}
     * @throws IllegalStateException if there are no data
     */
    public Table neuronsStrength() {
        return neurons(STRENGTH);
    }

    /**
     * Neurons activation [R], neuron by neuron: mean and standard deviation of the activity over cases, as in {@link
     * #neuronsStrength}.
     *
     * @return one row a neuron: {@code layer}, {@code unit}, {@code mean}, {@code sd}
     * @throws IllegalStateException if there are no data
     */
    public Table neuronsActivation() {
        return neurons(ACTIVATION);
    }

    private Table neurons(String metric) {
        Table table = Table.create(
                metric,
                StringColumn.create("layer"),
                IntColumn.create("unit"),
                DoubleColumn.create("mean"),
                DoubleColumn.create("sd"));
        for (Activity.Cases cases : activity().layers()) {
            Moments moments = metric.equals(STRENGTH) ? cases.strength() : cases.activation();
            for (int u = 0; u < moments.units(); u++) {
                table.stringColumn("layer").append(cases.layer());
                table.intColumn("unit").append(u + 1);
                table.doubleColumn("mean").append(moments.mean(u));
                table.doubleColumn("sd").append(moments.deviation(u));
            }
        }
        return table;
    }

    /**
     * Strength and activation of neurons step by step: the mean over trials.
     *
     * @return one row a neuron and step: {@code layer}, {@code unit}, {@code step}, {@code strength}, {@code
     *     activation}
     * @throws IllegalStateException if there are no data, or the network is fully connected
     */
    public Table neuronsByStep() {
        Activity activity = activity();
        recurrent();
        Table table = Table.create(
                "neurons by step",
                StringColumn.create("layer"),
                IntColumn.create("unit"),
                IntColumn.create("step"),
                DoubleColumn.create("strength"),
                DoubleColumn.create("activation"));
        for (Activity.Cases cases : activity.layers()) {
            for (int step = 1; step <= cases.strength().steps(); step++) {
                for (int u = 0; u < cases.strength().units(); u++) {
                    table.stringColumn("layer").append(cases.layer());
                    table.intColumn("unit").append(u + 1);
                    table.intColumn("step").append(cases.firstStep() + step - 1);
                    table.doubleColumn("strength").append(cases.strength().meansAt(step)[u]);
                    table.doubleColumn("activation").append(cases.activation().meansAt(step)[u]);
                }
            }
        }
        return table;
    }

    /**
     * The metrics with data, layer by layer. {@code fluctuation} is the standard deviation over the layer of the
     * neurons' means, {@code meanFluctuation} the mean over cases of the standard deviation over the layer: two
     * numbers, since a layer may differ in every case in another way.
     *
     * @return two rows a layer: {@code layer}, {@code metric} (neurons strength, neurons activation), {@code mean},
     *     {@code fluctuation}, {@code meanFluctuation}, {@code constant}, the number of neurons that never change,
     *     such as ReLU units that are never active
     * @throws IllegalStateException if there are no data
     */
    public Table summary() {
        Table table = Table.create(
                "summary",
                StringColumn.create("layer"),
                StringColumn.create("metric"),
                DoubleColumn.create("mean"),
                DoubleColumn.create("fluctuation"),
                DoubleColumn.create("meanFluctuation"),
                IntColumn.create("constant"));
        for (Activity.Cases cases : activity().layers()) {
            for (String metric : List.of(STRENGTH, ACTIVATION)) {
                Moments moments = metric.equals(STRENGTH) ? cases.strength() : cases.activation();
                table.stringColumn("layer").append(cases.layer());
                table.stringColumn("metric").append(metric);
                table.doubleColumn("mean").append(Spread.mean(moments.means()));
                table.doubleColumn("fluctuation").append(Spread.deviation(moments.means()));
                table.doubleColumn("meanFluctuation").append(moments.meanFluctuation());
                table.intColumn("constant").append(moments.constantUnits());
            }
        }
        return table;
    }

    /**
     * One layer in one row, for comparing networks [O]: mean and standard deviation of the link weights; mean,
     * fluctuation and excess kurtosis of the strengths; and, if there are data, mean, fluctuation and mean
     * fluctuation of neurons strength and of activation. Kurtosis is missing where all strengths are the same.
     *
     * @param layer a hidden layer or {@code output}, which have links of their own
     * @return columns {@code link mean}, {@code link sd}, {@code strength mean}, {@code strength fluctuation}, {@code
     *     strength kurtosis}, and with data {@code neurons strength mean}, {@code neurons strength fluctuation}, {@code
     *     neurons strength mean fluctuation}, and the same of {@code neurons activation}
     * @throws IllegalArgumentException if there is no such layer, with those that there are
     */
    public Table features(String layer) {
        double[] links = links(layer);
        double[] strengths = strengths(layer);
        Table table = Table.create("features");
        addNumber(table, "link mean", Spread.mean(links));
        addNumber(table, "link sd", Spread.deviation(links));
        addNumber(table, "strength mean", Spread.mean(strengths));
        addNumber(table, "strength fluctuation", Spread.deviation(strengths));
        boolean spread = Spread.variance(strengths) > 0;
        addNumber(table, "strength kurtosis", spread ? Distributions.kurtosis(strengths) : Double.NaN);
        if (activity != null) {
            Table summary = summary();
            Table mine = summary.where(summary.stringColumn("layer").isEqualTo(layer));
            for (int row = 0; row < mine.rowCount(); row++) {
                String metric = mine.stringColumn("metric").get(row);
                addNumber(table, metric + " mean", mine.doubleColumn("mean").get(row));
                addNumber(
                        table,
                        metric + " fluctuation",
                        mine.doubleColumn("fluctuation").get(row));
                addNumber(
                        table,
                        metric + " mean fluctuation",
                        mine.doubleColumn("meanFluctuation").get(row));
            }
        }
        return table;
    }

    private static void addNumber(Table table, String name, double value) {
        table.addColumns(DoubleColumn.create(name, new double[] {value}));
    }

    private Activity activity() {
        if (activity == null) {
            throw new IllegalStateException(
                    "these metrics are of weights alone; pass inputs: of(network, inputs), or of(layers, samples).");
        }
        return activity;
    }

    /**
     * Both sides of the sum identity [D]: every link counts at both of its ends, so all strengths add up to twice the
     * weights plus biases plus the outer links. Folded: 2 (sum Win + sum Whh + sum Wout) + sum b + sum c + inputs +
     * outputs; with data the same of weights times activities, with the sums of x and y in place of the ones, over
     * all cases.
     *
     * @return one row without data, two with: {@code metric}, {@code strengths} added up node by node, {@code links}
     *     from the weights
     */
    public Table sum() {
        double strengths = 0;
        for (Nodes layer : topology.nodes()) {
            for (int u = 0; u < layer.units(); u++) {
                strengths += layer.strength(u);
            }
        }
        Table table = Table.create(
                "sum",
                StringColumn.create("metric", List.of("node strength")),
                DoubleColumn.create("strengths", new double[] {strengths}),
                DoubleColumn.create("links", new double[] {topology.total()}));
        if (activity != null) {
            table.stringColumn("metric").append(STRENGTH);
            table.doubleColumn("strengths").append(activity.strengths());
            table.doubleColumn("links").append(activity.total());
        }
        return table;
    }

    /** What was measured, such as {@code metrics of a recurrent network 5-7-3, folded}. */
    @Override
    public String toString() {
        return "metrics of a " + topology + (activity == null ? "" : ", with data");
    }
}
