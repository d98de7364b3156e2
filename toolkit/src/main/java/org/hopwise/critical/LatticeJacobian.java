package org.hopwise.critical;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.machine.Memory;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The derivative of one step of a lattice by its state, as a real matrix: the real parts of all sites, then the imaginary
 * parts. J = dphi rho U with dphi = (1 - w w') / sqrt(1 + |v|^2) at each site, v what goes into phi and w what comes out.
 *
 * <p>Its powers are walks through the wave medium: hop k from one site to another is the 2 x 2 block of J^k. Around a state
 * at rest its size is exactly |u^(k)|, a Bessel function for nearest neighbours; a background shortens walks.
 */
public final class LatticeJacobian {

    private static final int MOST_SITES = 4096;

    private final Shape shape;
    /** Row = target, column = source. */
    private final DMatrixRMaj matrix;

    private LatticeJacobian(Shape shape, DMatrixRMaj matrix) {
        this.shape = shape;
        this.matrix = matrix;
    }

    static LatticeJacobian of(CriticalLattice net, Field state, Drive input) {
        Shape shape = net.shape();
        int n = shape.sites();
        if (n > MOST_SITES) {
            throw new IllegalArgumentException(
                    "the Jacobian of %s would be dense and take %d bytes; use at most %d sites."
                            .formatted(shape, 8L * (2L * n) * (2L * n), MOST_SITES));
        }
        shape.requireSame("state", state.shape());
        Memory.square("the Jacobian of " + shape, 2 * n, 1, "Use fewer sites");
        double[] v = state.interleaved().clone();
        new Convolution(shape, net.kernel().factors(net.gain())).apply(v);
        input.on(Layout.plain(shape)).add(v, 0, n, 0);
        double[] w = v.clone();
        if (!CriticalLattice.phi(w, 0, n, 1)) {
            throw new IllegalStateException("the state is no longer finite at step 1; use a smaller input.");
        }
        double[] u = net.kernel().spatial().interleaved();
        DMatrixRMaj matrix = new DMatrixRMaj(2 * n, 2 * n);
        for (int to = 0; to < n; to++) {
            double slope = net.gain() / Math.hypot(1, Math.hypot(v[2 * to], v[2 * to + 1]));
            double re = w[2 * to];
            double im = w[2 * to + 1];
            for (int from = 0; from < n; from++) {
                int apart = shape.difference(to, from);
                double ur = slope * u[2 * apart];
                double ui = slope * u[2 * apart + 1];
                // Columns of rho U / s, less their part along w.
                double alongRe = re * ur + im * ui;
                double alongIm = im * ur - re * ui;
                matrix.set(to, from, ur - re * alongRe);
                matrix.set(n + to, from, ui - im * alongRe);
                matrix.set(to, n + from, -ui - re * alongIm);
                matrix.set(n + to, n + from, ur - im * alongIm);
            }
        }
        return new LatticeJacobian(shape, matrix);
    }

    /**
     * The matrix, a copy.
     *
     * @return 2 sites x 2 sites; row = target, column = source; real parts of all sites, then imaginary parts
     */
    public INDArray matrix() {
        return Nd.array(matrix);
    }

    /**
     * The wiring whose edges are the entries: units re0, re1, ..., im0, im1, ..., so that hops, influence maps and the
     * resolvent of {@link org.hopwise.graph} apply.
     *
     * @return the wiring
     */
    public Wiring toWiring() {
        int n = matrix.numRows;
        DMatrixRMaj adjacency = new DMatrixRMaj(n, n);
        for (int to = 0; to < n; to++) {
            for (int from = 0; from < n; from++) {
                adjacency.set(from, to, matrix.get(to, from));
            }
        }
        return Wiring.of(names(), Nd.array(adjacency));
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        IntStream.range(0, shape.sites()).forEach(site -> names.add("re" + site));
        IntStream.range(0, shape.sites()).forEach(site -> names.add("im" + site));
        return names;
    }

    /**
     * The sizes of walks from one site to all, hop by hop: the Frobenius norm of the 2 x 2 block of J^k, divided by sqrt(2),
     * which is |u^(k)| at rest. Cost: hops times the number of entries.
     *
     * @param site where walks start
     * @param hops the longest
     * @return one row a hop and site, with columns hop, site and size
     */
    public Table hopSizes(int site, int hops) {
        shape.site("site", site);
        Check.positive("hops", hops);
        int n = shape.sites();
        Memory.require("sizes of %d hops to %s".formatted(hops, shape), 16.0 * hops * n, "Use fewer hops");
        HopDecomposition walks = HopDecomposition.of(toWiring(), List.of("re" + site, "im" + site), names(), hops);
        int[] hop = new int[hops * n];
        int[] to = new int[hops * n];
        double[] size = new double[hops * n];
        for (int k = 1; k <= hops; k++) {
            double[] block = Nd.values("walks", walks.hop(k), 2);
            for (int d = 0; d < n; d++) {
                int row = (k - 1) * n + d;
                hop[row] = k;
                to[row] = d;
                double fromRe = Math.hypot(block[d], block[n + d]);
                double fromIm = Math.hypot(block[2 * n + d], block[3 * n + d]);
                size[row] = Math.hypot(fromRe, fromIm) / Math.sqrt(2);
            }
        }
        return Table.create(
                "hop sizes",
                IntColumn.create("hop", hop),
                IntColumn.create("site", to),
                DoubleColumn.create("size", size));
    }

    /** Its size. */
    @Override
    public String toString() {
        return "Jacobian of %s, %d x %d".formatted(shape, matrix.numRows, matrix.numCols);
    }
}
