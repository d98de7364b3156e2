package org.hopwise.network;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;

/** Null models whose draws do not depend on each other. */
final class Shuffles {

    private static final double MOST_SYNAPSES = 1e9;

    /** One draw from the observed one. */
    interface Shuffle {
        NullChain.Draw draw(NullChain.Draw observed, UniformRandomProvider random);
    }

    private Shuffles() {}

    /** A chain of independent draws, each with its own seed, so that skipping one costs nothing. */
    static NullChain chain(NullChain.Draw observed, Seed seed, Shuffle shuffle) {
        return new NullChain() {
            private int drawn;

            @Override
            public Draw next() {
                Interruption.check();
                return shuffle.draw(
                        observed,
                        RandomSource.XO_SHI_RO_256_PP.create(seed.child(drawn++).value()));
            }

            @Override
            public void skip() {
                drawn++;
            }
        };
    }

    /** Edges stay, weights change places; those of loops only where loops are free. */
    static NullChain.Draw weights(NullChain.Draw observed, boolean loops, UniformRandomProvider random) {
        EdgeList all = observed.edges();
        EdgeList moving = loops ? all : all.loops(false);
        double[] weights = moving.weight.clone();
        for (int i = weights.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double kept = weights[i];
            weights[i] = weights[j];
            weights[j] = kept;
        }
        EdgeList shuffled = moving.with(weights);
        return with(observed, loops ? shuffled : shuffled.and(all.loops(true)));
    }

    /**
     * Every target keeps the weights that it receives, zeros included, from other sources; or every source those that it
     * sends.
     */
    static NullChain.Draw lines(
            NullChain.Draw observed, boolean byTarget, boolean loops, UniformRandomProvider random) {
        EdgeList all = observed.edges();
        EdgeList moving = loops ? all : all.loops(false);
        int[] line = byTarget ? moving.to : moving.from;
        int[] across = new int[moving.edges()];
        int[] place = new int[all.units];
        Arrays.setAll(place, i -> i);
        int[][] edges = members(line, all.units);
        for (int unit = 0; unit < all.units; unit++) {
            // Partial Fisher-Yates over the places of a line; without its own where loops stay.
            int places = all.units;
            if (!loops) {
                swap(place, unit, --places);
            }
            for (int i = 0; i < edges[unit].length; i++) {
                swap(place, i, i + random.nextInt(places - i));
                across[edges[unit][i]] = place[i];
            }
            Arrays.setAll(place, i -> i);
        }
        EdgeList shuffled = byTarget
                ? new EdgeList(all.units, across, line, moving.weight)
                : new EdgeList(all.units, line, across, moving.weight);
        return with(observed, loops ? shuffled : shuffled.and(all.loops(true)));
    }

    private static void swap(int[] values, int i, int j) {
        int kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }

    private static int[][] members(int[] line, int units) {
        int[] counts = new int[units];
        for (int unit : line) {
            counts[unit]++;
        }
        int[][] members = new int[units][];
        Arrays.setAll(members, unit -> new int[counts[unit]]);
        for (int edge = line.length - 1; edge >= 0; edge--) {
            members[line[edge]][--counts[line[edge]]] = edge;
        }
        return members;
    }

    /** Counts as so many single synapses, whose target ends change places. */
    static NullChain.Draw synapses(NullChain.Draw observed, UniformRandomProvider random) {
        EdgeList all = observed.edges();
        double total = 0;
        for (double count : all.weight) {
            if (!(count >= 0 && count == Math.rint(count))) {
                throw new IllegalArgumentException(
                        "a weight is %s; the null 'synapses' shuffles whole counts, use 'degree' or 'classes'."
                                .formatted(count));
            }
            total += count;
        }
        if (total > MOST_SYNAPSES) {
            throw new IllegalArgumentException("there are %.3g synapses; at most %.0g can be shuffled, use 'classes'."
                    .formatted(total, MOST_SYNAPSES));
        }
        Memory.require("Ends of %.0f synapses".formatted(total), 12 * total, "Use 'classes'");
        int[] ends = new int[(int) total];
        int count = 0;
        for (int edge = 0; edge < all.edges(); edge++) {
            int more = count + (int) all.weight[edge];
            Arrays.fill(ends, count, more, all.to[edge]);
            count = more;
        }
        for (int i = ends.length - 1; i > 0; i--) {
            swap(ends, i, random.nextInt(i + 1));
        }
        return with(observed, counted(all, ends));
    }

    /** Synapses with the same ends are one edge again; those of an edge stand together, in the order of the sources. */
    private static EdgeList counted(EdgeList all, int[] ends) {
        int[] from = new int[ends.length];
        int[] to = new int[ends.length];
        double[] weight = new double[ends.length];
        int[] stretch = new int[all.units + 1];
        for (int edge = 0; edge < all.edges(); edge++) {
            stretch[all.from[edge] + 1] += (int) all.weight[edge];
        }
        int edges = 0;
        for (int unit = 0; unit < all.units; unit++) {
            stretch[unit + 1] += stretch[unit];
            Arrays.sort(ends, stretch[unit], stretch[unit + 1]);
            for (int at = stretch[unit]; at < stretch[unit + 1]; at++) {
                if (at > stretch[unit] && ends[at] == ends[at - 1]) {
                    weight[edges - 1]++;
                } else {
                    from[edges] = unit;
                    to[edges] = ends[at];
                    weight[edges++] = 1;
                }
            }
        }
        return new EdgeList(
                all.units, Arrays.copyOf(from, edges), Arrays.copyOf(to, edges), Arrays.copyOf(weight, edges));
    }

    /** Q W Q' with Q from the Haar measure: the QR factor of Gaussian numbers, R's diagonal positive (Mezzadri, 2007). */
    static NullChain.Draw spectrum(NullChain.Draw observed, Seed seed) {
        EdgeList all = observed.edges();
        int n = all.units;
        Memory.square("Rotations of %d units".formatted(n), n, 8, "Use another null model");
        DMatrixRMaj gaussian = new DMatrixRMaj(n, n);
        Draws draws = new Draws(seed);
        for (int i = 0; i < gaussian.data.length; i++) {
            gaussian.data[i] = draws.gaussian();
        }
        var qr = DecompositionFactory_DDRM.qr(n, n);
        qr.decompose(gaussian);
        DMatrixRMaj q = qr.getQ(null, false);
        DMatrixRMaj r = qr.getR(null, false);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n && r.get(j, j) < 0; i++) {
                q.set(i, j, -q.get(i, j));
            }
        }
        DMatrixRMaj left = CommonOps_DDRM.mult(q, all.recurrent(), null);
        return with(observed, EdgeList.of(CommonOps_DDRM.multTransB(left, q, null)));
    }

    /** The graph stays; other units are its sources and targets, none of them both. */
    static NullChain.Draw roles(NullChain.Draw observed, UniformRandomProvider random) {
        int[] units = new int[observed.edges().units];
        Arrays.setAll(units, i -> i);
        int sources = observed.sources().length;
        int taken = sources + observed.targets().length;
        for (int i = 0; i < taken; i++) {
            swap(units, i, i + random.nextInt(units.length - i));
        }
        return new NullChain.Draw(
                observed.edges(), Arrays.copyOf(units, sources), Arrays.copyOfRange(units, sources, taken));
    }

    private static NullChain.Draw with(NullChain.Draw observed, EdgeList edges) {
        return new NullChain.Draw(edges, observed.sources(), observed.targets());
    }
}
