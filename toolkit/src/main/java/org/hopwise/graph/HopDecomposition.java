package org.hopwise.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.MappedTask;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Influence split by hop: one map a walk length. For a network, hop k is the input-output block of the k-th power of the
 * adjacency, (A^k)_io = (W_out W_hh^(k-2) W_in)' for k = 2 to L + 1, and carries the input of time t = L - (k - 2). In a
 * linear network it equals the derivative of the output by that input. Hop k counts all edges from input to output.
 *
 * <p>No power of the hidden matrix is formed: the cost is L hidden^2 inputs, and edges x sources a hop for a wiring
 * diagram. Large products use all cores, with the same bits on any number of them. Source: arXiv 2605.03598.
 */
public final class HopDecomposition {

    private final List<String> from;
    private final List<String> to;
    private final int firstHop;
    private final List<DMatrixRMaj> blocks;

    private HopDecomposition(List<String> from, List<String> to, int firstHop, List<DMatrixRMaj> blocks) {
        this.from = from;
        this.to = to;
        this.firstHop = firstHop;
        this.blocks = blocks;
    }

    /**
     * The hops 2 to length + 1 of a network.
     *
     * @param weights the weights
     * @param length the number of time steps L
     * @return the decomposition
     */
    public static HopDecomposition of(Weights weights, int length) {
        return of(Walks.of(weights), Check.positive("length", length));
    }

    /**
     * The optimal hop maps of a task, to measure them like those of a network.
     *
     * @param task gives the map that walks of each length must carry
     * @return hops 2 to L + 1
     */
    public static HopDecomposition of(MappedTask task) {
        return ofMaps(IntStream.rangeClosed(2, task.shape().steps() + 1)
                .mapToObj(task::optimalMap)
                .toList());
    }

    /**
     * Hop maps from elsewhere, such as a theory.
     *
     * @param maps one a hop from 2 on, at least one, each inputs x outputs; entry (a, b) is the influence from a to b
     * @return the decomposition, with sources "in 1", "in 2", ... and targets "out 1", ...
     * @throws IllegalArgumentException if there is no map or shapes differ
     */
    public static HopDecomposition ofMaps(List<INDArray> maps) {
        Check.positive("the number of maps", maps.size());
        List<DMatrixRMaj> blocks =
                maps.stream().map(map -> Nd.matrix("influences", map)).toList();
        int sources = blocks.get(0).numRows;
        int targets = blocks.get(0).numCols;
        for (DMatrixRMaj block : blocks) {
            if (block.numRows != sources || block.numCols != targets) {
                throw new IllegalArgumentException("maps are %d x %d and %d x %d; all hops must have the same shape."
                        .formatted(sources, targets, block.numRows, block.numCols));
            }
        }
        return new HopDecomposition(Walks.names("in", sources), Walks.names("out", targets), 2, blocks);
    }

    /**
     * The hops 1 to {@code hops} between two groups of units of a wiring diagram. Hop 1 is the direct connection.
     *
     * @param wiring the wiring diagram
     * @param from names of the source units
     * @param to names of the target units
     * @param hops the longest walk
     * @return the decomposition
     */
    public static HopDecomposition of(Wiring wiring, List<String> from, List<String> to, int hops) {
        return of(wiring.walks(from, to), Check.positive("hops", hops));
    }

    /**
     * The hops 1 to {@code hops} between groups of units of a wiring diagram: the mean over the pairs of units of each pair
     * of groups, as {@link #grouped} gives it. A group costs what a single unit costs: hops x edges x source groups, and
     * two blocks of units x source groups in memory.
     *
     * @param wiring the wiring diagram
     * @param from names of the units of each source group, by name of the group
     * @param to names of the units of each target group
     * @param hops the longest walk
     * @return the decomposition, groups in alphabetical order
     */
    public static HopDecomposition of(
            Wiring wiring, Map<String, List<String>> from, Map<String, List<String>> to, int hops) {
        return of(wiring.walks(from, to), Check.positive("hops", hops));
    }

    /**
     * The hops 1 to {@code hops} between units of a wiring that no machine holds, with the bits that one machine would give.
     *
     * @param wiring where the edges are
     * @param from names of the source units
     * @param to names of the target units
     * @param hops the longest walk
     * @return the decomposition
     */
    public static HopDecomposition of(RemoteWiring wiring, List<String> from, List<String> to, int hops) {
        Check.positive("the number of source units", from.size());
        Check.positive("the number of target units", to.size());
        Check.positive("hops", hops);
        RemoteHops remote = new RemoteHops(wiring, Wiring.single(from, wiring::unit), Wiring.single(to, wiring::unit));
        return new HopDecomposition(List.copyOf(from), List.copyOf(to), 1, remote.blocks(hops));
    }

    /**
     * The hops 1 to {@code hops} between groups of units of a wiring that no machine holds: means over pairs, as for a
     * {@link Wiring}.
     *
     * @param wiring where the edges are
     * @param from names of the units of each source group, by name of the group
     * @param to names of the units of each target group
     * @param hops the longest walk
     * @return the decomposition, groups in alphabetical order
     */
    public static HopDecomposition of(
            RemoteWiring wiring, Map<String, List<String>> from, Map<String, List<String>> to, int hops) {
        Check.positive("the number of source groups", from.size());
        Check.positive("the number of target groups", to.size());
        Check.positive("hops", hops);
        TreeMap<String, List<String>> sources = new TreeMap<>(from);
        TreeMap<String, List<String>> targets = new TreeMap<>(to);
        RemoteHops remote =
                new RemoteHops(wiring, Wiring.members(sources, wiring::unit), Wiring.members(targets, wiring::unit));
        return new HopDecomposition(
                List.copyOf(sources.keySet()), List.copyOf(targets.keySet()), 1, remote.blocks(hops));
    }

    /**
     * The mean Jacobian of a network, hop by hop: the derivative of the outputs by the input of time L - (k - 2), averaged
     * over trials. For a linear network it equals the hop decomposition of its weights. Cost per trial: steps x outputs x
     * hidden^2.
     *
     * @param network the network
     * @param inputs steps x trials x inputs
     * @return the decomposition, hops 2 to steps + 1
     */
    public static HopDecomposition ofJacobian(RecurrentNetwork network, INDArray inputs) {
        Walks names = Walks.of(network.weights());
        return new HopDecomposition(names.from(), names.to(), 2, MeanJacobian.blocks(network, inputs));
    }

    /**
     * Walks through units with a gain of their own at each step, for nonlinear networks: hop k is
     * (W_out D_L W_hh D_(L-1) ... W_hh D_t W_in)' with D_t the diagonal matrix of gains at step t = L - (k - 2). With
     * {@link RecurrentNetwork#meanSlopes} as gains it is the walk picture closest to the mean Jacobian, which averages
     * the product instead of the factors; for one trial both are the same. Gains of 1 give {@link #of(Weights, int)}, and
     * the same gains at every step give that of {@link Weights#withGain}. Cost: L outputs hidden^2. Our own measure.
     *
     * @param weights the weights
     * @param gains steps x hidden; row t - 1 holds the gains of step t
     * @return the decomposition, hops 2 to steps + 1
     * @throws IllegalArgumentException if there is not one gain a hidden unit
     */
    public static HopDecomposition of(Weights weights, INDArray gains) {
        DMatrixRMaj g = Nd.matrix("gains", gains);
        if (g.numCols != weights.hidden()) {
            throw new IllegalArgumentException("gains are %d x %d; they must be steps x %d, one column a hidden unit."
                    .formatted(g.numRows, g.numCols, weights.hidden()));
        }
        Walks names = Walks.of(weights);
        return new HopDecomposition(names.from(), names.to(), 2, MeanJacobian.gainedBlocks(weights, g));
    }

    private static HopDecomposition of(Hops walks, int count) {
        List<DMatrixRMaj> blocks = new ArrayList<>();
        Memory.require(
                "%d hop blocks of %d sources x %d targets"
                        .formatted(count, walks.from().size(), walks.to().size()),
                8.0 * count * walks.from().size() * walks.to().size(),
                "Use fewer hops, or groups");
        TallMatrix reached = walks.start();
        TallMatrix next = new TallMatrix(reached.rows(), reached.columns());
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                walks.step(reached, next);
                TallMatrix swap = reached;
                reached = next;
                next = swap;
            }
            blocks.add(walks.read(reached));
        }
        return new HopDecomposition(walks.from(), walks.to(), walks.firstHop(), blocks);
    }

    /**
     * The shortest walk in this decomposition: 2 for a network, 1 for a wiring diagram.
     *
     * @return the number of edges
     */
    public int firstHop() {
        return firstHop;
    }

    /**
     * The longest walk in this decomposition.
     *
     * @return the number of edges
     */
    public int lastHop() {
        return firstHop + blocks.size() - 1;
    }

    /**
     * The influence along walks of exactly this many edges, a copy.
     *
     * @param hop from {@link #firstHop} to {@link #lastHop}
     * @return sources x targets; entry (a, b) is the influence from a to b
     */
    public INDArray hop(int hop) {
        return Nd.array(block(hop));
    }

    private DMatrixRMaj block(int hop) {
        return blocks.get(Check.between("hop", hop, firstHop, lastHop()) - firstHop);
    }

    /**
     * The hops weighed and added up. Equal to the truncated influence map of the same measure; a normalised measure needs
     * the spectral radius and so goes through {@link InfluenceMap}.
     *
     * @param measure how hops count; not normalised
     * @return sources x targets
     */
    public INDArray total(WalkMeasure measure) {
        return Nd.array(sum(measure));
    }

    private DMatrixRMaj sum(WalkMeasure measure) {
        requireRaw(measure);
        DMatrixRMaj sum = new DMatrixRMaj(from.size(), to.size());
        for (int hop = firstHop; hop <= lastHop(); hop++) {
            CommonOps_DDRM.addEquals(sum, measure.coefficient(hop), block(hop));
        }
        return sum;
    }

    private static void requireRaw(WalkMeasure measure) {
        if (measure.isNormalised()) {
            throw new IllegalArgumentException("measure is normalised, and a decomposition does not know the spectral "
                    + "radius; use InfluenceMap.of(weights, measure.truncated(length)).");
        }
    }

    /**
     * The influence averaged over pairs of units of each pair of groups.
     *
     * @param fromGroups the group of each source unit, in order
     * @param toGroups the group of each target unit, in order
     * @return a decomposition between groups, in order of first appearance
     */
    public HopDecomposition grouped(List<String> fromGroups, List<String> toGroups) {
        Groups groups = new Groups(fromGroups, toGroups, from.size(), to.size());
        List<DMatrixRMaj> means = blocks.stream().map(groups::mean).toList();
        return new HopDecomposition(groups.from(), groups.to(), firstHop, means);
    }

    /**
     * The fraction of all absolute influence that some hops carry: sum over these hops of sum |block|, divided by the
     * same over all hops.
     *
     * @param hops which hops, each from {@link #firstHop} to {@link #lastHop}
     * @return from 0 to 1; 0 if nothing arrives at all
     */
    public double share(int... hops) {
        double some = 0;
        for (int hop : hops) {
            some += CommonOps_DDRM.elementSumAbs(block(hop));
        }
        double all = totalAbsolute();
        return all == 0 ? 0 : some / all;
    }

    /**
     * Communication: the absolute influence of all hops, weighed, sum over k of |c_k| sum |block k|. Divide by that of
     * {@code HopDecomposition.of(task)} to compare with what the task needs. Our own measure.
     *
     * @param measure how hops count; not normalised
     * @return 0 or more
     */
    public double communication(WalkMeasure measure) {
        requireRaw(measure);
        double sum = 0;
        for (int hop = firstHop; hop <= lastHop(); hop++) {
            sum += Math.abs(measure.coefficient(hop)) * CommonOps_DDRM.elementSumAbs(block(hop));
        }
        return sum;
    }

    /**
     * Cancellation index: the sum of moduli of the weighed total, divided by {@link #communication}. 1 if all hops of
     * each pair have the same sign, 0 if every pair cancels. Our own measure.
     *
     * @param measure how hops count; not normalised
     * @return from 0 to 1; NaN if nothing arrives at all, for then it is not defined
     */
    public double cancellation(WalkMeasure measure) {
        return CommonOps_DDRM.elementSumAbs(sum(measure)) / communication(measure);
    }

    /**
     * All hops in one array, for the kernel correlation: {@code Correlation.of(trained.kernel(),
     * HopDecomposition.of(task).kernel())} is Pearson's over all hops, sources and targets.
     *
     * @return hops x sources x targets, first hop first
     */
    public INDArray kernel() {
        int size = from.size() * to.size();
        double[] values = new double[blocks.size() * size];
        for (int i = 0; i < blocks.size(); i++) {
            System.arraycopy(blocks.get(i).data, 0, values, i * size, size);
        }
        return Nd.array(values, blocks.size(), from.size(), to.size());
    }

    /**
     * How far these hops are from others, such as the mean Jacobian: sqrt(sum over k of |A_k - B_k|^2) / sqrt(sum over k
     * of |B_k|^2) with Frobenius norms, B the others. 0 if equal, 1 for hops that are all 0. Our own measure.
     *
     * @param truth the others, of the same hops and shape
     * @return 0 or more; NaN if the others are all 0 and these too
     * @throws IllegalArgumentException if hops or shapes differ
     */
    public double distance(HopDecomposition truth) {
        return Math.sqrt(distances(truth).doubleColumn("distance").power(2).sum());
    }

    /**
     * {@link #distance} hop by hop: |A_k - B_k| divided by the norm of all hops of B together, so that hops which carry
     * nothing do not blow up and the squares of all hops add up to the square of the distance.
     *
     * @param truth the others, of the same hops and shape
     * @return one row a hop: {@code hop}, {@code distance}
     * @throws IllegalArgumentException if hops or shapes differ
     */
    public Table distances(HopDecomposition truth) {
        if (firstHop != truth.firstHop || lastHop() != truth.lastHop()) {
            throw new IllegalArgumentException(
                    "hops %d to %d cannot be compared with hops %d to %d; use the same length."
                            .formatted(firstHop, lastHop(), truth.firstHop, truth.lastHop()));
        }
        if (from.size() != truth.from.size() || to.size() != truth.to.size()) {
            throw new IllegalArgumentException(
                    "maps are %d x %d and the others' %d x %d; they must have the same shape."
                            .formatted(from.size(), to.size(), truth.from.size(), truth.to.size()));
        }
        double squares = truth.blocks.stream()
                .mapToDouble(block -> Math.pow(NormOps_DDRM.normF(block), 2))
                .sum();
        Table table = Table.create("distances", IntColumn.create("hop"), DoubleColumn.create("distance"));
        for (int hop = firstHop; hop <= lastHop(); hop++) {
            DMatrixRMaj apart = CommonOps_DDRM.subtract(block(hop), truth.block(hop), null);
            table.intColumn("hop").append(hop);
            table.doubleColumn("distance").append(NormOps_DDRM.normF(apart) / Math.sqrt(squares));
        }
        return table;
    }

    private double totalAbsolute() {
        return blocks.stream().mapToDouble(CommonOps_DDRM::elementSumAbs).sum();
    }

    /**
     * One row a hop: {@code hop}; {@code steps back}, the number of edges beyond the fewest, which for a network
     * is how many steps before the last the input came;
     * {@code sum} of the block's entries; {@code absolute}, the sum of their absolute values; {@code share}, that sum as a
     * fraction of all hops' (zero if nothing arrives at all).
     *
     * @return the table
     */
    public Table profile() {
        IntColumn hops = IntColumn.create("hop");
        IntColumn steps = IntColumn.create("steps back");
        DoubleColumn sums = DoubleColumn.create("sum");
        DoubleColumn absolutes = DoubleColumn.create("absolute");
        DoubleColumn shares = DoubleColumn.create("share");
        double total = totalAbsolute();
        for (int hop = firstHop; hop <= lastHop(); hop++) {
            double absolute = CommonOps_DDRM.elementSumAbs(block(hop));
            hops.append(hop);
            steps.append(hop - firstHop);
            sums.append(CommonOps_DDRM.elementSum(block(hop)));
            absolutes.append(absolute);
            shares.append(total == 0 ? 0 : absolute / total);
        }
        return Table.create("hop profile", hops, steps, sums, absolutes, shares);
    }

    /**
     * The signed profile: how much of a map each hop carries, {@code <A_k, G> / <G, G>} with the sum of products over all
     * pairs. 1 where a hop is the map, 0 where it has nothing of it, negative where it carries the opposite, which in a sum
     * over hops cancels. Our own measure.
     *
     * @param map what a hop may carry, such as {@code task.optimalMap()}; sources x targets, not all zero
     * @return one row a hop: {@code hop}, {@code projection}
     * @throws IllegalArgumentException if the map has another shape or is all zero
     */
    public Table projections(INDArray map) {
        DMatrixRMaj g = Nd.matrix("map", map);
        if (g.numRows != from.size() || g.numCols != to.size()) {
            throw new IllegalArgumentException("map is %d x %d and hops are %d x %d; they must have the same shape."
                    .formatted(g.numRows, g.numCols, from.size(), to.size()));
        }
        double square = product(g, g);
        if (square == 0) {
            throw new IllegalArgumentException("map is 0 everywhere; no hop can carry a share of it, so give another.");
        }
        Table table = Table.create("projections", IntColumn.create("hop"), DoubleColumn.create("projection"));
        for (int hop = firstHop; hop <= lastHop(); hop++) {
            table.intColumn("hop").append(hop);
            table.doubleColumn("projection").append(product(block(hop), g) / square);
        }
        return table;
    }

    private static double product(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }

    /**
     * One row a hop and pair: {@code hop}, {@code from}, {@code to}, {@code influence}.
     *
     * @return the table
     */
    public Table toTable() {
        IntColumn hops = IntColumn.create("hop");
        Table pairs = null;
        for (int hop = firstHop; hop <= lastHop(); hop++) {
            Table block = InfluenceMap.pairs(from, to, block(hop));
            pairs = pairs == null ? block : pairs.append(block);
            for (int i = 0; i < block(hop).getNumElements(); i++) {
                hops.append(hop);
            }
        }
        StringColumn sources = pairs.stringColumn("from");
        return Table.create("hops", hops, sources, pairs.stringColumn("to"), pairs.doubleColumn("influence"));
    }

    @Override
    public String toString() {
        double[][] entries = blocks.stream()
                .map(block -> Arrays.copyOf(block.data, block.getNumElements()))
                .toArray(double[][]::new);
        return "hops %d to %d from %s to %s, %s"
                .formatted(
                        firstHop(),
                        lastHop(),
                        Texts.count(from.size(), "unit"),
                        Texts.count(to.size(), "unit"),
                        Texts.mark(entries));
    }
}
