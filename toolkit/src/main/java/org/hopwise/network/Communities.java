package org.hopwise.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.rng.simple.RandomSource;
import org.hopwise.Seed;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.Check;
import org.hopwise.internal.machine.Cores;
import org.hopwise.internal.machine.Parallel;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Modules of a wiring diagram that have as much weight inside as they can: the partition of largest modularity that 100
 * searches find, each in another order of the units, half of them from units thrown together at random (local moves and refinement after Louvain and Leiden: Blondel et al.,
 * 2008; Traag, Waltman and van Eck, 2019). Directed graphs are searched as (B + B') / 2, which has the same Q; without that a
 * move can raise what the search sees and lower Q, and it need not end.
 *
 * <p>One search proves nothing: look at how many reached the best Q and how alike their partitions are.
 */
public final class Communities {

    private static final int RESTARTS = 100;
    private static final double SAME = 1e-9;
    private static final int MOST_ROUNDS = 20;

    private final List<String> units;
    private final ModularityKind kind;
    private final double gamma;
    private final int[][] found;
    private final double[] q;
    private final int best;
    private final Seed seed;

    private Communities(List<String> units, ModularityKind kind, double gamma, int[][] found, double[] q, Seed seed) {
        this.units = units;
        this.kind = kind;
        this.gamma = gamma;
        this.found = found;
        this.q = q;
        this.seed = seed;
        int largest = 0;
        for (int restart = 1; restart < q.length; restart++) {
            largest = q[restart] > q[largest] + SAME ? restart : largest;
        }
        this.best = largest;
    }

    /**
     * Modules with gamma = 1; signed weights by {@link ModularityKind#ASYMMETRIC}, which without negative weights is plain
     * directed modularity.
     *
     * @param wiring the diagram
     * @param seed the randomness
     * @return the modules
     * @throws IllegalArgumentException if there is no edge
     */
    public static Communities of(Wiring wiring, Seed seed) {
        return of(wiring, ModularityKind.ASYMMETRIC, 1, seed);
    }

    /**
     * Modules of a kind of modularity, on all cores; the same on any number.
     *
     * @param wiring the diagram
     * @param kind how signs count
     * @param gamma resolution, above 0; more of it makes more modules
     * @param seed the randomness
     * @return the modules
     * @throws IllegalArgumentException if there is no edge
     */
    public static Communities of(Wiring wiring, ModularityKind kind, double gamma, Seed seed) {
        return of(wiring.names(), EdgeList.of(wiring), kind, Check.positive("gamma", gamma), seed);
    }

    private static Communities of(List<String> units, EdgeList edges, ModularityKind kind, double gamma, Seed seed) {
        if (edges.edges() == 0) {
            throw new IllegalArgumentException("there is no edge, so modularity is not defined; check the file.");
        }
        ModuleGraph graph = ModuleGraph.of(edges, kind, gamma);
        int[][] found = new int[RESTARTS][];
        double[] q = new double[RESTARTS];
        Parallel.run(Cores.count(), RESTARTS, restart -> {
            found[restart] = ModuleSearch.run(
                    graph,
                    restart % 2 == 1,
                    RandomSource.XO_SHI_RO_256_PP.create(
                            seed.named("communities").child(restart).value()));
            q[restart] = graph.modularity(found[restart]);
        });
        return new Communities(units, kind, gamma, found, q, seed);
    }

    /**
     * The modularity of a given partition.
     *
     * @param wiring the diagram
     * @param modules the module of each unit, in order
     * @param kind how signs count
     * @param gamma resolution
     * @return Q; NaN if there is no edge
     * @throws IllegalArgumentException if there is not one module a unit
     */
    public static double modularity(Wiring wiring, List<String> modules, ModularityKind kind, double gamma) {
        if (modules.size() != wiring.names().size()) {
            throw new IllegalArgumentException("modules has %d entries; it needs one for each of the %d units."
                    .formatted(modules.size(), wiring.names().size()));
        }
        EdgeList edges = EdgeList.of(wiring);
        List<String> names = new ArrayList<>(new TreeSet<>(modules));
        int[] module = modules.stream().mapToInt(names::indexOf).toArray();
        return edges.edges() == 0
                ? Double.NaN
                : ModuleGraph.of(edges, kind, gamma).modularity(module);
    }

    /**
     * The best Q.
     *
     * @return the modularity
     */
    public double modularity() {
        return q[best];
    }

    /**
     * How many of the 100 searches reached the best Q.
     *
     * @return from 1 to 100
     */
    public int reached() {
        return (int) Arrays.stream(q).filter(value -> value >= q[best] - SAME).count();
    }

    /**
     * How alike the partitions of all searches are: the mean adjusted Rand index over all pairs of them (Hubert and Arabie,
     * 1985), 1 if all are the same, about 0 if they agree as chance would.
     *
     * @return the mean
     */
    public double agreement() {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < found.length; i++) {
            for (int j = 0; j < i; j++, pairs++) {
                sum += adjustedRand(found[i], found[j]);
            }
        }
        return sum / pairs;
    }

    /**
     * How alike the best partition and a given one are.
     *
     * @param modules the module of each unit, in order
     * @return the adjusted Rand index
     * @throws IllegalArgumentException if there is not one module a unit
     */
    public double agreement(List<String> modules) {
        if (modules.size() != units.size()) {
            throw new IllegalArgumentException("modules has %d entries; it needs one for each of the %d units."
                    .formatted(modules.size(), units.size()));
        }
        List<String> names = new ArrayList<>(new TreeSet<>(modules));
        return adjustedRand(
                found[best], modules.stream().mapToInt(names::indexOf).toArray());
    }

    static double adjustedRand(int[] a, int[] b) {
        Map<Long, Integer> both = new HashMap<>();
        Map<Integer, Integer> one = new HashMap<>();
        Map<Integer, Integer> other = new HashMap<>();
        for (int i = 0; i < a.length; i++) {
            both.merge((long) a[i] << 32 | b[i], 1, Integer::sum);
            one.merge(a[i], 1, Integer::sum);
            other.merge(b[i], 1, Integer::sum);
        }
        double together = both.values().stream().mapToDouble(Communities::pairs).sum();
        double inOne = one.values().stream().mapToDouble(Communities::pairs).sum();
        double inOther = other.values().stream().mapToDouble(Communities::pairs).sum();
        double expected = pairs(a.length) == 0 ? 0 : inOne * inOther / pairs(a.length);
        double most = (inOne + inOther) / 2;
        // Both all in one module, or both all apart.
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double pairs(int n) {
        return n * (n - 1.0) / 2;
    }

    /**
     * The module of each unit in the best partition, numbered from 1 by first appearance.
     *
     * @return one a unit, in the diagram's order
     */
    public List<Integer> modules() {
        return Arrays.stream(found[best]).mapToObj(module -> module + 1).toList();
    }

    /**
     * The partition that the searches agree on: units that are in one module in more than half of the searches are linked by
     * that fraction, these links are searched for modules in turn, until all searches agree or 20 rounds are over (Lancichinetti
     * and Fortunato, 2012). Cost: units^2 in memory.
     *
     * @return the module of each unit, numbered from 1 by first appearance
     */
    public List<Integer> consensus() {
        int[][] partitions = found;
        for (int round = 0; round < MOST_ROUNDS && !allSame(partitions); round++) {
            EdgeList linked = together(partitions, units.size());
            if (linked.edges() == 0) {
                return numbers(ModuleSearch.numbered(singles()));
            }
            Communities next = of(
                    units,
                    linked,
                    ModularityKind.POSITIVE,
                    gamma,
                    seed.named("consensus").child(round));
            partitions = next.found;
        }
        return numbers(partitions[0]);
    }

    private int[] singles() {
        int[] singles = new int[units.size()];
        Arrays.setAll(singles, u -> u);
        return singles;
    }

    private static List<Integer> numbers(int[] modules) {
        return Arrays.stream(modules).mapToObj(module -> module + 1).toList();
    }

    private static boolean allSame(int[][] partitions) {
        return Arrays.stream(partitions).allMatch(partition -> Arrays.equals(partition, partitions[0]));
    }

    private static EdgeList together(int[][] partitions, int n) {
        List<int[]> ends = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int same = 0;
                for (int[] partition : partitions) {
                    same += partition[i] == partition[j] ? 1 : 0;
                }
                if (i != j && 2 * same > partitions.length) {
                    ends.add(new int[] {i, j});
                    shares.add((double) same / partitions.length);
                }
            }
        }
        return new EdgeList(
                n,
                ends.stream().mapToInt(end -> end[0]).toArray(),
                ends.stream().mapToInt(end -> end[1]).toArray(),
                shares.stream().mapToDouble(share -> share).toArray());
    }

    /**
     * One row a unit of the best partition: {@code unit}, {@code module}.
     *
     * @return the table
     */
    public Table table() {
        return Table.create(
                "communities",
                StringColumn.create("unit", units),
                IntColumn.create("module", modules().toArray(Integer[]::new)));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d modules, %s modularity %.6g (gamma %s), reached by %d of %d searches, mean adjusted Rand index %.3g",
                Arrays.stream(found[best]).max().orElse(-1) + 1,
                kind,
                q[best],
                gamma,
                reached(),
                q.length,
                agreement());
    }
}
