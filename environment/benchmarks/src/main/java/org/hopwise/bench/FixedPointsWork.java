package org.hopwise.bench;

import com.google.gson.JsonObject;
import org.hopwise.lowrank.FixedPoints;
import org.hopwise.lowrank.LowRank;

/** All fixed points of a random ReLU network. */
final class FixedPointsWork implements Work {

    private final LowRank network;

    FixedPointsWork(JsonObject request) {
        network = LowRankWork.network(
                request.get("units").getAsInt(), request.get("rank").getAsInt(), 0.9);
    }

    @Override
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            // They are found at the first question.
            requireSearched(FixedPoints.of(network).regions());
        }
    }

    private static void requireSearched(long regions) {
        if (regions < 1) {
            throw new IllegalStateException("no region was looked at");
        }
    }

    /** Points, regions and the sum of signs. */
    @Override
    public double[] check() {
        FixedPoints found = FixedPoints.of(network);
        return new double[] {found.points().size(), found.regions(), found.indexSum()};
    }
}
