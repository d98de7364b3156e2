package org.hopwise.train;

import java.util.Locale;
import org.hopwise.internal.engine.DoubleReals;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.SingleReals;

/** How many digits training computes with. Weights, walks and everything after training are in double precision. */
public enum Precision {
    /** 32 bits a number, as PyTorch and JAX train. */
    SINGLE,
    /** 64 bits a number: about five times slower, for checks of the other. */
    DOUBLE;

    /** An empty array of this precision, to make others like it. */
    Reals reals() {
        return this == SINGLE ? new SingleReals(0) : new DoubleReals(0);
    }

    /** The name in lower case, as tables show it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
