package org.hopwise.train;

import java.io.Serializable;
import org.hopwise.internal.Check;

/**
 * How a penalty comes into force during training: off for a fraction of the updates, then rising linearly over another
 * fraction, then at full strength. At the fraction s of the updates already made the factor is 0 for s up to
 * {@code off}, (s - off) / rise up to {@code off + rise}, and 1 beyond.
 *
 * <p>A penalty that rises after learning is our control (not the paper's) for the trap that the origin is a local
 * minimum of every product penalty: a network that collapses there early was never robust or fragile, it never learned.
 *
 * @param off the fraction without penalty, from 0 to 1
 * @param rise the fraction over which it rises, from 0 to 1 - off
 */
public record Schedule(double off, double rise) implements Serializable {

    /**
     * Checks that both phases fit into the training.
     *
     * @param off the fraction without penalty
     * @param rise the fraction over which it rises
     */
    public Schedule {
        Check.fraction("off", off);
        Check.fraction("rise", rise);
        if (off + rise > 1) {
            throw new IllegalArgumentException(
                    "off = %s and rise = %s add up to %s; they must fit into the training, so "
                                    .formatted(off, rise, off + rise)
                            + "choose fractions that add up to at most 1.");
        }
    }

    /**
     * Full strength at every update.
     *
     * @return the schedule
     */
    public static Schedule constant() {
        return new Schedule(0, 0);
    }

    /**
     * Off, then rising linearly, then full; our control uses 0.3 and 0.3.
     *
     * @param off the fraction of the updates without penalty
     * @param rise the fraction over which it rises
     * @return the schedule
     * @throws IllegalArgumentException if a fraction is not from 0 to 1 or both exceed 1 together
     */
    public static Schedule delayed(double off, double rise) {
        return new Schedule(off, rise);
    }

    /**
     * The factor in force.
     *
     * @param progress updates already made, as a fraction of all, from 0 to 1
     * @return from 0 to 1
     */
    public double factor(double progress) {
        Check.fraction("progress", progress);
        if (progress >= off + rise) {
            return 1;
        }
        return progress <= off ? 0 : (progress - off) / rise;
    }

    /** The schedule in words, as provenance shows it. */
    @Override
    public String toString() {
        return off + rise == 0 ? "constant" : "off for %s of the updates, rising over %s".formatted(off, rise);
    }
}
