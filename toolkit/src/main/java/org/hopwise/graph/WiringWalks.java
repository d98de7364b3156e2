package org.hopwise.graph;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.linear.LinearAlgebra;
import org.hopwise.internal.linear.SpectralRadius;
import org.hopwise.internal.machine.Memory;

/**
 * The walks between groups of units of a wiring diagram: the mean over the pairs of units of two groups. That mean is one
 * column a group, since walks are linear, so a group costs what one unit does.
 */
final class WiringWalks implements Walks {

    /** Above, a dense solve takes too much memory and time to be thought of. */
    private static final int MOST_DENSE_UNITS = 5_000;

    private static final double NEGLIGIBLE = 1e-17;
    private static final double NOTHING = 1e-30;
    private static final int LOOK_EVERY = 8;
    private static final int AT_A_TIME = 32;
    private static final int MOST_HOPS = 100_000;

    /** Row = target, column = source: the transposed adjacency. */
    private final SparseMatrix incoming;

    private final List<String> from;
    private final List<String> to;
    private final int[][] sources;
    private final int[][] targets;

    WiringWalks(SparseMatrix incoming, List<String> from, int[][] sources, List<String> to, int[][] targets) {
        this.incoming = incoming;
        this.from = from;
        this.sources = sources;
        this.to = to;
        this.targets = targets;
        Memory.require(
                "Hop blocks from %d sources over %d units".formatted(from.size(), incoming.size()),
                2 * TallMatrix.bytes(incoming.size(), from.size()) + 8.0 * from.size() * to.size(),
                "Use fewer sources, or groups of them");
    }

    @Override
    public List<String> from() {
        return from;
    }

    @Override
    public List<String> to() {
        return to;
    }

    @Override
    public int firstHop() {
        return 1;
    }

    @Override
    public TallMatrix start() {
        TallMatrix unit = new TallMatrix(incoming.size(), sources.length);
        for (int source = 0; source < sources.length; source++) {
            for (int member : sources[source]) {
                unit.add(member, source, 1.0 / sources[source].length);
            }
        }
        TallMatrix reached = new TallMatrix(incoming.size(), sources.length);
        incoming.multiply(unit, reached);
        return reached;
    }

    @Override
    public void step(TallMatrix reached, TallMatrix next) {
        incoming.multiply(reached, next);
    }

    @Override
    public DMatrixRMaj read(TallMatrix reached) {
        DMatrixRMaj block = new DMatrixRMaj(sources.length, targets.length);
        for (int target = 0; target < targets.length; target++) {
            for (int member : targets[target]) {
                for (int source = 0; source < sources.length; source++) {
                    block.add(source, target, reached.get(member, source));
                }
            }
            for (int source = 0; source < sources.length; source++) {
                block.set(source, target, block.get(source, target) / targets[target].length);
            }
        }
        return block;
    }

    @Override
    public int units() {
        return incoming.size();
    }

    @Override
    public boolean[] leading() {
        boolean[] leading = new boolean[incoming.size()];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int[] group : targets) {
            for (int member : group) {
                leading[member] = true;
                open.add(member);
            }
        }
        while (!open.isEmpty()) {
            incoming.row(open.remove(), (unit, source, value) -> {
                if (value != 0 && !leading[source]) {
                    leading[source] = true;
                    open.add(source);
                }
            });
        }
        return leading;
    }

    @Override
    public double norm() {
        double[] sum = new double[1];
        double largest = 0;
        for (int unit = 0; unit < incoming.size(); unit++) {
            sum[0] = 0;
            incoming.row(unit, (row, column, value) -> sum[0] += Math.abs(value));
            largest = Math.max(largest, sum[0]);
        }
        return largest;
    }

    @Override
    public double spectralRadius() {
        return SpectralRadius.of(incoming);
    }

    @Override
    public double spectralRadiusAtMost() {
        return SpectralRadius.atMost(incoming);
    }

    /**
     * By adding up walks until they no longer count, for longer than any unit was late to be reached, or by a dense solve, whichever takes fewer multiplications: adding
     * takes ln(1e-17) / ln(g radius) hops, for almost all wirings the better way.
     */
    @Override
    public DMatrixRMaj resolvent(double g, double radius) {
        double hops = Math.log(NEGLIGIBLE) / Math.log(g * radius);
        double adding = hops * incoming.entries() * sources.length;
        double n = incoming.size();
        boolean dense = n <= MOST_DENSE_UNITS && 2 * n * n * n / 3 < adding;
        return dense ? solved(g) : added(g);
    }

    /** A few sources at a time, so that their block stays in the cache. */
    private DMatrixRMaj added(double g) {
        DMatrixRMaj sum = new DMatrixRMaj(sources.length, targets.length);
        for (int first = 0; first < sources.length; first += AT_A_TIME) {
            int last = Math.min(first + AT_A_TIME, sources.length);
            int[][] some = Arrays.copyOfRange(sources, first, last);
            WiringWalks part = new WiringWalks(incoming, from.subList(first, last), some, to, targets);
            CommonOps_DDRM.insert(part.addedAtOnce(g), sum, first, 0);
        }
        return sum;
    }

    private DMatrixRMaj addedAtOnce(double g) {
        DMatrixRMaj sum = new DMatrixRMaj(sources.length, targets.length);
        TallMatrix reached = start();
        TallMatrix next = new TallMatrix(reached.rows(), reached.columns());
        double largest = 0;
        Frontier frontier = new Frontier(reached);
        for (int hop = 1; hop <= MOST_HOPS; hop++) {
            reached.scale(g);
            CommonOps_DDRM.addEquals(sum, read(reached));
            frontier.see(reached);
            if (hop % LOOK_EVERY == 0) {
                double term = reached.maxAbs();
                if (!Double.isFinite(term)) {
                    throw new DivergentWalksException("powers of %s".formatted(g), hop);
                }
                largest = Math.max(largest, term);
                // Nothing may reach the targets at all: then what is left elsewhere decides.
                double bound = Math.max(NEGLIGIBLE * CommonOps_DDRM.elementMaxAbs(sum), NOTHING * largest);
                if (frontier.isOver(term <= bound)) {
                    return sum;
                }
            }
            incoming.multiply(reached, next);
            TallMatrix swap = reached;
            reached = next;
            next = swap;
        }
        throw new DivergentWalksException("powers of %s".formatted(g), MOST_HOPS);
    }

    private DMatrixRMaj solved(double g) {
        // (I - g A') X = g A' at the sources.
        int n = incoming.size();
        Memory.square("Dense solves with %d units".formatted(n), n, 3, "Truncate the measure");
        DMatrixRMaj dense = new DMatrixRMaj(n, n);
        for (int row = 0; row < n; row++) {
            incoming.row(row, dense::add);
        }
        DMatrixRMaj first = CommonOps_DDRM.transpose(start().transposed(), null);
        CommonOps_DDRM.scale(g, first);
        return read(TallMatrix.of(LinearAlgebra.solveResolvent(dense, g, first)));
    }
}
