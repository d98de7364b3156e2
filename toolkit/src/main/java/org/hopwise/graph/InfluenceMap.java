package org.hopwise.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.linear.SpectralRadius;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The influence of each input on each output along walks of all lengths, weighed by a measure: R = sum over k of
 * c_k (A^k)_io. A normalised measure uses A / rho instead of A, with rho the spectral radius.
 *
 * <p>Truncated to L steps it sums hops 2 to L + 1 at a cost of L hidden^2 inputs. The full resolvent is one linear solve;
 * it exists only while alpha times the spectral radius is below 1. For a wiring diagram walks are added up instead where
 * that takes fewer multiplications. Communicability is an exponential, followed in steps, for every network whose result
 * is finite. Other full sums are added up until they stand still; {@link #hops} says how far.
 * Source: arXiv 2605.03598.
 */
public final class InfluenceMap {

    /** Terms this small beside the sum no longer change it in double precision. */
    private static final double NEGLIGIBLE = 1e-17;

    private static final int MOST_HOPS = 100_000;

    /** Coefficients of a measure are looked at this far ahead, so that small ones at the start end nothing. */
    private static final int LOOK_AHEAD = 10_000;

    /** The bound of alpha is known up to rounding only. */
    private static final double SLACK = 1e-12;

    private final List<String> from;
    private final List<String> to;
    private final DMatrixRMaj map;
    private final int hops;

    private InfluenceMap(List<String> from, List<String> to, DMatrixRMaj map, int hops) {
        this.from = from;
        this.to = to;
        this.map = map;
        this.hops = hops;
    }

    /**
     * The influence map of a network.
     *
     * @param weights the weights
     * @param measure how hops count
     * @return the map
     * @throws DivergentWalksException if the measure is not truncated and the sum diverges
     */
    public static InfluenceMap of(Weights weights, WalkMeasure measure) {
        return of(Walks.of(weights), measure);
    }

    /**
     * The influence map between two groups of units of a wiring diagram, over walks of one or more edges.
     *
     * @param wiring the wiring diagram
     * @param from names of the source units
     * @param to names of the target units
     * @param measure how hops count
     * @return the map
     * @throws DivergentWalksException if the measure is not truncated and the sum diverges
     */
    public static InfluenceMap of(Wiring wiring, List<String> from, List<String> to, WalkMeasure measure) {
        return of(wiring.walks(from, to), measure);
    }

    /**
     * The influence map between groups of units of a wiring diagram: the mean over the pairs of units of each pair of
     * groups, as {@link #grouped} gives it, at the cost of one unit a group.
     *
     * @param wiring the wiring diagram
     * @param from names of the units of each source group, by name of the group
     * @param to names of the units of each target group
     * @param measure how hops count
     * @return the map, groups in alphabetical order
     * @throws DivergentWalksException if the measure is not truncated and the sum diverges
     */
    public static InfluenceMap of(
            Wiring wiring, Map<String, List<String>> from, Map<String, List<String>> to, WalkMeasure measure) {
        return of(wiring.walks(from, to), measure);
    }

    /**
     * A map from elsewhere, such as the optimal map of a task, to show and compare it like a computed one.
     *
     * @param map sources x targets; entry (a, b) is the influence from a to b
     * @return the map, with sources "in 1", "in 2", ... and targets "out 1", ...
     */
    public static InfluenceMap of(INDArray map) {
        DMatrixRMaj matrix = Nd.matrix("influences", map);
        return new InfluenceMap(
                Walks.names("in", matrix.numRows), Walks.names("out", matrix.numCols), matrix, WalkMeasure.UNLIMITED);
    }

    private static InfluenceMap of(Walks walks, WalkMeasure measure) {
        boolean closed = measure instanceof Resolvent && measure.length() == WalkMeasure.UNLIMITED;
        double radius = 1;
        if (measure.isNormalised()) {
            radius = walks.spectralRadius();
        } else if (closed) {
            radius = radiusOrBound(walks, (Resolvent) measure);
        }
        double scale = measure.isNormalised() ? 1 / radius : 1;
        if (!Double.isFinite(scale)) {
            throw new IllegalArgumentException("the spectral radius is %s, so weights cannot be normalised by it; "
                            .formatted(radius == 0 ? "0" : "" + radius)
                    + "use the measure without normalised().");
        }
        if (closed) {
            DMatrixRMaj map = full(walks, (Resolvent) measure, radius, scale);
            return new InfluenceMap(walks.from(), walks.to(), map, WalkMeasure.UNLIMITED);
        }
        if (isCommunicability(measure) && measure.length() == WalkMeasure.UNLIMITED) {
            DMatrixRMaj map = ExponentialWalks.sum(walks, scale);
            return new InfluenceMap(walks.from(), walks.to(), map, WalkMeasure.UNLIMITED);
        }
        return summed(walks, measure, scale);
    }

    /** Of many units a bound is enough where the sum converges even for that; the radius may take long, or be refused. */
    private static double radiusOrBound(Walks walks, Resolvent measure) {
        if (walks.units() > SpectralRadius.SQUARED) {
            double bound = walks.spectralRadiusAtMost();
            if (measure.alpha() * bound < 1 - SLACK) {
                return bound;
            }
        }
        return walks.spectralRadius();
    }

    private static boolean isCommunicability(WalkMeasure measure) {
        return measure instanceof Communicability
                || (measure instanceof Rule rule && rule.inner() instanceof Communicability);
    }

    private static DMatrixRMaj full(Walks walks, Resolvent measure, double radius, double scale) {
        double g = measure.alpha() * scale;
        double product = measure.isNormalised() ? measure.alpha() : g * radius;
        if (product >= 1 - SLACK) {
            throw new DivergentWalksException(measure.alpha(), radius * scale);
        }
        return walks.resolvent(g, radius);
    }

    private static InfluenceMap summed(Walks walks, WalkMeasure measure, double scale) {
        DMatrixRMaj sum = new DMatrixRMaj(walks.from().size(), walks.to().size());
        TallMatrix reached = walks.start();
        TallMatrix next = new TallMatrix(reached.rows(), reached.columns());
        reached.scale(Math.pow(scale, walks.firstHop()));
        boolean limited = measure.length() != WalkMeasure.UNLIMITED;
        int last = limited ? measure.length() + 1 : MOST_HOPS;
        Frontier frontier = new Frontier(reached);
        double[] largestAhead = limited ? new double[0] : largestAhead(measure);
        for (int hop = walks.firstHop(); hop <= last; hop++) {
            if (hop > walks.firstHop()) {
                walks.step(reached, next);
                TallMatrix swap = reached;
                reached = next;
                next = swap;
                reached.scale(scale);
            }
            double coefficient = measure.coefficient(hop);
            CommonOps_DDRM.addEquals(sum, coefficient, walks.read(reached));
            if (limited) {
                continue;
            }
            double ahead = hop < largestAhead.length ? largestAhead[hop] : Math.abs(coefficient);
            double term = ahead * reached.maxAbs();
            frontier.see(reached);
            if (frontier.isOver(term <= NEGLIGIBLE * CommonOps_DDRM.elementMaxAbs(sum)) || term == 0) {
                return new InfluenceMap(walks.from(), walks.to(), sum, hop);
            }
            if (!Double.isFinite(term)) {
                throw new DivergentWalksException(WalkTexts.ofInner(measure), hop);
            }
        }
        if (!limited) {
            throw new DivergentWalksException(WalkTexts.ofInner(measure), MOST_HOPS);
        }
        if (MatrixFeatures_DDRM.hasUncountable(sum)) {
            throw new DivergentWalksException(WalkTexts.ofInner(measure), last);
        }
        return new InfluenceMap(walks.from(), walks.to(), sum, last);
    }

    /** For each hop the largest modulus of a coefficient from there on, as far as coefficients are looked at ahead. */
    private static double[] largestAhead(WalkMeasure measure) {
        double[] largest = new double[LOOK_AHEAD + 1];
        for (int hop = LOOK_AHEAD; hop >= 1; hop--) {
            largest[hop] = Math.max(Math.abs(measure.coefficient(hop)), hop == LOOK_AHEAD ? 0 : largest[hop + 1]);
        }
        return largest;
    }

    /**
     * How far the sum went: the edges of the longest walks that were added up. A full sum of a measure of your own ends
     * when no coefficient of the next walks, up to 10,000 edges, gives a term that counts, for as many hops as it took
     * walks to reach the last unit; that is no proof that later terms would not have counted.
     *
     * @return the number of edges; {@link WalkMeasure#UNLIMITED} for the full resolvent and the full communicability,
     *     whose sums are known to converge, and for a map from elsewhere
     */
    public int hops() {
        return hops;
    }

    /**
     * The map, a copy.
     *
     * @return sources x targets; entry (a, b) is the influence from a to b
     */
    public INDArray matrix() {
        return Nd.array(map);
    }

    /**
     * The influence averaged over pairs of units of each pair of groups.
     *
     * @param fromGroups the group of each source unit, in order
     * @param toGroups the group of each target unit, in order
     * @return a map between groups, in order of first appearance
     */
    public InfluenceMap grouped(List<String> fromGroups, List<String> toGroups) {
        Groups groups = new Groups(fromGroups, toGroups, from.size(), to.size());
        return new InfluenceMap(groups.from(), groups.to(), groups.mean(map), hops);
    }

    /**
     * The map averaged over modules of equal size: units of module q are numbers q m to (q + 1) m - 1.
     *
     * @param modules how many modules; must divide the numbers of inputs and of outputs
     * @return a modules x modules map
     */
    public InfluenceMap byModule(int modules) {
        return grouped(Groups.modules("inputs", from.size(), modules), Groups.modules("outputs", to.size(), modules));
    }

    /**
     * One row a pair: {@code from}, {@code to}, {@code influence}.
     *
     * @return the table
     */
    public Table toTable() {
        return pairs(from, to, map);
    }

    /**
     * One row a pair, with a name in front so that several maps can stand in one table: {@code map}, {@code from},
     * {@code to}, {@code influence}.
     *
     * @param name the name of this map
     * @return the table
     */
    public Table toTable(String name) {
        Table table = toTable();
        StringColumn names = StringColumn.create("map");
        table.forEach(row -> names.append(name));
        return table.insertColumn(0, names);
    }

    /**
     * The map as it looks on paper, one row a source and one column a target, rounded: a fifth of the size of
     * {@link #toTable()} in a file, for maps that are kept to be drawn again. Columns {@code map}, {@code from} and the
     * targets.
     *
     * @param name the name of this map
     * @param decimals digits after the point, from 0 to 15
     * @return the table; {@link #pairs(Table)} turns it back into one row a pair
     * @throws IllegalArgumentException if two targets have names that do not differ in more than case, which columns
     *     must, or one is called {@code map} or {@code from}
     */
    public Table toMatrixTable(String name, int decimals) {
        double unit = Math.pow(10, Check.between("decimals", decimals, 0, 15));
        Map<String, String> columns = new HashMap<>(Map.of("map", "map", "from", "from"));
        for (String target : to) {
            String other = columns.put(target.toLowerCase(Locale.ROOT), target);
            if (other != null) {
                throw new IllegalArgumentException(
                        "target '%s' cannot be a column beside '%s'; names must differ in more than case. Use toTable()."
                                .formatted(target, other));
            }
        }
        StringColumn names = StringColumn.create("map");
        from.forEach(source -> names.append(name));
        Table table = Table.create("influence", names, StringColumn.create("from", from));
        for (int column = 0; column < to.size(); column++) {
            DoubleColumn values = DoubleColumn.create(to.get(column));
            for (int row = 0; row < from.size(); row++) {
                // Adding 0 makes 0.0 of -0.0.
                values.append(Math.rint(map.get(row, column) * unit) / unit + 0.0);
            }
            table.addColumns(values);
        }
        return table;
    }

    /**
     * One row a pair from tables of {@link #toMatrixTable}, which may stand below each other and have further columns in
     * front, as a sweep gives them.
     *
     * @param matrices a column {@code from}, and after it one column of numbers a target
     * @return the columns in front, {@code from}, {@code to}, {@code influence}
     * @throws IllegalArgumentException if there is no column {@code from} with targets after it
     */
    public static Table pairs(Table matrices) {
        int first = matrices.columnNames().indexOf("from") + 1;
        if (first == 0 || first == matrices.columnCount()) {
            throw new IllegalArgumentException("the table has columns %s; it needs 'from' and after it the targets."
                    .formatted(matrices.columnNames()));
        }
        List<String> targets = matrices.columnNames().subList(first, matrices.columnCount());
        Table pairs = Table.create("influence");
        matrices.columns().subList(0, first).forEach(column -> pairs.addColumns(column.emptyCopy()));
        StringColumn to = StringColumn.create("to");
        DoubleColumn influence = DoubleColumn.create("influence");
        for (int row = 0; row < matrices.rowCount(); row++) {
            for (String target : targets) {
                for (int column = 0; column < first; column++) {
                    pairs.column(column).appendObj(matrices.get(row, column));
                }
                to.append(target);
                influence.append(matrices.doubleColumn(target).getDouble(row));
            }
        }
        return pairs.addColumns(to, influence);
    }

    static Table pairs(List<String> from, List<String> to, DMatrixRMaj map) {
        StringColumn sources = StringColumn.create("from");
        StringColumn targets = StringColumn.create("to");
        for (String source : from) {
            for (String target : to) {
                sources.append(source);
                targets.append(target);
            }
        }
        return Table.create("influence", sources, targets, DoubleColumn.create("influence", map.data));
    }

    @Override
    public String toString() {
        double[] entries = Arrays.copyOf(map.data, map.getNumElements());
        return "influence of %s on %s, entries %s to %s, %s"
                .formatted(
                        Texts.count(from.size(), "unit"),
                        Texts.count(to.size(), "unit"),
                        Texts.number(Arrays.stream(entries).min().orElse(Double.NaN)),
                        Texts.number(Arrays.stream(entries).max().orElse(Double.NaN)),
                        Texts.mark(entries));
    }
}
