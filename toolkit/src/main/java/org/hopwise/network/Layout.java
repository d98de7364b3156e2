package org.hopwise.network;

import java.util.Locale;

/** How a library lays out its weights. */
public enum Layout {
    /** Row = target, column = source: PyTorch, PsychRNN, ours. */
    TORCH,
    /** Row = source, column = target: Keras, Flax, Haiku; everything is turned. */
    KERAS;

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
