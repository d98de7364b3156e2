package org.hopwise.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.LinearAlgebra;
import org.hopwise.internal.Matrices;
import org.hopwise.rnn.Weights;

/**
 * Walks from some units to others, counted without forming powers of the adjacency: a block with one row a source unit
 * is propagated edge by edge and read out at the targets.
 */
interface Walks {

    /** Names of the source units. */
    List<String> from();

    /** Names of the target units. */
    List<String> to();

    /** The number of edges of the shortest walks that are counted. */
    int firstHop();

    /** The influence of each source on every unit that a walk may pass, before the first read-out. */
    DMatrixRMaj start();

    /** One edge further. */
    DMatrixRMaj step(DMatrixRMaj reached);

    /** What arrives at the targets: sources x targets. */
    DMatrixRMaj read(DMatrixRMaj reached);

    /** The spectral radius of the whole adjacency. */
    double spectralRadius();

    /** The sum of g^k A^k over all k from the first hop on, read at the targets. */
    DMatrixRMaj resolvent(double g);

    /** The walks of a network from its inputs, through hidden units, to its outputs. */
    static Walks of(Weights weights) {
        Matrices m = weights.matrices();
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
            public DMatrixRMaj start() {
                return CommonOps_DDRM.transpose(m.input(), null);
            }

            @Override
            public DMatrixRMaj step(DMatrixRMaj reached) {
                return CommonOps_DDRM.multTransB(reached, m.recurrent(), null);
            }

            @Override
            public DMatrixRMaj read(DMatrixRMaj reached) {
                return CommonOps_DDRM.multTransB(reached, m.output(), null);
            }

            @Override
            public double spectralRadius() {
                return weights.spectralRadius();
            }

            @Override
            public DMatrixRMaj resolvent(double g) {
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
