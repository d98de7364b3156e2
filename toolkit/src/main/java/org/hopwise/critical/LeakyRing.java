package org.hopwise.critical;

import org.hopwise.internal.Check;

/**
 * A control that is not critical: the leaky real ring x' = phi(rho K x + I) with K = [1/4, 1/2, 1/4]. Its eigenvalues
 * rho (1 + cos k) / 2 are real and shrink every wave but the longest, so that its scales are set by its weights and not by
 * its input. Our choice.
 */
public final class LeakyRing {

    private final Shape shape;
    private final double gain;

    private LeakyRing(Shape shape, double gain) {
        this.shape = shape;
        this.gain = gain;
    }

    /**
     * A leaky ring.
     *
     * @param n the number of sites, at least 3
     * @param rho the largest eigenvalue, above 0
     * @return the ring
     */
    public static LeakyRing of(int n, double rho) {
        return new LeakyRing(Shape.ring(n), Check.positive("gain", rho));
    }

    /**
     * A run. Nothing is computed before it is asked for.
     *
     * @param start x_0 on a ring of as many sites; real if activity is to stay real
     * @param input what goes in
     * @param steps how many, 0 or more
     * @return the run
     * @throws IllegalArgumentException if start or input are for another ring
     */
    public LatticeRun run(Field start, Drive input, long steps) {
        double[] factors = new double[2 * shape.sites()];
        for (int q = 0; q < shape.sites(); q++) {
            factors[2 * q] = gain * (1 + Math.cos(2 * Math.PI * q / shape.sites())) / 2;
        }
        return new LatticeRun(toString(), shape, factors, start, input, steps, 1);
    }

    /** Ring and gain. */
    @Override
    public String toString() {
        return "leaky ring of %d sites, gain %s".formatted(shape.sites(), gain);
    }
}
