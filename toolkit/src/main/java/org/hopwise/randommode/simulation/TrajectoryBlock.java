package org.hopwise.randommode.simulation;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.OddRational;
import org.hopwise.internal.array.PackedMatrix;

/** Several trajectories of one network that advance together; arrays are units x width, row-major. */
final class TrajectoryBlock {

    private final PackedMatrix couplings;
    private final int units;
    private final OddRational phi;
    private final int width;
    private final float[] states;
    private final float[] stage;
    private final float[] outputs;
    private final float[] drive;
    private final float[] slopes;

    /** All states zero. Rows beyond the last unit, up to a whole panel of the product, stay zero. */
    TrajectoryBlock(PackedMatrix couplings, int units, OddRational phi, int width) {
        this.couplings = couplings;
        this.units = units;
        this.phi = phi;
        this.width = width;
        int length = couplings.resultLength(width);
        states = new float[length];
        stage = new float[length];
        outputs = new float[length];
        drive = new float[length];
        slopes = new float[length];
    }

    /** Gaussian states for one trajectory. */
    void start(int trajectory, double deviation, Seed seed) {
        Draws draws = new Draws(seed);
        for (int i = 0; i < units; i++) {
            states[i * width + trajectory] = (float) (deviation * draws.gaussian());
        }
    }

    /** x becomes J phi(x). */
    void map() {
        phi.apply(states, outputs);
        couplings.multiply(outputs, states, width, units);
    }

    /** One step h of k(x) = -x + J phi(x): x += h / 6 (k1 + 2 k2 + 2 k3 + k4). */
    void rungeKutta(float h) {
        Arrays.fill(slopes, 0);
        System.arraycopy(states, 0, stage, 0, stage.length);
        stage(1, h / 2);
        stage(2, h / 2);
        stage(2, h);
        stage(1, 0);
        for (int i = 0; i < states.length; i++) {
            states[i] = Math.fma(h / 6, slopes[i], states[i]);
        }
    }

    /** Adds the slope at the stage with its weight and moves the stage to x + step k. */
    private void stage(float weight, float step) {
        phi.apply(stage, outputs);
        couplings.multiply(outputs, drive, width, units);
        for (int i = 0; i < stage.length; i++) {
            float k = drive[i] - stage[i];
            slopes[i] = Math.fma(weight, k, slopes[i]);
            stage[i] = Math.fma(step, k, states[i]);
        }
    }

    /** Writes the states and outputs of one trajectory, one number a unit. */
    void record(int trajectory, float[] toStates, float[] toOutputs, int at) {
        for (int i = 0; i < units; i++) {
            float x = states[i * width + trajectory];
            toStates[at + i] = x;
            toOutputs[at + i] = phi.apply(x);
        }
    }
}
