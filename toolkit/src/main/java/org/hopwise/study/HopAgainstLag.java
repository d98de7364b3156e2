package org.hopwise.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.network.JacobianCheck;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Whether hop k of a network's walks is what the input of lag k - 2 does: the hops of three matrices beside the mean Jacobian
 * of each lag.
 *
 * <ul>
 *   <li>{@code raw}: the weights as they are;
 *   <li>{@code leak}: (1 - a) I + a W, as if units were linear;
 *   <li>{@code effective}: with the mean slope of every unit over trials and steps.
 * </ul>
 */
public final class HopAgainstLag {

    private final Map<String, HopDecomposition> walks = new LinkedHashMap<>();
    private final HopDecomposition jacobian;
    private final LoadedNetwork network;
    private final INDArray inputs;

    private HopAgainstLag(LoadedNetwork network, INDArray inputs, HopDecomposition jacobian, Weights effective) {
        this.network = network;
        this.inputs = inputs.dup();
        this.jacobian = jacobian;
        int length = jacobian.lastHop() - 1;
        walks.put("raw", HopDecomposition.of(network.weights(), length));
        walks.put("leak", HopDecomposition.of(network.leaky(), length));
        walks.put("effective", HopDecomposition.of(effective, length));
    }

    /**
     * Compares. Cost: trials x steps x units^2 x outputs.
     *
     * @param network the network
     * @param inputs steps x trials x inputs
     * @return the comparison
     * @throws IllegalArgumentException if the inputs do not fit the network
     */
    public static HopAgainstLag of(LoadedNetwork network, INDArray inputs) {
        return new HopAgainstLag(network, inputs, network.jacobian(inputs), network.effective(inputs));
    }

    /**
     * Compares in a network of ours, its noise left out. Cost as above.
     *
     * @param network the network, of linear, tanh, ReLU or softplus units
     * @param inputs steps x trials x inputs
     * @return the comparison
     * @throws IllegalArgumentException if the inputs do not fit the network, or its unit function is another one
     */
    public static HopAgainstLag of(RecurrentNetwork network, INDArray inputs) {
        return new HopAgainstLag(
                LoadedNetwork.of(network),
                inputs,
                HopDecomposition.ofJacobian(network, inputs),
                network.effective(inputs));
    }

    /**
     * The mean over trials of dy_L / du_(L - l) as hop l + 2.
     *
     * @return hops 2 to L + 1
     */
    public HopDecomposition jacobian() {
        return jacobian;
    }

    /**
     * How well back-propagation and central differences agree. Cost: two runs a trial, step and input, at each call.
     *
     * @return the check
     */
    public JacobianCheck check() {
        return network.checkJacobian(inputs);
    }

    /**
     * How near the walks K are to the Jacobian J over all lags and entries: {@code cosine} is that of K and J as one long
     * vector each; {@code distance} |K - J| / |J|; {@code factor} the number by which K is nearest, K.J / K.K; {@code
     * diagonal} the fraction of lags whose own hop has the largest cosine of all hops.
     *
     * @return one row for raw, leak and effective: {@code walks}, {@code cosine}, {@code distance}, {@code factor}, {@code
     *     diagonal}
     */
    public Table table() {
        StringColumn names = StringColumn.create("walks");
        DoubleColumn cosines = DoubleColumn.create("cosine");
        DoubleColumn distances = DoubleColumn.create("distance");
        DoubleColumn factors = DoubleColumn.create("factor");
        DoubleColumn diagonals = DoubleColumn.create("diagonal");
        double[] j = values(jacobian.kernel());
        walks.forEach((name, hops) -> {
            double[] k = values(hops.kernel());
            names.append(name);
            cosines.append(cosine(k, j));
            distances.append(hops.distance(jacobian));
            factors.append(dot(k, k) == 0 ? 0 : dot(k, j) / dot(k, k));
            diagonals.append(diagonal(hops));
        });
        return Table.create("hop against lag", names, cosines, distances, factors, diagonals);
    }

    private double diagonal(HopDecomposition hops) {
        double[][] cosines = cosines(hops);
        int wins = 0;
        for (int lag = 0; lag < cosines.length; lag++) {
            boolean isBest = true;
            for (double[] hop : cosines) {
                isBest &= cosines[lag][lag] >= hop[lag];
            }
            wins += isBest ? 1 : 0;
        }
        return (double) wins / cosines.length;
    }

    /** The cosine of each hop's block, in rows, with each lag's. */
    private double[][] cosines(HopDecomposition hops) {
        double[][] walked = blocks(hops);
        double[][] felt = blocks(jacobian);
        double[][] cosines = new double[walked.length][felt.length];
        for (int hop = 0; hop < walked.length; hop++) {
            Interruption.check();
            for (int lag = 0; lag < felt.length; lag++) {
                cosines[hop][lag] = cosine(walked[hop], felt[lag]);
            }
        }
        return cosines;
    }

    /** Hops from 2 on. */
    private static double[][] blocks(HopDecomposition hops) {
        double[][] blocks = new double[hops.lastHop() - 1][];
        Arrays.setAll(blocks, i -> values(hops.hop(i + 2)));
        return blocks;
    }

    /**
     * The cosine of every hop's block with every lag's. A block of zeros has cosine 0 with all.
     *
     * @param name raw, leak or effective
     * @return one row a pair: {@code hop}, {@code lag}, {@code cosine}
     * @throws IllegalArgumentException if there are no walks of that name
     */
    public Table cosines(String name) {
        double[][] cosines = cosines(walks(name));
        IntColumn hop = IntColumn.create("hop");
        IntColumn lag = IntColumn.create("lag");
        DoubleColumn cosine = DoubleColumn.create("cosine");
        for (int k = 0; k < cosines.length; k++) {
            for (int l = 0; l < cosines.length; l++) {
                hop.append(k + 2);
                lag.append(l);
                cosine.append(cosines[k][l]);
            }
        }
        return Table.create("cosines", hop, lag, cosine);
    }

    /**
     * The sum of moduli of every lag, of the three walks and of the Jacobian.
     *
     * @return one row a kind and lag: {@code walks}, {@code lag}, {@code absolute}
     */
    public Table profiles() {
        StringColumn names = StringColumn.create("walks");
        IntColumn lag = IntColumn.create("lag");
        DoubleColumn absolute = DoubleColumn.create("absolute");
        Map<String, HopDecomposition> all = new LinkedHashMap<>(walks);
        all.put("Jacobian", jacobian);
        all.forEach((name, hops) -> hops.profile().forEach(row -> {
            names.append(name);
            lag.append(row.getInt("steps back"));
            absolute.append(row.getDouble("absolute"));
        }));
        return Table.create("profiles by lag", names, lag, absolute);
    }

    /**
     * The hops of one of the matrices.
     *
     * @param name raw, leak or effective
     * @return hops 2 to L + 1
     * @throws IllegalArgumentException if there are no walks of that name
     */
    public HopDecomposition walks(String name) {
        if (!walks.containsKey(name)) {
            throw new IllegalArgumentException("walks are '%s'; there are %s.".formatted(name, walks.keySet()));
        }
        return walks.get(name);
    }

    private static double[] values(INDArray array) {
        return array.dup('c').reshape(array.length()).toDoubleVector();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double cosine(double[] a, double[] b) {
        double norms = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
        return norms == 0 ? 0 : dot(a, b) / norms;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("hop against lag, cosine with the mean Jacobian:");
        table().forEach(row -> text.append(" %s %.3f".formatted(row.getString("walks"), row.getDouble("cosine"))));
        return text.toString();
    }
}
