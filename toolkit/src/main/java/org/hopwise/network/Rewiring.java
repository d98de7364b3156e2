package org.hopwise.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.hopwise.Seed;
import org.hopwise.internal.machine.Interruption;

/**
 * A Markov chain over all graphs in which every unit keeps the number of its incoming and of its outgoing edges of each
 * class. With a single class these are its degrees; with the sign as class the degrees of each sign; with the weight as class
 * its multisets of weights. Proposals are symmetric and refused ones count, so the chain is uniform over what it reaches.
 *
 * <p>Each edge is a slot with a source, a weight and a class that never change; only targets move, so what a source sends
 * is kept without a check.
 *
 * <ul>
 *   <li>19 of 20 proposals are squares: edges a to b and c to d of one class, while a to d and c to b are of one other class,
 *       or are no edges: the classes change places.
 *   <li>1 of 20 are triangles: an edge i to j, an edge j to k of its class; if k to i is of that class too and no edge runs the
 *       other way, all three turn round. Squares alone never leave a directed triangle.
 * </ul>
 */
final class Rewiring implements NullChain {

    private static final int BURN_IN = 100;
    private static final int BETWEEN = 20;
    private static final int TRIANGLES = 20;
    private static final int UNTIL_CHECK = 4096;

    private final Draw observed;
    private final EdgeList fixed;
    private final boolean loops;
    private final UniformRandomProvider random;

    /** Source and target of each slot in one number, since a proposal waits for memory and for nothing else. */
    private final long[] ends;

    private final int[] before;
    private final double[] weight;
    /** Class of each slot; slots stand in order of class, then source. */
    private final int[] kind;
    /** Slots of class c begin at begin[c]. */
    private final int[] begin;
    /** The slots of unit u are slots[first[u]] to slots[first[u + 1] - 1]. */
    private final int[] first;

    private final int[] slots;
    private final EdgeSet joined;
    private final boolean[] moved;
    private boolean burnt;
    private int untilTriangle;

    /** Classes may be any numbers; equal ones are one class. */
    Rewiring(Draw observed, double[] classes, boolean loops, Seed seed) {
        this.observed = observed;
        this.loops = loops;
        this.random = RandomSource.XO_SHI_RO_256_PP.create(seed.value());
        EdgeList all = observed.edges();
        // Loops that stay take no part: they are no edges of the chain.
        this.fixed = loops ? new EdgeList(all.units, new int[0], new int[0], new double[0]) : all.loops(true);
        int[] order = IntStream.range(0, all.edges())
                .filter(e -> loops || all.from[e] != all.to[e])
                .boxed()
                .sorted((a, b) -> classes[a] != classes[b]
                        ? Double.compare(classes[a], classes[b])
                        : Integer.compare(all.from[a], all.from[b]))
                .mapToInt(e -> e)
                .toArray();
        int[] from = Arrays.stream(order).map(e -> all.from[e]).toArray();
        before = Arrays.stream(order).map(e -> all.to[e]).toArray();
        ends = new long[order.length];
        for (int slot = 0; slot < ends.length; slot++) {
            ends[slot] = ends(from[slot], before[slot]);
        }
        weight = Arrays.stream(order).mapToDouble(e -> all.weight[e]).toArray();
        kind = new int[order.length];
        for (int slot = 1; slot < order.length; slot++) {
            boolean same = classes[order[slot]] == classes[order[slot - 1]];
            kind[slot] = same ? kind[slot - 1] : kind[slot - 1] + 1;
        }
        begin = begins(order.length == 0 ? 0 : kind[order.length - 1] + 1, kind);
        slots = IntStream.range(0, order.length)
                .boxed()
                .sorted((a, b) -> Integer.compare(from[a], from[b]))
                .mapToInt(slot -> slot)
                .toArray();
        first = begins(all.units, Arrays.stream(slots).map(slot -> from[slot]).toArray());
        joined = EdgeSet.of(new EdgeList(all.units, from, before, weight));
        untilTriangle = untilTriangle();
        moved = new boolean[order.length];
    }

    private static long ends(int source, int target) {
        return (long) source << Integer.SIZE | target;
    }

    private static int source(long ends) {
        return (int) (ends >>> Integer.SIZE);
    }

    private static int target(long ends) {
        return (int) ends;
    }

    /** How many squares until the next triangle, if one of 20 proposals is one: geometric, so one draw stands for many. */
    private int untilTriangle() {
        return (int) (Math.log(1 - random.nextDouble()) / Math.log1p(-1.0 / TRIANGLES));
    }

    /** Where each of the numbers 0 to count - 1 begins in a sorted array. */
    private static int[] begins(int count, int[] sorted) {
        int[] begins = new int[count + 1];
        for (int value : sorted) {
            begins[value + 1]++;
        }
        for (int i = 0; i < count; i++) {
            begins[i + 1] += begins[i];
        }
        return begins;
    }

    @Override
    public Draw next() {
        skip();
        int[] from = new int[ends.length];
        int[] to = new int[ends.length];
        for (int slot = 0; slot < ends.length; slot++) {
            from[slot] = source(ends[slot]);
            to[slot] = target(ends[slot]);
        }
        EdgeList edges = new EdgeList(observed.edges().units, from, to, weight);
        return new Draw(fixed.edges() == 0 ? edges : edges.and(fixed), observed.sources(), observed.targets());
    }

    @Override
    public void skip() {
        propose((long) (burnt ? BETWEEN : BURN_IN) * ends.length);
        burnt = true;
        for (int slot = 0; slot < ends.length; slot++) {
            moved[slot] |= target(ends[slot]) != before[slot];
        }
    }

    /** A number of proposals, refused ones included. */
    void propose(long proposals) {
        if (ends.length == 0) {
            return;
        }
        for (long left = proposals; left > 0; left -= UNTIL_CHECK) {
            Interruption.check();
            for (int i = 0; i < Math.min(left, UNTIL_CHECK); i++) {
                if (untilTriangle-- == 0) {
                    triangle();
                    untilTriangle = untilTriangle();
                } else {
                    square();
                }
            }
        }
    }

    private void square() {
        // Two numbers below the bounds from the halves of one; what 32 bits leave uneven is the same for a proposal and
        // back.
        long bits = random.nextLong();
        int one = (int) (((bits >>> Integer.SIZE) * ends.length) >>> Integer.SIZE);
        int start = 0;
        int count = ends.length;
        if (begin.length > 2) {
            start = begin[kind[one]];
            count = begin[kind[one] + 1] - start;
        }
        int other = start + (int) (((bits & 0xffffffffL) * count) >>> Integer.SIZE);
        int a = source(ends[one]);
        int b = target(ends[one]);
        int c = source(ends[other]);
        int d = target(ends[other]);
        if (a == c || b == d || (!loops && (a == d || c == b))) {
            return;
        }
        boolean ad = joined.has(a, d);
        boolean cb = joined.has(c, b);
        if (!ad && !cb) {
            joined.remove(a, b);
            joined.remove(c, d);
            joined.add(a, d);
            joined.add(c, b);
            turn(one, d);
            turn(other, b);
        } else if (ad && cb && begin.length > 2) {
            int across = slot(a, d);
            int back = slot(c, b);
            if (kind[across] == kind[back] && kind[across] != kind[one]) {
                turn(one, d);
                turn(across, b);
                turn(other, b);
                turn(back, d);
            }
        }
    }

    private void triangle() {
        int one = random.nextInt(ends.length);
        int i = source(ends[one]);
        int j = target(ends[one]);
        int from = first(j, begin[kind[one]]);
        int count = first(j, begin[kind[one] + 1]) - from;
        if (count == 0) {
            return;
        }
        int two = slots[from] + random.nextInt(count);
        int k = target(ends[two]);
        if (i == j || j == k || k == i || !joined.has(k, i)) {
            return;
        }
        int three = slot(k, i);
        if (kind[three] != kind[one] || joined.has(j, i) || joined.has(k, j) || joined.has(i, k)) {
            return;
        }
        joined.remove(i, j);
        joined.remove(j, k);
        joined.remove(k, i);
        joined.add(i, k);
        joined.add(j, i);
        joined.add(k, j);
        turn(one, k);
        turn(two, i);
        turn(three, j);
    }

    private void turn(int slot, int target) {
        ends[slot] = ends(source(ends[slot]), target);
    }

    /** The slot of an edge that is there. */
    private int slot(int source, int target) {
        int at = first[source];
        while (target(ends[slots[at]]) != target) {
            at++;
        }
        return slots[at];
    }

    /** Where among the slots of a unit, which rise, the first stands that is at least this one. */
    private int first(int unit, int slot) {
        int low = first[unit];
        int high = first[unit + 1];
        if (slot == 0) {
            return low;
        }
        if (slot == ends.length) {
            return high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slots[middle] < slot) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public List<String> notes() {
        int still = 0;
        for (boolean slot : moved) {
            still += slot ? 0 : 1;
        }
        return List.of(String.format(
                Locale.ROOT,
                "%.4g %% of the edges never moved",
                moved.length == 0 ? 100 : 100.0 * still / moved.length));
    }
}
