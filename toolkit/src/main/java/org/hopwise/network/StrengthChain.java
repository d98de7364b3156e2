package org.hopwise.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.hopwise.Seed;
import org.hopwise.internal.machine.Interruption;

/**
 * Draws of {@link Rewiring} whose weights are then exchanged between the edges of a source until every unit receives about
 * what it received: simulated annealing on E = sum (in - in0)^2 / sum in0^2. The start temperature is the median rise of
 * 1,000 proposals; each stage has one proposal an edge and is 0.95 as warm.
 */
final class StrengthChain implements NullChain {

    private static final int STAGES = 300;
    private static final double GOOD = 1e-8;
    private static final double COOLING = 0.95;
    private static final int TRIED = 1_000;
    private static final int MEASURED_STAGES = 10;

    private final Rewiring degrees;
    private final Seed seed;
    private final double[] wanted;
    private final double norm;
    private final boolean loops;
    private int drawn;
    private double worst;

    StrengthChain(Draw observed, boolean loops, Seed seed) {
        EdgeList edges = observed.edges();
        this.degrees = new Rewiring(observed, new double[edges.edges()], loops, seed.named("degrees"));
        this.seed = seed.named("strengths");
        this.loops = loops;
        this.wanted = received(edges);
        this.norm = Math.max(
                Double.MIN_NORMAL, Arrays.stream(wanted).map(in -> in * in).sum());
    }

    private static double[] received(EdgeList edges) {
        double[] in = new double[edges.units];
        for (int edge = 0; edge < edges.edges(); edge++) {
            in[edges.to[edge]] += edges.weight[edge];
        }
        return in;
    }

    @Override
    public Draw next() {
        Draw draw = degrees.next();
        Annealing annealing = new Annealing(draw.edges(), seed.child(drawn++));
        EdgeList edges = draw.edges().with(annealing.run(STAGES));
        worst = Math.max(worst, Math.sqrt(annealing.error));
        return new Draw(edges, draw.sources(), draw.targets());
    }

    @Override
    public void skip() {
        degrees.skip();
        drawn++;
    }

    /** Seconds that a draw takes on this machine, if no draw ends early. */
    double secondsADraw() {
        Draw draw = degrees.next();
        // Once unmeasured: code that the JIT has not yet compiled is ten times as slow.
        new Annealing(draw.edges(), seed).run(MEASURED_STAGES);
        long start = System.nanoTime();
        new Annealing(draw.edges(), seed).run(MEASURED_STAGES);
        return (System.nanoTime() - start) * 1e-9 * STAGES / MEASURED_STAGES;
    }

    /** One draw's weights on their way. */
    private final class Annealing {

        private final EdgeList edges;
        private final double[] weight;
        private final int[] first;
        private final double[] off;
        private final UniformRandomProvider random;
        private double error;

        Annealing(EdgeList edges, Seed draw) {
            this.edges = edges;
            this.weight = edges.weight.clone();
            this.random = RandomSource.XO_SHI_RO_256_PP.create(draw.value());
            this.off = new double[edges.units];
            this.first = new int[edges.units + 1];
            measure();
        }

        /** Sources of the chain's slots rise; loops that stay stand behind them and keep their weights. */
        private int movable() {
            int count = edges.edges();
            while (!loops && count > 0 && edges.from[count - 1] == edges.to[count - 1]) {
                count--;
            }
            return count;
        }

        private void measure() {
            double[] in = received(edges.with(weight));
            error = 0;
            for (int unit = 0; unit < in.length; unit++) {
                off[unit] = in[unit] - wanted[unit];
                error += off[unit] * off[unit] / norm;
            }
        }

        double[] run(int stages) {
            int movable = movable();
            for (int edge = 0; edge < movable; edge++) {
                first[edges.from[edge] + 1]++;
            }
            for (int unit = 0; unit < edges.units; unit++) {
                first[unit + 1] += first[unit];
            }
            double temperature = temperature(movable);
            for (int stage = 0; stage < stages && error >= GOOD; stage++) {
                for (int i = 0; i < movable; i++) {
                    if ((i & 4095) == 0) {
                        Interruption.check();
                    }
                    propose(movable, temperature, true);
                }
                temperature *= COOLING;
                // Sums of many small changes drift.
                measure();
            }
            return weight;
        }

        private double temperature(int movable) {
            double[] rises = new double[TRIED];
            int count = 0;
            for (int i = 0; i < TRIED && movable > 0; i++) {
                double rise = propose(movable, 0, false);
                if (rise > 0) {
                    rises[count++] = rise;
                }
            }
            Arrays.sort(rises, 0, count);
            return count == 0 ? 0 : rises[count / 2];
        }

        /** The change of E that an exchange would bring; brought about if wanted and accepted. */
        private double propose(int movable, double temperature, boolean wantedToo) {
            int one = random.nextInt(movable);
            int start = first[edges.from[one]];
            int other = start + random.nextInt(first[edges.from[one] + 1] - start);
            double change = weight[other] - weight[one];
            if (change == 0 || edges.to[one] == edges.to[other]) {
                return 0;
            }
            double p = off[edges.to[one]];
            double q = off[edges.to[other]];
            // (p + c)^2 - p^2 + (q - c)^2 - q^2
            double rise = 2 * change * (p - q + change) / norm;
            if (wantedToo && (rise <= 0 || random.nextDouble() < Math.exp(-rise / temperature))) {
                double kept = weight[one];
                weight[one] = weight[other];
                weight[other] = kept;
                off[edges.to[one]] += change;
                off[edges.to[other]] -= change;
                error += rise;
            }
            return rise;
        }
    }

    @Override
    public List<String> notes() {
        return List.of(
                degrees.notes().get(0),
                String.format(
                        Locale.ROOT,
                        "in-strengths are met within %.3g %% (root of the relative square error, worst draw)",
                        100 * worst));
    }
}
