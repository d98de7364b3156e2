package org.hopwise.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hopwise.network.NullModel.Kind;

/**
 * Null models, by what their draws keep. Choose by the question: {@link #degree} asks whether more than the numbers of
 * partners matters, {@link #classes} whether more than the strengths of counts does, {@link #roles} whether sources and
 * targets are placed as any units would be, {@link #spectrum} whether more than the modes of a trained network does.
 */
public final class Nulls {

    private Nulls() {}

    /**
     * Edges stay, weights change places among them.
     *
     * @return the null model
     */
    public static NullModel weights() {
        return of(Kind.WEIGHTS);
    }

    /**
     * Each target receives the same weights, zeros included, from other sources.
     *
     * @return the null model
     */
    public static NullModel rows() {
        return of(Kind.ROWS);
    }

    /**
     * Each source sends the same weights, zeros included, to other targets.
     *
     * @return the null model
     */
    public static NullModel columns() {
        return of(Kind.COLUMNS);
    }

    /**
     * In- and out-degree of each unit stay, and the weights that each source sends, so its out-strength. Two edges exchange
     * their targets, or a directed triangle turns round; refused proposals count, which makes all such graphs equally likely
     * (Maslov and Sneppen, 2002; triangles after Roberts and Coolen, 2012). Cost: 20 proposals an edge and draw.
     *
     * @return the null model
     */
    public static NullModel degree() {
        return of(Kind.DEGREE);
    }

    /**
     * As {@link #degree}, for positive and for negative edges apart.
     *
     * @return the null model
     */
    public static NullModel degreeSigned() {
        return of(Kind.DEGREE_SIGNED);
    }

    /**
     * Each unit receives and sends the same weights, edge by edge, so all degrees and strengths stay exactly: the answer to
     * <em>keep strengths</em> for counts, which have few values. Two edges of one weight change places with two of another,
     * or with none; triangles of one weight turn round. Small dense graphs have states that these moves never reach (20 of
     * 119 graphs of 5 units at a density of 0.4 to 0.6). Weights that occur once cannot move; the comparison says how many
     * edges never did.
     *
     * @return the null model
     */
    public static NullModel classes() {
        return of(Kind.CLASSES);
    }

    /**
     * As {@link #degree}, and the sum that each unit receives up to an error that the comparison tells: weights are exchanged
     * between the edges of a source by simulated annealing. Never exact; for counts use {@link #classes}. Cost: up to 300
     * proposals an edge and draw besides.
     *
     * @return the null model
     */
    public static NullModel strength() {
        return of(Kind.STRENGTH);
    }

    /**
     * Counts are single synapses whose target ends change places: what each unit sends and receives in all stays; degrees and
     * loops do not.
     *
     * @return the null model
     */
    public static NullModel synapses() {
        return of(Kind.SYNAPSES);
    }

    /**
     * Q W Q' with a random rotation Q: all eigenvalues and singular values stay. Cost: units^3 a draw.
     *
     * @return the null model
     */
    public static NullModel spectrum() {
        return of(Kind.SPECTRUM);
    }

    /**
     * The graph stays; as many other units are sources and targets, none of them both. For wiring diagrams.
     *
     * @return the null model
     */
    public static NullModel roles() {
        return of(Kind.ROLES);
    }

    /**
     * A null model by its name, as the command line has it.
     *
     * @param name such as degree or degree-signed
     * @return the null model
     * @throws IllegalArgumentException if there is none of this name, with those that there are
     */
    public static NullModel named(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.toString().equals(name)) {
                return of(kind);
            }
        }
        throw new IllegalArgumentException("null is '%s'; it must be one of %s.".formatted(name, names()));
    }

    /**
     * The names of all null models.
     *
     * @return in the order of this class
     */
    public static List<String> names() {
        return new ArrayList<>(Arrays.stream(Kind.values()).map(Kind::toString).toList());
    }

    private static NullModel of(Kind kind) {
        return new NullModel(kind, false);
    }
}
