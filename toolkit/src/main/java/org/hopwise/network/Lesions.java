package org.hopwise.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.rnn.Weights;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What walks lose when a unit, a route or a hop is taken out. <em>Silenced</em> units send nothing; <em>removed</em> ones
 * receive nothing either, which is the same for all others. A route q to r is all recurrent edges from the units of q to
 * those of r. Scale and gains stay those of the intact network.
 *
 * <p>Each table has one row a lesion: {@code kind}; {@code what}; {@code error}; {@code absolute}, the sum of moduli of all
 * hops that is left; {@code rank} by error, ties by name. The error of a network is that of its output for white inputs of
 * variance v_l at lag l: sum over l of v_l |K_l - K*_l|^2 / outputs, with K* the intact hops. The error of a wiring diagram
 * is the fraction of the sum of moduli that is lost.
 *
 * <p>Lesions on the trials of a task: {@code org.hopwise.study.PathLesions}.
 */
public final class Lesions {

    /** What is left after a lesion. */
    private record Left(double error, double absolute) {}

    private final List<String> units;
    private final int firstHop;
    private final int hops;
    private final EdgeList edges;
    private final Measure measure;
    private final boolean keepsSources;
    private final boolean renormalises;

    /** How a lesion is measured: edges that are left, a hop that is taken out or -1, units that are no ends any more. */
    private interface Measure {
        Left of(
                EdgeList edges,
                int hop,
                boolean[] silent,
                boolean[] removed,
                boolean keepsSources,
                boolean renormalises);
    }

    private Lesions(
            List<String> units,
            int firstHop,
            int hops,
            EdgeList edges,
            Measure measure,
            boolean keepsSources,
            boolean renormalises) {
        this.units = units;
        this.firstHop = firstHop;
        this.hops = hops;
        this.edges = edges;
        this.measure = measure;
        this.keepsSources = keepsSources;
        this.renormalises = renormalises;
    }

    /**
     * Lesions of a network under white input of variance 1 at every lag.
     *
     * @param weights raw, leaky or effective weights
     * @param length the number of steps
     * @return the lesions, units named {@code hidden 1} and so on
     */
    public static Lesions of(Weights weights, int length) {
        double[] ones = new double[Check.positive("length", length)];
        Arrays.fill(ones, 1);
        return of(weights, ones);
    }

    /**
     * Lesions of a network under white input.
     *
     * @param weights raw, leaky or effective weights
     * @param variances of the inputs, by lag: first the last step's
     * @return the lesions, units named {@code hidden 1} and so on
     * @throws IllegalArgumentException if a variance is negative or not finite
     */
    public static Lesions of(Weights weights, double[] variances) {
        Check.positive("the number of variances", variances.length);
        for (double variance : variances) {
            Check.notNegative("variance", variance);
        }
        double[] v = variances.clone();
        Matrices m = WeightsDoor.matrices(weights);
        List<DMatrixRMaj> intact = kernels(m, m.recurrent(), v.length);
        Measure measure = (left, hop, silent, removed, keepsSources, renormalises) -> {
            Matrices lesioned = new Matrices(
                    without(m.input(), removed, true),
                    left.recurrent(),
                    without(m.output(), silent, false),
                    m.hiddenBias(),
                    m.outputBias());
            List<DMatrixRMaj> kernels = kernels(lesioned, lesioned.recurrent(), v.length);
            double error = 0;
            double absolute = 0;
            for (int lag = 0; lag < v.length; lag++) {
                DMatrixRMaj kernel = kernels.get(lag);
                if (lag == hop) {
                    kernel.zero();
                }
                double squares = 0;
                for (int i = 0; i < kernel.data.length; i++) {
                    double apart = kernel.data[i] - intact.get(lag).data[i];
                    squares += apart * apart;
                }
                error += v[lag] * squares / m.output().numRows;
                absolute += CommonOps_DDRM.elementSumAbs(kernel);
            }
            return new Left(error, absolute);
        };
        List<String> names = IntStream.rangeClosed(1, weights.hidden())
                .mapToObj(i -> "hidden " + i)
                .toList();
        return new Lesions(names, 2, v.length, EdgeList.of(m.recurrent()), measure, false, false);
    }

    /** W_out W^l W_in for all lags. */
    private static List<DMatrixRMaj> kernels(Matrices m, DMatrixRMaj recurrent, int length) {
        List<DMatrixRMaj> kernels = new ArrayList<>();
        DMatrixRMaj reached = m.input();
        for (int lag = 0; lag < length; lag++) {
            Interruption.check();
            kernels.add(CommonOps_DDRM.mult(m.output(), reached, null));
            reached = CommonOps_DDRM.mult(recurrent, reached, null);
        }
        return kernels;
    }

    private static DMatrixRMaj without(DMatrixRMaj port, boolean[] units, boolean rows) {
        DMatrixRMaj left = port.copy();
        for (int i = 0; i < left.numRows; i++) {
            for (int j = 0; j < left.numCols; j++) {
                if (units[rows ? i : j]) {
                    left.set(i, j, 0);
                }
            }
        }
        return left;
    }

    /**
     * Lesions of a wiring diagram, of walks on B = alpha A / radius between some sources and targets.
     *
     * @param wiring the diagram
     * @param from names of the source units
     * @param to names of the target units
     * @param hops the longest walk; at 300 and alpha = 0.8 what is left out is below 1e-29
     * @param alpha the fraction of the spectral radius, above 0
     * @return the lesions
     * @throws IllegalArgumentException if a name is unknown or the diagram has no cycle
     */
    public static Lesions of(Wiring wiring, List<String> from, List<String> to, int hops, double alpha) {
        EdgeList edges = EdgeList.of(wiring);
        HopProfile intact = HopProfile.of(wiring, from, to, hops, alpha);
        int[] sources = UnitNumbers.of(wiring, from);
        int[] targets = UnitNumbers.of(wiring, to);
        double before = absolute(intact.row(), -1);
        Measure measure = (left, hop, silent, removed, keepsSources, renormalises) -> {
            int[] ends = Arrays.stream(targets).filter(unit -> !removed[unit]).toArray();
            NullChain.Draw draw = new NullChain.Draw(left, sources, ends);
            double factor = intact.factor();
            if (renormalises) {
                double radius = left.wiring(wiring.names()).spectralRadius();
                factor = radius == 0 ? 0 : alpha / radius;
            }
            EdgeList first = keepsSources ? edges : left;
            double absolute = absolute(HopSums.ofWiring(draw, first, factor, hops, false), hop);
            return new Left(before == 0 ? 0 : 1 - absolute / before, absolute);
        };
        return new Lesions(wiring.names(), 1, hops, edges, measure, false, false);
    }

    private static double absolute(double[] row, int without) {
        double sum = 0;
        for (int hop = 0; hop < row.length / 2; hop++) {
            sum += hop == without ? 0 : HopSums.absolute(row, hop);
        }
        return sum;
    }

    /**
     * Silenced sources of a wiring diagram still inject: their own first edges stay. Without effect on networks, whose
     * inputs are no units.
     *
     * @return a copy with the setting
     */
    public Lesions keepingSources() {
        return new Lesions(units, firstHop, hops, edges, measure, true, renormalises);
    }

    /**
     * Each lesioned wiring diagram is scaled by its own radius. Without effect on networks, which have no scale.
     *
     * @return a copy with the setting
     */
    public Lesions renormalising() {
        return new Lesions(units, firstHop, hops, edges, measure, keepsSources, true);
    }

    /**
     * Each hop taken out.
     *
     * @return one row a hop, {@code what} being its number
     */
    public Table hops() {
        boolean[] none = new boolean[edges.units];
        Rows rows = new Rows("hop");
        for (int hop = 0; hop < hops; hop++) {
            rows.add(Integer.toString(firstHop + hop), left(edges, hop, none, none));
        }
        return rows.table();
    }

    /**
     * Each unit silenced.
     *
     * @return one row a unit
     */
    public Table silenced() {
        return singly("silenced", false);
    }

    /**
     * Each unit removed.
     *
     * @return one row a unit
     */
    public Table removed() {
        return singly("removed", true);
    }

    /**
     * Groups of units silenced together.
     *
     * @param groups names of units by the name of the group
     * @return one row a group
     * @throws IllegalArgumentException if a name is unknown
     */
    public Table silenced(Map<String, List<String>> groups) {
        Rows rows = new Rows("silenced");
        new TreeMap<>(groups).forEach((name, members) -> {
            boolean[] silent = new boolean[edges.units];
            members.forEach(unit -> silent[number(unit)] = true);
            rows.add(name, left(without(silent, false), -1, silent, new boolean[edges.units]));
        });
        return rows.table();
    }

    private Table singly(String kind, boolean removed) {
        Rows rows = new Rows(kind);
        for (int unit = 0; unit < edges.units; unit++) {
            Interruption.check();
            boolean[] one = new boolean[edges.units];
            one[unit] = true;
            rows.add(units.get(unit), left(without(one, removed), -1, one, removed ? one : new boolean[edges.units]));
        }
        return rows.table();
    }

    /**
     * Each route between two modules taken out.
     *
     * @param modules the module of every unit, in order
     * @return one row a pair of modules with an edge, {@code what} such as {@code a -> b}
     * @throws IllegalArgumentException if there is not one module a unit
     */
    public Table routes(List<String> modules) {
        if (modules.size() != edges.units) {
            throw new IllegalArgumentException("modules has %d entries; it needs one for each of the %d units."
                    .formatted(modules.size(), edges.units));
        }
        Map<String, boolean[]> routes = new TreeMap<>();
        for (int edge = 0; edge < edges.edges(); edge++) {
            String route = modules.get(edges.from[edge]) + " -> " + modules.get(edges.to[edge]);
            routes.computeIfAbsent(route, name -> new boolean[edges.edges()])[edge] = true;
        }
        boolean[] none = new boolean[edges.units];
        Rows rows = new Rows("route");
        routes.forEach((name, out) -> rows.add(name, left(kept(edge -> !out[edge]), -1, none, none)));
        return rows.table();
    }

    private Left left(EdgeList left, int hop, boolean[] silent, boolean[] removed) {
        return measure.of(left, hop, silent, removed, keepsSources, renormalises);
    }

    private EdgeList without(boolean[] out, boolean alsoReceived) {
        return kept(edge -> !out[edges.from[edge]] && !(alsoReceived && out[edges.to[edge]]));
    }

    private EdgeList kept(Function<Integer, Boolean> stays) {
        int[] some = IntStream.range(0, edges.edges()).filter(stays::apply).toArray();
        return new EdgeList(
                edges.units,
                Arrays.stream(some).map(e -> edges.from[e]).toArray(),
                Arrays.stream(some).map(e -> edges.to[e]).toArray(),
                Arrays.stream(some).mapToDouble(e -> edges.weight[e]).toArray());
    }

    private int number(String unit) {
        int at = units.indexOf(unit);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "unit '%s' is not among the %d units, such as '%s'.".formatted(unit, units.size(), units.get(0)));
        }
        return at;
    }

    @Override
    public String toString() {
        return "lesions of %d units, %d edges and hops %d to %d"
                .formatted(edges.units, edges.edges(), firstHop, firstHop + hops - 1);
    }

    /** Rows of a table of lesions, ranked in the end. */
    private static final class Rows {

        private final String kind;
        private final Map<String, Left> lesions = new TreeMap<>();

        Rows(String kind) {
            this.kind = kind;
        }

        void add(String what, Left left) {
            lesions.put(what, left);
        }

        Table table() {
            StringColumn kinds = StringColumn.create("kind");
            StringColumn whats = StringColumn.create("what");
            DoubleColumn errors = DoubleColumn.create("error");
            DoubleColumn absolutes = DoubleColumn.create("absolute");
            IntColumn ranks = IntColumn.create("rank");
            List<Map.Entry<String, Left>> order = new ArrayList<>(lesions.entrySet());
            // The map is in order of names already, and the sort is stable.
            order.sort(Comparator.comparingDouble(entry -> -entry.getValue().error()));
            for (Map.Entry<String, Left> lesion : order) {
                kinds.append(kind);
                whats.append(lesion.getKey());
                errors.append(lesion.getValue().error());
                absolutes.append(lesion.getValue().absolute());
                ranks.append(ranks.size() + 1);
            }
            return Table.create("lesions", kinds, whats, errors, absolutes, ranks);
        }
    }
}
