package org.hopwise.graph;

import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.array.TallProducts;
import org.hopwise.internal.linear.LinearAlgebra;
import org.hopwise.rnn.Weights;

/** Hops whose weights are at hand, so that sums over walks of all lengths can be had. */
interface Walks extends Hops {

    /** How many units walks pass, sources and targets aside. */
    int units();

    /** Whether walks from a unit reach a target, for each unit. */
    boolean[] leading();

    /** The largest sum of moduli in a row of what {@link #step} multiplies by. */
    double norm();

    /** The spectral radius of the whole adjacency. */
    double spectralRadius();

    /** At least as large as the spectral radius, and known at once. */
    double spectralRadiusAtMost();

    /** The sum of g^k A^k over all k from the first hop on, read at the targets; the sum is known to converge. */
    DMatrixRMaj resolvent(double g, double radius);

    /** The walks of a network from its inputs, through hidden units, to its outputs. */
    static Walks of(Weights weights) {
        Matrices m = WeightsDoor.matrices(weights);
        return new Walks() {
            @Override
            public List<String> from() {
                return names("in", weights.inputs());
            }

            @Override
            public List<String> to() {
                return names("out", weights.outputs());
            }

            @Override
            public int firstHop() {
                return 2;
            }

            @Override
            public TallMatrix start() {
                return TallMatrix.of(m.input());
            }

            @Override
            public void step(TallMatrix reached, TallMatrix next) {
                TallProducts.multiply(m.recurrent(), reached, next);
            }

            @Override
            public DMatrixRMaj read(TallMatrix reached) {
                return TallProducts.product(m.output(), reached).transposed();
            }

            @Override
            public int units() {
                return weights.hidden();
            }

            @Override
            public boolean[] leading() {
                int hidden = weights.hidden();
                boolean[] leading = new boolean[hidden];
                ArrayDeque<Integer> open = new ArrayDeque<>();
                for (int at = 0; at < m.output().data.length; at++) {
                    if (m.output().data[at] != 0 && !leading[at % hidden]) {
                        leading[at % hidden] = true;
                        open.add(at % hidden);
                    }
                }
                while (!open.isEmpty()) {
                    int unit = open.remove();
                    for (int source = 0; source < hidden; source++) {
                        if (m.recurrent().get(unit, source) != 0 && !leading[source]) {
                            leading[source] = true;
                            open.add(source);
                        }
                    }
                }
                return leading;
            }

            @Override
            public double norm() {
                return NormOps_DDRM.normPInf(m.recurrent());
            }

            @Override
            public double spectralRadius() {
                return weights.spectralRadius();
            }

            @Override
            public double spectralRadiusAtMost() {
                return Math.min(norm(), NormOps_DDRM.normP1(m.recurrent()));
            }

            @Override
            public DMatrixRMaj resolvent(double g, double radius) {
                // g^2 W_out (I - g W_hh)^-1 W_in, transposed.
                DMatrixRMaj x = LinearAlgebra.solveResolvent(m.recurrent(), g, m.input());
                DMatrixRMaj map = CommonOps_DDRM.mult(g * g, m.output(), x, new DMatrixRMaj(1, 1));
                return CommonOps_DDRM.transpose(map, null);
            }
        };
    }

    /** Numbered names: in 1, in 2, ... */
    static List<String> names(String kind, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> kind + " " + i).toList();
    }
}
