package org.hopwise.rnn;

import java.util.Locale;

/** Where a leaky network has its nonlinearity: a = dt / tau, f the unit function. */
public enum Form {
    /** x_t = (1 - a) x_(t-1) + a (W f(x_(t-1)) + Win u_t + b), y = Wout f(x) + c. */
    CURRENT,
    /** r_t = (1 - a) r_(t-1) + a f(W r_(t-1) + Win u_t + b), y = Wout r + c. */
    RATE;

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
