package org.hopwise.critical;

import org.hopwise.internal.Check;

/**
 * What is left of a plane wave without input, in closed form: 1/a_n^2 = 1/a_0^2 + n at gain 1, so a falls as n^(-1/2) and
 * not exponentially. With gain rho, a_n^-2 = (a_0^-2 + c) rho^(-2n) - c with c = rho^2 / (1 - rho^2): exponential below 1,
 * a plateau above. Exact for any plane wave of any kernel; derived here, and checked against runs.
 */
public final class FreeDecay {

    private FreeDecay() {}

    /**
     * The amplitude after some steps at gain 1.
     *
     * @param a0 at the start, 0 or more
     * @param n steps, 0 or more
     * @return from 0 to a_0
     */
    public static double amplitude(double a0, long n) {
        return amplitude(a0, n, 1);
    }

    /**
     * The amplitude after some steps.
     *
     * @param a0 at the start, 0 or more
     * @param n steps, 0 or more
     * @param rho the gain, above 0
     * @return 0 or more; exact to rounding, 0 where it is too small for a double
     */
    public static double amplitude(double a0, long n, double rho) {
        Check.notNegative("a0", a0);
        LatticeRun.requireSteps("n", n);
        // 1/rho^2 = exp(rate); a_n = a_0 exp(-rate n / 2) / sqrt(1 + a_0^2 sum over steps of exp(-rate step)).
        double rate = -2 * Math.log1p(Check.positive("rho", rho) - 1);
        if (rate >= 0) {
            double sum = rate == 0 ? n : -Math.expm1(-rate * n) / Math.expm1(rate);
            return a0 * Math.exp(-rate * n / 2) / Math.hypot(1, a0 * Math.sqrt(sum));
        }
        // Divided by exp(-rate n / 2), which overflows.
        double sum = Math.expm1(rate * n) / Math.expm1(rate);
        return a0 / Math.hypot(Math.exp(rate * n / 2), a0 * Math.sqrt(sum));
    }

    /**
     * Where a wave ends at a gain above 1: sqrt(1 - rho^-2).
     *
     * @param rho the gain, above 1
     * @return the amplitude after infinitely many steps
     */
    public static double plateau(double rho) {
        if (!(Check.positive("rho", rho) > 1)) {
            throw new IllegalArgumentException(
                    "rho is %s; only above 1 is there a plateau, else the wave ends at 0.".formatted(rho));
        }
        return Math.sqrt((rho - 1) * (rho + 1)) / rho;
    }

    /**
     * The root mean square of a random state on a lattice that mixes, at gain 1, long after the start: (2n)^(-1/2). A
     * Gaussian closure, not exact: simulated rings of 2,048 sites are 0.4 % above it after 100,000 steps.
     *
     * @param n steps, at least 1
     * @return the closure's rms
     */
    public static double mixedRms(long n) {
        if (n < 1) {
            throw new IllegalArgumentException("n is %d; it must be at least 1.".formatted(n));
        }
        return 1 / Math.sqrt(2.0 * n);
    }
}
