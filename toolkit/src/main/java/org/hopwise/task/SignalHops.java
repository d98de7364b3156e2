package org.hopwise.task;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hopwise.internal.Check;

/** Which hops carry signal: k with k % period == phase, or those of listed steps, if any are. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SignalHops(int period, int phase, int... steps) implements Serializable {

    SignalHops {
        Check.positive("period", period);
        Check.between("phase", phase, 0, period - 1);
    }

    /** Refuses listed steps beyond the last one. */
    SignalHops within(int last) {
        for (int t : steps) {
            Check.between("signal step", t, 1, last);
        }
        return this;
    }

    /** Rising, each from 2 to the number of steps + 1. */
    int[] of(String task, int length) {
        int last = length + 1;
        int[] hops = steps.length > 0
                ? Arrays.stream(steps).map(t -> last - t + 1).sorted().toArray()
                : IntStream.rangeClosed(2, last)
                        .filter(k -> k % period == phase)
                        .toArray();
        if (hops.length == 0) {
            throw new IllegalStateException(
                    "task '%s' has no signal: no hop from 2 to %d has hop %% %d == %d; use more steps."
                            .formatted(task, last, period, phase));
        }
        return hops;
    }

    @Override
    public String toString() {
        return steps.length > 0
                ? "at steps " + Arrays.toString(steps)
                : "at hops %s modulo %s".formatted(phase, period);
    }
}
