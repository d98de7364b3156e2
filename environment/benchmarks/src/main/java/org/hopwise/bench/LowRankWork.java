package org.hopwise.bench;

import com.google.gson.JsonObject;
import org.hopwise.Seed;
import org.hopwise.lowrank.LatentFit;
import org.hopwise.lowrank.LowRank;
import org.hopwise.lowrank.Observation;
import org.hopwise.lowrank.ParticleFilter;
import org.hopwise.lowrank.Ramp;
import org.hopwise.lowrank.StochasticNetwork;
import org.hopwise.lowrank.Trials;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Updates of a low-rank network by variational sequential Monte Carlo: trials, particles, gradient, RAdam. */
final class LowRankWork implements Work {

    private static final double DECAY = 0.7;
    private static final double NOISE = 0.1;
    private static final double SIZE = 0.5;

    private final StochasticNetwork start;
    private final Trials trials;
    private final int particles;
    private final int batch;

    LowRankWork(JsonObject request) {
        int units = request.get("units").getAsInt();
        int rank = request.get("rank").getAsInt();
        int steps = request.get("length").getAsInt();
        batch = request.get("batch").getAsInt();
        particles = request.get("particles").getAsInt();
        start = StochasticNetwork.of(network(units, rank, DECAY), Observation.units(NOISE * NOISE));
        trials = Trials.of(array(4, SIZE, batch, steps, units));
    }

    /** M, n and h uniform, in ±1 / sqrt(rank), ±1 / sqrt(units) and ±0.1. */
    static LowRank network(int units, int rank, double decay) {
        return LowRank.of(
                decay,
                array(1, 1 / Math.sqrt(rank), units, rank),
                array(2, 1 / Math.sqrt(units), rank, units),
                array(3, 0.1, units),
                Ramp.RELU);
    }

    private static INDArray array(long stream, double factor, int... shape) {
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        return Nd4j.createFromArray(Numbers.uniform(stream, count)).mul(factor).reshape(shape);
    }

    @Override
    public void run(int count) {
        LatentFit.radam(1e-3)
                .updates(count)
                .batch(batch)
                .particles(particles)
                .seed(Seed.of(1))
                .fit(start, trials);
    }

    /** The bound at the start: every library draws its own particles, so that only the first digits agree. */
    @Override
    public double[] check() {
        return new double[] {ParticleFilter.optimal().particles(particles).bound(start, trials)};
    }
}
