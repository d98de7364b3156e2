package org.hopwise.critical;

import java.util.Locale;

/**
 * The phase omega n of step n. Where the period is a whole number of steps the step is first taken modulo the period, so
 * that no phase error grows over millions of steps.
 */
record Oscillation(double omega, long period) {

    /** A period counts as whole within this, relative: rounding of 2 pi / period. */
    private static final double WHOLE = 1e-12;

    private static final double LONGEST_PERIOD = 1L << 40;

    static Oscillation of(double omega) {
        Complex.requireFinite("omega", omega);
        double period = 2 * Math.PI / Math.abs(omega);
        double whole = Math.rint(period);
        boolean isWhole = period < LONGEST_PERIOD && Math.abs(period - whole) <= WHOLE * whole;
        return new Oscillation(omega, isWhole ? (long) whole : 0);
    }

    double phase(long step) {
        return period == 0 ? omega * step : Math.copySign(2 * Math.PI, omega) * ((double) (step % period) / period);
    }

    /** Steps in so many periods, which must be a whole number of steps. */
    long steps(int periods) {
        double steps = periods * (2 * Math.PI / Math.abs(omega));
        long whole = Math.round(steps);
        if (omega == 0 || !(steps < LONGEST_PERIOD) || Math.abs(steps - whole) > WHOLE * steps) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "omega is %s, so %d periods are %s steps; they must be a whole number. Use omega = 2 pi / period.",
                    omega,
                    periods,
                    steps));
        }
        return whole;
    }
}
