package org.hopwise.critical;

import java.util.Locale;

/** How fast two trajectories under one input approach each other. They never separate, since |dphi| is at most 1. */
public final class Relaxation {

    private Relaxation() {}

    /**
     * The mean rate at which the distance of two trajectories falls, log(|d_0| / |d_n|) / n with the Euclidean norm over
     * sites. Its inverse is the relaxation time, if the steps are a few of it.
     *
     * @param net the lattice
     * @param first where one starts, such as a steady state
     * @param second where the other starts, such as the same state kicked
     * @param input what goes into both
     * @param steps n, at least 1
     * @return a step
     * @throws IllegalArgumentException if they start or end at the same state
     */
    public static double rate(CriticalLattice net, Field first, Field second, Drive input, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is %d; it must be at least 1.".formatted(steps));
        }
        double before = first.minus(second).power();
        double after = net.run(first, input, steps)
                .last()
                .minus(net.run(second, input, steps).last())
                .power();
        if (before == 0 || after == 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the mean squared distance is %s at first and %s after %d steps; use a larger kick or fewer steps.",
                    before,
                    after,
                    steps));
        }
        return Math.log(before / after) / 2 / steps;
    }
}
