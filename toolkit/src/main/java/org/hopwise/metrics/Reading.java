package org.hopwise.metrics;

/** At which steps the outputs of a recurrent network are read. */
public enum Reading {
    /** After the last step only, as the toolkit's own tasks do. */
    LAST,
    /** At every step. */
    EVERY_STEP;

    boolean at(int step, int steps) {
        return this == EVERY_STEP || step == steps;
    }

    int count(int steps) {
        return this == EVERY_STEP ? steps : 1;
    }
}
