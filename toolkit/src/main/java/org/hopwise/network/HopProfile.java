package org.hopwise.network;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.hopwise.Seed;
import org.hopwise.figure.Figure;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.Weights;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * How much every path length carries from inputs to outputs: one number a hop, to be compared with null models by
 * {@link #against}. Hop k counts all edges. Of each hop's block the profile has the sum of the entries ({@code influence}),
 * the sum of their moduli ({@code absolute}), and that sum as a fraction of all hops' ({@code share}).
 *
 * <p>Walks of a wiring diagram run on B = alpha A / radius, since counts have no scale of their own; those of a trained network
 * run on its weights as they are.
 */
public final class HopProfile {

    private final int firstHop;
    private final double[] row;
    private final double factor;
    private final NullChain.Draw observed;
    private final NullRun.Measure measure;
    private final String fingerprint;
    private final boolean scaled;

    private HopProfile(
            int firstHop,
            double[] row,
            double factor,
            NullChain.Draw observed,
            NullRun.Measure measure,
            String fingerprint,
            boolean scaled) {
        this.firstHop = firstHop;
        this.row = row;
        this.factor = factor;
        this.observed = observed;
        this.measure = measure;
        this.fingerprint = fingerprint;
        this.scaled = scaled;
    }

    /**
     * Hops 2 to length + 1 of a network: those of the inputs of the last {@code length} steps.
     *
     * @param weights raw, leaky or effective weights; only what stands in them counts
     * @param length the number of steps, at least 1
     * @return the profile
     */
    public static HopProfile of(Weights weights, int length) {
        Check.positive("length", length);
        Matrices m = WeightsDoor.matrices(weights);
        EdgeList edges = EdgeList.of(m.recurrent());
        NullChain.Draw observed = new NullChain.Draw(edges, null, null);
        NullRun.Measure measure = draw -> HopSums.ofNetwork(m, draw.edges().recurrent(), length);
        String fingerprint = fingerprint(edges, "network hops " + length, m.input().data, m.output().data);
        return new HopProfile(2, measure.apply(observed), 1, observed, measure, fingerprint, false);
    }

    /**
     * Hops 1 to {@code hops} of a wiring diagram at 0.8 of the radius.
     *
     * @param wiring the diagram
     * @param from names of the source units
     * @param to names of the target units
     * @param hops the longest walk, at least 1
     * @return the profile
     * @throws IllegalArgumentException if a name is unknown, or the diagram has no cycle and so no scale
     */
    public static HopProfile of(Wiring wiring, List<String> from, List<String> to, int hops) {
        return of(wiring, from, to, hops, 0.8);
    }

    /**
     * Hops 1 to {@code hops} of a wiring diagram, of walks on B = alpha A / radius.
     *
     * @param wiring the diagram
     * @param from names of the source units
     * @param to names of the target units
     * @param hops the longest walk, at least 1
     * @param alpha the fraction of the spectral radius, above 0; below 1 walks of all lengths would have a sum
     * @return the profile
     * @throws IllegalArgumentException if a name is unknown, or the diagram has no cycle and so no scale
     */
    public static HopProfile of(Wiring wiring, List<String> from, List<String> to, int hops, double alpha) {
        Check.positive("alpha", alpha);
        double radius = wiring.spectralRadius();
        if (radius == 0) {
            throw new IllegalArgumentException(
                    "the wiring has no cycle, so its spectral radius is 0 and gives no scale; use HopProfile.unscaled.");
        }
        return ofWiring(wiring, from, to, hops, alpha / radius, true);
    }

    /**
     * Hops 1 to {@code hops} of a wiring diagram as it is, B = A. Null models are then not scaled either.
     *
     * @param wiring the diagram
     * @param from names of the source units
     * @param to names of the target units
     * @param hops the longest walk, at least 1
     * @return the profile
     * @throws IllegalArgumentException if a name is unknown
     */
    public static HopProfile unscaled(Wiring wiring, List<String> from, List<String> to, int hops) {
        return ofWiring(wiring, from, to, hops, 1, false);
    }

    private static HopProfile ofWiring(
            Wiring wiring, List<String> from, List<String> to, int hops, double factor, boolean scaled) {
        Check.positive("hops", hops);
        EdgeList edges = EdgeList.of(wiring);
        NullChain.Draw observed = new NullChain.Draw(edges, UnitNumbers.of(wiring, from), UnitNumbers.of(wiring, to));
        NullRun.Measure measure = draw -> HopSums.ofWiring(draw, factor, hops, scaled);
        String fingerprint = fingerprint(
                edges,
                "wiring hops %d factor %s".formatted(hops, factor),
                Arrays.stream(observed.sources()).asDoubleStream().toArray(),
                Arrays.stream(observed.targets()).asDoubleStream().toArray());
        return new HopProfile(1, measure.apply(observed), factor, observed, measure, fingerprint, scaled);
    }

    /**
     * The profile of hops that are known already, such as those by synapses of {@link LoadedNetwork#synapses}. It has no
     * graph to shuffle, so it cannot be compared with null models.
     *
     * @param hops the decomposition
     * @return the profile
     */
    public static HopProfile of(HopDecomposition hops) {
        Table profile = hops.profile();
        int count = profile.rowCount();
        double[] row = new double[1 + 2 * count];
        row[0] = Double.NaN;
        for (int hop = 0; hop < count; hop++) {
            row[1 + hop] = profile.doubleColumn("sum").get(hop);
            row[1 + count + hop] = profile.doubleColumn("absolute").get(hop);
        }
        return new HopProfile(hops.firstHop(), row, 1, null, null, "", false);
    }

    private static String fingerprint(EdgeList edges, String what, double[]... more) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (int edge = 0; edge < edges.edges(); edge++) {
                ByteBuffer bytes = ByteBuffer.allocate(16);
                hash.update(bytes.putInt(edges.from[edge])
                        .putInt(edges.to[edge])
                        .putDouble(edges.weight[edge])
                        .array());
            }
            for (double[] values : more) {
                for (double value : values) {
                    hash.update(
                            ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
                }
            }
            return what + " of " + HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The number of edges of the shortest walks.
     *
     * @return 1 for a wiring diagram, 2 for a network
     */
    public int firstHop() {
        return firstHop;
    }

    /**
     * The number of edges of the longest walks.
     *
     * @return the last hop
     */
    public int lastHop() {
        return firstHop + row.length / 2 - 1;
    }

    /**
     * What the weights were multiplied by: alpha / radius of a wiring diagram, 1 of a network.
     *
     * @return the factor
     */
    public double factor() {
        return factor;
    }

    /**
     * One number of the profile.
     *
     * @param quantity which
     * @param hop from {@link #firstHop} to {@link #lastHop}
     * @return the number; a share is 0 if nothing arrives at all
     */
    public double value(Quantity quantity, int hop) {
        Check.between("hop", hop, firstHop, lastHop());
        return quantity.of(row, hop - firstHop);
    }

    double[] row() {
        return row;
    }

    boolean isScaled() {
        return scaled;
    }

    /** The number of hops. */
    int hops() {
        return row.length / 2;
    }

    /**
     * One row a hop: {@code hop}, {@code influence}, {@code absolute}, {@code share}.
     *
     * @return the table
     */
    public Table table() {
        IntColumn hops = IntColumn.create("hop");
        Table table = Table.create("hop profile", hops);
        for (int hop = firstHop; hop <= lastHop(); hop++) {
            hops.append(hop);
        }
        for (Quantity quantity : Quantity.values()) {
            DoubleColumn column = DoubleColumn.create(quantity.toString());
            for (int hop = firstHop; hop <= lastHop(); hop++) {
                column.append(value(quantity, hop));
            }
            table.addColumns(column);
        }
        return table;
    }

    /**
     * Compares the profile with draws of a null model, on all cores; the same draws on any number of threads.
     *
     * @param model what chance is taken to be
     * @param draws how many; {@code NullTest.fewestDraws(hops)} or more for p values that can be adjusted for all hops
     * @param seed the randomness
     * @return the comparison
     * @throws IllegalArgumentException if the null model does not fit
     */
    public NullComparison against(NullModel model, int draws, Seed seed) {
        return against(model, draws, seed, NullSettings.defaults());
    }

    /**
     * Compares the profile with draws of a null model. A call whose thread is interrupted ends within half a second; with a
     * folder, the same call goes on from the draws kept there and ends in the same numbers.
     *
     * @param model what chance is taken to be
     * @param draws how many
     * @param seed the randomness
     * @param settings threads, listener and folder
     * @return the comparison
     * @throws IllegalArgumentException if the null model does not fit
     * @throws org.hopwise.StoppedException if the thread was interrupted
     */
    public NullComparison against(NullModel model, int draws, Seed seed, NullSettings settings) {
        Check.positive("draws", draws);
        if (observed == null) {
            throw new IllegalArgumentException(
                    "the profile comes from hops and has no graph to shuffle; use HopProfile.of(weights, length).");
        }
        NullRun run = NullRun.of(model, observed, draws, seed, fingerprint, measure, settings);
        return new NullComparison(this, model, run, scaled);
    }

    /**
     * The share of every hop.
     *
     * @return bars
     */
    public Figure figure() {
        return Figure.bars(table(), "hop", "share").yLabel("share of absolute influence");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("hops %d to %d, shares".formatted(firstHop, lastHop()));
        for (int hop = firstHop; hop <= lastHop(); hop++) {
            text.append(String.format(Locale.ROOT, " %.3g", value(Quantity.SHARE, hop)));
        }
        return text.toString();
    }
}
