package org.hopwise.network;

/** What an array is for. */
public enum Role {
    /** W_in, hidden x inputs. */
    INPUT("input"),
    /** W, hidden x hidden; or two factors. */
    RECURRENT("recurrent"),
    /** W_out, outputs x hidden. */
    OUTPUT("output"),
    /** b, hidden; several add up. */
    HIDDEN_BIAS("hiddenBias"),
    /** c, outputs. */
    OUTPUT_BIAS("outputBias");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The word for it in settings and summaries, such as hiddenBias. */
    @Override
    public String toString() {
        return word;
    }
}
