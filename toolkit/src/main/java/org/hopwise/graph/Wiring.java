package org.hopwise.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.linear.SpectralRadius;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.Weights;
import org.hopwise.table.Columns;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A wiring diagram: named units and weighted directed edges, such as a connectome. Any group of units can be the sources
 * and any other the targets; hop k counts all edges between them, so hop 1 is the direct connection.
 *
 * <p>Made for large ones: edges are kept as compressed rows in double precision, 12 to 12.5 bytes an edge and nothing
 * dense, and one hop costs edges x sources multiplications on all cores. What cannot fit is refused with its size.
 */
public final class Wiring implements Serializable {

    private static final Set<ColumnType> NUMBERS =
            Set.of(ColumnType.DOUBLE, ColumnType.FLOAT, ColumnType.LONG, ColumnType.INTEGER, ColumnType.SHORT);

    /** Sees edges, one after the other. */
    public interface EdgeVisitor {

        /**
         * One edge.
         *
         * @param from name of the source unit
         * @param to name of the target unit
         * @param weight its weight
         */
        void edge(String from, String to, double weight);
    }

    private final List<String> names;
    private final Map<String, Integer> index;
    /** Row = target, column = source: the transposed adjacency, since a unit's row gathers what reaches it. */
    private final SparseMatrix incoming;

    private Wiring(List<String> names, SparseMatrix incoming) {
        this.names = List.copyOf(names);
        this.index = index(names);
        this.incoming = incoming;
    }

    private Wiring(Wiring other, SparseMatrix incoming) {
        this.names = other.names;
        this.index = other.index;
        this.incoming = incoming;
    }

    private static Map<String, Integer> index(List<String> names) {
        Map<String, Integer> index = new HashMap<>(names.size() * 4 / 3 + 1);
        for (int i = 0; i < names.size(); i++) {
            if (index.put(names.get(i), i) != null) {
                throw new IllegalArgumentException(
                        "unit name '%s' appears twice; names must differ.".formatted(names.get(i)));
            }
        }
        return index;
    }

    /**
     * Wiring from an edge list. Edges between the same two units add up.
     *
     * @param names all units, also those without edges
     * @param edges one row an edge
     * @param from column with the name of the source unit
     * @param to column with the name of the target unit
     * @param weight column with the weight: of doubles, floats, longs, ints or shorts
     * @return the wiring
     * @throws IllegalArgumentException if a name repeats or is unknown, a column is not there, the weights are text, truth
     *     values, dates or times, or a weight is missing or not finite
     */
    public static Wiring of(List<String> names, Table edges, String from, String to, String weight) {
        Map<String, Integer> index = index(names);
        double[] weights = weights(Columns.named(edges, weight));
        int[] sources = known(index, Columns.named(edges, from));
        int[] targets = known(index, Columns.named(edges, to));
        return of(names, sources, targets, weights);
    }

    /** Weights as they are; a column of anything else would become numbers that nobody meant. */
    private static double[] weights(Column<?> column) {
        if (!(column instanceof NumericColumn<?> numbers) || !NUMBERS.contains(column.type())) {
            throw new IllegalArgumentException(
                    "column '%s' holds %s; weights must be numbers. Convert it, or read the file with WiringFile."
                            .formatted(column.name(), column.type().name().toLowerCase(Locale.ROOT)));
        }
        double[] weights = new double[column.size()];
        for (int row = 0; row < weights.length; row++) {
            if (column.isMissing(row)) {
                throw new IllegalArgumentException(
                        "row %d (counted from 0) of column '%s' is missing; every edge has a weight, drop the row or fill it."
                                .formatted(row, column.name()));
            }
            weights[row] = numbers.getDouble(row);
            if (!Double.isFinite(weights[row])) {
                throw new IllegalArgumentException(
                        "row %d (counted from 0) of column '%s' is %s; every weight must be finite."
                                .formatted(row, column.name(), weights[row]));
            }
        }
        return weights;
    }

    private static int[] known(Map<String, Integer> index, Column<?> column) {
        int[] units = new int[column.size()];
        for (int edge = 0; edge < units.length; edge++) {
            Integer unit = index.get(column.getString(edge));
            if (unit == null) {
                throw new IllegalArgumentException(
                        "edge %d (counted from 0) names unit '%s', which is not among the %d units; add it to the names."
                                .formatted(edge, column.getString(edge), index.size()));
            }
            units[edge] = unit;
        }
        return units;
    }

    /**
     * Wiring from three arrays, for edge lists too long for a table. Edges between the same two units add up.
     *
     * @param names all units, also those without edges
     * @param from number of the source unit of each edge, counted from 0
     * @param to number of the target unit of each edge
     * @param weights weight of each edge
     * @return the wiring
     * @throws IllegalArgumentException if lengths differ, a number is no unit's or a weight is not finite
     */
    public static Wiring of(List<String> names, int[] from, int[] to, double[] weights) {
        if (from.length != weights.length || to.length != weights.length) {
            throw new IllegalArgumentException("from, to and weights have %d, %d and %d entries; give one each an edge."
                    .formatted(from.length, to.length, weights.length));
        }
        Check.finite("edge weights", weights, 0);
        for (int edge = 0; edge < from.length; edge++) {
            Check.between("from of edge " + edge, from[edge], 0, names.size() - 1);
            Check.between("to of edge " + edge, to[edge], 0, names.size() - 1);
        }
        return new Wiring(names, SparseMatrix.of(names.size(), weights.length, sink -> {
            for (int edge = 0; edge < weights.length; edge++) {
                sink.entry(to[edge], from[edge], weights[edge]);
            }
        }));
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
        int n = names.size();
        if (dense.numRows != n || dense.numCols != n) {
            throw new IllegalArgumentException("adjacency is %d x %d; it must be square, %d x %d for %d names."
                    .formatted(dense.numRows, dense.numCols, n, n, n));
        }
        long[] edges = new long[1];
        SparseMatrix.Source filled = sink -> {
            for (int at = 0; at < dense.data.length; at++) {
                if (dense.data[at] != 0) {
                    sink.entry(at % n, at / n, dense.data[at]);
                }
            }
        };
        filled.send((row, column, value) -> edges[0]++);
        return new Wiring(names, SparseMatrix.of(n, edges[0], filled));
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

    /**
     * A random wiring to try sizes out, as large as a fly's brain and more: units "unit 1", "unit 2", ...; each receives
     * the same number of edges, give or take one, from other units drawn with replacement. Weights are Gaussian with
     * variance units / edges, so that the spectral radius is about 1 (circular law). Fixed in-degree as in Brunel (2000);
     * the weights are our choice. Edges are drawn twice instead of being kept twice: peak memory is that of the wiring.
     *
     * @param units at least 2
     * @param edges at least 1
     * @param seed the randomness; the streams {@code "wiring"} and {@code "weights"} of it are used
     * @return the wiring
     * @throws IllegalArgumentException if it cannot fit into this JVM, with the bytes it needs
     */
    public static Wiring random(int units, int edges, Seed seed) {
        Check.between("units", units, 2, Integer.MAX_VALUE);
        Check.positive("edges", edges);
        // Before the names are made: a name, its place in the list and its entry in the index take some 150 bytes.
        Memory.require("The names of %d units".formatted(units), 150.0 * units, "Use fewer units");
        double deviation = Math.sqrt((double) units / edges);
        return new Wiring(Walks.names("unit", units), SparseMatrix.of(units, edges, sink -> {
            Draws sources = new Draws(seed.named("wiring"));
            Draws weights = new Draws(seed.named("weights"));
            for (int to = 0; to < units; to++) {
                int received = edges / units + (to < edges % units ? 1 : 0);
                for (int i = 0; i < received; i++) {
                    int other = sources.below(units - 1);
                    sink.entry(to, other < to ? other : other + 1, deviation * weights.gaussian());
                }
            }
        }));
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
     * How many edges were listed. Several between the same two units count each, although all walks, weights and
     * couplings have their sum.
     *
     * @return the number of stored edges
     */
    public int edges() {
        return incoming.entries();
    }

    /**
     * Shows every stored edge once, by target in the order of the units; those between the same two units one by one.
     *
     * @param visitor what to do with an edge
     */
    public void forEachEdge(EdgeVisitor visitor) {
        for (int unit = 0; unit < names.size(); unit++) {
            incoming.row(unit, (to, from, weight) -> visitor.edge(names.get(from), names.get(to), weight));
        }
    }

    /**
     * The weights as the couplings of a network: row = target, column = source, as everywhere but in adjacencies. Needs 16
     * bytes for each pair of units while it is made.
     *
     * @return units x units; entry (i, j) is the weight of the edge from unit j to unit i, the sum where there are several
     * @throws IllegalArgumentException if that does not fit into memory
     */
    public INDArray couplings() {
        int n = names.size();
        Memory.require("couplings of %d units".formatted(n), 16.0 * n * n, "Take a part of the wiring");
        DMatrixRMaj dense = new DMatrixRMaj(n, n);
        for (int unit = 0; unit < n; unit++) {
            incoming.row(unit, dense::add);
        }
        return Nd.array(dense);
    }

    /**
     * The wiring with the outgoing edges of some units negative, for inhibitory cells. Signs of those edges are
     * flipped, so the edges should be positive counts before.
     *
     * @param units names of the inhibitory units
     * @return a copy with signs
     */
    public Wiring withInhibitory(List<String> units) {
        boolean[] inhibitory = new boolean[names.size()];
        units.forEach(unit -> inhibitory[require(unit)] = true);
        return new Wiring(this, incoming.withValues((source, weight) -> inhibitory[source] ? -weight : weight));
    }

    /**
     * The wiring among some of the units: those edges that begin and end there. Cost: one pass over the edges.
     *
     * @param units names of the units that stay, each once; their order is the new one
     * @return a diagram of these units
     * @throws IllegalArgumentException if a name is unknown or stands twice
     */
    public Wiring among(List<String> units) {
        int[] place = new int[names.size()];
        Arrays.fill(place, -1);
        for (int i = 0; i < units.size(); i++) {
            place[require(units.get(i))] = i;
        }
        SparseMatrix.Source inside = sink -> {
            for (String unit : units) {
                incoming.row(require(unit), (to, from, weight) -> {
                    if (place[from] >= 0) {
                        sink.entry(place[to], place[from], weight);
                    }
                });
            }
        };
        long[] edges = new long[1];
        inside.send((to, from, weight) -> edges[0]++);
        return new Wiring(units, SparseMatrix.of(units.size(), edges[0], inside));
    }

    /**
     * The wiring with every weight multiplied. With 0.8 / {@link #spectralRadius()} the powers are the damped walks
     * whose sum over all lengths is the normalised resolvent.
     *
     * @param factor a finite number
     * @return a copy with other weights
     */
    public Wiring scaled(double factor) {
        return new Wiring(this, incoming.withValues((source, weight) -> {
            double product = factor * weight;
            if (!Double.isFinite(product)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "an edge of weight %s times factor = %s is %s; every weight must be finite. Use another factor.",
                        weight,
                        factor,
                        product));
            }
            return product;
        }));
    }

    /**
     * The largest modulus of an eigenvalue of the adjacency, for any size, within 1e-6 of it or refused. Computed for each
     * strongly connected component: exactly for single units and single cycles; without negative weights, or with signs
     * that no cycle of walks can tell, between two ends that prove it, or along chains; up to 300 units from all
     * eigenvalues, up to 2,500 by Arnoldi's method or repeated squares, with powers of the adjacency as upper end and
     * against rounding; beyond by Arnoldi's method from two starts, until the eigenvector's residual is below 1e-10 of the
     * eigenvalue. Cost: up to forty products of 2 units^3 for signed wirings of up to 2,500 units, some hundred to a few
     * thousand times edges elsewhere. A random signed wiring of 100,000 units is refused after about ten seconds: see
     * {@link #estimateSpectralRadius} and {@link #spectralRadiusAtMost}.
     *
     * @return the spectral radius
     * @throws IllegalStateException if it did not converge, with the residual, or rounding may move it by more than 1e-6 of
     *     it
     */
    public double spectralRadius() {
        return SpectralRadius.of(incoming);
    }

    /**
     * An estimate of {@link #spectralRadius} where that takes too long: of large signed wirings, whose eigenvalues fill a
     * disc so that no iteration soon tells the largest from its neighbours. Cost: at most some hundred products, a few
     * seconds for 100,000 units of degree 100.
     *
     * @return the estimate, with its error
     * @throws IllegalStateException if rounding may move it by more than 1e-6 of it
     */
    public RadiusEstimate estimateSpectralRadius() {
        SpectralRadius.Estimate found = SpectralRadius.estimate(incoming);
        return new RadiusEstimate(found.value(), found.error(), spectralRadiusAtMost());
    }

    /**
     * An upper bound of {@link #spectralRadius} from norms, which always has an answer: the least of the largest sum of
     * moduli in a row and in a column, the root of the sum of squares, and the largest (|A| x)_i / x_i for some x above 0
     * (Collatz 1942). Walks of all lengths have a sum for every alpha below its inverse. Close for weights of one sign, far
     * above where signs cancel. Cost: about 30 times edges.
     *
     * @return a number that the spectral radius does not exceed
     */
    public double spectralRadiusAtMost() {
        return SpectralRadius.atMost(incoming);
    }

    private int require(String unit) {
        Integer at = index.get(unit);
        if (at == null) {
            throw new IllegalArgumentException("unit '%s' is not among the %d units, such as '%s'."
                    .formatted(unit, names.size(), names.isEmpty() ? "" : names.get(0)));
        }
        return at;
    }

    Walks walks(List<String> from, List<String> to) {
        Check.positive("the number of source units", from.size());
        Check.positive("the number of target units", to.size());
        return new WiringWalks(
                incoming, List.copyOf(from), single(from, this::require), List.copyOf(to), single(to, this::require));
    }

    /** Walks between groups of units, in order of the groups' names. */
    Walks walks(Map<String, List<String>> from, Map<String, List<String>> to) {
        Check.positive("the number of source groups", from.size());
        Check.positive("the number of target groups", to.size());
        TreeMap<String, List<String>> sources = new TreeMap<>(from);
        TreeMap<String, List<String>> targets = new TreeMap<>(to);
        return new WiringWalks(
                incoming,
                List.copyOf(sources.keySet()),
                members(sources, this::require),
                List.copyOf(targets.keySet()),
                members(targets, this::require));
    }

    static int[][] single(List<String> units, ToIntFunction<String> number) {
        return units.stream().map(unit -> new int[] {number.applyAsInt(unit)}).toArray(int[][]::new);
    }

    static int[][] members(Map<String, List<String>> groups, ToIntFunction<String> number) {
        groups.forEach(
                (name, units) -> Check.positive("the number of units in group '%s'".formatted(name), units.size()));
        return groups.values().stream()
                .map(units -> units.stream().mapToInt(number).toArray())
                .toArray(int[][]::new);
    }

    @Override
    public String toString() {
        return "wiring of %s and %s, %s"
                .formatted(Texts.count(names.size(), "unit"), Texts.count(edges(), "edge"), incoming.mark());
    }
}
