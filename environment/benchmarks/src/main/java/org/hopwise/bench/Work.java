package org.hopwise.bench;

import com.google.gson.JsonObject;

/** Something to time. Set up by its constructor, with all data in memory. */
interface Work {

    /** Does it so many times. */
    void run(int count);

    /** Numbers that must be the same in every library. */
    double[] check();

    static Work of(JsonObject request) {
        String name = request.get("work").getAsString();
        return switch (name) {
            case "training" -> new TrainingWork(request);
            case "simulation" -> new SimulationWork(request);
            case "hops" -> HopsWork.of(request);
            case "lattice" -> new LatticeWork(request);
            case "metrics" -> new MetricsWork(request);
            case "low rank" -> new LowRankWork(request);
            case "rewiring" -> new RewiringWork(request);
            case "radius" -> new RadiusWork(request);
            case "fixed points" -> new FixedPointsWork(request);
            default ->
                throw new IllegalArgumentException(
                        "work is '%s'; known are training, simulation, hops, lattice, metrics, low rank, rewiring, radius and fixed points."
                                .formatted(name));
        };
    }
}
