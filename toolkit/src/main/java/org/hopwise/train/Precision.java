package org.hopwise.train;

import java.util.Locale;
import org.hopwise.internal.DoubleReals;
import org.hopwise.internal.Reals;
import org.hopwise.internal.SingleReals;

/** How many digits training computes with. Weights, walks and everything after training are in double precision. */
public enum Precision {
    /** 32 bits a number, as PyTorch and JAX train. */
    SINGLE,
    /** 64 bits a number: about five times slower, for checks of the other. */
    DOUBLE;

    Reals zeros(int length) {
        return this == SINGLE ? new SingleReals(length) : new DoubleReals(length);
    }

    int bytes() {
        return this == SINGLE ? Float.BYTES : Double.BYTES;
    }

    /** The name in lower case, as tables show it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
