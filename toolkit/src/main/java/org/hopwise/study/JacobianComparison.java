package org.hopwise.study;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.stats.Correlation;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Three walk pictures of a nonlinear network beside its mean Jacobian: {@code raw walks} on the weights, walks through
 * {@code one gain a unit} (the slope f' averaged over trials and steps, {@link Weights#withGain}), and walks through
 * {@code a gain a unit and step} (averaged over trials). Gains and Jacobian come from the same trials. For linear
 * networks all four are the same; for a single trial the last is the Jacobian. Our own comparison.
 */
public final class JacobianComparison {

    private final Map<String, HopDecomposition> pictures = new LinkedHashMap<>();
    private final HopDecomposition jacobian;

    private JacobianComparison(RecurrentNetwork network, INDArray inputs) {
        Weights w = network.weights();
        INDArray gains = network.meanSlopes(inputs);
        int steps = (int) inputs.size(0);
        pictures.put("raw walks", HopDecomposition.of(w, steps));
        pictures.put("one gain a unit", HopDecomposition.of(w.withGain(gains.mean(0)), steps));
        pictures.put("a gain a unit and step", HopDecomposition.of(w, gains));
        jacobian = HopDecomposition.ofJacobian(network, inputs);
    }

    /**
     * Compares. Cost: that of {@link HopDecomposition#ofJacobian}.
     *
     * @param network the network
     * @param inputs steps x trials x inputs; 200 trials give means good to a few per cent
     * @return the comparison
     * @throws IllegalArgumentException if the inputs do not fit the network
     */
    public static JacobianComparison of(RecurrentNetwork network, INDArray inputs) {
        return new JacobianComparison(network, inputs);
    }

    /**
     * How near each picture is over all hops: {@code distance}, the norm of the difference in norms of the Jacobian
     * ({@link HopDecomposition#distance}), sees pattern and size; {@code correlation}, Pearson's over all hops, inputs and
     * outputs, sees the pattern only; {@code map} is the correlation of the hops added up.
     *
     * @return three rows: {@code walks}, {@code distance}, {@code correlation}, {@code map}
     */
    public Table table() {
        StringColumn walks = StringColumn.create("walks");
        DoubleColumn distance = DoubleColumn.create("distance");
        DoubleColumn correlation = DoubleColumn.create("correlation");
        DoubleColumn map = DoubleColumn.create("map");
        INDArray total = jacobian.total(WalkMeasure.powers());
        pictures.forEach((name, hops) -> {
            walks.append(name);
            distance.append(hops.distance(jacobian));
            correlation.append(Correlation.of(hops.kernel(), jacobian.kernel()));
            map.append(Correlation.of(hops.total(WalkMeasure.powers()), total));
        });
        return Table.create("comparison", walks, distance, correlation, map);
    }

    /**
     * Where the distance arises: {@link HopDecomposition#distances} of each picture.
     *
     * @return one row a picture and hop: {@code walks}, {@code hop}, {@code distance}
     */
    public Table byHop() {
        Table all = null;
        for (Map.Entry<String, HopDecomposition> picture : pictures.entrySet()) {
            Table hops = picture.getValue().distances(jacobian);
            StringColumn walks = StringColumn.create("walks");
            hops.forEach(row -> walks.append(picture.getKey()));
            hops.insertColumn(0, walks);
            all = all == null ? hops : all.append(hops);
        }
        return all;
    }

    @Override
    public String toString() {
        return "walks of %s beside the mean Jacobian, %s".formatted(String.join(", ", pictures.keySet()), jacobian);
    }
}
