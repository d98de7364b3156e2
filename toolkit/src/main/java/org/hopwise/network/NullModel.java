package org.hopwise.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hopwise.Seed;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.Weights;

/**
 * What chance is taken to be: all graphs that share something with the observed one. {@link Nulls} makes them and says what
 * each keeps. Weights of 0 are no edges; edges from a unit to itself stay where they are unless they are shuffled too.
 *
 * @param kind what is kept
 * @param shufflesLoops whether edges from a unit to itself are shuffled too; {@code synapses} and {@code spectrum} always do
 */
public record NullModel(Kind kind, boolean shufflesLoops) implements Serializable {

    /** What a draw shares with the observed graph, exactly unless it says otherwise. */
    public enum Kind {
        /** Edges, and all weights together. */
        WEIGHTS,
        /** What each target receives, zeros included. */
        ROWS,
        /** What each source sends, zeros included. */
        COLUMNS,
        /** In- and out-degrees, and the weights that each source sends. */
        DEGREE,
        /** The same for positive and for negative edges. */
        DEGREE_SIGNED,
        /** The weights that each unit receives and those that it sends, so all degrees and strengths. */
        CLASSES,
        /** What DEGREE keeps, and what each unit receives in all up to an error that is told. */
        STRENGTH,
        /** The sums of counts that each unit sends and receives. */
        SYNAPSES,
        /** All eigenvalues and singular values. */
        SPECTRUM,
        /** The graph; sources and targets are other units. */
        ROLES;

        /** The name in lower case with hyphens, such as degree-signed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The same null model with edges from a unit to itself among those that are shuffled.
     *
     * @return a copy
     */
    public NullModel shufflingLoops() {
        return new NullModel(kind, true);
    }

    /**
     * Draws of a wiring diagram. Those of {@code degree}, {@code degree-signed}, {@code classes} and {@code strength} are one
     * Markov chain with 100 proposals an edge before the first and 20 before each other one.
     *
     * @param wiring the observed diagram
     * @param draws how many
     * @param seed the randomness
     * @return diagrams of the same units
     * @throws IllegalArgumentException if the null model does not fit the diagram
     */
    public List<Wiring> draws(Wiring wiring, int draws, Seed seed) {
        requireGraph();
        return draws(EdgeList.of(wiring), draws, seed)
                .map(edges -> edges.wiring(wiring.names()))
                .toList();
    }

    /**
     * Draws of a network's recurrent weights; input, output and biases stay.
     *
     * @param weights the observed network
     * @param draws how many
     * @param seed the randomness
     * @return networks of the same size
     * @throws IllegalArgumentException if the null model does not fit the network
     */
    public List<Weights> draws(Weights weights, int draws, Seed seed) {
        requireGraph();
        Matrices m = WeightsDoor.matrices(weights);
        return draws(EdgeList.of(m.recurrent()), draws, seed)
                .map(edges -> WeightsDoor.<Weights>weights(
                        new Matrices(m.input(), edges.recurrent(), m.output(), m.hiddenBias(), m.outputBias())))
                .toList();
    }

    private void requireGraph() {
        if (kind == Kind.ROLES) {
            throw new IllegalArgumentException(
                    "the null 'roles' keeps the graph and draws sources and targets; use HopProfile.against.");
        }
    }

    private Stream<EdgeList> draws(EdgeList edges, int draws, Seed seed) {
        Check.positive("draws", draws);
        NullChain chain = chain(new NullChain.Draw(edges, new int[0], new int[0]), seed);
        List<EdgeList> all = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            all.add(chain.next().edges());
        }
        return all.stream();
    }

    /** A chain of draws. Sources and targets are null where the ends of walks are no units of the graph. */
    NullChain chain(NullChain.Draw observed, Seed seed) {
        EdgeList edges = observed.edges();
        return switch (kind) {
            case WEIGHTS -> Shuffles.chain(observed, seed, (from, random) -> Shuffles.weights(from, loops(), random));
            case ROWS -> Shuffles.chain(observed, seed, (from, random) -> Shuffles.lines(from, true, loops(), random));
            case COLUMNS ->
                Shuffles.chain(observed, seed, (from, random) -> Shuffles.lines(from, false, loops(), random));
            case DEGREE -> new Rewiring(observed, new double[edges.edges()], loops(), seed);
            case DEGREE_SIGNED -> {
                double[] signs = edges.weight.clone();
                for (int edge = 0; edge < signs.length; edge++) {
                    signs[edge] = Math.signum(signs[edge]);
                }
                yield new Rewiring(observed, signs, loops(), seed);
            }
            case CLASSES -> new Rewiring(observed, edges.weight, loops(), seed);
            case STRENGTH -> new StrengthChain(observed, loops(), seed);
            case SYNAPSES -> Shuffles.chain(observed, seed, Shuffles::synapses);
            case SPECTRUM ->
                Shuffles.chain(observed, seed, (from, random) -> Shuffles.spectrum(from, Seed.of(random.nextLong())));
            case ROLES -> roles(observed, seed);
        };
    }

    private boolean loops() {
        return shufflesLoops;
    }

    private static NullChain roles(NullChain.Draw observed, Seed seed) {
        if (observed.sources() == null) {
            throw new IllegalArgumentException(
                    "the null 'roles' draws units as sources and targets; inputs and outputs of a network are no units, use 'spectrum' or 'degree'.");
        }
        int ends = observed.sources().length + observed.targets().length;
        if (ends > observed.edges().units) {
            throw new IllegalArgumentException(
                    "%d sources and targets cannot be drawn apart from each other among %d units; use fewer."
                            .formatted(ends, observed.edges().units));
        }
        return Shuffles.chain(observed, seed, Shuffles::roles);
    }

    /** The name, and whether loops are shuffled too. */
    @Override
    public String toString() {
        return kind + (shufflesLoops ? " with loops" : "");
    }
}
