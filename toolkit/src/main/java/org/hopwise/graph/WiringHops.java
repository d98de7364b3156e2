package org.hopwise.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.machine.Memory;

/**
 * The hops between groups of units of a wiring diagram, wherever its edges are: the mean over the pairs of units of two
 * groups. That mean is one column a group, since walks are linear, so a group costs what one unit does.
 */
class WiringHops implements Hops {

    final List<String> from;
    final List<String> to;
    final int[][] sources;
    final int[][] targets;
    private final int units;
    private final Product product;

    /** Y = M X with row = target, column = source: the transposed adjacency. */
    interface Product {
        void multiply(TallMatrix x, TallMatrix y);
    }

    WiringHops(int units, Product product, List<String> from, int[][] sources, List<String> to, int[][] targets) {
        this.units = units;
        this.product = product;
        this.from = from;
        this.sources = sources;
        this.to = to;
        this.targets = targets;
        Memory.require(
                "Hop blocks from %d sources over %d units".formatted(from.size(), units),
                2 * TallMatrix.bytes(units, from.size()) + 8.0 * from.size() * to.size(),
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
        TallMatrix unit = new TallMatrix(units, sources.length);
        for (int source = 0; source < sources.length; source++) {
            for (int member : sources[source]) {
                unit.add(member, source, 1.0 / sources[source].length);
            }
        }
        TallMatrix reached = new TallMatrix(units, sources.length);
        product.multiply(unit, reached);
        return reached;
    }

    @Override
    public void step(TallMatrix reached, TallMatrix next) {
        product.multiply(reached, next);
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
}
