package org.hopwise.graph;

import org.hopwise.internal.array.TallMatrix;

/**
 * Tells when walks may be given up. A small term is no sign of the end: a chain of weak edges and strong ones after them
 * carries next to nothing for as many hops as it is long. So terms must stay negligible for as many hops as it took to
 * reach the last unit, and in networks of up to {@value #FEW} units for as many hops as there are units.
 */
final class Frontier {

    private static final int FEW = 1_000;

    private static final int LEAST_QUIET = 8;

    private final boolean[] reachedBefore;
    private int hops;
    private int lastArrival;
    private int lastTerm;
    private boolean nothingLeft;

    Frontier(TallMatrix shape) {
        reachedBefore = new boolean[shape.rows()];
    }

    /** One hop further. */
    void see(TallMatrix reached) {
        hops++;
        nothingLeft = true;
        for (int unit = 0; unit < reachedBefore.length; unit++) {
            boolean here = false;
            for (int column = 0; column < reached.columns() && !here; column++) {
                here = reached.get(unit, column) != 0;
            }
            nothingLeft &= !here;
            if (here && !reachedBefore[unit]) {
                reachedBefore[unit] = true;
                lastArrival = hops;
            }
        }
    }

    /** Whether all walks have ended, or terms have been negligible for long enough. */
    boolean isOver(boolean negligible) {
        lastTerm = negligible ? lastTerm : hops;
        int units = reachedBefore.length;
        int quiet = Math.max(LEAST_QUIET, Math.max(lastArrival, units <= FEW ? units : 0));
        return nothingLeft || hops - lastTerm >= quiet;
    }
}
