package org.hopwise.network;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.array.TallProducts;
import org.hopwise.internal.linear.SpectralRadius;
import org.hopwise.internal.machine.Memory;

/** The sum of the entries of every hop's block, and the sum of their moduli, of a wiring diagram or a network. */
final class HopSums {

    /** The first entry is the spectral radius, NaN where nobody asks; then one sum a hop; then one sum of moduli a hop. */
    private final double[] row;

    private final int hops;

    private HopSums(int hops) {
        this.hops = hops;
        this.row = new double[1 + 2 * hops];
    }

    static double radius(double[] row) {
        return row[0];
    }

    static double influence(double[] row, int hop) {
        return row[1 + hop];
    }

    static double absolute(double[] row, int hop) {
        return row[1 + row.length / 2 + hop];
    }

    /** Hops 1 to {@code hops} of B = factor A between units of a graph, and the radius of A if wanted. */
    static double[] ofWiring(NullChain.Draw draw, double factor, int hops, boolean withRadius) {
        return ofWiring(draw, draw.edges(), factor, hops, withRadius);
    }

    /** The same with other edges at the first hop, for sources that inject and no longer relay. */
    static double[] ofWiring(NullChain.Draw draw, EdgeList first, double factor, int hops, boolean withRadius) {
        HopSums sums = new HopSums(hops);
        SparseMatrix incoming = draw.edges().incoming();
        SparseMatrix begin = first == draw.edges() ? incoming : first.incoming();
        sums.row[0] = withRadius ? radiusOrNaN(incoming) : Double.NaN;
        if (draw.edges().isNonNegative() && first.isNonNegative()) {
            // All sources at once: without signs nothing cancels, and sums of moduli are the sums.
            double[] reached = new double[draw.edges().units];
            for (int source : draw.sources()) {
                reached[source]++;
            }
            double[] next = new double[reached.length];
            for (int hop = 0; hop < hops; hop++) {
                (hop == 0 ? begin : incoming).multiply(reached, next);
                double sum = 0;
                for (int i = 0; i < next.length; i++) {
                    next[i] *= factor;
                }
                for (int target : draw.targets()) {
                    sum += next[target];
                }
                sums.set(hop, sum, sum);
                double[] swap = reached;
                reached = next;
                next = swap;
            }
        } else {
            sums.signed(begin, incoming, draw, factor);
        }
        return sums.row;
    }

    private void signed(SparseMatrix begin, SparseMatrix incoming, NullChain.Draw draw, double factor) {
        int sources = draw.sources().length;
        Memory.require(
                "Walks from %d sources over %d units".formatted(sources, incoming.size()),
                2 * TallMatrix.bytes(incoming.size(), sources),
                "Use fewer threads or sources");
        TallMatrix reached = new TallMatrix(incoming.size(), sources);
        for (int source = 0; source < sources; source++) {
            reached.add(draw.sources()[source], source, 1);
        }
        TallMatrix next = new TallMatrix(incoming.size(), sources);
        for (int hop = 0; hop < hops; hop++) {
            (hop == 0 ? begin : incoming).multiply(reached, next);
            next.scale(factor);
            double sum = 0;
            double moduli = 0;
            for (int target : draw.targets()) {
                for (int source = 0; source < sources; source++) {
                    sum += next.get(target, source);
                    moduli += Math.abs(next.get(target, source));
                }
            }
            set(hop, sum, moduli);
            TallMatrix swap = reached;
            reached = next;
            next = swap;
        }
    }

    /** A radius that cannot be told makes the draw undefined; so does a draw without any cycle. */
    private static double radiusOrNaN(SparseMatrix incoming) {
        try {
            double radius = SpectralRadius.of(incoming);
            return radius > 0 ? radius : Double.NaN;
        } catch (IllegalStateException illConditioned) {
            return Double.NaN;
        }
    }

    /** Hops 2 to {@code hops} + 1 of a network with these recurrent edges. */
    static double[] ofNetwork(Matrices m, DMatrixRMaj recurrent, int hops) {
        HopSums sums = new HopSums(hops);
        sums.row[0] = Double.NaN;
        TallMatrix reached = TallMatrix.of(m.input());
        TallMatrix next = new TallMatrix(reached.rows(), reached.columns());
        for (int hop = 0; hop < hops; hop++) {
            if (hop > 0) {
                TallProducts.multiply(recurrent, reached, next);
                TallMatrix swap = reached;
                reached = next;
                next = swap;
            }
            DMatrixRMaj block = TallProducts.product(m.output(), reached).transposed();
            double sum = 0;
            double moduli = 0;
            for (double entry : block.data) {
                sum += entry;
                moduli += Math.abs(entry);
            }
            sums.set(hop, sum, moduli);
        }
        return sums.row;
    }

    private void set(int hop, double sum, double moduli) {
        row[1 + hop] = sum;
        row[1 + hops + hop] = moduli;
    }
}
