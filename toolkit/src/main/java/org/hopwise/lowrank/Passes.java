package org.hopwise.lowrank;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Work space for as many trials as are under way at once; which one serves a trial changes nothing. */
final class Passes {

    private final ConcurrentLinkedQueue<TrialPass> idle = new ConcurrentLinkedQueue<>();
    private final Model shape;
    private final int particles;
    private final int steps;

    Passes(Model shape, int particles, int steps) {
        this.shape = shape;
        this.particles = particles;
        this.steps = steps;
    }

    void with(Consumer<TrialPass> work) {
        TrialPass pass = idle.poll();
        pass = pass == null ? new TrialPass(shape, particles, steps) : pass;
        work.accept(pass);
        idle.add(pass);
    }
}
