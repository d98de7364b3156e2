package org.hopwise.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.MarsagliaTsangWangDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.Seed;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.machine.Cores;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;
import org.hopwise.internal.machine.Parallel;
import org.hopwise.stats.NullTest;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Which targets some sources together influence most, and how sure that order is. The influence on a target is the sum over
 * sources of (I - B)^-1 - I, B = alpha A / radius: all walks of one edge or more. Counts of synapses are draws themselves, so
 * they are drawn anew, at the scale of the observed counts; alpha is a choice, so ranks are given over several. Both make
 * intervals, and neither stands for the other.
 *
 * <p>Edges that were never seen stay unseen in every draw: intervals say nothing of them.
 */
public final class InfluenceRanks {

    private static final double NEGLIGIBLE = 1e-17;
    private static final int MOST_HOPS = 100_000;
    private static final int LOOK_EVERY = 16;
    private static final int MOST_DENSE = 2_500;

    private final EdgeList edges;
    private final int[] sources;
    private final int[] targets;
    private final List<String> to;
    private final double scale;
    private final String scaledBy;

    private InfluenceRanks(
            EdgeList edges, int[] sources, int[] targets, List<String> to, double scale, String scaledBy) {
        this.edges = edges;
        this.sources = sources;
        this.targets = targets;
        this.to = List.copyOf(to);
        this.scale = scale;
        this.scaledBy = scaledBy;
    }

    /**
     * Influence at fractions of the spectral radius.
     *
     * @param wiring the diagram
     * @param from names of the source units
     * @param to names of the target units
     * @return the ranks
     * @throws IllegalArgumentException if a name is unknown or the diagram has no cycle
     */
    public static InfluenceRanks of(Wiring wiring, List<String> from, List<String> to) {
        double radius = wiring.spectralRadius();
        return of(wiring, from, to, radius, "spectral radius");
    }

    /**
     * Influence at fractions of the largest real part of an eigenvalue, as the ConnectomeInfluenceCalculator has it. Without
     * negative weights that is the spectral radius (Perron and Frobenius); with them it is smaller, so that walks may diverge
     * below alpha = 1. Cost: all eigenvalues of a signed diagram, of up to 2,500 units.
     *
     * @param wiring the diagram
     * @param from names of the source units
     * @param to names of the target units
     * @return the ranks
     * @throws IllegalArgumentException if a name is unknown, no eigenvalue has a positive real part, or there are too many
     *     units
     */
    public static InfluenceRanks byRealPart(Wiring wiring, List<String> from, List<String> to) {
        EdgeList edges = EdgeList.of(wiring);
        double part = edges.isNonNegative() ? wiring.spectralRadius() : realPart(edges);
        return of(wiring, from, to, part, "largest real part");
    }

    private static double realPart(EdgeList edges) {
        if (edges.units > MOST_DENSE) {
            throw new IllegalArgumentException(
                    "a signed wiring of %d units has too many for all its eigenvalues; at most %d, or scale by the radius."
                            .formatted(edges.units, MOST_DENSE));
        }
        Memory.square("Eigenvalues of %d units".formatted(edges.units), edges.units, 4, "Scale by the radius");
        DMatrixRMaj dense = edges.recurrent();
        var eigen = DecompositionFactory_DDRM.eig(edges.units, false);
        if (!eigen.decompose(dense)) {
            throw new IllegalStateException("the eigenvalues did not converge; scale by the radius.");
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).real);
        }
        return largest;
    }

    private static InfluenceRanks of(Wiring wiring, List<String> from, List<String> to, double scale, String by) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException(
                    "the %s is %s, which gives no scale; the wiring needs a cycle.".formatted(by, scale));
        }
        return new InfluenceRanks(
                EdgeList.of(wiring), UnitNumbers.of(wiring, from), UnitNumbers.of(wiring, to), to, scale, by);
    }

    /**
     * What alpha is a fraction of.
     *
     * @return the spectral radius, or the largest real part
     */
    public double scale() {
        return scale;
    }

    /**
     * What a reader should know: scales below 1 enlarge weights.
     *
     * @return sentences
     */
    public List<String> notes() {
        return scale < 1
                ? List.of("the %s is %s, below 1: weights are scaled up".formatted(scaledBy, scale))
                : List.of();
    }

    /**
     * The influence on each target.
     *
     * @param alpha the fraction of the scale, above 0
     * @return one a target, in their order
     * @throws org.hopwise.graph.DivergentWalksException never; a sum that diverges is NaN
     */
    public double[] influence(double alpha) {
        return influence(edges, Check.positive("alpha", alpha) / scale);
    }

    private double[] influence(EdgeList counted, double factor) {
        SparseMatrix incoming = counted.incoming();
        double[] reached = new double[counted.units];
        for (int source : sources) {
            reached[source]++;
        }
        double[] sum = new double[counted.units];
        double[] next = new double[counted.units];
        for (int hop = 1; hop <= MOST_HOPS; hop++) {
            incoming.multiply(reached, next);
            double largest = 0;
            double most = 0;
            for (int i = 0; i < next.length; i++) {
                next[i] *= factor;
                sum[i] += next[i];
                largest = Math.max(largest, Math.abs(next[i]));
                most = Math.max(most, Math.abs(sum[i]));
            }
            if (hop % LOOK_EVERY == 0) {
                Interruption.check();
                // A walk cannot be late by more edges than there are units.
                if (largest == 0 || (largest <= NEGLIGIBLE * most && hop > 2 * LOOK_EVERY)) {
                    return Arrays.stream(targets).mapToDouble(unit -> sum[unit]).toArray();
                }
                if (!Double.isFinite(largest)) {
                    break;
                }
            }
            double[] swap = reached;
            reached = next;
            next = swap;
        }
        double[] undefined = new double[targets.length];
        Arrays.fill(undefined, Double.NaN);
        return undefined;
    }

    /** Rank of each target, 1 the largest; ties by name. NaN throughout gives ranks by name, which nobody should read. */
    private int[] ranks(double[] influence) {
        Integer[] order = new Integer[targets.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order, Comparator.comparingDouble((Integer i) -> -influence[i]).thenComparing(to::get));
        int[] ranks = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank + 1;
        }
        return ranks;
    }

    /**
     * Influence and rank of every target at some alphas, with the range of its ranks over them. Usual: 0.2, 0.5, 0.8, 0.95,
     * 0.99.
     *
     * @param fractions fractions of the scale
     * @return one row an alpha and target: {@code alpha}, {@code to}, {@code influence}, {@code rank}, {@code rank_low},
     *     {@code rank_high} over the fractions
     * @throws IllegalArgumentException if walks diverge at an alpha
     */
    public Table overAlpha(double... fractions) {
        Check.positive("the number of fractions", fractions.length);
        double[][] values = new double[fractions.length][];
        int[][] ranks = new int[fractions.length][];
        for (int i = 0; i < fractions.length; i++) {
            values[i] = influence(fractions[i]);
            requireDefined(values[i], fractions[i]);
            ranks[i] = ranks(values[i]);
        }
        DoubleColumn alpha = DoubleColumn.create("alpha");
        StringColumn target = StringColumn.create("to");
        DoubleColumn influence = DoubleColumn.create("influence");
        IntColumn rank = IntColumn.create("rank");
        IntColumn low = IntColumn.create("rank_low");
        IntColumn high = IntColumn.create("rank_high");
        for (int i = 0; i < fractions.length; i++) {
            for (int t = 0; t < targets.length; t++) {
                int at = t;
                alpha.append(fractions[i]);
                target.append(to.get(t));
                influence.append(values[i][t]);
                rank.append(ranks[i][t]);
                low.append(Arrays.stream(ranks).mapToInt(r -> r[at]).min().orElseThrow());
                high.append(Arrays.stream(ranks).mapToInt(r -> r[at]).max().orElseThrow());
            }
        }
        return Table.create("influence over alpha", alpha, target, influence, rank, low, high);
    }

    private void requireDefined(double[] influence, double alpha) {
        if (influence.length > 0 && Double.isNaN(influence[0])) {
            throw new IllegalArgumentException(
                    "walks diverge at alpha = %s of the %s; use a smaller alpha, or scale by the radius."
                            .formatted(alpha, scaledBy));
        }
    }

    /**
     * Influence with counts drawn anew from Poisson distributions with the observed means.
     *
     * @param alpha the fraction of the scale, above 0
     * @param draws at least 2
     * @param seed the randomness
     * @return one row a target: {@code to}, {@code influence}; {@code low}, {@code high}, the middle 95 % of the draws; {@code
     *     rank}; {@code rank_low}, {@code rank_high}, the same of its ranks; {@code undefined}, draws that diverge and are left
     *     out
     * @throws IllegalArgumentException if a weight is no whole count, or walks diverge
     */
    public Table poisson(double alpha, int draws, Seed seed) {
        return resampled(
                alpha, draws, seed, (random, count) -> count == 0 ? null : PoissonSampler.of(random, count), 1);
    }

    /**
     * Influence with counts drawn anew as Binomial(count, rate) / rate, where each synapse is seen at a known rate.
     *
     * @param rate the detection rate, above 0 and at most 1
     * @param alpha the fraction of the scale, above 0
     * @param draws at least 2
     * @param seed the randomness
     * @return as {@link #poisson}
     * @throws IllegalArgumentException if a weight is no whole count, or walks diverge
     */
    public Table binomial(double rate, double alpha, int draws, Seed seed) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "detection rate is %s; it must be above 0 and at most 1.".formatted(rate));
        }
        return resampled(
                alpha,
                draws,
                seed,
                (random, count) -> MarsagliaTsangWangDiscreteSampler.Binomial.of(random, count, rate),
                rate);
    }

    private interface Counting {
        DiscreteSampler of(UniformRandomProvider random, int count);
    }

    private Table resampled(double alpha, int draws, Seed seed, Counting counting, double rate) {
        Check.between("draws", draws, 2, Integer.MAX_VALUE);
        for (double weight : edges.weight) {
            if (weight != Math.rint(weight) || Math.abs(weight) > 1e9) {
                throw new IllegalArgumentException(
                        "a weight is %s; only whole counts can be drawn anew.".formatted(weight));
            }
        }
        double[] observed = influence(alpha);
        requireDefined(observed, alpha);
        double[][] values = new double[draws][];
        int[][] ranks = new int[draws][];
        Parallel.run(Cores.count(), draws, draw -> {
            Interruption.check();
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(
                    seed.named("counts").child(draw).value());
            // Counts have few values, and making a sampler costs more than a draw.
            Map<Integer, DiscreteSampler> samplers = new HashMap<>();
            double[] counts = new double[edges.edges()];
            for (int e = 0; e < counts.length; e++) {
                int count = (int) Math.abs(edges.weight[e]);
                DiscreteSampler sampler = samplers.computeIfAbsent(count, c -> counting.of(random, c));
                counts[e] = Math.signum(edges.weight[e]) * sampler.sample() / rate;
            }
            values[draw] = influence(edges.with(counts), alpha / scale);
            ranks[draw] = ranks(values[draw]);
        });
        return table(observed, values, ranks);
    }

    private Table table(double[] observed, double[][] values, int[][] ranks) {
        List<Integer> defined = new ArrayList<>();
        for (int draw = 0; draw < values.length; draw++) {
            if (!Double.isNaN(values[draw][0])) {
                defined.add(draw);
            }
        }
        int[] rank = ranks(observed);
        StringColumn target = StringColumn.create("to");
        DoubleColumn influence = DoubleColumn.create("influence");
        DoubleColumn low = DoubleColumn.create("low");
        DoubleColumn high = DoubleColumn.create("high");
        IntColumn ranked = IntColumn.create("rank");
        DoubleColumn rankLow = DoubleColumn.create("rank_low");
        DoubleColumn rankHigh = DoubleColumn.create("rank_high");
        IntColumn undefined = IntColumn.create("undefined");
        for (int t = 0; t < targets.length; t++) {
            int at = t;
            NullTest of = NullTest.of(
                    observed[t],
                    defined.stream().mapToDouble(draw -> values[draw][at]).toArray());
            NullTest ofRank = NullTest.of(
                    rank[t],
                    defined.stream().mapToDouble(draw -> ranks[draw][at]).toArray());
            target.append(to.get(t));
            influence.append(observed[t]);
            low.append(of.low());
            high.append(of.high());
            ranked.append(rank[t]);
            rankLow.append(ofRank.low());
            rankHigh.append(ofRank.high());
            undefined.append(values.length - defined.size());
        }
        return Table.create("influence", target, influence, low, high, ranked, rankLow, rankHigh, undefined);
    }

    @Override
    public String toString() {
        return "influence of %d sources on %d targets, scaled by the %s %s"
                .formatted(sources.length, targets.length, scaledBy, scale);
    }
}
