package org.hopwise.claim;

/** What became of a claim. */
public enum Verdict {
    /** Every criterion is met. */
    HOLDS("holds"),
    /** Some criteria are met and some are not. */
    HOLDS_IN_PART("holds in part"),
    /** No criterion is met. */
    DOES_NOT_HOLD("does not hold"),
    /** An interval comes from fewer values than the claim asks for, so nothing is decided. */
    NOT_ENOUGH_SEEDS("not enough seeds to tell");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /**
     * The verdict as it reads after "the claim".
     *
     * @return words in small letters, such as {@code "holds in part"}
     */
    public String words() {
        return words;
    }

    /** The words. */
    @Override
    public String toString() {
        return words;
    }
}
