package org.hopwise;

/**
 * The name of a figure: of its notebook, its tables, its picture and, by its first word, its claims. A notebook types it
 * once and hands it to all that is kept of the figure.
 *
 * @param name small letters, digits and underscores, such as {@code fig2_influence_recovers_the_task}
 */
public record FigureId(String name) {

    /**
     * Checks the name.
     *
     * @param name small letters, digits and underscores, such as {@code fig2_influence_recovers_the_task}
     */
    public FigureId {
        if (!name.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException(
                    "a figure's name is '%s'; use small letters, digits and underscores only, such as fig1_walks."
                            .formatted(name));
        }
    }

    /**
     * A figure's name.
     *
     * @param name small letters, digits and underscores: the name of the notebook
     * @return the name as a value
     */
    public static FigureId of(String name) {
        return new FigureId(name);
    }

    /**
     * The name of a claim of this figure: the figure's first word, then what is claimed. Claim {@code recovery} of the
     * figure {@code fig2_influence_recovers_the_task} is {@code fig2_recovery}.
     *
     * @param claim small letters, digits and underscores
     * @return the whole name
     */
    public String claim(String claim) {
        return name.replaceFirst("_.*", "") + "_" + claim;
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
