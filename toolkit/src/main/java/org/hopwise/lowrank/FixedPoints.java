package org.hopwise.lowrank;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Texts;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Interruption;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * All fixed points of a piecewise-linear low-rank network, in polynomial cost. The kinks of the units are hyperplanes in
 * the R latents and cut them into about N^R / R! regions; in each the network is linear and has one fixed point, which counts
 * if it lies in its region. Patterns of units, of which there are 2^N, are never gone through.
 *
 * <p>Cost: one solve of R equations a vertex, C(N, R) of them (2^R times as many for clipped units), and one a region, each
 * with N R^2 operations; memory for the results only. Up to 5e7 vertices. The same points on any number of threads. Computed at
 * the first question and kept. Source: arXiv 2406.16749, section on fixed points; the way through regions without storing
 * them, degenerate arrangements and the index sum are our own.
 */
public final class FixedPoints {

    private static final double MOST_VERTICES = 5e7;

    private final LowRank network;
    private final double[] input;
    private final Pieces pieces;
    private volatile Result result;

    private FixedPoints(LowRank network, double[] input) {
        this.network = network;
        this.input = input;
        this.pieces = Pieces.of(network, input);
        double vertices = pieces.vertices();
        if (vertices > MOST_VERTICES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d kinks in %d latents meet in %.3g vertices; at most %.0e are gone through. Use fewer units or a lower rank.",
                    pieces.count(),
                    pieces.dimensions(),
                    vertices,
                    MOST_VERTICES));
        }
    }

    /**
     * The fixed points without input.
     *
     * @param n a network of RELU, CLIPPED or IDENTITY units
     * @return its fixed points, found at the first question
     * @throws IllegalArgumentException for TANH units, and for more than 5e7 vertices
     */
    public static FixedPoints of(LowRank n) {
        return new FixedPoints(n, new double[0]);
    }

    /**
     * The fixed points under a constant input.
     *
     * @param input v, one value an input
     * @return a copy with the input
     */
    public FixedPoints under(double... input) {
        return new FixedPoints(network, input.clone());
    }

    /** What the search through all regions gave. */
    private record Result(List<FixedPoint> points, List<SingularRegion> singular, long vertexSolves, long regions) {}

    private Result result() {
        Result known = result;
        if (known == null) {
            RegionSearch search = new RegionSearch(pieces);
            known = new Result(search.points(), search.singular(), search.vertexSolves(), search.regions());
            result = known;
        }
        return known;
    }

    /**
     * The fixed points in rising order of their latents.
     *
     * @return all of them
     * @throws org.hopwise.StoppedException if the calling thread is interrupted
     */
    public List<FixedPoint> points() {
        return result().points();
    }

    /**
     * One row a point: {@code point}, {@code z0}, {@code z1}, …, {@code stability}, {@code modulus} (the largest of an
     * eigenvalue), {@code boundary}.
     *
     * @return the table
     */
    public Table toTable() {
        Table table = Table.create("fixed points", IntColumn.create("point"));
        for (int r = 0; r < network.rank(); r++) {
            table.addColumns(DoubleColumn.create("z" + r));
        }
        table.addColumns(
                StringColumn.create("stability"), DoubleColumn.create("modulus"), BooleanColumn.create("boundary"));
        int number = 0;
        for (FixedPoint p : points()) {
            table.intColumn("point").append(number++);
            for (int r = 0; r < network.rank(); r++) {
                table.doubleColumn("z" + r).append(p.latent()[r]);
            }
            table.stringColumn("stability").append(p.stability().name().toLowerCase(Locale.ROOT));
            double[][] values = p.eigenvalues();
            table.doubleColumn("modulus")
                    .append(values.length == 0 ? Double.NaN : Math.hypot(values[0][0], values[0][1]));
            table.booleanColumn("boundary").append(p.boundary());
        }
        return table;
    }

    /**
     * How many vertices were solved for: C(N, R), for clipped units 2^R times as many.
     *
     * @return the number
     */
    public long vertexSolves() {
        return result().vertexSolves();
    }

    /**
     * How many regions were solved in: where no more than R kinks meet in a point, the number of regions there are, sum of C(N, k) up
     * to k = R, for clipped units of C(N, k) 2^k; otherwise a few more.
     *
     * @return the number
     */
    public long regions() {
        return result().regions();
    }

    /**
     * The sum of the sign of det(I - Jac) over all points that lie on no kink. For rank 2 it is the winding number of z - f(z)
     * on a large circle, a check that no point is missing which needs no other search.
     *
     * @return the sum
     */
    public int indexSum() {
        return points().stream().mapToInt(FixedPoint::index).sum();
    }

    /**
     * How often z - f(z) turns around 0 while z goes round a circle, for rank 2: what {@link #indexSum} must be.
     *
     * @param radius of the circle about 0; larger than any fixed point is far
     * @return the winding number
     * @throws IllegalArgumentException unless the rank is 2
     */
    public int windingNumber(double radius) {
        if (network.rank() != 2) {
            throw new IllegalArgumentException(
                    "rank is %d; a winding number is that of a curve in two latents.".formatted(network.rank()));
        }
        Check.positive("radius", radius);
        Step step = new Step(network, input);
        int corners = Math.max(20_000, 200 * network.units());
        double turned = 0;
        double before = 0;
        for (int i = 0; i <= corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double[] z = {radius * Math.cos(angle), radius * Math.sin(angle)};
            double[] next = step.step(z);
            double direction = Math.atan2(z[1] - next[1], z[0] - next[0]);
            turned += i == 0 ? 0 : Math.IEEEremainder(direction - before, 2 * Math.PI);
            before = direction;
        }
        return (int) Math.rint(turned / (2 * Math.PI));
    }

    /**
     * Regions in which the equation is singular.
     *
     * @return none in general
     */
    public List<SingularRegion> singular() {
        return result().singular();
    }

    /**
     * The usual search, which misses points: from a random pattern of units solve, read the pattern at the solution, and go on
     * until it reproduces itself or 100 times; then from another pattern. One row a point that was found:
     * {@code solves} that had been made, {@code point} as in {@link #toTable}, -1 for one on a kink that is none there.
     *
     * @param solves how many linear solves it may make
     * @param s the randomness; its stream {@code "fixed point search"} is used
     * @return rows in the order of finding
     */
    public Table search(int solves, Seed s) {
        Check.positive("solves", solves);
        IntColumn when = IntColumn.create("solves");
        IntColumn which = IntColumn.create("point");
        List<FixedPoint> all = points();
        List<double[]> found = new ArrayList<>();
        Draws draws = new Draws(s.named("fixed point search"));
        int made = 0;
        while (made < solves) {
            boolean[] on = pieces.random(draws);
            for (int round = 0; round < 100 && made < solves; round++) {
                Interruption.check();
                double[] z = pieces.solve(on);
                made++;
                if (z == null) {
                    break;
                }
                boolean[] next = pieces.patternAt(z);
                if (java.util.Arrays.equals(on, next)) {
                    if (found.stream().noneMatch(other -> RegionSearch.isSame(other, z))) {
                        found.add(z);
                        when.append(made);
                        which.append(indexOf(all, z));
                    }
                    break;
                }
                on = next;
            }
        }
        return Table.create("points found by search", when, which);
    }

    private static int indexOf(List<FixedPoint> all, double[] z) {
        for (int i = 0; i < all.size(); i++) {
            if (RegionSearch.isSame(all.get(i).latent(), z)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        Result known = result;
        if (known == null) {
            return "fixed points of " + network;
        }
        Map<Stability, Integer> kinds = new EnumMap<>(Stability.class);
        known.points().forEach(p -> kinds.merge(p.stability(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        kinds.forEach((kind, count) -> parts.add(count + " " + kind.name().toLowerCase(Locale.ROOT)));
        return Texts.count(known.points().size(), "fixed point")
                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }
}
