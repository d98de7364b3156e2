package org.hopwise.bench;

import com.google.gson.JsonObject;
import org.hopwise.Seed;
import org.hopwise.randommode.simulation.Activity;
import org.hopwise.randommode.simulation.Simulation;
import org.nd4j.linalg.factory.Nd4j;

/** A network of rate units that runs for so many Runge-Kutta steps, several trajectories at once. */
final class SimulationWork implements Work {

    private static final double STEP = 0.2;

    private final Simulation simulation;
    private final int steps;

    SimulationWork(JsonObject request) {
        int units = request.get("units").getAsInt();
        double factor = request.get("gain").getAsDouble() * Math.sqrt(3.0 / units);
        steps = request.get("steps").getAsInt();
        simulation = Simulation.continuous(Nd4j.createFromArray(Numbers.matrix(2, units, units, factor)))
                .timeStep(STEP)
                .trajectories(request.get("trajectories").getAsInt())
                .threads(request.get("threads").getAsInt());
    }

    @Override
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            // Two samples, one time constant or five steps apart.
            simulated((steps - 5) * STEP, 2, i);
        }
    }

    private Activity simulated(double settling, double recording, int start) {
        return simulation
                .settle(settling)
                .record(recording)
                .seed(Seed.of(start))
                .run();
    }

    /** The mean square of the states, in time 40 to 60: a property of the network, not of the start. */
    @Override
    public double[] check() {
        return new double[] {simulated(41, 20, 0).states().variance()};
    }
}
