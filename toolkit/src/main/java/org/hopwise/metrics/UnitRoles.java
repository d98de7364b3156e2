package org.hopwise.metrics;

import java.util.Arrays;
import java.util.List;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.stats.RankCorrelation;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * What each hidden unit looks like in the graph, beside what it does [O]: its strength and its walk traffic, and the
 * lesion effect, which is how much the mean squared error rises when the unit is silenced at every step.
 */
public final class UnitRoles {

    static final String LESION = "lesion effect";
    private static final List<String> MEASURES =
            List.of("signed strength", "|strength|", "absolute strength", "|traffic|", "absolute traffic");

    private final Table units;

    private UnitRoles(Table units) {
        this.units = units;
    }

    /**
     * Looks at every hidden unit. Noise is left out. Cost: one forward run a unit.
     *
     * @param network the network
     * @param inputs steps x trials x inputs, never seen in training
     * @param targets trials x outputs, after the last step
     * @param alpha how much of a walk is left after each edge, as for {@link WalkTraffic}; walks are as long as the
     *     inputs
     * @return the units
     * @throws IllegalArgumentException if inputs and targets do not fit the network and each other
     */
    public static UnitRoles of(RecurrentNetwork network, INDArray inputs, INDArray targets, double alpha) {
        Given.required("network", network, "pass a recurrent network");
        Given.required("inputs", inputs, "pass an array of steps x trials x inputs");
        Given.required("targets", targets, "pass an array of trials x outputs");
        Weights weights = network.weights();
        double[] wanted = Nd.values("targets", targets, 2);
        if (inputs.rank() != 3 || targets.size(0) != inputs.size(1) || targets.size(1) != weights.outputs()) {
            throw new IllegalArgumentException(
                    "targets are %d x %d; they must be trials x outputs of the inputs and the network, whose shapes are %s and %d outputs."
                            .formatted(
                                    targets.size(0),
                                    targets.size(1),
                                    Arrays.toString(inputs.shape()),
                                    weights.outputs()));
        }
        RecurrentNetwork quiet = network.noiseless();
        double whole = error(quiet, inputs, wanted);
        double[] lesions = new double[weights.hidden()];
        for (int u = 0; u < lesions.length; u++) {
            RecurrentNetwork without = quiet.with(silenced(weights, u));
            lesions[u] = error(without, inputs, wanted) - whole;
        }
        Table nodes = NetworkMetrics.of(weights).strengths();
        Table hidden = nodes.where(nodes.stringColumn("layer").isEqualTo(RecurrentTopology.HIDDEN));
        double[] signed = hidden.doubleColumn("strength").asDoubleArray();
        WalkTraffic traffic = WalkTraffic.of(weights, (int) inputs.size(0), alpha);
        return new UnitRoles(Table.create(
                "units",
                IntColumn.indexColumn("unit", lesions.length, 1),
                DoubleColumn.create(MEASURES.get(0), signed),
                DoubleColumn.create(MEASURES.get(1), moduli(signed)),
                DoubleColumn.create(
                        MEASURES.get(2), hidden.doubleColumn("absolute").asDoubleArray()),
                DoubleColumn.create(MEASURES.get(3), moduli(traffic.signed())),
                DoubleColumn.create(MEASURES.get(4), traffic.absolute()),
                DoubleColumn.create(LESION, lesions),
                DoubleColumn.create("relative lesion", relative(lesions))));
    }

    /** Over the largest of the network, so that networks can be drawn together; missing if no lesion does harm. */
    private static double[] relative(double[] lesions) {
        double largest = Arrays.stream(lesions).max().orElseThrow();
        return Arrays.stream(lesions)
                .map(lesion -> largest > 0 ? lesion / largest : Double.NaN)
                .toArray();
    }

    /** A unit whose outgoing weights are 0 is heard by nobody. */
    private static Weights silenced(Weights weights, int unit) {
        Matrices m = WeightsDoor.copy(weights);
        for (int k = 0; k < weights.hidden(); k++) {
            m.recurrent().set(k, unit, 0);
        }
        for (int o = 0; o < weights.outputs(); o++) {
            m.output().set(o, unit, 0);
        }
        return WeightsDoor.weights(m);
    }

    private static double error(RecurrentNetwork network, INDArray inputs, double[] wanted) {
        double[] outputs = Nd.values("outputs", network.run(inputs).outputs(), 2);
        double squares = 0;
        for (int i = 0; i < wanted.length; i++) {
            squares += (outputs[i] - wanted[i]) * (outputs[i] - wanted[i]);
        }
        return squares / wanted.length;
    }

    private static double[] moduli(double[] values) {
        return Arrays.stream(values).map(Math::abs).toArray();
    }

    /**
     * The units.
     *
     * @return one row a hidden unit: {@code unit}, {@code signed strength}, {@code |strength|}, {@code absolute
     *     strength}, {@code |traffic|}, {@code absolute traffic}, {@code lesion effect}, {@code relative lesion}
     */
    public Table toTable() {
        return units.copy();
    }

    /**
     * How well each measure tells the lesion effect: Spearman's rank correlation over the units.
     *
     * @return one row with a column a measure, named as in {@link #toTable}; missing where either is the same for all
     *     units
     */
    public Table correlations() {
        double[] lesions = units.doubleColumn(LESION).asDoubleArray();
        Table table = Table.create("correlations");
        for (String measure : MEASURES) {
            double[] values = units.doubleColumn(measure).asDoubleArray();
            double spearman = lesions.length < 2 ? Double.NaN : RankCorrelation.spearman(values, lesions);
            table.addColumns(DoubleColumn.create(measure, new double[] {spearman}));
        }
        return table;
    }

    /** How many units were looked at. */
    @Override
    public String toString() {
        return "roles of %d hidden units".formatted(units.rowCount());
    }
}
