package org.hopwise.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.Check;
import org.hopwise.internal.LinearAlgebra;
import org.hopwise.internal.Nd;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/**
 * A wiring diagram: named units and weighted directed edges, such as a connectome. Any group of units can be the sources
 * and any other the targets; hop k counts all edges between them, so hop 1 is the direct connection.
 *
 * <p>Edges are kept as compressed rows and one hop costs edges x sources. The spectral radius and the full resolvent use
 * a dense matrix, for up to {@value #MOST_DENSE_UNITS} units.
 */
public final class Wiring {

    static final int MOST_DENSE_UNITS = 5_000;

    private final List<String> names;
    private final Map<String, Integer> index;
    /** Edges of unit a stand at positions rowStart[a] to rowStart[a + 1] - 1. */
    private final int[] rowStart;

    private final int[] targets;
    private final double[] weights;

    private Wiring(List<String> names, int[] rowStart, int[] targets, double[] weights) {
        this.names = List.copyOf(names);
        this.index = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (index.put(names.get(i), i) != null) {
                throw new IllegalArgumentException(
                        "unit name '%s' appears twice; names must differ.".formatted(names.get(i)));
            }
        }
        this.rowStart = rowStart;
        this.targets = targets;
        this.weights = weights;
    }

    /**
     * Wiring from an edge list. Edges between the same two units add up.
     *
     * @param names all units, also those without edges
     * @param edges one row an edge
     * @param from column with the name of the source unit
     * @param to column with the name of the target unit
     * @param weight numeric column with the weight
     * @return the wiring
     * @throws IllegalArgumentException if a name repeats or is unknown, or a weight is missing or not finite
     */
    public static Wiring of(List<String> names, Table edges, String from, String to, String weight) {
        Map<String, Integer> index = new HashMap<>();
        names.forEach(name -> index.put(name, index.size()));
        int count = edges.rowCount();
        int[] sources = new int[count];
        int[] targets = new int[count];
        double[] weights = edges.numberColumn(weight).asDoubleArray();
        Check.finite("edge weights", weights, 0);
        int[] rowStart = new int[names.size() + 1];
        for (int edge = 0; edge < count; edge++) {
            sources[edge] = known(index, edges.column(from).getString(edge), edge);
            targets[edge] = known(index, edges.column(to).getString(edge), edge);
            rowStart[sources[edge] + 1]++;
        }
        for (int unit = 0; unit < names.size(); unit++) {
            rowStart[unit + 1] += rowStart[unit];
        }
        int[] next = rowStart.clone();
        int[] columns = new int[count];
        double[] values = new double[count];
        for (int edge = 0; edge < count; edge++) {
            int at = next[sources[edge]]++;
            columns[at] = targets[edge];
            values[at] = weights[edge];
        }
        return new Wiring(names, rowStart, columns, values);
    }

    /**
     * Wiring from an adjacency matrix.
     *
     * @param names one a unit
     * @param adjacency units x units; entry (a, b) is the weight of the edge from a to b
     * @return the wiring
     * @throws IllegalArgumentException if the matrix is not square, does not fit the names or holds NaN
     */
    public static Wiring of(List<String> names, INDArray adjacency) {
        DMatrixRMaj dense = Nd.matrix("adjacency weights", adjacency);
        if (dense.numRows != names.size() || dense.numCols != names.size()) {
            throw new IllegalArgumentException("adjacency is %d x %d; it must be square, %d x %d for %d names."
                    .formatted(dense.numRows, dense.numCols, names.size(), names.size(), names.size()));
        }
        int[] rowStart = new int[names.size() + 1];
        List<Integer> filled = new ArrayList<>();
        for (int at = 0; at < dense.data.length; at++) {
            if (dense.data[at] != 0) {
                filled.add(at);
                rowStart[at / names.size() + 1]++;
            }
        }
        for (int unit = 0; unit < names.size(); unit++) {
            rowStart[unit + 1] += rowStart[unit];
        }
        int[] columns = filled.stream().mapToInt(at -> at % names.size()).toArray();
        double[] values = filled.stream().mapToDouble(at -> dense.data[at]).toArray();
        return new Wiring(names, rowStart, columns, values);
    }

    /**
     * The wiring of a whole network: inputs "in 1", ..., hidden units "hidden 1", ... and outputs "out 1", ..., with the
     * block adjacency as edges.
     *
     * @param weights the weights
     * @return the wiring
     */
    public static Wiring of(Weights weights) {
        List<String> names = new ArrayList<>(Walks.names("in", weights.inputs()));
        names.addAll(Walks.names("hidden", weights.hidden()));
        names.addAll(Walks.names("out", weights.outputs()));
        return of(names, weights.adjacency());
    }

    private static int known(Map<String, Integer> index, String name, int edge) {
        Integer unit = index.get(name);
        if (unit == null) {
            throw new IllegalArgumentException(
                    "edge %d (counted from 0) names unit '%s', which is not among the %d units; add it to the names."
                            .formatted(edge, name, index.size()));
        }
        return unit;
    }

    /**
     * All units.
     *
     * @return their names, in order
     */
    public List<String> names() {
        return names;
    }

    /**
     * How many edges there are.
     *
     * @return the number of stored edges
     */
    public int edges() {
        return targets.length;
    }

    /**
     * The wiring with the outgoing edges of some units negative, for inhibitory cells. Signs of those edges are
     * flipped, so the edges should be positive counts before.
     *
     * @param units names of the inhibitory units
     * @return a copy with signs
     */
    public Wiring withInhibitory(List<String> units) {
        double[] signed = weights.clone();
        for (String unit : units) {
            int row = require(unit);
            for (int at = rowStart[row]; at < rowStart[row + 1]; at++) {
                signed[at] = -signed[at];
            }
        }
        return new Wiring(names, rowStart, targets, signed);
    }

    /**
     * The wiring with every weight multiplied. With 0.8 / {@link #spectralRadius()} the powers are the damped walks
     * whose sum over all lengths is the normalised resolvent.
     *
     * @param factor a finite number
     * @return a copy with other weights
     */
    public Wiring scaled(double factor) {
        double[] scaled = Arrays.stream(weights).map(w -> factor * w).toArray();
        Check.finite("scaled edge weights", scaled, 0);
        return new Wiring(names, rowStart, targets, scaled);
    }

    /**
     * The largest modulus of an eigenvalue of the adjacency.
     *
     * @return the spectral radius
     */
    public double spectralRadius() {
        return LinearAlgebra.spectralRadius(dense());
    }

    private int require(String unit) {
        Integer at = index.get(unit);
        if (at == null) {
            throw new IllegalArgumentException("unit '%s' is not among the %d units, such as '%s'."
                    .formatted(unit, names.size(), names.isEmpty() ? "" : names.get(0)));
        }
        return at;
    }

    private DMatrixRMaj dense() {
        if (names.size() > MOST_DENSE_UNITS) {
            throw new IllegalArgumentException(
                    ("a wiring of %d units is above the %d for which a dense matrix is formed; use a measure that is "
                                    + "truncated and not normalised.")
                            .formatted(names.size(), MOST_DENSE_UNITS));
        }
        DMatrixRMaj dense = new DMatrixRMaj(names.size(), names.size());
        for (int unit = 0; unit < names.size(); unit++) {
            for (int at = rowStart[unit]; at < rowStart[unit + 1]; at++) {
                dense.add(unit, targets[at], weights[at]);
            }
        }
        return dense;
    }

    /** V A for V sources x units: what reaches each unit with one edge more. */
    private DMatrixRMaj propagate(DMatrixRMaj reached) {
        DMatrixRMaj next = new DMatrixRMaj(reached.numRows, reached.numCols);
        for (int row = 0; row < reached.numRows; row++) {
            int base = row * reached.numCols;
            for (int unit = 0; unit < reached.numCols; unit++) {
                double amount = reached.data[base + unit];
                if (amount != 0) {
                    for (int at = rowStart[unit]; at < rowStart[unit + 1]; at++) {
                        next.data[base + targets[at]] += amount * weights[at];
                    }
                }
            }
        }
        return next;
    }

    Walks walks(List<String> from, List<String> to) {
        int[] sources = from.stream().mapToInt(this::require).toArray();
        int[] ends = to.stream().mapToInt(this::require).toArray();
        Check.positive("the number of source units", sources.length);
        Check.positive("the number of target units", ends.length);
        List<String> sourceNames = List.copyOf(from);
        List<String> targetNames = List.copyOf(to);
        return new Walks() {
            @Override
            public List<String> from() {
                return sourceNames;
            }

            @Override
            public List<String> to() {
                return targetNames;
            }

            @Override
            public int firstHop() {
                return 1;
            }

            @Override
            public DMatrixRMaj start() {
                DMatrixRMaj unit = new DMatrixRMaj(sources.length, names.size());
                for (int row = 0; row < sources.length; row++) {
                    unit.set(row, sources[row], 1);
                }
                return propagate(unit);
            }

            @Override
            public DMatrixRMaj step(DMatrixRMaj reached) {
                return propagate(reached);
            }

            @Override
            public DMatrixRMaj read(DMatrixRMaj reached) {
                DMatrixRMaj block = new DMatrixRMaj(sources.length, ends.length);
                for (int row = 0; row < sources.length; row++) {
                    for (int column = 0; column < ends.length; column++) {
                        block.set(row, column, reached.get(row, ends[column]));
                    }
                }
                return block;
            }

            @Override
            public double spectralRadius() {
                return Wiring.this.spectralRadius();
            }

            @Override
            public DMatrixRMaj resolvent(double g) {
                // Rows of g A (I - g A)^-1 at the sources: solve (I - g A)' X = (g A)' there.
                DMatrixRMaj first = start();
                CommonOps_DDRM.scale(g, first);
                CommonOps_DDRM.transpose(first);
                DMatrixRMaj transposed = CommonOps_DDRM.transpose(dense(), null);
                DMatrixRMaj all = LinearAlgebra.solveResolvent(transposed, g, first);
                CommonOps_DDRM.transpose(all);
                return read(all);
            }
        };
    }
}
