package org.hopwise.lesson;

import java.util.Map;
import org.hopwise.Seed;
import org.hopwise.lesson.Exercise.Check;
import org.hopwise.lowrank.FixedPoints;
import org.hopwise.lowrank.LowRank;
import org.hopwise.lowrank.Ramp;

/** The checks of the lesson on fitting. */
final class FitAnswers {

    static final Map<String, Check> CHECKS = Map.of("10.1", FitAnswers::solves, "10.2", FitAnswers::rank);

    private static final int UNITS = 20;
    private static final int RANK = 2;
    /** Nats a step below which a higher bound is no reason for a higher rank. */
    private static final double ENOUGH = 1;

    private FitAnswers() {}

    private static String solves(Object[] answer) {
        long solves = ((Number) answer[0]).longValue();
        LowRank random = LowRank.random(UNITS, RANK, 1, Ramp.RELU, Seed.of(1));
        LowRank biased = LowRank.of(
                random.decay(), random.left(), random.right(), random.input().reshape(UNITS), Ramp.RELU);
        FixedPoints found = FixedPoints.of(biased);
        if (solves == found.vertexSolves() + found.regions()) {
            return "";
        }
        if (solves == found.vertexSolves() || solves == found.regions()) {
            return "that is one of the two kinds; corners and regions each take a solve.";
        }
        return solves >= 1L << UNITS
                ? "those are the patterns; most of them belong to no region of the plane."
                : "%,d are not it. Count pairs of lines; then how many regions each further line adds."
                        .formatted(solves);
    }

    private static String rank(Object[] answer) {
        double[] bounds = (double[]) answer[0];
        int rank = ((Number) answer[1]).intValue();
        if (bounds.length != 4) {
            return "there are %d bounds; four ranks are asked for, 1 to 4.".formatted(bounds.length);
        }
        if (bounds[1] - bounds[0] < 2 * ENOUGH) {
            return "from rank 1 to 2 your bounds rise by %.2g only; are they of fits, and on new trials?"
                    .formatted(bounds[1] - bounds[0]);
        }
        int first = 1;
        while (first < 4 && bounds[first] - bounds[first - 1] >= ENOUGH) {
            first++;
        }
        if (rank == first) {
            return "";
        }
        return rank > first
                ? "rank %d is more than your bounds ask for; find the first after which they rise by less than 1."
                        .formatted(rank)
                : "after rank %d your bounds still rise by more than 1.".formatted(rank);
    }
}
